# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of all scripts and of no script at all: it stays in its place, and none of it is a command to the terminal."""

from support import ScreenTest, main
from support.screen import columns_of_last_bar, named, picture, prompt_is, redraw, wait_for_picture

TOPIC = "/chat/group/dev/message/bob"

SCRIPTS = [
    "plain", "日本語も大丈夫 全角ＡＢＣ", "한국어 텍스트 조합 \u1112\u1161\u11ab", "e\u0301a\u0308o\u0302 n\u0303",
    "z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309 zalgo", "👍🏽👋🏿 skin tones", "👩‍💻 👨‍👩‍👧‍👦 joined",
    "🇩🇪🇫🇷🇯🇵 flags", "❤️ ☎︎ ☎️ 1️⃣ selectors", "שלום עולם ברוכים", "مرحبا بالعالم", "हिन्दी क्षि தமிழ்", "ไทย กำลัง",
    "\u200bzero\u200dwidth\u2060\ufeff", "soft\u00adhyphen", "x" * 300, "日" * 150, "👩‍💻" * 40,
    "\u0301starts with an accent",
    "tab\there", "ᚠᛇᚻ 𝔘𝔫𝔦 𓀀 \U0010fffd \ue000 private",
]

# What would move the cursor, clear the screen, set the title, ask the terminal, turn the direction of writing.
HOSTILE = [
    b"a\x1b[2Jclear", b"b\x1b]2;owned\x07title", b"c\x1b[10;10Hmove", b"d\x1b[cask", b"e\x1b[?1049lalternate",
    b"f\x9b2Jc1 \xc2\x9b2Jc1", b"g\rreturn", b"h\x08\x08\x08back", b"i\x07\x07bell", b"j\x0e\x0fshift", b"k\x00nul",
    b"l\x7f\x1b", b"m\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80bytes", "n\u202eevil\u202c\u2066x\u2069".encode(),
    b"o\x1bP+q544e\x1b\\dcs", "p\u2028q\u2029r".encode(), b"q\x0bvertical\x0cfeed", b"r\x1b[31mred\x1b[0m",
    b"s\x1b%@charset\x1b(0", b"t\x85nel\xc2\x85nel",
]


class Text(ScreenTest):
    def publish_all(self, pane, payloads):
        for number, payload in enumerate(payloads):
            self.publish("bob", TOPIC, payload, qos=1 if number else 2)
        self.publish("bob", TOPIC, "last one.")
        pane.wait_for("last one.")

    def assert_stays_in_place(self, pane, columns, bar):
        """Also after it was drawn anew, at once and bit by bit."""
        self.assertEqual(columns_of_last_bar(pane), {bar}, pane.said())
        shown = picture(pane)
        redraw(pane, "#dev>")
        wait_for_picture(pane, shown)
        rows = pane.size()[1]
        for other in ((40, 10), (columns, rows)):
            pane.resize(*other)
            pane.wait_for("last one.")
        pane.wait_for(named("the list of windows", lambda rows: rows[2].startswith(" 2▸ #dev")))
        wait_for_picture(pane, shown)
        pane.send("M-Home")
        pane.wait_for("is open: everybody")
        pane.send("M-End")
        wait_for_picture(pane, shown)

    def test_all_scripts_stay_in_their_columns(self):
        pane = self.screen("alice", "-j", "dev", rows=50)
        pane.wait_for("is open")
        self.publish_all(pane, SCRIPTS)
        self.assert_stays_in_place(pane, 120, 103)
        for text in ("日本語も大丈夫 全角ＡＢＣ", "שלום עולם ברוכים", "مرحبا بالعالم"):
            pane.wait_for(text)
        pane.resize(80, 50)
        pane.wait_for(named("the roster without a list of windows",
                            lambda rows: "│ spoke here" in rows[1] and "▸" not in rows[2]))
        self.assertEqual(columns_of_last_bar(pane), {65}, pane.said())

    def test_what_scrolls_by_in_bursts_leaves_no_row_behind(self):
        """Rows of joined emoji look alike to ncurses, which then lets the terminal scroll them. Whether two are joined
        is not looked at: tmux forgets it at times."""
        def text_of(pane):
            return [row.replace("\u200d", "").replace(" ", "") for row in pane.settled()[1:-2]]

        pane = self.screen("alice", "-j", "dev", rows=50)
        pane.wait_for("is open")
        for turn in range(6):
            for payload in SCRIPTS:
                self.publish("bob", TOPIC, payload, qos=1)
            self.publish("bob", TOPIC, f"end of turn {turn}.", qos=1)
            pane.wait_for(f"end of turn {turn}.")
            shown = text_of(pane)
            redraw(pane, "#dev>")
            self.assertEqual(text_of(pane), shown)

    def test_what_is_no_text_never_reaches_the_terminal(self):
        pane = self.screen("alice", "-j", "dev", rows=50)
        pane.wait_for("is open")
        title = pane.title()
        self.publish_all(pane, HOSTILE)
        self.assertEqual(pane.title(), title)
        self.assertEqual(pane.ask("alternate_on"), "1")
        self.assert_stays_in_place(pane, 120, 103)
        pane.wait_for("a␛[2Jclear")
        pane.wait_for(prompt_is("#dev>"))
        said = self.tmux.run("capture-pane", "-p", "-e", "-t", pane.target)
        self.assertNotIn("\x1b[31mred", said)

    def test_names_are_text_too(self):
        name = "b\u202eb 日本 👩‍💻 o"
        self.use_broker(users=[name])
        pane = self.screen("alice", "-j", "dev")
        pane.wait_for("is open")
        bob = self.login(name, "-j", "dev")
        bob.send("#dev hello", "alice pst")
        pane.wait_for("hello")
        self.publish("admin", "/chat/login", b"x\x1b[2J\x07")
        self.assertEqual(columns_of_last_bar(pane), {103}, pane.said())
        pane.send("M-a")
        pane.wait_for("pst")
        self.assertEqual(columns_of_last_bar(pane), {103}, pane.said())
        shown = picture(pane)
        prompt = pane.capture()[-1].rstrip()
        redraw(pane, prompt)
        wait_for_picture(pane, shown)
        self.assertNotIn("\u202e", pane.title())

    def test_a_line_of_60_kilobytes(self):
        pane = self.screen("alice", "-j", "dev")
        pane.wait_for("is open")
        words = " ".join(f"word{number}" for number in range(7000))[:60_000]
        self.publish_all(pane, [words, "y" * 60_000])
        self.assertEqual(columns_of_last_bar(pane), {103}, pane.said())
        pane.send("PPage")
        pane.wait_for("more below")
        pane.send("M-Home")
        pane.wait_for("│ word0 word1 ")
        pane.type("still quick")
        pane.wait_for(prompt_is("#dev> still quick"))
        pane.send("C-u", "M-End")
        pane.wait_for(named("the last line lowest", lambda rows: "last one." in rows[-3]))


if __name__ == "__main__":
    main()
