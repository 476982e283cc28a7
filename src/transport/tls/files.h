// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "base/user_error.h"
#include "transport/tls.h"

namespace gnatter::transport {

/// The key is encrypted, and its password is missing or wrong; what() says which, in a sentence.
class KeyPasswordError : public base::UserError {
 public:
  using base::UserError::UserError;
};

/// Looks at the files of a plan before anything is sent (T2), since Paho says nothing of use about them. The
/// CA file is there and holds certificates; ours is a certificate that is valid today, with a key of 2048
/// bits of RSA at the least; the private key is readable by its owner alone, can be decrypted and belongs to
/// the certificate. Throws base::UserError with a sentence that names the file and says what to do;
/// KeyPasswordError. Never asks for a password on the terminal. Any thread; decrypting may take a second.
void check_tls_files(const TlsPlan& plan);

/// Whether the private key in `file` needs a password. Throws base::UserError as above.
bool is_encrypted_key(const std::filesystem::path& file);

/// Whether a private key stands in `file` beside a certificate. Throws base::UserError when it cannot be
/// read.
bool holds_key(const std::filesystem::path& file);

/// The first certificate in `file`. Throws base::UserError with a sentence.
Certificate read_certificate(const std::filesystem::path& file);

}  // namespace gnatter::transport
