// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/settings.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/letter_case.h"
#include "chat/nearest.h"
#include "gnatter/utf8.h"

namespace gnatter::chat {
namespace {

using base::UserError;
using Value = Settings::Value;

std::string type_of(const Value& value) {
  constexpr const char* types[] = {"true or false", "a whole number", "a text in quotes"};
  return types[value.index()];
}

/// What is wrong with `value` for the row, in a sentence; empty: nothing.
std::string fault(const Settings::Row& row, const Value& value) {
  if (value.index() != row.initial.index())
    return row.name + " is " + type_of(row.initial) + ", not " + shown(value) + '.';
  const auto* const text = std::get_if<std::string>(&value);
  if (text && !utf8::valid(*text)) return row.name + " is a text in UTF-8, which this is not.";
  const std::string why = row.check ? row.check(value) : std::string();
  return why.empty() ? why : row.name + " cannot be " + shown(value) + ": " + why;
}

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

/// A text that is nothing of the type stays a text, which does not fit.
Value parsed(const Value& type, std::string_view text) {
  if (std::holds_alternative<std::string>(type)) return std::string(text);
  const std::string_view word = trimmed(text);
  const bool is_switch = std::holds_alternative<bool>(type);
  return (is_switch ? to_bool(word) : to_number(word)).value_or(std::string(text));
}

}  // namespace

Subscription Settings::add(Row row) {
  const std::string name = row.name;
  Current current{row, row.initial};
  if (!rows_->emplace(name, std::move(current)).second) return {};
  take_over(name);
  return Subscription([rows = std::weak_ptr(rows_), name] {
    if (const auto all = rows.lock()) all->erase(name);
  });
}

/// Without `changed`: whoever adds a row reads its value then.
void Settings::take_over(const std::string& name) {
  const auto given = wanted_.find(name);
  if (given == wanted_.end()) return;
  given->second.row_came = true;
  const Row row = find(name).row;
  const Value value = given->second.value;
  const std::string place = given->second.where.empty() ? "" : given->second.where + ": ";
  const std::string wrong = fault(row, value);
  const auto found = rows_->find(name);
  if (found == rows_->end()) return;
  if (wrong.empty())
    found->second.value = value;
  else
    complained.emit(place + wrong + " It stays " + shown(found->second.value) + '.');
}

const Settings::Current& Settings::find(std::string_view name) const {
  const auto found = rows_->find(name);
  if (found == rows_->end()) throw UserError(no_such(name));
  return found->second;
}

const Settings::Value& Settings::value(std::string_view name) const {
  return find(name).value;
}

void Settings::assign(const std::string& name, const Value& value) {
  const auto found = rows_->find(name);
  if (found == rows_->end() || found->second.value == value) return;
  found->second.value = value;
  const auto changed = found->second.row.changed;  // which may end the row
  if (changed) changed();
}

void Settings::set(std::string_view name, std::string_view text) {
  const Row row = find(name).row;
  const Value value = parsed(row.initial, text);
  const std::string wrong = fault(row, value);
  if (!wrong.empty()) throw UserError(wrong + " It stays " + shown(find(name).value) + '.');
  wanted_[row.name] = {value, {}, true};
  assign(row.name, value);
}

void Settings::reset(std::string_view name) {
  const Row row = find(name).row;
  wanted_.erase(row.name);
  assign(row.name, row.initial);
}

void Settings::give(std::string name, Value value, std::string where) {
  wanted_[name] = {std::move(value), std::move(where)};
  if (!has(name)) return;
  const auto changed = find(name).row.changed;
  const Value before = find(name).value;
  take_over(name);
  if (changed && has(name) && find(name).value != before) changed();
}

std::map<std::string, std::string> Settings::unknown() const {
  std::map<std::string, std::string> names;
  for (const auto& [name, wanted] : wanted_)
    if (!wanted.row_came) names.emplace(name, wanted.where);
  return names;
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

std::string shown(const Value& value) {
  if (const bool* const on = std::get_if<bool>(&value)) return *on ? "true" : "false";
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  std::string out = "\"";
  for (const char c : base::safe_row(std::get<std::string>(value))) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace gnatter::chat
