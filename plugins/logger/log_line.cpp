// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_line.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <utility>

namespace logger {
namespace {

using gnatter::Line;
using gnatter::LineKind;
using gnatter::Time;
using namespace std::chrono;

/// Whole minutes: rows have no more, and the time before 1900 had seconds, too.
minutes offset_at(Time time, Zone zone) {
  if (zone == Zone::utc) return minutes(0);
  const std::time_t moment = floor<seconds>(time).time_since_epoch().count();
  std::tm fields{};
  if (!::localtime_r(&moment, &fields)) return minutes(0);
  return duration_cast<minutes>(seconds(fields.tm_gmtoff));
}

std::string print_time(Time time, Zone zone) {
  const minutes offset = offset_at(time, zone);
  const Time shown = time + offset;
  const auto day = floor<days>(shown);
  const hh_mm_ss clock(shown - day);
  const auto away = abs(offset);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%sT%02d:%02d:%02d.%03d%c%02d:%02d", print_date(time, zone).c_str(),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()),
                offset < minutes(0) ? '-' : '+', static_cast<int>(away / hours(1)),
                static_cast<int>((away % hours(1)).count()));
  return text.data();
}

/// The digits where `shape` has `0`, read as numbers at their places; every other character must be the same.
bool has_shape(std::string_view text, std::string_view shape) {
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return false;
  return true;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::optional<Time> parse_time(std::string_view text) {
  const bool plus = has_shape(text, "0000-00-00T00:00:00.000+00:00");
  if (!plus && !has_shape(text, "0000-00-00T00:00:00.000-00:00")) return std::nullopt;
  const auto at = [text](std::size_t begin, std::size_t size) { return number(text.substr(begin, size)); };
  const year_month_day date(year(at(0, 4)), month(static_cast<unsigned>(at(5, 2))),
                            day(static_cast<unsigned>(at(8, 2))));
  if (!date.ok() || at(11, 2) > 23 || at(14, 2) > 59 || at(17, 2) > 59 || at(27, 2) > 59) return std::nullopt;
  const auto offset = hours(at(24, 2)) + minutes(at(27, 2));
  const Time shown =
      sys_days(date) + hours(at(11, 2)) + minutes(at(14, 2)) + seconds(at(17, 2)) + milliseconds(at(20, 3));
  return plus ? shown - offset : shown + offset;
}

constexpr std::string_view marks = "*-!";

std::string escape_name(std::string_view name) {
  const bool like_a_mark = !name.empty() && marks.find(name.front()) != std::string_view::npos;
  return (like_a_mark ? "\\" : "") + escape(name);
}

/// Any other character after a backslash stands as it is, with its backslash.
std::string unescape(std::string_view field, std::string_view also = {}) {
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const char next = field[i] == '\\' && i + 1 < field.size() ? field[i + 1] : '\0';
    constexpr std::string_view from = "tnr\\", to = "\t\n\r\\";
    if (const auto known = next ? from.find(next) : std::string_view::npos; known != std::string_view::npos) {
      out += to[known];
      ++i;
    } else if (next && also.find(next) != std::string_view::npos) {
      out += next;
      ++i;
    } else {
      out += field[i];
    }
  }
  return out;
}

constexpr std::string_view presence_mark = "--", info_mark = "-!-", error_mark = "!!";
/// A reply without a name, which would be the mark of presence.
constexpr std::string_view nameless_notice = "-\\-";

std::string print_sender(const Line& line) {
  const std::string name = escape_name(line.sender);
  const auto mark = [&](std::string_view sign) {
    return std::string(sign) + (name.empty() ? "" : ' ' + name);
  };
  switch (line.kind) {
    case LineKind::message:
      return name;
    case LineKind::action:
      return "* " + name;
    case LineKind::notice:
      return name.empty() ? std::string(nameless_notice) : '-' + name + '-';
    case LineKind::presence:
      return mark(presence_mark);
    case LineKind::info:
      return mark(info_mark);
    case LineKind::error:
      break;
  }
  return mark(error_mark);
}

/// Nothing: no name is written so.
std::optional<std::string> parse_name(std::string_view field) {
  if (!field.empty() && marks.find(field.front()) != std::string_view::npos) return std::nullopt;
  return unescape(field, marks);
}

/// The name behind a mark; nothing: the mark is not there.
std::optional<std::string> behind(std::string_view field, std::string_view mark) {
  if (field == mark) return std::string();
  if (!field.starts_with(mark) || field[mark.size()] != ' ') return std::nullopt;
  return parse_name(field.substr(mark.size() + 1));
}

bool parse_sender(std::string_view field, Line& line) {
  const auto is = [&](LineKind kind, std::optional<std::string> name) {
    if (!name) return false;
    line.kind = kind;
    line.sender = std::move(*name);
    return true;
  };
  if (field == nameless_notice) return is(LineKind::notice, "");
  if (is(LineKind::presence, behind(field, presence_mark)) || is(LineKind::info, behind(field, info_mark)) ||
      is(LineKind::error, behind(field, error_mark)))
    return true;
  if (field.starts_with("* ")) return is(LineKind::action, parse_name(field.substr(2)));
  if (field.size() > 2 && field.front() == '-' && field.back() == '-')
    return is(LineKind::notice, parse_name(field.substr(1, field.size() - 2)));
  return is(LineKind::message, parse_name(field));
}

}  // namespace

std::string escape(std::string_view field) {
  std::string out;
  for (const char c : field) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string print_date(Time time, Zone zone) {
  const year_month_day date(floor<days>(time + offset_at(time, zone)));
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string print(const Line& line, Zone zone) {
  return print_time(line.time, zone) + '\t' + print_sender(line) + '\t' + escape(line.text);
}

std::optional<Line> parse(std::string_view row) {
  const auto first = row.find('\t');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = row.find('\t', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto time = parse_time(row.substr(0, first));
  Line line;
  if (!time || !parse_sender(row.substr(first + 1, second - first - 1), line)) return std::nullopt;
  line.time = *time;
  line.text = unescape(row.substr(second + 1));
  return line;
}

}  // namespace logger
