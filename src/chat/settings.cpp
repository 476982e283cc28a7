// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/settings.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/letter_case.h"
#include "chat/nearest.h"
#include "chat/target.h"
#include "gnatter/utf8.h"

namespace gnatter::chat {
namespace {

using base::UserError;
using Value = Settings::Value;

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::optional<Value> to_bool(std::string_view text) {
  const std::string word = folded(text);
  if (word == "true" || word == "on" || word == "yes") return Value(true);
  if (word == "false" || word == "off" || word == "no") return Value(false);
  return std::nullopt;
}

std::optional<Value> to_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return Value(number);
}

/// ["one", "two"]; nothing when it is not written so.
std::optional<Settings::List> in_brackets(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::nullopt;
  text = trimmed(text.substr(1, text.size() - 2));
  Settings::List items;
  while (!text.empty()) {
    if (text.front() != '"') return std::nullopt;
    std::string item;
    std::size_t at = 1;
    for (; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      item += text[at];
    }
    if (at == text.size()) return std::nullopt;
    items.push_back(std::move(item));
    text = trimmed(text.substr(at + 1));
    if (!text.empty() && text.front() != ',') return std::nullopt;
    if (!text.empty()) text = trimmed(text.substr(1));
  }
  return items;
}

Value to_list(std::string_view text, bool whole_lines) {
  text = trimmed(text);
  if (auto items = in_brackets(text)) return *std::move(items);
  if (whole_lines && !text.empty() && text.front() != '"') return Settings::List{std::string(text)};
  Settings::List words;
  for (Word word = take_word(text); !word.text.empty() || word.quoted; word = take_word(text))
    words.push_back(word.text);
  return words;
}

}  // namespace

Subscription Settings::add(Row row) {
  const std::string name = row.name;
  Current current{row, initial_of(row), Origin::initial};
  if (!rows_->emplace(name, std::move(current)).second) return {};
  take_over(name);
  changed.emit(name);
  return Subscription([rows = std::weak_ptr(rows_), name] {
    if (const auto all = rows.lock()) all->erase(name);
  });
}

Value Settings::initial_of(const Row& row) const {
  const auto found = rows_->find(row.inherits);
  return found == rows_->end() ? row.initial : found->second.value;
}

/// Without `changed`: whoever adds a row reads its value then.
void Settings::take_over(const std::string& name) {
  const auto given = wanted_.find(name);
  if (given == wanted_.end()) return;
  const Row row = find(name).row;
  const Wanted wanted = given->second;
  const std::string place = wanted.where.empty() ? "" : wanted.where + ": ";
  const std::string wrong = fault_of(row, wanted.value);
  const auto found = rows_->find(name);
  if (found == rows_->end()) return;
  if (!wrong.empty()) return complained.emit(place + wrong + " It stays " + shown(found->second.value) + '.');
  found->second.value = wanted.value;
  found->second.origin = wanted.origin;
}

const Settings::Current& Settings::find(std::string_view name) const {
  const auto found = rows_->find(name);
  if (found == rows_->end()) throw UserError(no_such(name));
  return found->second;
}

const Settings::Value& Settings::value(std::string_view name) const {
  return find(name).value;
}

void Settings::put(const std::string& name, const Value& value, Origin origin) {
  const auto found = rows_->find(name);
  if (found == rows_->end()) return;
  found->second.origin = origin;
  if (found->second.value == value) return;
  found->second.value = value;
  const auto row_changed = found->second.row.changed;  // which may end the row
  if (row_changed) row_changed();
  changed.emit(name);
  inherit(name);
}

/// Rows that have their value from this one.
void Settings::inherit(const std::string& name) {
  std::vector<std::string> heirs;
  for (const auto& [other, current] : *rows_)
    if (current.row.inherits == name && current.origin == Origin::initial) heirs.push_back(other);
  for (const std::string& heir : heirs)
    if (has(name)) put(heir, find(name).value, Origin::initial);
}

void Settings::set(std::string_view name, std::string_view text) {
  assign(name, typed(find(name).row, text));
}

void Settings::assign(std::string_view name, Value value) {
  const Row row = find(name).row;
  const std::string wrong = fault_of(row, value);
  if (!wrong.empty()) throw UserError(wrong + " It stays " + shown(find(name).value) + '.');
  unset_.erase(row.name);
  wanted_[row.name] = {value, {}, Origin::run};
  put(row.name, value, Origin::run);
}

void Settings::reset(std::string_view name) {
  const Row row = find(name).row;
  forget_wanted(row.name);
  unset_.insert(row.name);
}

void Settings::forget_wanted(const std::string& name) {
  wanted_.erase(name);
  if (has(name)) put(name, initial_of(Row(find(name).row)), Origin::initial);
}

void Settings::give(std::string name, Value value, std::string where, Origin origin) {
  const auto before = wanted_.find(name);
  if (before != wanted_.end() && before->second.origin > origin) return;
  wanted_[name] = {std::move(value), std::move(where), origin};
  if (!has(name)) return;
  const Current old = find(name);
  take_over(name);
  if (!has(name) || find(name).value == old.value) return;
  if (old.row.changed) old.row.changed();
  changed.emit(name);
  inherit(name);
}

std::vector<std::string> Settings::give_anew(const std::vector<Given>& file) {
  std::map<std::string, Value> before;
  for (const auto& [name, current] : *rows_) before.emplace(name, current.value);
  std::set<std::string> now;
  for (const Given& given : file) now.insert(given.name);
  std::vector<std::string> gone;
  for (auto& [name, wanted] : wanted_) {
    if (wanted.origin == Origin::run) wanted.origin = Origin::file;
    if (wanted.origin == Origin::file && !now.contains(name)) gone.push_back(name);
  }
  unset_.clear();
  for (const std::string& name : gone) forget_wanted(name);
  for (const Given& given : file) give(given.name, given.value, given.where);
  std::vector<std::string> other;
  for (const auto& [name, current] : *rows_) {
    const auto old = before.find(name);
    if (old != before.end() && old->second != current.value) other.push_back(name);
  }
  return other;
}

std::vector<Settings::Change> Settings::unsaved() const {
  std::vector<Change> changes;
  for (const auto& [name, wanted] : wanted_)
    if (wanted.origin == Origin::run) changes.push_back({name, wanted.value});
  for (const std::string& name : unset_) {
    const auto row = rows_->find(name);
    const bool own = row != rows_->end() && row->second.row.inherits.empty();
    changes.push_back({name, std::nullopt, own ? std::optional(row->second.row.initial) : std::nullopt});
  }
  return changes;
}

void Settings::saved() {
  unset_.clear();
  for (auto& [name, wanted] : wanted_) {
    if (wanted.origin != Origin::run) continue;
    wanted.origin = Origin::file;
    if (const auto row = rows_->find(name); row != rows_->end()) row->second.origin = Origin::file;
  }
}

std::string Settings::no_such(std::string_view name) const {
  const bool whole = name.find('.') != name.npos;
  std::vector<std::string> names;
  for (const auto& [known, current] : *rows_)
    names.push_back(whole ? known : known.substr(known.find('.') + 1));
  const std::string part = nearest(folded(name), names);
  std::string meant;
  for (const auto& [known, current] : *rows_)
    if (!part.empty() && (known == part || known.ends_with('.' + part))) meant = known;
  return "There is no setting " + base::safe_row(name.substr(0, 60)) +
         (meant.empty() ? "" : " (" + meant + "?)") + '.';
}

namespace {

/// An address with a password in it is refused, and not repeated.
std::string without_password(const std::string& text) {
  const std::size_t user = text.find("://"), at = text.rfind('@');
  const std::size_t colon = user == text.npos ? text.npos : text.find(':', user + 3);
  if (at == text.npos || colon == text.npos || colon > at) return text;
  return text.substr(0, colon + 1) + "…" + text.substr(at);
}

std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : base::safe_row(without_password(text))) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string fault_of_text(const Settings::Row& row, const std::string& text) {
  if (!utf8::valid(text)) return row.name + " is a text in UTF-8, which this is not.";
  const auto& choices = row.choices;
  if (choices.empty() || std::find(choices.begin(), choices.end(), text) != choices.end()) return {};
  std::string all;
  for (const std::string& choice : choices)
    all += (all.empty() ? "" : &choice == &choices.back() ? " or " : ", ") + in_quotes(choice);
  return row.name + " is " + all + ", not " + in_quotes(text) + '.';
}

}  // namespace

std::string shown(const Value& value) {
  if (const bool* const on = std::get_if<bool>(&value)) return *on ? "true" : "false";
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* const text = std::get_if<std::string>(&value)) return in_quotes(*text);
  std::string out = "[";
  for (const std::string& item : std::get<Settings::List>(value))
    out += (out.size() > 1 ? ", " : "") + in_quotes(item);
  return out + ']';
}

Value typed(const Settings::Row& row, std::string_view text) {
  if (std::holds_alternative<std::string>(row.initial)) return std::string(text);
  if (std::holds_alternative<Settings::List>(row.initial)) return to_list(text, row.whole_lines);
  const std::string_view word = trimmed(text);
  const bool is_switch = std::holds_alternative<bool>(row.initial);
  return (is_switch ? to_bool(word) : to_number(word)).value_or(std::string(text));
}

Value guessed(std::string_view text) {
  if (text == "true" || text == "false") return text == "true";
  return to_number(text).value_or(std::string(text));
}

std::string type_of(const Value& value) {
  constexpr const char* types[] = {"true or false", "a whole number", "a text in quotes",
                                   "a list of texts in quotes"};
  return types[value.index()];
}

namespace {

/// For a sentence. A number at the end of what there is was beyond it, and is not what somebody wrote.
std::string shortly(const Value& value) {
  constexpr std::size_t most = 100;
  using Limits = std::numeric_limits<std::int64_t>;
  if (const auto* const number = std::get_if<std::int64_t>(&value))
    if (*number == Limits::max() || *number == Limits::min()) return "that";
  const std::string text = shown(value);
  return text.size() > most ? base::safe_row(text.substr(0, most)) + "…" : text;
}

}  // namespace

std::string fault_of(const Settings::Row& row, const Value& value) {
  if (value.index() != row.initial.index())
    return row.name + " is " + type_of(row.initial) + ", not " + shortly(value) + '.';
  if (const auto* const text = std::get_if<std::string>(&value))
    if (std::string wrong = fault_of_text(row, *text); !wrong.empty()) return wrong;
  if (const auto* const list = std::get_if<Settings::List>(&value))
    for (const std::string& item : *list)
      if (std::string wrong = fault_of_text(row, item); !wrong.empty()) return wrong;
  const std::string why = row.check ? row.check(value) : std::string();
  return why.empty() ? why : row.name + " cannot be " + shortly(value) + ": " + why;
}

}  // namespace gnatter::chat
