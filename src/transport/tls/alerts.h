// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace gnatter::transport::tls {

/// An alert (RFC 8446, 6) as what the other side says to our certificate: "unknown CA", "expired".
std::string alert_words(int alert);

/// Whether an alert is one that a server answers a client's certificate with, or the lack of one.
bool is_about_certificate(int alert);

/// Whether an alert says that nothing is common to both sides.
bool is_about_versions(int alert);

}  // namespace gnatter::transport::tls
