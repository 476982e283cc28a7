# SPDX-License-Identifier: GPL-3.0-or-later
"""/lastlog searches what was said, through grep."""

import os
import pathlib
import re

from support import eventually, main
from support.logs import LogTest, write_log
from support.screen import body_has, prompt_is

HOSTILE = ["$(touch hacked)", "`touch hacked`", "; touch hacked", "| touch hacked", "&& touch hacked", "> hacked",
           "'; touch hacked; '", '"; touch hacked; "', "\\", "*", "[", "%s%n", "~root", "!!", "a  b", "grüße 日本"]
STILL_RUNNING = 100_000_000  # bytes of a log that keeps grep busy with a back-reference for minutes


def greps_of(pid):
    """Its children that are grep."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in (children.read_text().split() if children.exists() else [])
            if name_of(child) == "grep"]


def name_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return None


class Headless(LogTest):
    """All logs; nobody looks at a conversation here."""

    def setUp(self):
        self.place = self.home()

    def search(self, arguments, **logs):
        """The rows that /lastlog shows: [(sender, text)], and its last sentence."""
        for name, lines in logs.items():
            write_log(self.place, name, lines)
        if not hasattr(self, "alice"):
            self.alice = self.logging("alice", home=self.place)
        before = len(self.alice.events)
        self.alice.send(f"/lastlog {arguments}")
        self.alice.expect(window="lastlog", text=re.compile(r"^(Nothing found|\d+ lines? in \d+ logs?)\."))
        shown = [event for event in self.alice.events[before:] if event.window == "lastlog"]
        self.assertEqual({event.kind for event in shown}, {"info"})
        return [(event.sender, event.text) for event in shown if event.sender], shown[-1].text

    def test_it_finds_in_all_logs_and_says_where(self):
        found, end = self.search("-all needle", dev=[("bob", "a needle here"), ("bob", "hay")],
                                 ops=[("* carol", "sews with a NEEDLE"), ("dan", "hay")])
        self.assertEqual(sorted(found), [("bob", "a needle here"), ("carol", "sews with a NEEDLE")])
        self.assertEqual(end, "2 lines in 2 logs.")
        files = [event.text for event in self.alice.all(window="lastlog") if event.text.endswith(".log")]
        self.assertEqual(sorted(files), ["127.0.0.1/dev.log", "127.0.0.1/ops.log"])

    def test_no_match_is_said_in_words(self):
        self.assertEqual(self.search("-all needle", dev=[("bob", "hay")]), ([], "Nothing found."))

    def test_without_logs_it_says_so(self):
        alice = self.logging("alice", home=self.place)
        alice.send("/lastlog -all needle")
        alice.expect(kind="error", text=re.compile("There are no logs yet"))

    def test_options(self):
        lines = [("bob", "Needle"), ("bob", "needles"), ("bob", "a needle."), ("bob", "n.*e"), ("bob", "hay")]
        for arguments, wanted in (("needle", ["Needle", "needles", "a needle."]), ("-case Needle", ["Needle"]),
                                  ("-word needle", ["Needle", "a needle."]), ("n.*e", ["n.*e"]),
                                  ("-regex ^.*bob\tn.*e", ["Needle", "needles", "n.*e"]), ("-regex ne+dles?$", [
                                      "Needle", "needles"]), ("-word -case needle", ["a needle."])):
            with self.subTest(arguments=arguments):
                arguments = arguments.replace("\t", "\\t")
                found, _ = self.search(f"-all {arguments}", dev=lines)
                self.assertEqual([text for _, text in found], wanted)

    def test_a_pattern_that_begins_with_a_dash(self):
        lines = [("bob", "rm -rf x"), ("bob", "-f/etc/passwd"), ("bob", "--help")]
        for pattern, wanted in (("-rf", "rm -rf x"), ("-f/etc/passwd", "-f/etc/passwd"), ("--help", "--help")):
            with self.subTest(pattern=pattern):
                self.assertEqual(self.search(f"-all -- {pattern}", dev=lines), ([("bob", wanted)], "1 line in 1 log."))
        self.alice.send("/lastlog -all -rf")
        self.alice.expect(kind="error", text=re.compile(r"There is no -rf\..*-- before"))

    def test_no_shell_reads_the_pattern(self):
        lines = [("bob", f"said {pattern} once") for pattern in HOSTILE]
        lines = [(who, text.replace("\\", "\\\\")) for who, text in lines]
        for pattern in HOSTILE:
            with self.subTest(pattern=pattern):
                found, _ = self.search("-all -- " + pattern.replace("\\", "\\\\"), dev=lines)
                self.assertIn(("bob", f"said {pattern} once"), found)
        self.assertEqual(list(self.place.path.rglob("hacked")) + [path for path in ("hacked",) if os.path.exists(path)],
                         [])

    def test_a_mistake_in_an_expression_is_told(self):
        write_log(self.place, "dev", [("bob", "hay")])
        alice = self.logging("alice", home=self.place)
        alice.send("/lastlog -all -regex a(b")
        alice.expect(window="lastlog", text=re.compile(r"The search failed: .*\("))
        alice.send("/lastlog")
        alice.expect(kind="error", text=re.compile("Usage: /lastlog"))

    def test_too_many_lines_end_the_search(self):
        write_log(self.place, "dev", [("bob", f"needle {number}") for number in range(100_001)])
        alice = self.logging("alice", home=self.place)
        alice.send("/lastlog -all needle")
        alice.expect(window="lastlog", text=re.compile("^More than 100000 lines: stopped"))
        eventually(lambda: not greps_of(alice.pid), "the end of grep")
        self.assertEqual(len([event for event in alice.all(window="lastlog") if event.sender]), 100_000)


class Screen(LogTest):
    def setUp(self):
        self.place = self.home()
        write_log(self.place, "#dev", [("bob", "a needle in dev"), ("bob", "hay")])
        write_log(self.place, "#ops", [("bob", "a needle in ops")])

    def dev(self):
        self.pane = self.logging_screen("alice", "-j", "dev", home=self.place)
        self.pane.wait_for(prompt_is("#dev>"))
        return self.pane

    def test_of_the_conversation_in_view(self):
        pane = self.dev()
        pane.enter("/lastlog NEEDLE")
        pane.wait_for(re.compile(r"bob │ a needle in dev(?s:.*)1 line in 1 log\."))
        self.assertNotIn("ops", "\n".join(row[19:] for row in pane.settled()))
        self.assertTrue(pane.settled()[0].startswith(" lastlog"))
        pane.enter("/close")
        pane.wait_for(prompt_is("#dev>"))
        pane.send("M-1")
        pane.wait_for(prompt_is(">"))
        pane.enter("/lastlog needle")
        pane.wait_for("/lastlog -all needle searches all logs")

    def slow_search(self):
        """One that has found something and runs on; the process id of grep."""
        path = write_log(self.place, "#dev", [("bob", "the needle")])
        hay = b"2026-11-20T10:00:00.000+01:00\tbob\t" + b"abcdefghij" * 8 + b"\n"
        with open(path, "ab") as log:
            for _ in range(STILL_RUNNING // (len(hay) * 1000)):
                log.write(hay * 1000)
        pane = self.dev()
        pane.enter(r"/lastlog -regex the needle|(.*b.*c).*d\1.*\1z$")
        pane.wait_for(body_has("bob │ the needle"))
        [grep] = greps_of(pane.pid)
        self.assertNotRegex(pane.text(), r"\d lines? in \d logs?")
        return pane, grep

    def assert_gone(self, grep):
        eventually(lambda: name_of(grep) is None, f"the end of grep, {grep}", detail=self.pane.said)

    def test_results_come_while_grep_runs_and_close_ends_it(self):
        pane, grep = self.slow_search()
        pane.enter("/close")
        self.assert_gone(grep)
        pane.wait_for(prompt_is("#dev>"))
        self.publish("bob", "/chat/group/dev/message/bob", "still here", qos=1)
        pane.wait_for("still here")
        self.assertEqual(greps_of(pane.pid), [])

    def test_stop_ends_it_and_so_does_another_search_and_the_end(self):
        pane, grep = self.slow_search()
        pane.enter("/lastlog -stop")
        pane.wait_for("Stopped. 1 line in 1 log.")
        self.assert_gone(grep)
        pane.enter("/lastlog -stop")
        pane.wait_for("No search is running.")
        pane.send("C-u")  # what was refused stays in the input
        pane.wait_for(prompt_is(">"))
        pane.enter(r"/lastlog -all -regex needle|(.*b.*c).*d\1.*\1z$")
        [grep] = eventually(lambda: greps_of(pane.pid), "grep", detail=pane.said)
        pane.enter("/lastlog -all needle in ops")
        pane.wait_for("Stopped for the next search.")
        self.assert_gone(grep)
        pane.wait_for("1 line in 1 log.")
        pane.enter(r"/lastlog -all -regex needle|(.*b.*c).*d\1.*\1z$")
        [grep] = eventually(lambda: greps_of(pane.pid), "grep", detail=pane.said)
        pane.enter("/plugin unload logger")
        self.assert_gone(grep)
        pane.enter("/quit")
        self.assertEqual(pane.wait(), 0)


if __name__ == "__main__":
    main()
