// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tls_files.h"

#include <cstdlib>
#include <string>
#include <string_view>

#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"

namespace gnatter::app {
namespace {

using std::filesystem::path;

constexpr std::string_view certificate_name = "client.crt";
constexpr const char* key_ending = ".key";

bool is_there(const path& file) {
  std::error_code ignored;
  return !file.empty() && std::filesystem::exists(file, ignored);
}

/// By the variable that OpenSSL's programs know, and else where Debian keeps it. What the variable names
/// counts also when it is not there: it may have been set so that the rest is not trusted.
path system_ca_file() {
  if (const char* set = std::getenv("SSL_CERT_FILE"); set && *set) return set;
  path bundle = "/etc/ssl/certs/ca-certificates.crt";
  return is_there(bundle) ? bundle : path();
}

std::string shown(const path& file) {
  return base::safe_text(file.string());
}

}  // namespace

path find_ca_file(const LoginOptions& options, const Installation& installation) {
  if (!options.ca_file.empty()) return options.ca_file;
  if (const auto own = installation.ca_file()) return *own;
  if (const auto open = installation.unguarded_ca_file())
    throw base::UserError("The CA file " + shown(*open) +
                          " was not used: others may write to it, or to a folder above it, or own it. Make "
                          "them yours alone (chmod go-w), or name the file with --cafile.");
  const path users = base::config_directory() / ca_file_name;
  if (is_there(users)) return users;
  if (path system = system_ca_file(); !system.empty()) return system;
  const path installed = installation.installed_ca_file();
  throw base::UserError(
      "There is no CA to check the broker by: neither " + shown(users) +
      (installed.empty() ? "" : " nor " + shown(installed)) +
      " is there, and the system has none. The broker's operator has it: --cafile FILE names "
      "it, or put it into the first of them.");
}

path find_certificate(const LoginOptions& options) {
  if (!options.certificate.empty()) return options.certificate;
  const path users = base::config_directory() / certificate_name;
  if (is_there(users)) return users;
  throw base::UserError(
      "A login by certificate needs yours, and there is none: --cert FILE and --key FILE name it and its "
      "private key, or put them where they are looked for: " +
      shown(users) + " and " + shown(path(users).replace_extension(key_ending)));
}

path find_key(const LoginOptions& options, const path& certificate) {
  if (!options.key.empty()) return options.key;
  const path beside = path(certificate).replace_extension(key_ending);
  return is_there(beside) ? beside : certificate;
}

}  // namespace gnatter::app
