// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/tls_report.h"

#include "base/text.h"
#include "base/time_text.h"
#include "chat/tls_words.h"
#include "chat/words.h"

namespace gnatter::chat {
namespace {

using transport::Certificate;
using transport::TlsState;
using Rows = std::vector<std::string>;

constexpr std::size_t label_column = 9;

void add(Rows& rows, std::string label, const std::string& value) {
  if (value.empty()) return;
  label.resize(label_column, ' ');
  rows.push_back(label + value);
}

std::string validity(const Certificate& certificate) {
  const base::Time now = base::now();
  const std::string dates =
      base::local_date(certificate.not_before) + " to " + base::local_date(certificate.not_after);
  if (certificate.not_after < now) return dates + ", expired " + base::days_from(now, certificate.not_after);
  if (certificate.not_before > now) return dates + ", begins " + base::days_from(now, certificate.not_before);
  return dates + ", ends " + base::days_from(now, certificate.not_after);
}

/// Whether there are names beside the CN; CAs have none.
bool has_names(const Certificate& certificate) {
  return certificate.names != std::vector{certificate.common_name};
}

void add(Rows& rows, const Certificate& certificate) {
  const bool own_issuer = certificate.issuer == certificate.subject;
  add(rows, "subject", words::one_row(certificate.subject));
  add(rows, "issuer", own_issuer ? "itself" : words::one_row(certificate.issuer));
  if (has_names(certificate)) add(rows, "names", words::listed(certificate.names, certificate.names.size()));
  add(rows, "valid", validity(certificate));
  add(rows, "key", words::one_row(certificate.key));
  add(rows, "SHA-256", words::one_row(certificate.fingerprint));
}

/// Everything that the handshake found.
void add(Rows& rows, const TlsState& tls) {
  add(rows, "line",
      words::one_row(tls.protocol) + (tls.cipher.empty() ? "" : ", " + words::one_row(tls.cipher)));
  if (!tls.ca_file.empty())
    add(rows, "checked",
        "for " + base::safe_text(tls.host) + ", by " + base::safe_text(tls.ca_file.string()));
  for (std::size_t i = 0; i < tls.chain.size(); ++i) {
    rows.push_back(i == 0 ? "The broker's certificate:" : "The CA that signed it:");
    add(rows, tls.chain[i]);
  }
  if (!tls.own) return;
  rows.push_back("Your certificate:");
  add(rows, *tls.own);
}

Rows plain_rows(const Account& account) {
  const std::string encrypt = words::connect_command(account, Security::tls, words::Port::usual);
  if (is_loopback(account.host))
    return {"The line to " + words::address(account) +
            " is not encrypted. It stays on this machine, so nobody reads along. Encrypted: " + encrypt};
  return {"PLAIN: the line to " + words::address(account) +
          " is not encrypted. Everybody on the way can read what you write, your password too. Encrypted: " +
          encrypt};
}

}  // namespace

std::vector<std::string> tls_report(const Session& session) {
  const Account& account = session.account();
  if (const auto& failure = session.failure(); failure && words::is_about_tls(failure->reason)) {
    Rows rows{words::tls_failure(account, *failure)};
    if (failure->tls) add(rows, *failure->tls);
    return rows;
  }
  const bool stands =
      session.state() == Session::State::ready || session.state() == Session::State::preparing;
  if (!stands)
    return {"Not connected" + (account.host.empty() ? "." : " to " + words::address(account) + '.')};
  if (!session.opened().tls) return plain_rows(account);
  const TlsState& tls = *session.opened().tls;
  const bool in_vain = account.security == Security::certificate && !tls.own;
  Rows rows{"The line to " + words::address(account) + " is encrypted and the broker's certificate trusted" +
            (tls.own   ? ", you are known by your certificate."
             : in_vain ? ". It has not asked for your certificate."
                       : ".")};
  add(rows, tls);
  return rows;
}

}  // namespace gnatter::chat
