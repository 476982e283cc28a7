// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signal.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/child.h"
#include "support/run_until.h"

namespace gnatter::testing {

inline std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// Neither running nor waiting to be reaped.
inline bool has_children() {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/// And runs: who inherits an orphan may take time to reap it.
inline bool is_there(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::size_t end_of_name = text.rfind(')');
  return end_of_name != std::string::npos && text[end_of_name + 2] != 'Z';
}

/// A program beside the loop, what it has said, and how it has ended.
struct ChildFixture {
  base::EventLoop loop;
  std::unique_ptr<base::Child> child;
  std::vector<std::string> lines;
  std::optional<base::Child::End> end;

  void start(base::Child::Plan plan) {
    child = std::make_unique<base::Child>(
        loop, std::move(plan), [this](std::string_view line) { lines.emplace_back(line); },
        [this](const base::Child::End& how) {
          BOOST_TEST(!end.has_value());
          end = how;
        });
  }
  void start_shell(const std::string& script, std::string input = {}) {
    start({.words = {"/bin/sh", "-c", script}, .input = std::move(input)});
  }
  bool ends(std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    return run_until(
        loop, [this] { return end.has_value(); }, limit);
  }
  bool says(std::size_t count) {
    return run_until(loop, [this, count] { return lines.size() >= count; });
  }
};

}  // namespace gnatter::testing
