// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "transport/tls/openssl.h"
#include "transport/tls/role.h"

namespace gnatter::transport::tls {

/// One file in PEM, whole; overwritten in memory when it goes, for it may hold a private key.
class PemFile {
 public:
  /// Throws base::UserError with a sentence: not there, unreadable, no plain file (a FIFO would keep us
  /// waiting), empty, larger than 1 MiB, not PEM, or a key that is not its owner's alone.
  PemFile(std::filesystem::path path, Role role);
  PemFile(const PemFile&) = delete;
  PemFile& operator=(const PemFile&) = delete;
  ~PemFile();

  /// All certificates, in order; at least one. Throws base::UserError: none, or a damaged one.
  [[nodiscard]] std::vector<X509Ptr> certificates() const;
  /// Whether the first private key is encrypted; nothing: there is none.
  [[nodiscard]] std::optional<bool> has_encrypted_key() const;
  /// The first private key. Throws base::UserError: none, damaged, of an unknown cipher; KeyPasswordError.
  [[nodiscard]] KeyPtr private_key(const std::string& password) const;

  /// "The CA file FILE", safe to show.
  [[nodiscard]] std::string subject() const;

 private:
  void read();
  void check_owner(unsigned mode, unsigned owner) const;
  void check_is_pem() const;
  [[nodiscard]] BioPtr bio() const;
  [[noreturn]] void fail(const std::string& predicate) const;
  [[noreturn]] void fail_unreadable(int error) const;
  [[noreturn]] void fail_without_certificate() const;
  [[noreturn]] void fail_without_key() const;

  const std::filesystem::path path_;
  const Role role_;
  std::string text_;
};

/// A path as one word of a shell's line, safe to show: quoted where it has to be.
std::string shell_word(const std::filesystem::path& path);

}  // namespace gnatter::transport::tls
