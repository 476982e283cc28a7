// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/files.h"

#include "transport/tls/certificate.h"
#include "transport/tls/credentials.h"
#include "transport/tls/pem.h"

namespace gnatter::transport {

void check_tls_files(const TlsPlan& plan) {
  client_context(plan, tls::read_credentials(plan));
}

bool is_encrypted_key(const std::filesystem::path& file) {
  const tls::PemFile key(file, tls::Role::key);
  const auto encrypted = key.has_encrypted_key();
  if (!encrypted) (void)key.private_key({});  // says what it holds instead
  return encrypted.value_or(false);
}

bool holds_key(const std::filesystem::path& file) {
  return tls::PemFile(file, tls::Role::certificate).has_encrypted_key().has_value();
}

Certificate read_certificate(const std::filesystem::path& file) {
  return tls::describe(*tls::PemFile(file, tls::Role::certificate).certificates().front());
}

}  // namespace gnatter::transport
