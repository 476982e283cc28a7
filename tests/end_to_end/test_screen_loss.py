# SPDX-License-Identifier: GPL-3.0-or-later
"""Trouble with the broker: a line that breaks, lines that are refused, a password that is not taken."""

import re

from support import ScreenTest, main, run
from support.broker import ACL
from support.screen import prompt_is, status_has, status_has_not

BOARD = "pattern write /chat/group/+/message/%u"
READ_ONLY_BOARD = "pattern write /chat/group/{}/message/%u"


class Loss(ScreenTest):
    def keep_for_later(self, count):
        """Has the broker keep what alice says for somebody who is away; with a count, the first of it."""
        end = ["-E"] if count is None else ["-C", str(count), "-W", "20"]
        done = run("mosquitto_sub", "-h", "127.0.0.1", "-p", str(self.broker.port), "-u", "bob", "-P", "bob",
                   "-i", "keeper", "-c", "-q", "1", "-t", "/chat/group/dev/message/alice", *end)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.splitlines()

    def test_what_is_written_meanwhile_waits_and_goes_out_in_order(self):
        broker = self.use_broker(persistent=True)
        pane = self.screen("alice", "-j", "dev", "--will-delay", "0")
        self.keep_for_later(count=None)
        pane.enter("before")
        pane.wait_for(re.compile("alice │ before"))
        broker.kill()
        pane.wait_for(status_has(re.compile(r"│ 127\.0\.0\.1 OFF since \d\d:\d\d, next try in \d+ s │")))
        pane.wait_for(re.compile(r"──── off since \d\d:\d\d, what you write is kept and sent later ──"))
        pane.wait_for(re.compile(r"│ as of \d\d:\d\d"))
        for text in ("one", "two", "three"):
            pane.enter(text)
        rows = pane.wait_for(status_has("3 pending"))
        for text in ("one", "two", "three"):
            self.assertRegex("\n".join(rows), f"alice … {text} ")
        broker.start()
        rows = pane.wait_for(re.compile(r"alice │ before .*\n.*──── off \d\d:\d\d to \d\d:\d\d.* ──.*\n"
                                        r"(?s:.*)alice │ one .*\n.* │ two .*\n.* │ three "), limit=40)
        self.assertNotIn(" … ", "\n".join(rows))
        pane.wait_for(status_has_not("pending"))
        pane.wait_for(status_has("127.0.0.1 local"))
        self.assertNotIn("off since", pane.text())
        self.assertEqual(self.keep_for_later(count=4), ["before", "one", "two", "three"])
        pane.wait_until_gone("as of")

    def test_a_silent_broker_is_told_of(self):
        pane = self.screen("alice", "-j", "dev")
        pane.wait_for("is open")
        self.broker.pause()
        pane.enter("anybody?")
        pane.wait_for("alice … anybody?")
        pane.wait_for(status_has("OFF since"), limit=60)
        self.broker.resume()
        pane.wait_for("alice │ anybody?", limit=60)


class Refusals(ScreenTest):
    def test_a_refused_line_has_its_reason_and_can_be_sent_again(self):
        acl = ACL.read_text("utf-8")
        self.assertIn(BOARD, acl)
        broker = self.use_broker(acl=acl.replace(BOARD, READ_ONLY_BOARD.format("dev")))
        pane, witness = self.screen("alice", "-j", "board"), self.witness("/chat/group/board/#")
        pane.wait_for("is open")
        pane.enter("please")
        pane.wait_for(re.compile(r"alice ✗ please .*\n.*!! │ not sent: 127\.0\.0\.1 does not let alice write to "
                                 r"#board .*\n"
                                 r'.*\(0x87\): "please"\. /retry sends it again, /discard forgets it'))
        pane.enter("/pending")
        pane.wait_for(re.compile(r'1 #board \d\d:\d\d, refused: "please"'))
        (broker.directory / "acl").write_text(acl, "utf-8")
        broker.process.send_signal(1)
        broker.wait_for_log("Reloading config")
        pane.enter("/retry")
        witness.expect("/chat/group/board/message/alice", "please")
        pane.wait_for(re.compile("alice │ please"))

    def test_a_password_is_asked_for_until_the_right_one_comes(self):
        self.use_broker(passwords={"alice": "correct horse"})
        pane = self.open_screen("alice", "-j", "dev")
        question = "Wrong name or password. Password for alice at 127.0.0.1:"
        pane.wait_for(prompt_is(question))
        pane.type("wrong")
        rows = pane.settled()
        self.assertEqual(rows[-1], question)
        pane.send("Enter")
        self.broker.wait_for_log("Connection Refused|not authorised", 2)
        pane.wait_for(prompt_is(question))
        pane.type("correct ")
        pane.paste("horse\n")
        self.assertEqual(pane.settled()[-1], question)
        pane.send("Enter")
        pane.wait_for("#dev is open")
        self.assertNotIn("horse", pane.text())
        pane.enter("in")
        pane.wait_for(re.compile("alice │ in "))
        pane.send("Up", "Up")
        self.assertNotIn("horse", pane.settled()[-1])

    def test_esc_leaves_the_question(self):
        self.use_broker(passwords={"alice": "correct horse"})
        pane = self.open_screen("alice")
        pane.wait_for("Password for alice")
        pane.send("Escape")
        pane.wait_for(prompt_is(">"))
        pane.wait_for(re.compile("127.0.0.1:\\d+ refused alice: wrong name or password"))
        pane.wait_for(status_has("127.0.0.1 OFF"))
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0, pane.said())


if __name__ == "__main__":
    main()
