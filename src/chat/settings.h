// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/signal.h"

namespace gnatter::chat {

/// What can be set while the client runs, by name (C3). A row belongs to whoever added it and ends with its
/// Subscription; what the user wanted stays known, for the row that comes again. The rows are the one table
/// that file, /set, /help and completion read. One thread.
class Settings {
 public:
  using Value = std::variant<bool, std::int64_t, std::string>;
  struct Row {
    std::string name;     ///< "logger.buffers": lower case, a dot between whose it is and what it is
    Value initial;        ///< its type is the setting's
    std::string summary;  ///< one sentence without its full stop
    /// What is wrong with a value of the right type, in a sentence that says what would be right; empty:
    /// nothing.
    std::function<std::string(const Value&)> check = {};
    std::function<void()> changed = {};  ///< after value() is another
  };

  /// Empty when the name is taken. A value that was given for the name before (file) is taken over; one that
  /// does not fit is told by `complained` and the initial one stands.
  [[nodiscard]] Subscription add(Row row);

  /// Of a row that is there.
  [[nodiscard]] const Value& value(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return rows_->contains(name); }
  /// Rows by name, with what they are now.
  struct Current {
    Row row;
    Value value;
  };
  [[nodiscard]] const std::map<std::string, Current, std::less<>>& all() const { return *rows_; }

  /// As typed: true/false/on/off/yes/no, a number, or any text in UTF-8, by the row's type. Throws
  /// base::UserError with what would be right.
  void set(std::string_view name, std::string_view text);
  /// Back to the initial value. Throws base::UserError when there is none of that name.
  void reset(std::string_view name);
  /// "There is no setting logger.bufers (logger.buffers?)."
  [[nodiscard]] std::string no_such(std::string_view name) const;

  /// From the configuration file, for a row that may come later; `where` ("gnatter.toml:12") begins the
  /// complaint.
  void give(std::string name, Value value, std::string where);
  /// Names given for which no row has come, with where: a misspelling, or a plugin that is not loaded.
  [[nodiscard]] std::map<std::string, std::string> unknown() const;

  /// A sentence about a value that did not fit.
  base::Signal<const std::string&> complained;

 private:
  struct Wanted {
    Value value;
    std::string where;      // empty: it was set in this run
    bool row_came = false;  // since it was given
  };
  void take_over(const std::string& name);
  [[nodiscard]] const Current& find(std::string_view name) const;
  void assign(const std::string& name, const Value& value);

  std::shared_ptr<std::map<std::string, Current, std::less<>>> rows_ =
      std::make_shared<std::map<std::string, Current, std::less<>>>();
  std::map<std::string, Wanted, std::less<>> wanted_;
};

/// As it is typed and shown: true, 500, "a text".
std::string shown(const Settings::Value& value);

}  // namespace gnatter::chat
