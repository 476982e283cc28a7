# SPDX-License-Identifier: GPL-3.0-or-later
"""The samples of plugins/examples as their author has them: outside the tree, against what is installed."""

import pathlib
import re
import shutil
import stat
import tempfile

from support import GNATTER, ChatTest, main, run

BUILD = pathlib.Path(GNATTER).resolve().parent.parent


def done(*words, timeout=120):
    ended = run(*map(str, words), timeout=timeout)
    if ended.returncode:
        raise AssertionError(f"{' '.join(map(str, words))}:\n{ended.stdout}{ended.stderr}")
    return ended.stdout


class OutsidePlugins(ChatTest):
    @classmethod
    def setUpClass(cls):
        """Installed in one place, the samples copied to another and built there, once for all tests."""
        place = pathlib.Path(tempfile.mkdtemp(prefix="gnatter-outside-"))
        cls.addClassCleanup(shutil.rmtree, place)
        cls.prefix, cls.built = place / "prefix", place / "build"
        done("cmake", "--install", BUILD, "--prefix", cls.prefix)
        examples = next(cls.prefix.rglob("examples"))
        shutil.copytree(examples, place / "mine")
        done("cmake", "-S", place / "mine", "-B", cls.built, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={cls.prefix}",
             "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror")
        done("cmake", "--build", cls.built)
        cls.installed = next(cls.prefix.rglob("presence.so")).parent

    def command(self, user, *options, **more):
        """The installed program, which finds the plugins beside it by itself."""
        words = super().command(user, *options, **more)
        words[0] = str(self.prefix / "bin" / "gnatter")
        if "--plugin-dir" in words:
            at = words.index("--plugin-dir")
            del words[at:at + 2]
        return [*words, "--plugin-dir", str(self.built)]

    def load(self, client, name):
        client.send(f"/plugin load {name}")
        client.expect(kind="info", text=f"Plugin {name} is loaded.")

    def unload(self, client, name):
        client.send(f"/plugin unload {name}")
        client.expect(kind="info", text=f"Plugin {name} is unloaded.")

    def fence(self, client):
        """Whatever was asked of the client before has been done."""
        self.publish("bob", f"/chat/user/{client.user}/message/bob", "fence")
        client.expect(kind="message", sender="bob", text="fence")

    def start(self, user, *options, **more):
        client = super().start(user, *options, **more)
        client.user = user
        return client

    def test_a_plugin_exports_one_symbol_and_keeps_no_old_copy(self):
        for plugin in ("answer", "dice", "urls"):
            with self.subTest(plugin=plugin):
                symbols = done("nm", "-D", "--defined-only", self.built / f"{plugin}.so")
                strong = [line.split()[-1] for line in symbols.splitlines() if line.split()[-2] not in "wWvV"]
                self.assertEqual(strong, ["gnatter_plugin"], symbols)
                self.assertNotRegex(symbols, r" u ")

    def test_the_readme_shows_what_is_built(self):
        readme = next(self.prefix.rglob("plugins/README.md"))
        shown = re.findall(r"```cpp\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
        sample = (readme.parent / "examples" / "dice.cpp").read_text("utf-8")
        self.assertIn(shown[0].split("\n\n")[0], sample)
        self.assertLess(len(sample.splitlines()), 30)

    def test_it_is_installed_where_the_program_looks(self):
        before = set(self.installed.iterdir())
        done("cmake", "--install", self.built)
        added = set(self.installed.iterdir()) - before
        self.addCleanup(lambda: [file.unlink() for file in added])
        self.assertEqual({file.name for file in added}, {"answer.so", "dice.so", "urls.so"})

    def test_dice_are_rolled_for_another_user_of_a_group(self):
        witness = self.witness("/chat/group/dev/message/alice")
        alice = self.login("alice", "-j", "dev")
        self.load(alice, "dice")
        for text in ("!roll 0d6", "!roll 21d6", "!roll 2d1", "!roll 2d6666", "!roll -1d6", "roll 2d6", "!roll 20d6"):
            self.publish("bob", "/chat/group/dev/message/bob", text, qos=1)
        rolled = witness.wait_for("/chat/group/dev/message/alice", 1)[0].payload.decode()
        found = re.fullmatch(r"bob rolls (\d+)", rolled)
        self.assertTrue(found and 20 <= int(found[1]) <= 120, rolled)
        self.unload(alice, "dice")
        self.publish("bob", "/chat/group/dev/message/bob", "!roll 2d6", qos=1)
        self.fence(alice)
        self.assertEqual(alice.quit(), 0, alice.said())
        self.assertEqual(len(witness.on("/chat/group/dev/message/alice")), 1)

    def test_who_is_away_answers_each_person_once_an_hour(self):
        witness = self.witness("/chat/user/+/message/alice")
        alice = self.login("alice", "--plugin", "presence", "--plugin", "answer")
        alice.send('/set answer.text back at noon')
        alice.expect(kind="info", text='answer.text is now "back at noon".')
        self.publish("bob", "/chat/user/alice/message/bob", "here?")
        alice.expect(kind="message", sender="bob", text="here?")
        alice.send("/away")
        alice.expect(kind="status", sender="alice", text="AWAY")
        for sender in ("bob", "bob", "carol"):
            self.publish(sender, f"/chat/user/alice/message/{sender}", "hello")
        for sender in ("bob", "carol"):
            witness.expect(f"/chat/user/{sender}/message/alice", "back at noon")
        self.unload(alice, "answer")
        self.publish("dan", "/chat/user/alice/message/dan", "hello")
        self.fence(alice)
        self.assertEqual(alice.quit(), 0, alice.said())
        self.assertEqual(len(witness.seen), 2, witness.seen)

    def test_addresses_are_kept_in_a_private_file(self):
        home = self.home()
        alice = self.login("alice", "-j", "dev", home=home)
        self.load(alice, "urls")
        self.publish("bob", "/chat/group/dev/message/bob", "see https://mosquitto.org/blog/ and http://a.example/x",
                     qos=1)
        alice.expect(kind="message", sender="bob")
        alice.say("#dev", "mine is https://b.example")
        alice.expect(kind="sent", window="#dev")
        self.unload(alice, "urls")
        self.assertEqual(alice.quit(), 0, alice.said())
        file = next(home.path.rglob("urls.tsv"))
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(file.parent.stat().st_mode), 0o700)
        rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
        self.assertEqual([row[2:] for row in rows],
                         [["#dev", "bob", "https://mosquitto.org/blog/"], ["#dev", "bob", "http://a.example/x"],
                          ["#dev", "alice", "https://b.example"]])
        for row in rows:
            self.assertRegex(row[0], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+01:00$")


if __name__ == "__main__":
    main()
