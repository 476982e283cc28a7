// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/tls_words.h"

#include <algorithm>
#include <cassert>

#include "base/cells.h"
#include "base/text.h"
#include "base/time_text.h"
#include "chat/words.h"

namespace gnatter::chat::words {
namespace {

using transport::Certificate;
using transport::Failure;
using transport::TlsState;
using Reason = Failure::Reason;

constexpr const char* nothing_sent = " Nothing was sent.";
constexpr std::chrono::days soon{14};

/// The certificate that the failure is about; null where the handshake did not come so far.
const Certificate* certificate_meant(const Failure& failure) {
  if (!failure.tls) return nullptr;
  if (failure.reason == Reason::refused_certificate) return failure.tls->own ? &*failure.tls->own : nullptr;
  // Who does not know the issuer compares what the broker itself shows.
  const std::size_t index = failure.reason == Reason::untrusted ? 0 : failure.certificate;
  return index < failure.tls->chain.size() ? &failure.tls->chain[index] : nullptr;
}

/// "The certificate of broker.example:8883", or of the CA that vouches for it.
std::string whose(const Account& account, const Failure& failure) {
  const Certificate* const certificate = certificate_meant(failure);
  if (!certificate || failure.certificate == 0) return "The certificate of " + address(account);
  return "The certificate of the CA \"" + one_row(certificate->subject) + "\", which vouches for " +
         address(account) + ',';
}

std::string bracketed(const std::string& detail) {
  return detail.empty() ? "" : " (" + one_row(detail) + ')';
}

std::string untrusted(const Account& account, const Failure& failure) {
  const auto file = failure.tls && !failure.tls->ca_file.empty() ? failure.tls->ca_file : account.tls.ca_file;
  return address(account) + " shows a certificate that nobody you trust has signed." + nothing_sent +
         (file.empty() ? " If" : " You trust " + base::safe_text(file.string()) + ": if") +
         " the broker is yours, --cafile names its CA; if it was trusted before, somebody may stand in "
         "between.";
}

std::string expired(const Account& account, const Failure& failure) {
  const Certificate* const certificate = certificate_meant(failure);
  return whose(account, failure) + " expired" +
         (certificate ? " on " + base::local_date(certificate->not_after) + ", " +
                            base::days_from(base::now(), certificate->not_after)
                      : "") +
         '.' + nothing_sent + " Its operator must renew it.";
}

std::string not_yet_valid(const Account& account, const Failure& failure) {
  const Certificate* const certificate = certificate_meant(failure);
  const base::Time now = base::now();
  return whose(account, failure) + " is not valid yet" +
         (certificate ? ": it begins on " + base::local_date(certificate->not_before) + ", " +
                            base::days_from(base::now(), certificate->not_before)
                      : "") +
         '.' + nothing_sent + " Is the clock of this machine right? It shows " + base::local_date(now) + ' ' +
         base::local_clock(now) + ". If it is, its operator must mend the certificate.";
}

std::string wrong_name(const Account& account, const Failure& failure) {
  const Certificate* const certificate = certificate_meant(failure);
  const std::string host = failure.tls && !failure.tls->host.empty() ? failure.tls->host : account.host;
  const bool none = !certificate || certificate->names.empty();
  return "The certificate of " + address(account) + " is" +
         (none ? "" : " for " + listed(certificate->names, 4) + ',') + " not for " + base::safe_text(host) +
         bracketed(failure.detail) + '.' + nothing_sent +
         (none ? " Its operator must put that into it."
               : " Connect by a name that it has, or its operator must add this one.");
}

std::string no_tls(const Account& account, const Failure& failure) {
  const bool usual = account.port == default_port(account.security);
  const std::string plainly = connect_command(account, Security::plain, Port::as_it_is);
  return address(account) + " does not speak TLS" + bracketed(failure.detail) + '.' + nothing_sent +
         (usual ? " Is TLS switched on there?"
                : " TLS is usually on " + std::to_string(default_port(account.security)) + '.') +
         (is_loopback(account.host)
              ? " On this machine it is not needed: " + plainly + " goes without."
              : " Without it, " + plainly +
                    ", everybody on the way can read what you write, your password too.");
}

std::string speaks_tls(const Account& account) {
  const std::string encrypted = connect_command(account, Security::tls, Port::as_it_is);
  if (is_loopback(account.host))
    return address(account) + " wants TLS: " + encrypted + ", or -v at the start.";
  return address(account) + " wants TLS, and this was a try without: " +
         (account.password.empty() ? "your name" : "your name and your password") +
         " went out readable for everybody on the way. Encrypted it is " + encrypted +
         ", or -v at the start." + (account.password.empty() ? "" : " Best change the password.");
}

std::string wants_certificate(const Account& account) {
  return address(account) + " wants a certificate of yours, and none was shown." + nothing_sent + ' ' +
         connect_command(account, Security::certificate, Port::as_it_is) + " shows it, or -V at the start.";
}

std::string refused_certificate(const Account& account, const Failure& failure) {
  const Certificate* const own = certificate_meant(failure);
  const bool unknown = own && failure.detail == "unknown CA";
  return address(account) + " does not take your certificate" + bracketed(failure.detail) +
         ". Nothing else was sent. Its operator must " +
         (unknown ? "trust who signed yours, \"" + one_row(own->issuer) + "\", or " : "") +
         "sign you another.";
}

std::string described(const Certificate& certificate) {
  return "subject \"" + one_row(certificate.subject) + "\", issuer \"" + one_row(certificate.issuer) +
         "\", SHA-256 " + one_row(certificate.fingerprint);
}

bool ends_soon(const Certificate& certificate) {
  return certificate.not_after - base::now() <= soon;
}

std::string end_of(const Certificate& certificate) {
  return " ends on " + base::local_date(certificate.not_after) + ", " +
         base::days_from(base::now(), certificate.not_after);
}

bool ends_before(const Certificate& one, const Certificate& other) {
  return one.not_after < other.not_after;
}

}  // namespace

// In the enumeration those about TLS stand behind all others.
bool is_about_tls(Reason reason) {
  return reason >= Reason::speaks_tls;
}

std::string tls_failure(const Account& account, const Failure& failure) {
  switch (failure.reason) {
    case Reason::speaks_tls:
      return speaks_tls(account);
    case Reason::tls_file:
    case Reason::key_password:
      return base::safe_text(failure.detail);
    case Reason::no_tls:
      return no_tls(account, failure);
    case Reason::no_common_tls:
      return address(account) + " allows no TLS that is safe enough" + bracketed(failure.detail) + '.' +
             nothing_sent + " Its operator must allow TLS 1.2 or newer.";
    case Reason::untrusted:
      return untrusted(account, failure);
    case Reason::expired:
      return expired(account, failure);
    case Reason::not_yet_valid:
      return not_yet_valid(account, failure);
    case Reason::wrong_name:
      return wrong_name(account, failure);
    case Reason::bad_certificate:
      return whose(account, failure) + " cannot be used" + bracketed(failure.detail) + '.' + nothing_sent +
             " Its operator must replace it.";
    case Reason::wants_certificate:
      return wants_certificate(account);
    case Reason::refused_certificate:
      return refused_certificate(account, failure);
    case Reason::unknown_host:
    case Reason::no_resolver:
    case Reason::nobody_listens:
    case Reason::unreachable:
    case Reason::not_mqtt:
    case Reason::wrong_password:
    case Reason::not_authorized:
    case Reason::bad_client_id:
    case Reason::refused:
    case Reason::other:
      break;
  }
  assert(!is_about_tls(failure.reason));
  return {};
}

std::string certificate_of(const Failure& failure) {
  const Certificate* const certificate = certificate_meant(failure);
  if (!certificate) return {};
  return (failure.reason == Reason::refused_certificate ? " Your certificate: " : " The certificate: ") +
         described(*certificate);
}

std::vector<std::string> certificate_notes(const Account& account, const TlsState& tls) {
  std::vector<std::string> notes;
  const auto first = std::min_element(tls.chain.begin(), tls.chain.end(), ends_before);
  if (first != tls.chain.end() && ends_soon(*first))
    notes.push_back("The certificate of " +
                    (first == tls.chain.begin() ? account.host
                                                : "the CA \"" + one_row(first->subject) +
                                                      "\", which vouches for " + account.host + ',') +
                    end_of(*first) + ": tell its operator.");
  if (!tls.own) return notes;
  if (ends_soon(*tls.own))
    notes.push_back("Your certificate" + end_of(*tls.own) + ": have \"" + one_row(tls.own->issuer) +
                    "\" sign a new one.");
  const std::string& name = tls.own->common_name;
  if (account.security == Security::certificate && !name.empty() && name != account.user)
    notes.push_back("Your certificate is for " + one_row(name) + ", and you write as " +
                    base::safe_text(account.user) +
                    ": a broker that takes names from certificates refuses what is not written as " +
                    one_row(name) + '.');
  return notes;
}

std::string connect_command(const Account& account, Security security, Port port) {
  const bool numeric6 = account.host.find(':') != std::string::npos;
  const bool with_port = port == Port::as_it_is && account.port != default_port(security);
  const std::string host = numeric6 && with_port ? '[' + account.host + ']' : account.host;
  const char* const flag = security == Security::plain ? "-plain"
                           : security == Security::tls ? "-tls"
                                                       : "-cert";
  return std::string("/connect ") + flag + ' ' + host + (with_port ? ':' + std::to_string(account.port) : "");
}

std::string one_row(std::string_view text) {
  constexpr int most = 95;  // a fingerprint is as long
  std::string out;
  for (const char c : base::safe_text(text)) {
    if (c == '\n' || c == '\t')
      out += ' ';
    else
      out += c == '"' ? '\'' : c;
  }
  return base::cut(out, most, "…");
}

std::string listed(const std::vector<std::string>& names, std::size_t most) {
  std::string out;
  const std::size_t shown = names.size() > most ? most : names.size();
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i > 0 && i + 1 == names.size();
    out += (i == 0 ? "" : last ? " and " : ", ") + one_row(names[i]);
  }
  return shown < names.size() ? out + " and " + std::to_string(names.size() - shown) + " more" : out;
}

}  // namespace gnatter::chat::words
