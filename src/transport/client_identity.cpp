// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/client_identity.h"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "base/paths.h"

namespace gnatter::transport {
namespace {

constexpr std::string_view prefix = "gnatter-";
constexpr std::size_t random_bytes = 16;
constexpr std::size_t id_length = prefix.size() + 2 * random_bytes;
constexpr int most_clients = 1000;  // of one account on one device: a bound for the search, nothing more

std::filesystem::path directory_for(const std::filesystem::path& state, std::string_view account) {
  const auto directory = state / "clients" / base::file_name_for(account);
  base::make_private_directory(directory);
  return directory;
}

std::string random_id() {
  std::array<unsigned char, random_bytes> bytes{};
  // Up to 256 bytes come whole or not at all (getrandom(2)).
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw std::system_error(errno, std::generic_category(), "getrandom");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string id(prefix);
  for (const unsigned char byte : bytes) {
    id += digits[byte >> 4];
    id += digits[byte & 15];
  }
  return id;
}

/// The id in the file, or nothing when it holds none: new, or cut short by a crash or a full disk.
std::optional<std::string> read_id(int fd, const std::filesystem::path& file) {
  std::string text(id_length + 2, '\0');
  const ssize_t count = ::pread(fd, text.data(), text.size(), 0);
  if (count < 0) throw std::system_error(errno, std::generic_category(), file.string());
  text.resize(static_cast<std::size_t>(count));
  if (text.size() != id_length + 1 || text.back() != '\n' || !text.starts_with(prefix)) return std::nullopt;
  text.pop_back();
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (!std::all_of(text.begin() + prefix.size(), text.end(), hex)) return std::nullopt;
  return text;
}

void write_id(int fd, const std::filesystem::path& file, const std::string& id) {
  const std::string line = id + '\n';
  if (::ftruncate(fd, 0) != 0) throw std::system_error(errno, std::generic_category(), file.string());
  const ssize_t written = ::pwrite(fd, line.data(), line.size(), 0);
  if (written == static_cast<ssize_t>(line.size())) return;
  throw std::system_error(written < 0 ? errno : ENOSPC, std::generic_category(), file.string());
}

}  // namespace

ClientIdentity ClientIdentity::claim(const std::filesystem::path& state, std::string_view account) {
  const auto directory = directory_for(state, account);
  for (int number = 1; number <= most_clients; ++number) {
    const auto file = directory / std::to_string(number);
    auto lock = base::try_lock(file);
    if (!lock) continue;
    auto id = read_id(lock->get(), file);
    if (!id) {
      id = random_id();
      write_id(lock->get(), file, *id);
    }
    return ClientIdentity(std::move(*id), std::move(*lock));
  }
  throw std::system_error(EMFILE, std::generic_category(), directory.string());
}

ClientIdentity ClientIdentity::claim_chosen(const std::filesystem::path& state, std::string_view account,
                                            std::string_view id) {
  // "id-" keeps these apart from the numbered files.
  const auto file = directory_for(state, account) / base::file_name_for("id-" + std::string(id));
  auto lock = base::try_lock(file);
  if (!lock)
    throw std::runtime_error("the client id " + std::string(id) +
                             " is in use by another gnatter on this device");
  return ClientIdentity(std::string(id), std::move(*lock));
}

}  // namespace gnatter::transport
