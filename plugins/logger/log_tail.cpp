// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_tail.h"

#include <algorithm>
#include <string_view>

#include "log_line.h"

namespace logger {
namespace {

constexpr std::uint64_t block_size = std::uint64_t{64} << 10;
constexpr std::size_t longest_row = std::size_t{1} << 20;

}  // namespace

RowsBackwards::RowsBackwards(const std::filesystem::path& path, std::optional<std::uint64_t> end) {
  std::error_code none;
  // A pipe in its place would hold everything up.
  if (!std::filesystem::is_regular_file(path, none)) return;
  file_.open(path, std::ios::binary | std::ios::ate);
  if (!file_) return;
  const auto size = static_cast<std::uint64_t>(std::max<std::streamoff>(0, file_.tellg()));
  begin_ = std::min(end.value_or(size), size);
}

bool RowsBackwards::read_block() {
  if (begin_ == 0 || read_ >= most_bytes || !file_) return false;
  const std::uint64_t from = begin_ - std::min(begin_, block_size);
  std::string bytes(begin_ - from, '\0');
  file_.seekg(static_cast<std::streamoff>(from));
  if (!file_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return false;
  read_ += bytes.size();
  begin_ = from;
  block_.insert(0, bytes);
  return true;
}

std::optional<RowsBackwards::Row> RowsBackwards::next() {
  while (true) {
    // What is behind the last newline is no row; a row ends with its newline and begins behind the one
    // before.
    if (!whole_) {
      const auto last = block_.rfind('\n');
      block_.resize(last == std::string::npos ? 0 : last + 1);
      whole_ = last != std::string::npos;
    }
    if (whole_) {
      const auto before = block_.size() < 2 ? std::string::npos : block_.rfind('\n', block_.size() - 2);
      if (before != std::string::npos || begin_ == 0) {
        const std::size_t from = before == std::string::npos ? 0 : before + 1;
        Row row{begin_ + from, block_.substr(from, block_.size() - from - 1)};
        block_.resize(from);
        whole_ = from > 0;
        if (!whole_ && begin_ == 0) file_.close();
        return row;
      }
      // Too long: it is passed over as if it had no end.
      if (block_.size() > longest_row) {
        block_.clear();
        whole_ = false;
      }
    }
    if (!read_block()) return std::nullopt;
  }
}

bool same(const gnatter::Line& one, const gnatter::Line& other) {
  return one.time == other.time && one.kind == other.kind && one.sender == other.sender &&
         one.text == other.text;
}

std::vector<LoggedLine> last_lines(const std::filesystem::path& path, std::size_t most, const Wanted& wanted,
                                   std::optional<std::uint64_t> end) {
  std::vector<LoggedLine> lines;
  if (most == 0) return lines;
  RowsBackwards rows(path, end);
  while (auto row = rows.next()) {
    auto line = parse(row->text);
    if (!line || !wanted(*line)) continue;
    lines.push_back({row->at, std::move(*line)});
    if (lines.size() == most) break;
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

std::optional<std::uint64_t> find_line(const std::filesystem::path& path, const gnatter::Line& line) {
  // Behind the time, which is as long in every zone, the row is known: few have to be parsed.
  const std::string wanted = print(line);
  const std::string_view rest = std::string_view(wanted).substr(wanted.find('\t'));
  RowsBackwards rows(path);
  while (const auto row = rows.next()) {
    if (row->text.size() != wanted.size() || !std::string_view(row->text).ends_with(rest)) continue;
    if (const auto found = parse(row->text); found && same(*found, line)) return row->at;
  }
  return std::nullopt;
}

bool stands_at(const std::filesystem::path& path, std::uint64_t at, const gnatter::Line& line) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none)) return false;
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(at));
  // As long as it would be printed now; the zone may have changed, which is as long.
  std::string row(print(line).size(), '\0');
  if (!file.read(row.data(), static_cast<std::streamsize>(row.size()))) return false;
  const auto found = parse(row);
  return found && same(*found, line) && file.get() == '\n';
}

std::uint64_t end_of_older(const std::filesystem::path& path, gnatter::Time time) {
  RowsBackwards rows(path);
  while (const auto row = rows.next())
    if (const auto line = parse(row->text); line && line->time < time) return row->at + row->text.size() + 1;
  return 0;
}

}  // namespace logger
