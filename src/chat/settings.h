// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/signal.h"

namespace gnatter::chat {

/// What can be set while the client runs, by name (C3). A row belongs to whoever added it and ends with its
/// Subscription; what the user wanted stays known, for the row that comes again. The rows are the one table
/// that file, /set, /help and completion read. One thread.
class Settings {
 public:
  using List = std::vector<std::string>;
  using Value = std::variant<bool, std::int64_t, std::string, List>;
  struct Row {
    std::string name;     ///< "logger.buffers": lower case, a dot between whose it is and what it is
    Value initial;        ///< its type is the setting's
    std::string summary;  ///< one sentence without its full stop
    /// What is wrong with a value of the right type, in a sentence that says what would be right; empty:
    /// nothing.
    std::function<std::string(const Value&)> check = {};
    std::function<void()> changed = {};     ///< after value() is another
    std::vector<std::string> choices = {};  ///< all that a text can be; empty: any
    /// The row whose value it has, as long as it is given none of its own ("port", of "network.home.port").
    std::string inherits = {};
    std::string effect = {};   ///< when a change is felt: "From the next connect on."; empty: at once
    bool whole_lines = false;  ///< a list of lines: a text without quotes is one of them, blanks and all
  };
  /// Who has said what a setting is, the later before the earlier.
  enum class Origin { initial, file, flag, run };

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
    Origin origin = Origin::initial;
  };
  [[nodiscard]] const std::map<std::string, Current, std::less<>>& all() const { return *rows_; }

  /// As typed: true/false/on/off/yes/no, a number, any text in UTF-8, or words for a list (take_word), by the
  /// row's type. Throws base::UserError with what would be right.
  void set(std::string_view name, std::string_view text);
  /// The same with a value as it is.
  void assign(std::string_view name, Value value);
  /// Back to the initial value. Throws base::UserError when there is none of that name.
  void reset(std::string_view name);
  /// "There is no setting logger.bufers (logger.buffers?)."
  [[nodiscard]] std::string no_such(std::string_view name) const;

  /// From the configuration file or the command line, for a row that may come later; `where`
  /// ("gnatter.toml:12") begins the complaint.
  void give(std::string name, Value value, std::string where, Origin origin = Origin::file);

  struct Given {
    std::string name;
    Value value;
    std::string where;
  };
  /// The file was read again: what it says now holds instead of what it said before, and instead of what was
  /// set in this run and not saved; not instead of the command line. Returns the names that are now other.
  std::vector<std::string> give_anew(const std::vector<Given>& file);

  /// What was set in this run, and not saved; no value: it was unset, and is `initial` where that is no
  /// other row's.
  struct Change {
    std::string name;
    std::optional<Value> value;
    std::optional<Value> initial = {};
  };
  [[nodiscard]] std::vector<Change> unsaved() const;
  /// The file says all that now.
  void saved();

  /// A sentence about a value that did not fit.
  base::Signal<const std::string&> complained;
  /// The name of a row whose value is another now, or that has come.
  base::Signal<const std::string&> changed;

 private:
  struct Wanted {
    Value value;
    std::string where;  // empty: it was set in this run
    Origin origin;
  };
  void take_over(const std::string& name);
  [[nodiscard]] const Current& find(std::string_view name) const;
  void put(const std::string& name, const Value& value, Origin origin);
  void inherit(const std::string& name);
  [[nodiscard]] Value initial_of(const Row& row) const;
  void forget_wanted(const std::string& name);

  std::shared_ptr<std::map<std::string, Current, std::less<>>> rows_ =
      std::make_shared<std::map<std::string, Current, std::less<>>>();
  std::map<std::string, Wanted, std::less<>> wanted_;
  std::set<std::string, std::less<>> unset_;  // in this run, and not saved
};

/// As it is shown, and as it stands in the file: true, 500, "a text", ["one", "two"].
std::string shown(const Settings::Value& value);
/// `text` as it is typed for the row (Settings::set); one that is nothing of its type stays a text. A list is
/// words and texts in quotes, or what shown() shows. Throws base::UserError for a quote that does not end.
Settings::Value typed(const Settings::Row& row, std::string_view text);
/// The same where nobody knows the type yet: true, false and whole numbers are what they look like.
Settings::Value guessed(std::string_view text);
/// What a value of this one's type is, in words: "true or false", "a whole number" …
std::string type_of(const Settings::Value& value);
/// What is wrong with `value` for the row, in a sentence that says what would be right; empty: nothing.
std::string fault_of(const Settings::Row& row, const Settings::Value& value);

}  // namespace gnatter::chat
