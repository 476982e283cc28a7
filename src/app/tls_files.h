// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/installation.h"
#include "app/options.h"

namespace gnatter::app {

// The files for TLS: those that the options name, which need not be there, else those that are there at the
// usual places. Looked for anew at each call. They throw base::UserError, which says where was looked and
// what to do.

/// The CAs to check a broker by (T1): the program's own, the user's mqtt_ca.crt, else those that the system
/// trusts.
std::filesystem::path find_ca_file(const LoginOptions& options, const Installation& installation);

/// The user's certificate (T3).
std::filesystem::path find_certificate(const LoginOptions& options);

/// The private key of `certificate`: beside it, else in it. Never throws.
std::filesystem::path find_key(const LoginOptions& options, const std::filesystem::path& certificate);

}  // namespace gnatter::app
