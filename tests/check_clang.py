#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every source file of a build with clang++, its warnings as errors.

    check_clang.py BUILD-DIRECTORY    one with a compile_commands.json

The last line is "N passed, N failed", counting files.
"""

import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
GCC_ONLY = {"-fno-gnu-unique"}


def clang_arguments(entry):
    words = shlex.split(entry["command"])
    while words[0].rpartition("/")[2] == "ccache":
        words.pop(0)
    arguments = ["clang++", "-fsyntax-only", "-Werror"]
    skip = False
    for word in words[1:]:
        if skip or word in ("-c", "-o") or word in GCC_ONLY:
            skip = word == "-o"
            continue
        arguments.append(word)
    return arguments


def complaints(entry):
    done = subprocess.run(clang_arguments(entry), cwd=entry["directory"], capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def main(build):
    entries = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
    ours = [entry for entry in entries if (ROOT / entry["file"]).is_relative_to(ROOT)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for said in pool.map(complaints, ours):
            failed += bool(said)
            print(said, end="")
    print(f"{len(ours) - failed} passed, {failed} failed")
    return 0 if ours and not failed else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
