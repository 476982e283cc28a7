// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace gnatter::transport::tls {

/// What a file is for.
enum class Role { authorities, certificate, key };

struct RoleWords {
  std::string name;    ///< "CA file"
  std::string option;  ///< "--cafile"
  std::string holds;   ///< what belongs into it
};

inline RoleWords role_words(Role role) {
  if (role == Role::authorities) return {"CA file", "--cafile", "the CA's certificate"};
  if (role == Role::certificate) return {"certificate file", "--cert", "your certificate"};
  return {"key file", "--key", "your private key"};
}

/// " --cafile FILE names the one with the CA's certificate."
inline std::string hint(Role role) {
  const RoleWords words = role_words(role);
  return ' ' + words.option + " FILE names the one with " + words.holds + '.';
}

}  // namespace gnatter::transport::tls
