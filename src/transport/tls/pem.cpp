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

struct Words {
  std::string name;    ///< "CA file"
  std::string option;  ///< "--cafile"
  std::string holds;   ///< what belongs into it
};

Words role_words(Role role) {
  if (role == Role::authorities) return {"CA file", "--cafile", "the CA's certificate"};
  if (role == Role::certificate) return {"certificate file", "--cert", "your certificate"};
  return {"key file", "--key", "your private key"};
}

std::string hint(Role role) {
  const Words words = role_words(role);
  return ' ' + words.option + " FILE names the one with " + words.holds + '.';
}

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

bool is_unknown_cipher(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  return (ERR_GET_LIB(error) == ERR_LIB_EVP &&
          (reason == EVP_R_UNSUPPORTED_ALGORITHM || reason == EVP_R_UNSUPPORTED_CIPHER ||
           reason == EVP_R_UNKNOWN_PBE_ALGORITHM || reason == ERR_R_UNSUPPORTED)) ||
         (ERR_GET_LIB(error) == ERR_LIB_PEM && reason == PEM_R_UNSUPPORTED_ENCRYPTION);
}

bool is_end_of_file(const std::vector<unsigned long>& errors) {
  return !errors.empty() && ERR_GET_LIB(errors.back()) == ERR_LIB_PEM &&
         ERR_GET_REASON(errors.back()) == PEM_R_NO_START_LINE;
}

std::string in_brackets(const std::vector<unsigned long>& errors) {
  return errors.empty() ? std::string() : " (" + words_of(errors.front()) + ')';
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
  if (contains(text_, "-----BEGIN ")) return;
  ERR_clear_error();
  const std::string command = conversion(text_);
  ERR_clear_error();
  if (command.empty())
    fail("is not PEM: it has no line that begins with \"-----BEGIN\". It should hold " +
         role_words(role_).holds + '.');
  fail("is in the binary form (DER), not in PEM. This makes a file in PEM: openssl " + command + " -in " +
       shell_word(path_) + " -out FILE");
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
  if (!is_end_of_file(errors))
    fail("is damaged: its certificate no. " + std::to_string(found.size() + 1) + " cannot be read" +
         in_brackets(errors) + '.');
  if (found.empty()) fail_without_certificate();
  return found;
}

void PemFile::fail_without_certificate() const {
  if (has_encrypted_key().has_value())
    fail(std::string("holds a private key and no certificate. ") +
         (role_ == Role::authorities ? "It should hold the CA's certificate; the CA's key stays with the CA."
                                     : "Are --cert and --key swapped?"));
  if (contains(text_, "CERTIFICATE REQUEST-----"))
    fail("holds a request (CSR), which a CA has yet to sign. What the CA gives back is the certificate.");
  fail("holds no certificate. It should hold " + role_words(role_).holds + '.');
}

std::optional<bool> PemFile::has_encrypted_key() const {
  const std::string_view text = text_;
  for (auto at = text.find("-----BEGIN "); at != text.npos; at = text.find("-----BEGIN ", at + 1)) {
    const auto line = text.substr(at, text.find_first_of("\r\n", at) - at);
    if (!contains(line, "PRIVATE KEY-----") || contains(line, "OPENSSH")) continue;
    if (contains(line, " ENCRYPTED PRIVATE KEY-----")) return true;
    const auto body = text.substr(at, text.find("-----END", at) - at);
    return contains(body, "Proc-Type:") && contains(body, "ENCRYPTED");
  }
  return std::nullopt;
}

KeyPtr PemFile::private_key(const std::string& password) const {
  const auto is_encrypted = has_encrypted_key();
  if (!is_encrypted) fail_without_key();
  if (*is_encrypted && password.empty())
    throw KeyPasswordError(subject() +
                           " is encrypted, and no password was given for it. "
                           "--key-password-command CMD names a command that prints it.");
  const BioPtr in = bio();
  ERR_clear_error();
  KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, give_password, const_cast<std::string*>(&password)));
  const auto errors = take_errors();
  if (key) return key;
  if (!*is_encrypted) fail("is damaged: its key cannot be read" + in_brackets(errors) + '.');
  if (std::any_of(errors.begin(), errors.end(), is_unknown_cipher))
    fail("is encrypted in a way that OpenSSL no longer knows" + in_brackets(errors) +
         ". Where it still does, this writes it anew: openssl pkcs8 -topk8 -in " + shell_word(path_) +
         " -out FILE");
  throw KeyPasswordError("The password does not open the " + role_words(role_).name + ' ' +
                         base::safe_text(path_.native()) + '.');
}

void PemFile::fail_without_key() const {
  if (contains(text_, "-----BEGIN OPENSSH PRIVATE KEY-----"))
    fail(
        "holds a key of SSH, which TLS does not use. --key FILE names the one that your certificate was "
        "made with.");
  if (contains(text_, "CERTIFICATE-----"))
    fail("holds a certificate and no private key. Are --cert and --key swapped?");
  fail("holds no private key." + hint(role_));
}

}  // namespace gnatter::transport::tls
