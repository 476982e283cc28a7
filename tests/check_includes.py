#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every file includes only what the row of its room allows, and the house rules of a file's first lines.

    check_includes.py [ROOT]       checks the source tree (default: the one this script stands in)
    check_includes.py --self-test  feeds it violations and expects each to be found
"""

import pathlib
import re
import sys

# A room and the rooms it may include, itself among them. `gnatter` stands for all of include/gnatter, a name with `.h`
# for that header; gnatter/subscription.h belongs to base's interface and comes with it.
EVERY_ROOM = ["base", "protocol", "transport", "transport/tls", "transport/paho", "chat", "plugin_host", "headless", "ui", "app",
              "gnatter"]
ROOMS = {
    "include/gnatter": ["gnatter"],
    "src/base": ["base", "gnatter/subscription.h", "gnatter/utf8.h"],
    "src/protocol": ["protocol", "base", "gnatter/protocol.h", "gnatter/utf8.h"],
    "src/transport": ["transport", "base", "protocol", "gnatter/subscription.h"],
    "src/transport/tls": ["transport/tls", "base", "transport"],
    "src/transport/paho": ["transport/paho", "base", "protocol", "transport", "transport/tls",
                           "gnatter/subscription.h", "gnatter/utf8.h"],
    "src/chat": ["chat", "base", "protocol", "transport",
                 "gnatter/subscription.h", "gnatter/utf8.h", "gnatter/protocol.h"],
    "src/plugin_host": ["plugin_host", "base", "protocol", "chat", "gnatter"],
    "src/headless": ["headless", "base", "protocol", "chat", "gnatter/subscription.h"],
    "src/ui": ["ui", "base", "protocol", "chat",
               "gnatter/subscription.h", "gnatter/utf8.h", "gnatter/protocol.h"],
    "src/app": EVERY_ROOM,
    "src": EVERY_ROOM,  # main.cpp
    "plugins": ["gnatter"],
    "tests": EVERY_ROOM + ["support", "plugins"],
}

# Libraries (a prefix of the include) and the rooms, or files, that alone may use them. What no row names and is no standard or
# POSIX header is an error everywhere.
LIBRARIES = {
    "mqtt/": ["src/transport/paho"],
    "MQTT": ["src/transport/paho"],
    "openssl/": ["src/transport/tls", "tests/transport/tls_process_end_test.cpp"],
    "boost/program_options": ["src/app"],
    "boost/test/": ["tests"],
    "dlfcn.h": ["src/plugin_host"],
    "cxxabi.h": ["src/plugin_host"],
    "utf8proc.h": ["src/base"],
    "toml": ["src/app"],
    "curses.h": ["src/ui/ncurses_terminal.cpp", "src/ui/terminfo.cpp"],
    "term.h": ["src/ui/terminfo.cpp"],
    "readline/": ["src/ui/line_editor_state.h", "src/ui/readline_keymaps.cpp", "src/ui/readline_line.cpp"],
    "poll.h": ["src/base", "src/headless", "src/ui", "src/app", "src/transport/tls", "src/transport/paho", "tests"],
    "regex.h": ["plugins/notify/expression.cpp"],
    "sys/poll.h": [],
    "sys/signalfd.h": ["src/base"],
}

STANDARD = set("""
algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits
clocale cmath compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef cstdint cstdio
cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem format forward_list fstream functional
future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map memory
memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore
set shared_mutex source_location span sstream stack stdexcept stop_token streambuf string string_view syncstream
system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector
version
""".split())
POSIX = set("""
arpa/inet.h dirent.h elf.h errno.h fcntl.h features.h fnmatch.h glob.h grp.h langinfo.h limits.h locale.h netdb.h netinet/in.h
netinet/tcp.h pthread.h pty.h pwd.h sched.h signal.h spawn.h stdio.h stdlib.h string.h sys/eventfd.h sys/file.h
sys/inotify.h sys/ioctl.h sys/mman.h sys/prctl.h sys/random.h sys/resource.h sys/socket.h sys/stat.h sys/syscall.h
sys/time.h sys/timerfd.h sys/types.h sys/uio.h sys/un.h sys/wait.h syslog.h termios.h time.h unistd.h wchar.h
""".split())
# Plugins and the public headers are to build against the standard library alone.
STANDARD_ONLY = ["include/gnatter", "plugins"]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
SOURCE_FOLDERS = ["src", "include", "plugins", "tests", "cmake"]


def room_of(path):
    """The longest row that `path` (relative to the root) stands below, or None; `src` itself holds main.cpp alone."""
    rows = [row for row in ROOMS if path.startswith(row + "/") and (row != "src" or path.count("/") == 1)]
    return max(rows, key=len, default=None)


def allows(entry, include):
    """Whether a row's `entry` covers the quoted `include`."""
    if entry.endswith(".h"):
        return include == entry
    if not include.startswith(entry + "/"):
        return False
    # "transport" does not cover the room inside it, which has a row of its own.
    return entry in ("gnatter", "support", "plugins") or room_of("src/" + include) == "src/" + entry


def own_error(room, include):
    if ".." in include.split("/"):
        return f'"{include}" goes up; name the room'
    if "/" not in include:
        return f'"{include}" names no room'
    if not any(allows(entry, include) for entry in ROOMS[room]):
        return f'{room} may not include "{include}"'
    return None


def plugin_error(include):
    """A plugin's own headers stand beside its sources, with include/ alone on the path: "roster.h"."""
    return None if "/" not in include else own_error("plugins", include)


def library_error(room, path, include):
    owners = [places for prefix, places in LIBRARIES.items() if include.startswith(prefix)]
    if owners:
        return None if room in owners[0] or path in owners[0] else f"<{include}> is not for {path}"
    if include in STANDARD or (include in POSIX and room not in STANDARD_ONLY):
        return None
    return f"<{include}> is neither standard nor in the table of libraries"


def include_error(room, path, quote, include):
    is_own = include.startswith("gnatter/") or room_of("src/" + include) not in (None, "src")
    if quote == "<":
        return f'<{include}> is ours: write "{include}"' if is_own else library_error(room, path, include)
    return plugin_error(include) if room == "plugins" else own_error(room, include)


def errors_in(path, text):
    """All that is wrong with the file `path` (relative to the root) holding `text`: (line, words) pairs."""
    lines = text.split("\n")
    if SPDX not in "\n".join(lines[:2]):
        yield 1, f"no SPDX line ({SPDX}) at the top"
    if path.endswith(".h") and not any(line.strip() == "#pragma once" for line in lines):
        yield 1, "no #pragma once"
    if not path.endswith((".h", ".cpp")):
        return
    room = room_of(path)
    if room is None:
        yield 1, "stands in no room of the table"
        return
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        error = include_error(room, path, *found.groups()) if found else None
        if error:
            yield number, error


def files_to_check(root):
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp", ".py", ".cmake") or path.name == "CMakeLists.txt":
                yield path
    yield root / "CMakeLists.txt"


def check(root):
    count = 0
    failures = []
    for path in files_to_check(root):
        count += 1
        name = path.relative_to(root).as_posix()
        failures += [f"{name}:{line}: {words}" for line, words in errors_in(name, path.read_text("utf-8"))]
    print("\n".join(failures + [f"{count} files, {len(failures)} errors"]))
    return 0 if count and not failures else 1


# (path, line of the file, part of the expected error or None when it is allowed)
SELF_TEST = [
    ("src/base/a.cpp", '#include "base/text.h"', None),
    ("src/base/a.cpp", '#include "gnatter/utf8.h"', None),
    ("src/base/a.cpp", "#include <poll.h>", None),
    ("src/base/a.cpp", "#include <utf8proc.h>", None),
    ("src/base/a.cpp", '#include "protocol/topic.h"', "may not include"),
    ("src/base/a.cpp", '#include "gnatter/protocol.h"', "may not include"),
    ("src/base/a.cpp", '#include "text.h"', "names no room"),
    ("src/base/a.cpp", '  #  include "../base/text.h"', "goes up"),
    ("src/base/a.cpp", '#include "base/../chat/buffer.h"', "goes up"),
    ("src/base/a.cpp", "#include <base/text.h>", "is ours"),
    ("src/base/a.cpp", "#include <gnatter/utf8.h>", "is ours"),
    ("src/base/a.cpp", "#include <boost/asio.hpp>", "neither standard"),
    ("src/protocol/a.cpp", '#include "base/text.h"', None),
    ("src/protocol/a.cpp", '#include "gnatter/protocol.h"', None),
    ("src/protocol/a.cpp", '#include "transport/packets.h"', "may not include"),
    ("src/protocol/a.cpp", "#include <poll.h>", "is not for"),
    ("src/transport/a.cpp", '#include "transport/packets.h"', None),
    ("src/transport/a.cpp", '#include "transport/paho/connection.h"', "may not include"),
    ("src/transport/a.cpp", "#include <mqtt/async_client.h>", "is not for"),
    ("src/transport/a.cpp", '#include "chat/buffer.h"', "may not include"),
    ("src/transport/paho/a.cpp", '#include "transport/packets.h"', None),
    ("src/transport/paho/a.cpp", '#include "transport/paho/worker.h"', None),
    ("src/transport/paho/a.cpp", "#include <mqtt/async_client.h>", None),
    ("src/transport/paho/a.cpp", "#include <MQTTAsync.h>", None),
    ("src/transport/tls/a.cpp", "#include <openssl/ssl.h>", None),
    ("src/transport/paho/a.cpp", '#include "chat/buffer.h"', "may not include"),
    ("src/chat/a.cpp", '#include "transport/connection.h"', None),
    ("src/chat/a.cpp", '#include "transport/paho/connection.h"', "may not include"),
    ("src/chat/a.cpp", '#include "gnatter/plugin.h"', "may not include"),
    ("src/chat/a.cpp", '#include "headless/reader.h"', "may not include"),
    ("src/chat/a.cpp", "#include <dlfcn.h>", "is not for"),
    ("src/chat/a.cpp", "#include <MQTTAsync.h>", "is not for"),
    ("src/plugin_host/a.cpp", '#include "gnatter/plugin.h"', None),
    ("src/plugin_host/a.cpp", "#include <dlfcn.h>", None),
    ("src/plugin_host/a.cpp", '#include "transport/connection.h"', "may not include"),
    ("src/ui/a.cpp", '#include "chat/buffer.h"', None),
    ("src/ui/a.cpp", '#include "transport/outbox.h"', "may not include"),
    ("src/ui/a.cpp", "#include <curses.h>", "is not for"),
    ("src/ui/ncurses_terminal.cpp", "#include <curses.h>", None),
    ("src/ui/line_editor_state.h", "#include <readline/readline.h>", None),
    ("src/headless/a.cpp", '#include "chat/buffer.h"', None),
    ("src/headless/a.cpp", '#include "plugin_host/host.h"', "may not include"),
    ("src/headless/a.cpp", "#include <boost/program_options.hpp>", "is not for"),
    ("src/app/a.cpp", "#include <boost/program_options.hpp>", None),
    ("src/app/a.cpp", "#include <boost/program_options/parsers.hpp>", None),
    ("src/app/a.cpp", "#include <toml.hpp>", None),
    ("src/app/a.cpp", '#include "transport/paho/connection.h"', None),
    ("src/transport/paho/a.cpp", "#include <openssl/ssl.h>", "is not for"),
    ("src/app/a.cpp", "#include <boost/test/unit_test.hpp>", "is not for"),
    ("src/main.cpp", '#include "app/client.h"', None),
    ("src/main.cpp", '#include "client.h"', "names no room"),
    ("src/attic/a.cpp", '#include "chat/buffer.h"', "no room of the table"),
    ("include/gnatter/a.h", '#include "gnatter/utf8.h"', None),
    ("include/gnatter/a.h", '#include "base/text.h"', "may not include"),
    ("include/gnatter/a.h", "#include <unistd.h>", "neither standard"),
    ("plugins/presence/presence.cpp", '#include "gnatter/plugin.h"', None),
    ("plugins/presence/presence.cpp", '#include "roster.h"', None),
    ("plugins/presence/presence.cpp", '#include "../logger/roster.h"', "goes up"),
    ("plugins/presence/presence.cpp", '#include "chat/roster.h"', "may not include"),
    ("plugins/presence/presence.cpp", "#include <mqtt/message.h>", "is not for"),
    ("plugins/presence/presence.cpp", "#include <sys/socket.h>", "neither standard"),
    ("plugins/presence/presence.cpp", "#include <regex.h>", "is not for"),
    ("tests/chat/a_test.cpp", '#include "support/fake_connection.h"', None),
    ("tests/plugins/a_test.cpp", '#include "plugins/notify/fold.h"', None),
    ("tests/chat/a_test.cpp", "#include <boost/test/unit_test.hpp>", None),
    ("tests/chat/a_test.cpp", "#include <boost/test/included/unit_test.hpp>", None),
]


def self_test():
    wrong = []
    header = f"// {SPDX}\n#pragma once\n"
    for path, line, expected in SELF_TEST:
        found = [words for _, words in errors_in(path, header + line + "\n")]
        if (expected is None and found) or (expected and not any(expected in words for words in found)):
            wrong.append(f"{path}: {line}: expected {expected}, found {found}")
    for path, text, expected in [("src/base/a.h", f"// {SPDX}\n", "#pragma once"),
                                 ("src/base/a.h", "#pragma once\n", "no SPDX"),
                                 ("tests/a.py", "#!/usr/bin/env python3\n", "no SPDX"),
                                 ("cmake/a.cmake", "# nothing\n", "no SPDX"),
                                 ("CMakeLists.txt", f"# nothing\n\n# {SPDX}\n", "no SPDX")]:
        if not any(expected in words for _, words in errors_in(path, text)):
            wrong.append(f"{path}: {text!r}: expected {expected}")
    print("\n".join(wrong + [f"{len(SELF_TEST) + 5} snippets, {len(wrong)} judged wrongly"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(self_test())
    sys.exit(check(pathlib.Path(sys.argv[1] if sys.argv[1:] else pathlib.Path(__file__).parents[1]).resolve()))
