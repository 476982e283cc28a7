// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "app/config_lines.h"
#include "base/file_descriptor.h"
#include "base/text.h"
#include "base/user_error.h"
#include "gnatter/utf8.h"

namespace gnatter::app {
namespace {

using base::UserError;

constexpr std::size_t most_bytes = 256 * 1024;
constexpr std::size_t longest_line = 64 * 1024;

std::string place(const std::filesystem::path& file, std::size_t line) {
  return base::safe_row(file.string()) + ':' + std::to_string(line) + ": ";
}

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
  throw UserError(base::safe_row(file.string()) + " cannot be read: " + why + '.');
}

base::FileDescriptor open_regular(const std::filesystem::path& file) {
  // Not blocking: a FIFO would wait for its writer.
  base::FileDescriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  std::error_code ignored;
  const int error = errno;
  if (!in && error == ENOENT && std::filesystem::is_symlink(file, ignored))
    fail(file, "it is a link to a file that is not there");
  if (!in) fail(file, std::strerror(error));
  struct stat status {};
  if (::fstat(in.get(), &status) != 0) fail(file, std::strerror(errno));
  if (S_ISDIR(status.st_mode)) fail(file, "it is a directory");
  if (!S_ISREG(status.st_mode) && !S_ISCHR(status.st_mode)) fail(file, "it is no file with a text in it");
  return in;
}

/// Which line is out of all proportion, where one is.
[[noreturn]] void refuse_size(const std::filesystem::path& file, std::string_view text) {
  std::size_t line = 1;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > longest_line)
      throw UserError(place(file, line) + "the line has more than 64 KiB; a configuration is smaller.");
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
  }
  throw UserError(base::safe_row(file.string()) + " has more than 256 KiB; a configuration is smaller.");
}

std::string in_hexadecimal(unsigned char byte) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "0x%02X", byte);
  return text.data();
}

/// What is wrong with the characters of a line; empty: nothing.
std::string fault_of_line(std::string_view line) {
  if (!utf8::valid(line)) {
    std::size_t good = 0;
    for (std::size_t size = 1; size <= line.size(); ++size)
      if (utf8::valid(line.substr(0, size))) good = size;
    return "this line is not UTF-8 (byte " + in_hexadecimal(static_cast<unsigned char>(line[good])) +
           "). The file has to be saved as UTF-8.";
  }
  if (line.ends_with('\r')) line.remove_suffix(1);
  const auto control = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; };
  const auto found = std::find_if(line.begin(), line.end(), control);
  if (found == line.end()) return {};
  return "there is a control character (" + in_hexadecimal(static_cast<unsigned char>(*found)) +
         "). In quotes it can be written as \\u00" +
         in_hexadecimal(static_cast<unsigned char>(*found)).substr(2) + '.';
}

}  // namespace

std::string read_config_text(const std::filesystem::path& file) {
  const base::FileDescriptor in = open_regular(file);
  std::string text(most_bytes + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t count = ::read(in.get(), text.data() + size, text.size() - size);
    if (count < 0 && errno != EINTR) fail(file, std::strerror(errno));
    if (count == 0) break;
    if (count > 0) size += static_cast<std::size_t>(count);
  }
  text.resize(size);
  if (size > most_bytes) refuse_size(file, text);
  return text;
}

std::size_t byte_order_mark_of(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

void check_config_text(std::string_view text, const std::filesystem::path& file) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    throw UserError(place(file, 1) + "this is UTF-16. The file has to be saved as UTF-8.");
  std::size_t line = 1;
  for (std::string_view rest = text; !rest.empty(); ++line) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (const std::string wrong = fault_of_line(rest.substr(0, end)); !wrong.empty())
      throw UserError(place(file, line) + wrong);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (const auto deep = ConfigLines(text).too_deep())
    throw UserError(
        place(file, 1 + static_cast<std::size_t>(std::count(
                            text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*deep), '\n'))) +
        "this is nested deeper than any setting.");
}

}  // namespace gnatter::app
