#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that man/gnatter-plugin.7 tells of every public name of the headers for plugins, and of no other.

    check_plugin_manual.py               compares the page with include/gnatter/
    check_plugin_manual.py --self-test   compares what is not alike, and expects that to be found

In the page a type has a subsection (.Ss) of its name, and its members are the arguments of .It Fn, Va, Dv and Vt there.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADERS = ROOT / "include" / "gnatter"
PAGE = ROOT / "man" / "gnatter-plugin.7"
NOT_FOR_PLUGINS = {"utf8.h"}  # what names are checked with

TYPE = re.compile(r"(?:template ?<[^>]*> )?(class|struct|enum class|enum) (\w+)")


def without_words(text):
    """Source without comments, preprocessor lines and what stands in quotes."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"(?m)^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", text)
    return re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\'', "0", text)


def declared(statement, owner):
    """The name that a declaration makes, or None."""
    plain = statement
    while (shorter := re.sub(r"<[^<>]*>", "", plain)) != plain:
        plain = shorter
    if found := re.match(r"using (?:\w+::)*(\w+)", plain):
        return found[1]
    if found := re.search(r"\(\*(\w+)\)", plain):  # a pointer to a function
        return found[1]
    before = re.split(r"[=({]|(?<!:):(?!:)", plain)[0].strip()
    found = re.search(r"(\w+)$", before)
    if not found or "~" in before or "operator" in before or found[1] == owner.split("::")[-1] or " " not in before:
        return None
    return found[1]


class Header:
    """The public names of a header, each with the type or inner namespace it belongs to."""

    def __init__(self, text):
        self.names = {("", name) for name in re.findall(r"(?m)^#define (\w+)\(", text)}
        self._text = without_words(text)
        self._at = 0
        self._scope("", True)

    def _skip_braces(self):
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(self._text[self._at], 0)
            self._at += 1

    def _block(self, statement, owner, public):
        """What a brace opens; whether the statement ends with it."""
        inner = f"{owner}::" if owner else ""
        if found := re.match(r"namespace (?:\w+::)*(\w+)", statement):
            self._scope("" if found[1] == "gnatter" else found[1], True)
        elif (found := TYPE.match(statement)) and "(" not in statement:
            if public:
                self.names.add((owner, found[2]))
            if found[1].startswith("enum"):
                end = self._text.index("}", self._at)
                values = re.findall(r"\w+", self._text[self._at:end])
                self.names.update((inner + found[2], name) for name in values if public)
                self._at = end + 1
            else:
                self._scope(inner + found[2], public and found[1] == "struct", public)
        elif statement.startswith('extern'):
            self._scope(owner, public)
        else:
            self._skip_braces()
            return "(" in re.sub(r"<.*>", "", statement)  # a function's body, else an initial value
        return True

    def _scope(self, owner, public, may_be_public=True):
        statement, depth = "", 0
        while self._at < len(self._text):
            c = self._text[self._at]
            self._at += 1
            depth += {"(": 1, ")": -1}.get(c, 0)
            statement = re.sub(r"\s+", " ", statement + c).lstrip() if depth or c not in "{};:" else statement
            if depth or c not in "{};:":
                continue
            if c == "}":
                return
            if c == ":":
                if statement in ("public", "private", "protected"):
                    public, statement = may_be_public and statement == "public", ""
                else:
                    statement += c
                continue
            is_type = TYPE.match(statement) and "(" not in statement
            ended = self._block(statement, owner, public) if c == "{" else True
            if not ended:
                continue
            name = None if is_type or statement.startswith(("namespace", "extern")) else declared(statement, owner)
            if name and public:
                self.names.add((owner, name))
            statement = ""


def names_of_headers():
    names = set()
    for path in sorted(HEADERS.glob("*.h")):
        if path.name not in NOT_FOR_PLUGINS:
            names |= Header(path.read_text("utf-8")).names
    return names


def names_of_page(text):
    names, owner = set(), ""
    for line in text.splitlines():
        if line.startswith(".Sh"):
            owner = ""
        elif found := re.match(r"\.Ss (\S+)$", line):
            owner = found[1]
            outer, _, name = owner.rpartition("::")
            if not owner.islower():  # a namespace is no name of its own
                names.add((outer, name))
        elif found := re.match(r"\.It (?:Fn|Va|Dv|Vt) (.*)", line):
            words = found[1] if ".It Fn" not in line else found[1].split()[0]
            names |= {(owner, name) for name in re.findall(r"\w+", words)}
    return names


def differences(headers, page):
    def told(names, where):
        return [f"{'::'.join(filter(None, name))} {where}" for name in sorted(names)]
    return (told(headers - page, "is in the headers, not in the page")
            + told(page - headers, "is in the page, not in the headers"))


EXAMPLE = """
#define MADE(x) \\
  hidden(x)
namespace gnatter {
using Id = std::map<int, int>;
inline constexpr const char* some = "a { b";
class Shape : public Base {
 public:
  enum class How { round, square };
  virtual ~Shape() = default;
  Shape(int a) : a_(a) {}
  virtual std::unique_ptr<X> draw(std::function<void(int)> f, int b = {}) = 0;
  std::function<void(int)> changed = {};
  Time time{};
  int (*call)(int);
  explicit operator bool() const { return true; }
  static Shape of(int) { if (x) { return {}; } }

 private:
  struct Inner { int no; };
  int a_;
};
template <class T>
class Box { public: const T& get() const { return t_; } private: T t_; };
}
namespace gnatter::protocol { enum class Status { away }; constexpr bool is(int x) { return x; } }
"""
EXPECTED = {("", "MADE"), ("", "Id"), ("", "some"), ("", "Shape"), ("Shape", "How"), ("Shape::How", "round"),
            ("Shape::How", "square"), ("Shape", "draw"), ("Shape", "changed"), ("Shape", "time"), ("Shape", "call"),
            ("Shape", "of"),
            ("", "Box"), ("Box", "get"), ("protocol", "Status"), ("protocol::Status", "away"), ("protocol", "is")}
EXAMPLE_PAGE = """
.Sh NAMES
.It Fn MADE x
.It Vt Id
.Ss Shape
.It Va changed , time
.It Fn draw function b
"""


def self_test():
    wrong = differences(Header(EXAMPLE).names, EXPECTED)
    page = names_of_page(EXAMPLE_PAGE)
    wanted = {("", "MADE"), ("", "Id"), ("", "Shape"), ("Shape", "changed"), ("Shape", "time"), ("Shape", "draw")}
    wrong += differences(wanted, page)
    if len(differences({("", "a")}, {("", "b")})) != 2:
        wrong.append("what is not alike is not found")
    return wrong


def main():
    if sys.argv[1:] not in ([], ["--self-test"]):
        sys.exit(__doc__)
    wrong = self_test() if sys.argv[1:] else differences(names_of_headers(), names_of_page(PAGE.read_text("utf-8")))
    for line in wrong:
        print(line)
    print(f"{len(wrong)} errors")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
