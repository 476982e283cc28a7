// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_position.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

#include "log_line.h"
#include "log_tail.h"

namespace logger {
namespace {

constexpr std::string_view header = "gnatter-log-position 1";
constexpr std::size_t remembered = 500;

/// Of the 256 bytes before `offset`, or as many as there are; FNV-1a.
std::optional<std::uint64_t> checksum(const std::filesystem::path& log, std::uint64_t offset) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(log, none)) return std::nullopt;
  std::ifstream file(log, std::ios::binary);
  std::array<char, 256> bytes{};
  const std::uint64_t size = std::min<std::uint64_t>(offset, bytes.size());
  file.seekg(static_cast<std::streamoff>(offset - size));
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) return std::nullopt;
  std::uint64_t hash = 14695981039346656037u;
  for (std::size_t i = 0; i < size; ++i)
    hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 1099511628211u;
  return hash;
}

}  // namespace

std::filesystem::path mark_path(const std::filesystem::path& log) {
  return log.parent_path() / ('.' + log.filename().string() + ".position");
}

std::optional<Mark> read_mark(const std::filesystem::path& log) {
  std::error_code none;
  const auto path = mark_path(log);
  if (!std::filesystem::is_regular_file(path, none)) return std::nullopt;
  std::ifstream file(path);
  std::string first;
  Mark mark;
  if (!std::getline(file, first) || first != header) return std::nullopt;
  if (!(file >> mark.offset >> mark.position >> mark.before)) return std::nullopt;
  if (checksum(log, mark.offset) != mark.before) return std::nullopt;
  return mark;
}

void write_mark(const std::filesystem::path& log, std::uint64_t offset, std::uint64_t position) {
  namespace fs = std::filesystem;
  const auto before = checksum(log, offset);
  if (!before) return;
  const fs::path path = mark_path(log), fresh = path.string() + ".new";
  std::error_code trouble;
  fs::remove(fresh, trouble);
  {
    std::ofstream file(fresh);
    fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write, trouble);
    file << header << '\n' << offset << ' ' << position << ' ' << *before << '\n';
    file.close();
    if (!file || trouble) {
      fs::remove(fresh, trouble);
      return;
    }
  }
  fs::rename(fresh, path, trouble);
}

WrittenBefore::WrittenBefore(const std::filesystem::path& log) : mark_(read_mark(log)) {
  const auto all = [](const gnatter::Line&) { return true; };
  const std::uint64_t offset = mark_ ? mark_->offset : 0;
  RowsBackwards rows(log);
  while (const auto row = rows.next()) {
    if (mark_ ? row->at < offset : behind_.size() >= remembered) break;
    if (const auto line = parse(row->text)) behind_.insert(print(*line, Zone::utc));
  }
  if (!mark_) return;
  for (const auto& [at, line] : last_lines(log, remembered, all, offset))
    before_.insert(print(line, Zone::utc));
}

bool WrittenBefore::take(const gnatter::Line& line, std::uint64_t position) {
  const bool passed = mark_ && position <= mark_->position;
  const std::string row = print(line, Zone::utc);
  for (auto* const lines : {passed ? &before_ : &behind_, passed ? &behind_ : &before_})
    if (const auto found = lines->find(row); found != lines->end()) {
      lines->erase(found);
      return true;
    }
  return false;
}

}  // namespace logger
