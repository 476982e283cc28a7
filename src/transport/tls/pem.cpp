// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/pem.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/text.h"
#include "transport/tls/files.h"

namespace gnatter::transport::tls {
namespace {

constexpr std::size_t largest_file = 1024 * 1024;

/// OpenSSL's own callback would ask on the terminal.
int give_password(char* buffer, int size, int /*writing*/, void* password) {
  const auto& text = *static_cast<const std::string*>(password);
  if (text.empty() || text.size() > static_cast<std::size_t>(size)) return -1;
  std::memcpy(buffer, text.data(), text.size());
  return static_cast<int>(text.size());
}

int give_none(char*, int, int, void*) {
  return -1;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool holds_certificate(std::string_view text) {
  return contains(text, "-----BEGIN CERTIFICATE-----") ||
         contains(text, "-----BEGIN X509 CERTIFICATE-----") ||
         contains(text, "-----BEGIN TRUSTED CERTIFICATE-----");
}

bool holds_key(std::string_view text) {
  return contains(text, " PRIVATE KEY-----") || contains(text, "-----BEGIN PRIVATE KEY-----");
}

/// What turns a file in the binary form into PEM; empty: it does not look like one.
std::string conversion(const std::string& bytes) {
  const auto* const start = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto size = static_cast<long>(bytes.size());
  const unsigned char* at = start;
  if (X509Ptr(d2i_X509(nullptr, &at, size))) return "x509 -inform DER";
  if (Pkcs12Ptr(d2i_PKCS12(nullptr, &(at = start), size))) return "pkcs12";
  if (KeyPtr(d2i_AutoPrivateKey(nullptr, &(at = start), size))) return "pkey -inform DER";
  return bytes.starts_with("\x30\x82") ? "x509 -inform DER" : "";
}

bool is_unknown_cipher(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  return (ERR_GET_LIB(error) == ERR_LIB_EVP &&
          (reason == EVP_R_UNSUPPORTED_ALGORITHM || reason == EVP_R_UNSUPPORTED_CIPHER ||
           reason == EVP_R_UNKNOWN_PBE_ALGORITHM || reason == ERR_R_UNSUPPORTED)) ||
         (ERR_GET_LIB(error) == ERR_LIB_PEM && reason == PEM_R_UNSUPPORTED_ENCRYPTION);
}

}  // namespace

std::string shell_word(const std::filesystem::path& path) {
  const std::string text = base::safe_text(path.string());
  constexpr std::string_view plain = "/._-+,:@%=";
  const auto is_plain = [&](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80 ||
           plain.find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), is_plain)) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return (text.starts_with('-') ? "./" : "") + quoted + '\'';
}

PemFile::PemFile(std::filesystem::path path, const FileRole& role) : path_(std::move(path)), role_(role) {
  if (path_.empty())
    throw base::UserError(std::string("No ") + role_.name + " is given: " + role_.option +
                          " FILE names the one with " + role_.holds + '.');
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
  return std::string("The ") + role_.name + ' ' + base::safe_text(path_.string());
}

void PemFile::fail(const std::string& predicate) const {
  throw base::UserError(subject() + ' ' + predicate);
}

void PemFile::read() {
  const std::string hint = std::string(" ") + role_.option + " FILE names the one with " + role_.holds + '.';
  struct stat status {};
  if (::stat(path_.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) fail("is not there." + hint);
    fail(std::string("cannot be read: ") + std::strerror(errno) + '.' + hint);
  }
  if (S_ISDIR(status.st_mode)) fail("is a directory." + hint);
  if (!S_ISREG(status.st_mode)) fail("is not a plain file." + hint);
  // Should it have become a FIFO meanwhile, opening it does not wait.
  const base::FileDescriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file || ::fstat(file.get(), &status) != 0)
    fail(std::string("cannot be read: ") + std::strerror(errno) + '.' + hint);
  if (!S_ISREG(status.st_mode)) fail("is not a plain file." + hint);
  if (role_.option == key_role.option) check_owner(status.st_mode, status.st_uid);
  text_.resize(largest_file + 1);
  std::size_t size = 0;
  ssize_t count = 1;
  while (size < text_.size() && (count = ::read(file.get(), text_.data() + size, text_.size() - size)) != 0) {
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(std::string("cannot be read: ") + std::strerror(errno) + '.' + hint);
    size += static_cast<std::size_t>(count);
  }
  if (size > largest_file) fail("is larger than 1 MiB, so it was not read." + hint);
  text_.resize(size);
  if (size == 0) fail("is empty." + hint);
}

void PemFile::check_owner(unsigned mode, unsigned owner) const {
  if (owner != ::geteuid())
    fail("belongs to another user, so it was not used. Take a copy that is yours alone: install -m 600 " +
         shell_word(path_) + " COPY");
  if ((mode & 077U) != 0) {
    const char* harm = (mode & 055U) != 0 ? "can be read by others" : "can be changed by others";
    fail(std::string(harm) + ", so it was not used. Make it yours alone: chmod 600 " + shell_word(path_));
  }
}

void PemFile::check_is_pem() const {
  if (contains(text_, "-----BEGIN ")) return;
  const std::string command = conversion(text_);
  ERR_clear_error();
  if (command.empty())
    fail(std::string("is not PEM: it has no line that begins with \"-----BEGIN\". It should hold ") +
         role_.holds + '.');
  fail("is in the binary form (DER), not PEM. This turns it into PEM: openssl " + command + " -in " +
       shell_word(path_) + " -out FILE.pem");
}

BioPtr PemFile::bio() const {
  return BioPtr(BIO_new_mem_buf(text_.data(), static_cast<int>(text_.size())));
}

std::vector<X509Ptr> PemFile::certificates() const {
  std::vector<X509Ptr> found;
  const BioPtr in = bio();
  ERR_clear_error();
  while (X509Ptr one{PEM_read_bio_X509_AUX(in.get(), nullptr, give_none, nullptr)})
    found.push_back(std::move(one));
  const auto errors = take_errors();
  const bool at_end = !errors.empty() && ERR_GET_LIB(errors.back()) == ERR_LIB_PEM &&
                      ERR_GET_REASON(errors.back()) == PEM_R_NO_START_LINE;
  if (!at_end)
    fail("is damaged: its certificate no. " + std::to_string(found.size() + 1) + " cannot be read (" +
         (errors.empty() ? "unknown" : words_of(errors.front())) + ").");
  if (!found.empty()) return found;
  if (holds_key(text_))
    fail(std::string("holds a private key and no certificate. ") +
         (role_.option == ca_role.option
              ? "It should hold the CA's certificate; the CA's key stays with the CA."
              : "Are --cert and --key swapped?"));
  if (contains(text_, "CERTIFICATE REQUEST-----"))
    fail("holds a request (CSR), which a CA has yet to sign. What it gives back is the certificate.");
  fail(std::string("holds no certificate. It should hold ") + role_.holds + '.');
}

std::optional<bool> PemFile::has_encrypted_key() const {
  const std::string_view text = text_;
  for (auto at = text.find("-----BEGIN "); at != text.npos; at = text.find("-----BEGIN ", at + 1)) {
    const auto line = text.substr(at, text.find_first_of("\r\n", at) - at);
    if (!contains(line, "PRIVATE KEY-----")) continue;
    if (contains(line, " ENCRYPTED PRIVATE KEY-----")) return true;
    const auto body = text.substr(at, text.find("-----END", at) - at);
    return contains(body, "Proc-Type:") && contains(body, "ENCRYPTED");
  }
  return std::nullopt;
}

KeyPtr PemFile::private_key(const std::string& password) const {
  const auto encrypted = has_encrypted_key();
  if (!encrypted && holds_certificate(text_))
    fail("holds a certificate and no private key. Are --cert and --key swapped?");
  if (!encrypted) fail("holds no private key.");
  if (*encrypted && password.empty())
    throw KeyPasswordError(subject() +
                           " is encrypted, and no password was given for it. "
                           "--key-password-command CMD names a command that prints it.");
  const BioPtr in = bio();
  ERR_clear_error();
  KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, give_password, const_cast<std::string*>(&password)));
  const auto errors = take_errors();
  if (key) return key;
  if (!*encrypted)
    fail("is damaged: its key cannot be read (" + (errors.empty() ? "unknown" : words_of(errors.back())) +
         ").");
  if (std::any_of(errors.begin(), errors.end(), is_unknown_cipher))
    fail(
        "is encrypted in a way that OpenSSL no longer knows. Where it still does, this writes it anew: "
        "openssl "
        "pkcs8 -topk8 -in " +
        shell_word(path_) + " -out FILE");
  throw KeyPasswordError("The password does not open the " + std::string(role_.name) + ' ' +
                         base::safe_text(path_.string()) + '.');
}

}  // namespace gnatter::transport::tls
