// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/pem.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/text.h"
#include "base/user_error.h"
#include "transport/tls/process_end.h"

namespace gnatter::transport::tls {
namespace {

constexpr std::size_t largest_file = 1024 * 1024;

/// What turns a file in the binary form into PEM; empty: it does not look like one.
std::string conversion(const std::string& bytes) {
  const auto* const start = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto size = static_cast<long>(bytes.size());
  const unsigned char* at = start;
  if (X509Ptr(d2i_X509(nullptr, &at, size))) return "x509 -inform DER";
  if (Pkcs12Ptr(d2i_PKCS12(nullptr, &(at = start), size))) return "pkcs12";
  if (KeyPtr(d2i_AutoPrivateKey(nullptr, &(at = start), size))) return "pkey -inform DER";
  return {};
}

/// All of it, or one byte more than the largest that is taken; nothing: errno says why not.
std::optional<std::string> contents(int file) {
  std::string text(largest_file + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t count = ::read(file, text.data() + size, text.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  text.resize(size);
  return text;
}

}  // namespace

std::string shell_word(const std::filesystem::path& path) {
  const std::string text = (path.native().starts_with('-') ? "./" : "") + base::safe_text(path.native());
  constexpr std::string_view plain = "/._-+,:@%=";
  const auto is_plain = [&](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80 ||
           plain.find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + '\'';
}

PemFile::PemFile(std::filesystem::path path, Role role) : path_(std::move(path)), role_(role) {
  if (path_.empty()) throw base::UserError("No " + role_words(role).name + " is given." + hint(role));
  keep_openssl_to_the_end();
  try {
    read();
    check_is_pem();
  } catch (...) {
    OPENSSL_cleanse(text_.data(), text_.size());
    throw;
  }
}

PemFile::~PemFile() {
  OPENSSL_cleanse(text_.data(), text_.size());
}

std::string PemFile::subject() const {
  return "The " + role_words(role_).name + ' ' + base::safe_text(path_.native());
}

void PemFile::fail(const std::string& predicate) const {
  throw base::UserError(subject() + ' ' + predicate);
}

void PemFile::fail_unreadable(int error) const {
  if (error == ENOENT || error == ENOTDIR) fail("is not there." + hint(role_));
  fail(std::string("cannot be read: ") + std::strerror(error) + '.');
}

void PemFile::read() {
  struct stat status {};
  if (::stat(path_.c_str(), &status) != 0) fail_unreadable(errno);
  if (S_ISDIR(status.st_mode)) fail("is a directory." + hint(role_));
  if (!S_ISREG(status.st_mode)) fail("is not a plain file." + hint(role_));
  if (role_ == Role::key) check_owner(status.st_mode, status.st_uid);
  // Should it have become a FIFO meanwhile, opening it does not wait.
  const base::FileDescriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file || ::fstat(file.get(), &status) != 0) fail_unreadable(errno);
  if (!S_ISREG(status.st_mode)) fail("is not a plain file." + hint(role_));
  if (role_ == Role::key) check_owner(status.st_mode, status.st_uid);
  auto text = contents(file.get());
  if (!text) fail_unreadable(errno);
  text_ = std::move(*text);
  if (text_.size() > largest_file) fail("is larger than 1 MiB, so it was not read." + hint(role_));
  if (text_.empty()) fail("is empty." + hint(role_));
}

void PemFile::check_owner(unsigned mode, unsigned owner) const {
  if (owner != ::geteuid())
    fail("belongs to another user, so it was not used. Take a copy that is yours alone: install -m 600 " +
         shell_word(path_) + " COPY");
  if ((mode & 077U) == 0) return;
  fail(std::string((mode & 044U) != 0 ? "can be read by others" : "can be changed by others") +
       ", so it was not used. Make it yours alone: chmod 600 " + shell_word(path_));
}

void PemFile::check_is_pem() const {
  if (text_.find("-----BEGIN ") != std::string::npos) return;
  ERR_clear_error();
  const std::string command = conversion(text_);
  ERR_clear_error();
  if (command.empty())
    fail("is not PEM: it has no line that begins with \"-----BEGIN\". It should hold " +
         role_words(role_).holds + '.');
  fail("is in the binary form (DER), not in PEM. This makes a file in PEM: openssl " + command + " -in " +
       shell_word(path_) + " -out FILE");
}

}  // namespace gnatter::transport::tls
