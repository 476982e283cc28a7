// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a line over TLS needs, and what a handshake finds: plain values, no library's types.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/time_text.h"

namespace gnatter::transport {

/// The files of a line over TLS, each in PEM.
struct TlsPlan {
  std::filesystem::path ca_file;      ///< certificates of the CAs, one of which must have signed the broker's
  std::filesystem::path certificate;  ///< ours, with the chain it needs behind it; empty: we show none
  std::filesystem::path key;          ///< its private key; may be the same file
  std::string key_password;           ///< of an encrypted key
  bool operator==(const TlsPlan&) const = default;
};

/// One X.509 certificate. Its text is that of whoever made it, not safe to show: valid UTF-8 or not, at most
/// 256 bytes each, at most 20 names.
struct Certificate {
  std::string subject;      ///< as "CN=broker.example, O=Chat", the most significant last
  std::string issuer;       ///< likewise
  std::string common_name;  ///< the subject's CN; empty: none or several
  std::vector<std::string>
      names;                ///< DNS names and IP addresses that it is for (subjectAltName, else the CN)
  std::string fingerprint;  ///< SHA-256 as 32 pairs of hexadecimal digits: "3F:9A:…:C1"
  std::string key;          ///< "RSA 3072 bits", "EC P-256"
  base::Time not_before{};
  base::Time not_after{};
};

/// What a handshake found.
struct TlsState {
  std::string protocol;           ///< "TLS 1.3"; empty: it did not come so far
  std::string cipher;             ///< "TLS_AES_256_GCM_SHA384"
  std::string host;               ///< the name or address that the certificate was checked against
  std::filesystem::path ca_file;  ///< what it was checked by
  std::vector<Certificate>
      chain;  ///< the broker's first, then who signed it; at most 10. Trusted: up to the CA
  std::optional<Certificate> own;  ///< what we show
};

}  // namespace gnatter::transport
