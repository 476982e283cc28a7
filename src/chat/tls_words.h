// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chat/account.h"
#include "transport/packets.h"

/// What the client says about TLS and certificates. Their text is that of whoever made them: it is made safe
/// and cut here.
namespace gnatter::chat::words {

bool is_about_tls(transport::Failure::Reason reason);

/// What happened, what it means and what to do; nothing yet of whether it is tried again. Of a failure that
/// is about TLS.
std::string tls_failure(const Account& account, const transport::Failure& failure);

/// ` The certificate: subject "…", issuer "…", SHA-256 …` for the end of that, with the whole fingerprint:
/// the one that the failure is about. Nothing where there is none.
std::string certificate_of(const transport::Failure& failure);

/// What the user should know of certificates at a connect: that one ends within 14 days, that ours is for
/// another name. A sentence each.
std::vector<std::string> certificate_notes(const Account& account, const transport::TlsState& tls);

/// "/connect -tls broker.example", with the port where it has to be: the account's broker at the port where
/// it is, or where brokers listen for `security`.
enum class Port { as_it_is, usual };
std::string connect_command(const Account& account, Security security, Port port);

/// Text of a certificate in one row, without quotes that could end ours, cut where it is long.
std::string one_row(std::string_view text);

/// "mqtt.example, localhost and 18 more".
std::string listed(const std::vector<std::string>& names, std::size_t most);

}  // namespace gnatter::chat::words
