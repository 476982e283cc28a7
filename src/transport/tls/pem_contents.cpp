// SPDX-License-Identifier: GPL-3.0-or-later
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/text.h"
#include "transport/tls/files.h"
#include "transport/tls/pem.h"

namespace gnatter::transport::tls {
namespace {

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

}  // namespace

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
