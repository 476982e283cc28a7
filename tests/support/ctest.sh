# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# For tests/run and .ci/run, sourced at the root of the project: building, running and counting.

passed=0
failed=0

# finish PASSED FAILED: the last line, and the exit code
finish() {
  echo "$1 passed, $2 failed"
  [ "$2" -eq 0 ] && [ "$1" -gt 0 ]
  exit
}

# build DIRECTORY TARGETS CMAKE-OPTION...: configures and builds there; ends everything when that fails
build() {
  local directory=$1 launcher=() targets
  read -r -a targets <<<"$2"
  mkdir -p "$directory"
  shift 2
  if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  if ! { cmake -S . -B "$directory" -G Ninja "${launcher[@]}" "$@" && cmake --build "$directory" --target "${targets[@]}"; } \
      >"$directory/build.log" 2>&1; then
    grep -E 'error|Error|FAILED|warning' "$directory/build.log" | head -n 100
    echo "building $directory failed; all of it is in $directory/build.log"
    finish "$passed" $((failed + 1))
  fi
}

# count FILE: adds what a JUnit file of ctest says
count() {
  local line tests failures skipped
  line=$(grep -m 1 -A 10 '<testsuite' "$1" | tr '\n' ' ') || return 0
  tests=$(sed -n 's/.*[[:space:]]tests="\([0-9]*\)".*/\1/p' <<<"$line")
  failures=$(sed -n 's/.*[[:space:]]failures="\([0-9]*\)".*/\1/p' <<<"$line")
  skipped=$(sed -n 's/.*[[:space:]]skipped="\([0-9]*\)".*/\1/p' <<<"$line")
  failed=$((failed + failures))
  passed=$((passed + tests - failures - skipped))
}

# run_tests DIRECTORY CTEST-ARGUMENT...: runs the tests there and adds to $passed and $failed
run_tests() {
  local directory=$1 result
  shift
  rm -f "$directory/junit.xml"
  ctest --test-dir "$directory" --output-junit "$PWD/$directory/junit.xml" --output-on-failure --no-tests=ignore -j 4 "$@"
  result=$?
  if [ -e "$directory/junit.xml" ]; then count "$directory/junit.xml"; fi
  # A ctest that fails without a test that failed did not understand its arguments, say.
  if [ $result -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
}
