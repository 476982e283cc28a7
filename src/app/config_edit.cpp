// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_edit.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config_lines.h"
#include "app/config_text.h"
#include "chat/letter_case.h"
#include "chat/setting_table.h"

namespace gnatter::app {
namespace {

using Entry = ConfigLines::Entry;
using Names = std::vector<std::string>;

/// {"network", "broker.example", "port"}
Names parts_of(const std::string& setting) {
  const std::string network(chat::network_of_setting(setting));
  if (!network.empty()) return {"network", network, setting.substr(setting.rfind('.') + 1)};
  const std::size_t dot = setting.find('.');
  if (dot == setting.npos) return {setting};
  return {setting.substr(0, dot), setting.substr(dot + 1)};
}

/// How many parts both begin with.
std::size_t common(const KeyPath& path, const Names& names) {
  std::size_t count = 0;
  while (count < path.size() && count < names.size() && chat::folded(path[count].text) == names[count])
    ++count;
  return count;
}

bool is(const KeyPath& path, const Names& names) {
  return path.size() == names.size() && common(path, names) == names.size();
}

std::string quoted_where_needed(const std::string& name) {
  const bool bare = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  return bare ? name : '"' + name + '"';
}

/// The parts from `first` on with dots between; those that the file has as they stand there.
std::string dotted(const Names& names, std::size_t first, const KeyPath& known = {}) {
  std::string key;
  for (std::size_t i = first; i < names.size(); ++i)
    key +=
        (key.empty() ? "" : ".") + (i < common(known, names) ? known[i].raw : quoted_where_needed(names[i]));
  return key;
}

/// As the first line has it.
std::string line_end_of(std::string_view toml) {
  const std::size_t first = toml.find('\n');
  return first != toml.npos && first > 0 && toml[first - 1] == '\r' ? "\r\n" : "\n";
}

/// Lines of the text that belong to one table.
struct Section {
  std::size_t begin, end;
};

class Editor {
 public:
  Editor(const std::string& toml, const std::string& setting)
      : text_(toml), lines_(text_), names_(parts_of(setting)), newline_(line_end_of(toml)) {}

  std::string set(const std::string& value) {
    if (const Entry* const entry = find()) return replaced(entry->value_begin, entry->value_end, value);
    if (const auto text = set_in_inline_table(value)) return *text;
    if (const auto section = find_section()) {
      if (const auto text = set_in_comment(*section, value)) return *text;
      return set_at_end(*section, value);
    }
    if (const auto text = set_beside_dotted(value)) return *text;
    return set_in_new_table(value);
  }

  std::string unset(const std::string& initial) {
    const Entry* const entry = find();
    if (!entry) return text_;
    if (!entry->is_inline) return unset_line(*entry, initial);
    std::size_t begin = entry->key_begin, end = skip_blanks(text_, entry->value_end);
    if (text_.substr(end, 1) == ",") {
      end = skip_blanks(text_, end + 1);
    } else if (const std::size_t comma = text_.find_last_not_of(" \t", begin - 1);
               comma != text_.npos && text_[comma] == ',') {
      begin = comma;
      end = entry->value_end;
    }
    return replaced(begin, end, "");
  }

 private:
  [[nodiscard]] std::string unset_line(const Entry& entry, const std::string& initial) const {
    const auto section = find_section();
    const bool one_line = text_.find('\n', entry.line_begin) >= entry.value_end;
    if (initial.empty() || !one_line || !section || find_commented(*section))
      return replaced(entry.line_begin, entry.line_end, "");
    const std::size_t key = entry.key_begin;
    return text_.substr(0, key) + "# " + text_.substr(key, entry.value_begin - key) + initial +
           text_.substr(entry.value_end);
  }

  [[nodiscard]] std::string replaced(std::size_t begin, std::size_t end, const std::string& now) const {
    return text_.substr(0, begin) + now + text_.substr(end);
  }

  [[nodiscard]] const Entry* find() const {
    for (const Entry& entry : lines_.entries())
      if (!entry.is_table && is(entry.path, names_)) return &entry;
    return nullptr;
  }

  /// The innermost { } that the key would stand in.
  [[nodiscard]] std::optional<std::string> set_in_inline_table(const std::string& value) const {
    const Entry* found = nullptr;
    for (const Entry& entry : lines_.entries())
      if (entry.is_table && entry.path.size() < names_.size() &&
          common(entry.path, names_) == entry.path.size() &&
          (!found || entry.path.size() > found->path.size()))
        found = &entry;
    if (!found) return std::nullopt;
    const std::string key = dotted(names_, found->path.size()) + " = " + value;
    const std::size_t last = text_.find_last_not_of(" \t", found->value_end - 2);
    if (last == found->value_begin) return replaced(found->value_begin, found->value_end, "{ " + key + " }");
    return replaced(last + 1, last + 1, ", " + key);
  }

  /// Of the table that the key belongs in, when the file has its header or it is the top.
  [[nodiscard]] std::optional<Section> find_section() const {
    const Names table(names_.begin(), names_.end() - 1);
    const auto& headers = lines_.headers();
    const auto end_before = [&](std::size_t index) {
      return index < headers.size() ? headers[index].line_begin : text_.size();
    };
    if (table.empty()) return until_commented_header({byte_order_mark_of(text_), end_before(0)});
    for (std::size_t i = 0; i < headers.size(); ++i)
      if (is(headers[i].path, table)) return until_commented_header({headers[i].line_end, end_before(i + 1)});
    return std::nullopt;
  }

  /// "# [network.home]": what stands below is no part of the table before.
  [[nodiscard]] Section until_commented_header(Section section) const {
    for (std::size_t at = section.begin; at < section.end; at = end_of_line(text_, at)) {
      const std::size_t inside = skip_comment_mark(at);
      if (inside == at || text_.substr(inside, 1) != "[") continue;
      std::size_t behind = inside + 1;
      if (!read_key(text_, behind).empty() && text_.substr(behind, 1) == "]") return {section.begin, at};
    }
    return section;
  }

  /// Behind "# " and blanks of a line that is a comment, else where the line begins.
  [[nodiscard]] std::size_t skip_comment_mark(std::size_t line) const {
    const std::size_t at = skip_blanks(text_, line);
    return text_.substr(at, 1) == "#" ? skip_blanks(text_, at + 1) : line;
  }

  /// "# NAME = VALUE"
  struct Commented {
    std::size_t line, value_begin, value_end;
  };
  [[nodiscard]] std::optional<Commented> find_commented(const Section& section) const {
    for (std::size_t line = section.begin; line < section.end; line = end_of_line(text_, line)) {
      const std::size_t key_begin = skip_comment_mark(line);
      std::size_t at = key_begin;
      if (key_begin == line || !is(read_key(text_, at), {names_.back()}) || text_.substr(at, 1) != "=")
        continue;
      const std::size_t value_begin = skip_blanks(text_, at + 1);
      if (const auto value_end = end_of_commented(value_begin))
        return Commented{line, value_begin, *value_end};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::string> set_in_comment(const Section& section,
                                                          const std::string& value) const {
    const auto found = find_commented(section);
    if (!found) return std::nullopt;
    const std::size_t mark = skip_blanks(text_, found->line);
    const std::size_t behind = mark + (text_.substr(mark + 1, 1) == " " ? 2 : 1);
    return text_.substr(0, mark) + text_.substr(behind, found->value_begin - behind) + value +
           text_.substr(found->value_end);
  }

  /// Behind a value in a comment; nothing when it is prose.
  [[nodiscard]] std::optional<std::size_t> end_of_commented(std::size_t begin) const {
    const std::string line = text_.substr(begin, end_of_line(text_, begin) - begin);
    const std::string assignment = "x = " + line;
    const ConfigLines lines(assignment);
    if (lines.entries().size() != 1) return std::nullopt;
    const std::size_t end = lines.entries().front().value_end - 4;
    const std::string value = line.substr(0, end);
    const std::size_t rest = skip_blanks(line, end);
    const bool ends = rest == line.size() || line[rest] == '#' || line[rest] == '\r' || line[rest] == '\n';
    const bool number = value.find_first_not_of("+-_0123456789") == value.npos && !value.empty();
    const auto in = [&](char first, char last) {
      return value.size() > 1 && value.front() == first && value.back() == last;
    };
    const bool good =
        number || value == "true" || value == "false" || in('"', '"') || in('\'', '\'') || in('[', ']');
    return ends && good ? std::optional(begin + end) : std::nullopt;
  }

  /// look.tail beside look.glyphs, where that is how the table is made: it can have no header then.
  [[nodiscard]] std::optional<std::string> set_beside_dotted(const std::string& value) const {
    const Entry* found = nullptr;
    std::size_t most = 0;
    for (const Entry& entry : lines_.entries()) {
      const std::size_t same = std::min(common(entry.path, names_), names_.size() - 1);
      if (entry.is_inline || same <= entry.table_parts || same < most) continue;
      found = &entry;
      most = same;
    }
    if (!found) return std::nullopt;
    const std::string indent = text_.substr(found->line_begin, found->key_begin - found->line_begin);
    return with_line(found->line_end,
                     indent + dotted(names_, found->table_parts, found->path) + " = " + value);
  }

  /// A line of its own at `at`, where a line begins or the text ends.
  [[nodiscard]] std::string with_line(std::size_t at, const std::string& line,
                                      const std::string& after = "") const {
    const bool open = at > byte_order_mark_of(text_) && text_[at - 1] != '\n';
    return replaced(at, at, (open ? newline_ : "") + line + newline_ + after);
  }

  [[nodiscard]] bool is_blank(std::size_t line) const {
    const std::size_t at = skip_blanks(text_, line);
    return at == text_.size() || text_[at] == '\n' || text_[at] == '\r';
  }

  [[nodiscard]] bool is_comment(std::size_t line) const {
    return text_.substr(std::min(skip_blanks(text_, line), text_.size()), 1) == "#";
  }

  /// Behind the last line of the table itself: comments right before the next header are that one's.
  [[nodiscard]] std::size_t end_of(const Section& section) const {
    std::vector<std::size_t> begins;
    for (std::size_t at = section.begin; at < section.end; at = end_of_line(text_, at)) begins.push_back(at);
    if (section.end < text_.size())
      while (!begins.empty() && is_comment(begins.back())) begins.pop_back();
    while (!begins.empty() && is_blank(begins.back())) begins.pop_back();
    return begins.empty() ? section.begin : end_of_line(text_, begins.back());
  }

  [[nodiscard]] std::string set_at_end(const Section& section, const std::string& value) const {
    const std::size_t at = end_of(section);
    const bool touches = at < text_.size() && is_comment(at);
    return with_line(at, quoted_where_needed(names_.back()) + " = " + value, touches ? newline_ : "");
  }

  [[nodiscard]] std::string set_in_new_table(const std::string& value) const {
    const Names table(names_.begin(), names_.end() - 1);
    const bool after_blank =
        text_.size() <= byte_order_mark_of(text_) || text_.ends_with("\n\n") || text_.ends_with("\n\r\n");
    const std::string header = '[' + dotted(table, 0) + ']' + newline_;
    const std::string blank = after_blank ? "" : newline_;
    return with_line(text_.size(), blank + header + quoted_where_needed(names_.back()) + " = " + value);
  }

  const std::string text_;
  const ConfigLines lines_;
  const Names names_;
  const std::string newline_;
};

}  // namespace

std::string with_setting(const std::string& toml, const std::string& name, const std::string& value) {
  return Editor(toml, name).set(value);
}

std::string without_setting(const std::string& toml, const std::string& name, const std::string& initial) {
  return Editor(toml, name).unset(initial);
}

}  // namespace gnatter::app
