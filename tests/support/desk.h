// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <locale.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gnatter/utf8.h"
#include "support/environment.h"
#include "support/temporary_directory.h"
#include "ui/line_editor.h"

namespace gnatter::testing {

using Strings = std::vector<std::string>;

/// An editor in a home of its own, with what came of the keys.
struct Desk {
  TemporaryDirectory home_directory;
  Variable home{"HOME", home_directory.path().string()};
  Variable inputrc{"INPUTRC", std::nullopt};
  Strings entered, ran;
  int changes = 0;
  std::function<void(const std::string&)> on_entered;
  std::optional<ui::LineEditor> editor;

  explicit Desk(const std::string& rc = "", std::vector<ui::KeyAction> more = {}) {
    ::setlocale(LC_CTYPE, "C.UTF-8");
    if (!rc.empty()) write(rc);
    open(std::move(more));
  }
  void write(const std::string& rc) const { std::ofstream(home_directory.path() / ".inputrc") << rc; }
  void open(std::vector<ui::KeyAction> more = {}) {
    std::vector<ui::KeyAction> actions{action("gnatter-next-window", {"\\en", "\\C-n"}),
                                       action("gnatter-previous-window", {"\\ep", "\\e[1;3D"}),
                                       action("gnatter-complete", {"\\t"})};
    for (ui::KeyAction& row : more) actions.push_back(std::move(row));
    editor.reset();
    editor.emplace(
        std::move(actions), [this] { ++changes; },
        [this](const std::string& line) {
          entered.push_back(line);
          if (on_entered) on_entered(line);
        });
  }
  ui::KeyAction action(const std::string& name, Strings keys) {
    return {
        .name = name, .keys = std::move(keys), .summary = "", .run = [this, name] { ran.push_back(name); }};
  }

  /// The characters of a text, one key each.
  Desk& type(std::string_view text) {
    while (!text.empty()) {
      const std::size_t length = gnatter::utf8::decode(text).length;
      editor->key(text.substr(0, length));
      text.remove_prefix(length);
    }
    return *this;
  }
  Desk& key(std::string_view bytes) {
    editor->key(bytes);
    return *this;
  }
  Desk& enter(std::string_view text) { return type(text).key("\r"); }
  /// The line with a bar where the cursor stands.
  [[nodiscard]] std::string line() const {
    std::string text = editor->text();
    BOOST_REQUIRE(editor->cursor() <= text.size());
    return text.insert(editor->cursor(), "|");
  }
};

inline ui::KeyAction with(const std::string& name, Strings keys, std::function<void()> run) {
  return {.name = name, .keys = std::move(keys), .summary = "", .run = std::move(run)};
}

}  // namespace gnatter::testing
