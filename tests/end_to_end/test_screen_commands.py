# SPDX-License-Identifier: GPL-3.0-or-later
"""What is typed with a slash, and what is pasted: nothing is sent that was not meant to be."""

import re

from support import ScreenTest, main
from support.screen import body_has, body_has_not, named, popup_is, prompt_is, status_has

SENTENCES = [
    ("/quetry x", "There is no /quetry (/query?). Nothing was sent. As text: //quetry"),
    (" /join #x", "A blank stands before /join. Nothing was sent. As a command: /join without the blank. "
                  "As text: //join"),
    ("/etc/passwd", "There is no /etc/passwd. Nothing was sent. As text: //etc/passwd"),
    ("/nick bob", "Your name is the one the broker knows you by: /connect -user NAME. Nothing was sent."),
    ("/win 77", "There is no window 77. /win lists them."),
    ("/77", "There is no window 77: there are 2."),
    ("/retry", "No line was refused."),
    ("/msg", "A target is missing: #GROUP or USER."),
]

ANSWERS = [
    ("/list", "#dev: joined, 1 line, bob wrote last, "), ("/names", "Here on 127.0.0.1: alice bob"),
    ("/names #dev", "Spoke in #dev: bob"), ("/who", "bob: ONLINE since "), ("/win", "Windows: 1 127.0.0.1, 2 #dev."),
    ("/help", "More: /away"), ("/help msg", "/msg TARGET TEXT"),
]


class Slashes(ScreenTest):
    def test_what_cannot_be_done_stays_in_the_input_with_a_sentence_above(self):
        pane, witness = self.screen("alice", "-j", "dev"), self.witness("/chat/#")
        pane.wait_for("is open")
        before = pane.settled()
        for text, sentence in SENTENCES:
            with self.subTest(text):
                pane.enter(text)
                rows = pane.wait_for(popup_is(sentence), limit=5)
                self.assertEqual(rows[:-4], before[:-4])
                self.assertEqual(rows[-1], text if text.startswith("/") else "#dev> " + text)
                pane.send("C-u")
                pane.wait_for(prompt_is("#dev>"))
                self.assertEqual(pane.settled(), before)
        pane.enter("//etc is a folder")
        pane.wait_for("│ /etc is a folder")
        witness.expect("/chat/group/dev/message/alice", "/etc is a folder")
        self.assertEqual([seen.topic for seen in witness.seen if "message" in seen.topic],
                         ["/chat/group/dev/message/alice"])

    def test_the_usage_stands_in_the_status_line(self):
        pane = self.screen("alice", "-j", "dev")
        pane.type("/msg")
        pane.wait_for(status_has("/msg TARGET TEXT"))
        pane.type(" bob")
        pane.wait_for(status_has("/msg TARGET TEXT"))
        pane.send("C-u")
        pane.type("text")
        pane.wait_for(named("no usage", lambda rows: "TARGET" not in rows[-2]))

    def test_commands_of_windows_and_people(self):
        pane, bob = self.screen("alice", "-j", "dev"), self.login("bob", "-j", "dev")
        bob.send("#dev hello")
        pane.wait_for(re.compile("bob │ hello"))
        for text, expected in ANSWERS:
            with self.subTest(text):
                pane.enter("/clear")
                pane.wait_for(body_has_not("│ hello"))
                pane.enter(text)
                pane.wait_for(body_has(expected), limit=5)
        pane.enter("/clear")
        pane.wait_for(named("empty rows", lambda rows: not any("│ " in row[20:103] for row in rows[1:-2])))
        pane.send("M-Home")
        pane.wait_for(re.compile("bob │ hello"))
        pane.enter("/buffer 1")
        pane.wait_for(prompt_is(">"))
        pane.enter("/win dev")
        pane.wait_for(prompt_is("#dev>"))
        pane.enter("/query bob")
        pane.wait_for("Nothing yet. bob is here.")
        pane.enter("/query carol")
        pane.wait_for("carol is not here. The broker keeps this for carol only if")
        pane.enter("/4")
        pane.enter("/close")
        pane.wait_for(body_has_not("carol"))
        pane.enter("/close #dev")
        self.broker.wait_for_log(f"Received UNSUBSCRIBE from {pane.client_id}")
        pane.wait_for(body_has_not("#dev"))
        self.assertIn("UNSUBSCRIBE /chat/group/dev/message/+",
                      [step.removesuffix(" 2") for step in self.broker.steps(pane.client_id)])
        pane.enter("/close 1")
        pane.wait_for(re.compile(r"!! .*window"))


class Pasting(ScreenTest):
    def setUp(self):
        self.pane, self.bob = self.screen("alice", "-j", "dev"), self.login("bob", "-j", "dev")
        self.pane.wait_for("is open")

    def assert_sent(self, *texts):
        """Just these, and nothing else before what is sent now."""
        self.pane.send("C-u")
        self.pane.enter("fence")
        self.bob.expect(kind="message", text="fence")
        self.assertEqual([event.text for event in self.bob.all(kind="message")], [*texts, "fence"])

    def test_one_line_waits_in_the_input(self):
        self.pane.type("see ")
        self.pane.paste("https://broker.example/a?b=c\n")
        self.pane.wait_for(prompt_is("#dev> see https://broker.example/a?b=c"))
        self.assert_sent()

    def test_several_lines_ask_first(self):
        pane = self.pane
        question = "Paste of 3 lines: Enter sends one message, e edits, Esc cancels"
        text = "one\n  two\n\tthree"
        pane.type("kept ")
        pane.paste(text)
        pane.wait_for(prompt_is(question))
        pane.send("Escape")
        pane.wait_for(prompt_is("#dev> kept"))
        pane.send("C-u")
        pane.paste(text)
        pane.wait_for(prompt_is(question))
        pane.resize(40, 10)  # a question is not cut
        pane.wait_for(named(question, lambda rows: "".join(rows[-2:]) == question))
        pane.resize(120, 40)
        pane.wait_for(prompt_is(question))
        pane.send("x")
        pane.send("e")
        pane.wait_for(named("three rows of input",
                            lambda rows: rows[-3:-1] == ["#dev> one", "  two"] and "three" in rows[-1]))
        pane.send("C-e", "C-u")
        pane.wait_for(prompt_is("#dev>"))
        pane.paste("/quit\n" + text)
        pane.wait_for(prompt_is(question.replace("3", "4")))
        pane.send("Enter")
        pane.wait_for(re.compile(r"alice │ /quit .*\n.* │ one .*\n.* │   two "))
        self.assert_sent("/quit\n" + text)

    def test_a_paste_with_other_bytes_in_it_is_text(self):
        title = self.pane.title()
        self.pane.send_bytes(b"\x1b[200~a\x1b]2;owned\x07b\x1b[2Jc\x03d\x9be\xff\x00f\x1b[201~")
        self.pane.wait_for(named("the text", lambda rows: re.match("#dev> a.*f$", rows[-1])))
        self.assertEqual(self.pane.title(), title)
        self.pane.wait_for("is open")
        self.pane.send("Enter")
        event = self.bob.expect(kind="message", sender="alice")
        self.assertRegex(event.text, r"^a.*b.*c.*d.*e.*f$")
        self.assertTrue(event.text.isprintable(), event.text)

    def test_a_paste_from_a_terminal_that_does_not_mark_it_is_typed(self):
        self.pane.send_bytes(b"typed one\rtyped two\rrest")
        self.pane.wait_for(prompt_is("#dev> rest"))
        self.assert_sent("typed one", "typed two")

    def test_a_paste_that_never_ends_gives_the_keys_back(self):
        self.pane.send_bytes(b"\x1b[200~beginning")
        self.pane.wait_for(prompt_is("#dev> beginning"))
        self.pane.type(" and end")
        self.pane.wait_for(prompt_is("#dev> beginning and end"))


if __name__ == "__main__":
    main()
