// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_users.h"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "app/local_directory.h"

namespace gnatter::app {
namespace {

std::string random_password() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw std::system_error(errno, std::generic_category(), "getrandom");
  std::string text;
  for (unsigned char byte : bytes) {
    std::array<char, 3> hex{};
    std::snprintf(hex.data(), hex.size(), "%02x", byte);
    text += hex.data();
  }
  return text;
}

/// Takes the first line off `text`.
std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(line.size() == text.size() ? text.size() : line.size() + 1);
  return line;
}

std::string lines(const LocalUsers& users, char between) {
  std::string text;
  for (const auto& [name, password] : users) text += name + between + password + '\n';
  return text;
}

}  // namespace

LocalUsers parse_local_users(std::string_view text) {
  LocalUsers users;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    const std::size_t tab = line.find('\t');
    if (tab == line.npos || tab == 0 || tab + 1 == line.size()) continue;
    users.emplace(line.substr(0, tab), line.substr(tab + 1));
  }
  return users;
}

std::string to_text(const LocalUsers& users) {
  return lines(users, '\t');
}

std::string to_plain_passwd(const LocalUsers& users) {
  return lines(users, ':');
}

bool all_hashed(std::string_view passwd) {
  while (!passwd.empty()) {
    const std::string_view line = take_line(passwd);
    const std::size_t colon = line.find(':');
    // "$7$", or "$6$" of an older one, then salt and hash.
    if (colon == line.npos || line.substr(colon + 1, 1) != "$") return false;
  }
  return true;
}

std::string local_password(const std::filesystem::path& directory, const std::string& user) {
  const auto file = directory / local_files::passwords;
  LocalUsers users = parse_local_users(text_of(file));
  const auto [found, fresh] = users.try_emplace(user);
  if (fresh) {
    found->second = random_password();
    write_private_file(file, to_text(users));
  }
  return found->second;
}

}  // namespace gnatter::app
