# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows show what was said before, as the logs have it."""

import re

from support import eventually, main
from support.logs import LogTest, log_path, texts, wait_for_text, write_log
from support.screen import SGR, body_has, body_has_not, named, prompt_is, status_has, status_has_not

GROUP = "/chat/group/dev/message/bob"
LINE = re.compile(r"\bline (\d+)\.")
FROM_THE_LOG = re.compile(r"── from the log, \w+day \d+ \w+ ")


def lines(count):
    return [("bob" if number % 3 else "carol", f"line {number}.") for number in range(count)]


def numbers(rows):
    """Of the lines in view, top to bottom; without the newest ones, which stay below."""
    below = next((number for number, row in enumerate(rows) if " more below" in row), None)
    return [int(found[1]) for found in map(LINE.search, rows[:below]) if found]


def topmost_is(number):
    return named(f"line {number} topmost", lambda rows: numbers(rows)[:1] == [number])


class Past(LogTest):
    def setUp(self):
        self.place = self.home()

    def dev(self, *options, **size):
        """#dev with whatever is in its log."""
        pane = self.logging_screen("alice", "-j", "dev", *options, home=self.place, **size)
        pane.wait_for(prompt_is("#dev>"))
        pane.wait_for("only you")  # a row of its own on a small screen: now everything has its place
        return pane

    def page_up(self, pane):
        """One page; the lines that are in view then. None is left out between the two pages."""
        first = numbers(pane.capture())[0]

        def turned(rows):
            now = numbers(rows)
            return now and now[0] < first <= now[-1] + 1 and now == list(range(now[0], now[-1] + 1))
        pane.send("PPage")
        return numbers(pane.wait_for(named(f"the page before line {first}", turned)))

    def test_a_window_opens_with_the_last_500_lines(self):
        write_log(self.place, "#dev", lines(3000))
        pane = self.dev()
        pane.wait_for("line 2999.")
        pane.send("M-Home")
        pane.wait_for(topmost_is(2500))
        pane.wait_for(named("the rule above it", lambda rows: FROM_THE_LOG.search(rows[1])))
        pane.send("M-Home")  # at the oldest line: those that were before it
        pane.wait_for(topmost_is(2000))

    def pages_to_the_first(self, columns, rows, count):
        write_log(self.place, "#dev", lines(count))
        pane = self.dev(columns=columns, rows=rows)
        if rows == 40:
            pane.wait_for(f"line {count - 1}.")
        else:  # from the oldest line that is loaded at first
            pane.send("M-Home")
            pane.wait_for(topmost_is(count - 500))
        while self.page_up(pane)[0] > 0:
            pass
        pane.send("PPage", "PPage")
        pane.wait_for(FROM_THE_LOG)
        pane.wait_for(topmost_is(0))
        pane.send("M-End")
        pane.wait_for(status_has_not("below"))

    def test_pages_up_to_the_very_first(self):
        self.pages_to_the_first(120, 40, 3000)

    def test_pages_up_at_80x24(self):
        self.pages_to_the_first(80, 24, 600)

    def test_pages_up_at_40x10(self):
        self.pages_to_the_first(40, 10, 520)

    def test_in_a_small_screen_to_the_first_of_3000(self):
        write_log(self.place, "#dev", lines(3000))
        pane = self.dev(columns=40, rows=10)
        for first in range(2500, -1, -500):
            pane.send("M-Home")
            pane.wait_for(topmost_is(first))

    def test_it_is_dim_and_what_comes_is_not(self):
        write_log(self.place, "#dev", lines(5))
        pane = self.dev()
        self.publish("bob", GROUP, "fresh", qos=1)
        pane.wait_for("fresh")
        styled = pane.settled_styled()
        old = {colour_of(row, text) for row in styled for text in [f"line {n}." for n in range(5)] if text in row}
        new = {colour_of(row, "fresh") for row in styled if "fresh" in row}
        self.assertEqual((len(old), len(new)), (1, 1))
        self.assertNotEqual(old, new)
        plain = pane.capture()
        rule = next(number for number, row in enumerate(plain) if FROM_THE_LOG.search(row))
        self.assertTrue(LINE.search(plain[rule + 1]), plain)

    def test_nothing_of_it_is_new_and_nothing_rings(self):
        for name in ("#dev", "#ops", "bob"):
            write_log(self.place, name, [("bob", f"alice: line {number}.") for number in range(20)])
        pane = self.dev("-j", "ops", "--plugin", "notify", "-j", "dev")
        pane.send_bytes(b"\x1b[O")
        pane.enter("/query bob")
        pane.wait_for(prompt_is("bob>"))
        pane.wait_for(body_has("line 19."))
        pane.enter("/win 1")
        pane.wait_for(prompt_is(">"))
        self.assertEqual(pane.ask("window_bell_flag"), "0")
        self.assertNotIn("Alt-A", pane.settled()[-2])
        self.publish("bob", "/chat/group/ops/message/bob", "alice: fresh", qos=1)
        pane.wait_for(status_has(re.compile(r"Alt-A .*#ops 1!")))
        eventually(lambda: pane.ask("window_bell_flag") == "1", "the bell", detail=pane.said)
        pane.send("M-a")
        pane.wait_for(re.compile("alice: fresh"))
        self.assertRegex(pane.text(), r"1 new since \d\d:\d\d(?s:.*)alice: fresh")

    def test_a_direct_message_opens_its_window_with_the_past(self):
        write_log(self.place, "bob", [("bob", "the day before"), ("alice", "I see")])
        pane = self.dev()
        self.publish("bob", "/chat/user/alice/message/bob", "hello again")
        pane.wait_for(status_has("bob 1!"))
        pane.send("M-a")
        pane.wait_for(prompt_is("bob>"))
        pane.wait_for(re.compile(r"from the log(?s:.*)the day before(?s:.*)I see(?s:.*)hello again"))
        wait_for_text(log_path(self.place, "bob"), "hello again")
        self.assertEqual(sum("hello again" in row for row in pane.settled()), 1)
        pane.enter("/close")
        pane.wait_for(prompt_is("#dev>"))
        pane.enter("/query bob")
        pane.wait_for(re.compile(r"the day before(?s:.*)I see(?s:.*)hello again"))
        self.assertEqual(sum("hello again" in row for row in pane.settled()), 1)

    def test_the_next_run_shows_what_was_said(self):
        pane = self.dev()
        self.publish("bob", GROUP, "yes\tand \\t no", qos=1)
        pane.wait_for("yes")
        pane.enter("/me nods")
        pane.enter("said by me")
        wait_for_text(log_path(self.place, "#dev"), "said by me")
        pane.enter("/quit")
        pane.wait()
        again = self.dev()
        again.wait_for(re.compile(r"from the log(?s:.*)bob │ yes +and \\t no(?s:.*)\* │ alice nods(?s:.*)"
                                  r"alice │ said by me"))
        self.assertEqual(sum("said by me" in row for row in again.settled()), 1)

    def test_clear_takes_it_out_of_view_and_not_out_of_the_log(self):
        path = write_log(self.place, "#dev", lines(30))
        before = path.read_bytes()
        pane = self.dev()
        pane.wait_for("line 29.")
        pane.enter("/clear")
        pane.wait_for(body_has_not("line"))
        self.publish("bob", GROUP, "fresh", qos=1)
        pane.wait_for("fresh")
        self.assertEqual(numbers(pane.settled()), [])
        self.assertEqual(path.read_bytes()[:len(before)], before)

    def test_a_hostile_log_is_shown_safely(self):
        path = write_log(self.place, "#dev", [("bob", "\x1b]0;hacked\x07 \x1b[2J\u202e\u009b31m"), ("\x1b[5m", "x")])
        with open(path, "ab") as log:
            log.write(b"no row of a log\n\xff\xfe\n" + b"y" * 100000 + b"\n2026-13-99T99:99:99.999+99:99\tbob\tz\n")
        write_log(self.place, "bob", [("bob", "good")])
        pane = self.dev()
        pane.wait_for("hacked")
        self.assertNotIn("hacked", pane.title())
        self.assertNotRegex(pane.text(), "no row of a log|yyy")
        pane.enter("/query bob")
        pane.wait_for(body_has("good"))

    def test_without_the_plugin_there_is_no_log_and_with_it_it_goes_on(self):
        path = write_log(self.place, "#dev", lines(30))
        pane = self.screen("alice", "--plugin", "presence", "-j", "dev", home=self.place)
        pane.wait_for("is open")
        self.publish("bob", GROUP, "unlogged", qos=1)
        pane.wait_for("unlogged")
        self.assertEqual(numbers(pane.settled()), [])
        self.plugin(pane, "load", 1)
        pane.send("PPage")
        pane.wait_for("line 29.")
        self.publish("bob", GROUP, "logged", qos=1)
        wait_for_text(path, "logged")
        self.plugin(pane, "unload", 1)
        self.publish("bob", GROUP, "unlogged again", qos=1)
        pane.wait_for("unlogged again")
        pane.enter("/query bob")
        pane.wait_for(prompt_is("bob>"))
        self.plugin(pane, "load", 2)
        self.publish("bob", GROUP, "logged again", qos=1)
        wait_for_text(path, "logged again")
        self.assertEqual(texts(path), [text for _, text in lines(30)] + ["logged", "logged again"])

    @staticmethod
    def plugin(pane, command, count):
        """Loads or unloads it, for the `count`th time, and shows the group."""
        pane.send("M-1")
        pane.wait_for(prompt_is(">"))
        pane.enter(f"/plugin {command} logger")
        pane.wait_for(named(f"logger is {command}ed", lambda rows: sum(
            f"logger is {command}ed" in row for row in rows) == count))
        pane.send("M-2")
        pane.wait_for(prompt_is("#dev>"))


def colour_of(row, text):
    return SGR.findall(row[:row.index(text)])[-1]


if __name__ == "__main__":
    main()
