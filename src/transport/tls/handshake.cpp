// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/handshake.h"

#include <openssl/err.h>

#include <algorithm>

#include "transport/tls/alerts.h"
#include "transport/tls/certificate.h"
#include "transport/tls/credentials.h"
#include "transport/tls/files.h"
#include "transport/tls/host.h"
#include "transport/tls/observer.h"
#include "transport/tls/verdict.h"
#include "transport/tls/wire.h"

namespace gnatter::transport {
namespace {

using Reason = Failure::Reason;
using Stop = tls::Wire::Stop;

constexpr std::chrono::milliseconds least_patience{500};

void name_host(SSL* ssl, const std::string& host) {
  if (!tls::is_address(tls::without_zone(host))) SSL_set_tlsext_host_name(ssl, host.c_str());
}

Failure failure(Reason reason, std::string detail) {
  Failure out;
  out.reason = reason;
  out.detail = std::move(detail);
  return out;
}

std::string too_old(SSL* ssl) {
  return SSL_get_min_proto_version(ssl) <= TLS1_2_VERSION
             ? "it knows neither TLS 1.2 nor TLS 1.3"
             : "it does not know TLS 1.3, which the openssl.cnf of this machine demands";
}

/// What we ourselves do not take, where that has a sentence of its own.
std::optional<Failure> known_error(SSL* ssl, unsigned long error) {
  switch (ERR_GET_LIB(error) == ERR_LIB_SSL ? ERR_GET_REASON(error) : 0) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION:
      return failure(Reason::no_common_tls, too_old(ssl));
    case SSL_R_DH_KEY_TOO_SMALL:
    case SSL_R_BAD_ECPOINT:
      return failure(Reason::no_common_tls, "its key exchange is too weak");
    case SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED:
      return failure(Reason::no_common_tls, "it knows no safe renegotiation (RFC 5746)");
    case SSL_R_EXCESSIVE_MESSAGE_SIZE:
      return failure(Reason::bad_certificate, "it sends more certificates than can be needed");
    default:
      return std::nullopt;
  }
}

/// One handshake on its way.
class Exchange {
 public:
  Exchange(const TlsPlan& plan, const tls::Credentials& credentials, int socket, const std::string& host)
      : context_(tls::client_context(plan, credentials)), shows_one_(!credentials.own.empty()) {
    verdict_.judge_for(context_.get());
    tls::Observer::prepare(context_.get());
    wire_.emplace(context_.get(), socket);
    observer_.watch(wire_->ssl());
    tls::Verdict::expect(wire_->ssl(), host);
    name_host(wire_->ssl(), host);
  }

  std::optional<Failure> run(tls::Deadline deadline) {
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    Stop stop = wire_->run(SSL_connect, deadline);
    if (stop != Stop::done) return why(stop);
    if (SSL_version(wire_->ssl()) < TLS1_3_VERSION || !observer_.asked) return std::nullopt;
    // The opinion is a round trip away, and the handshake has taken at least one.
    const auto patience = std::max<Clock::duration>(least_patience, 2 * (Clock::now() - begun));
    stop = wait_for_opinion(std::min(deadline, Clock::now() + patience));
    const bool is_content = stop == Stop::done || stop == Stop::timed_out;
    return is_content ? std::nullopt : std::optional(why(stop));
  }

  void describe(TlsState& state, const tls::Credentials& credentials, bool is_trusted) const {
    const SSL* const ssl = wire_->ssl();
    state.chain = is_trusted ? verified_chain() : verdict_.chain();
    if (observer_.asked && shows_one_) state.own = tls::describe(*credentials.own.front());
    if (state.chain.empty()) return;
    state.protocol = SSL_version(ssl) >= TLS1_3_VERSION ? "TLS 1.3" : "TLS 1.2";
    const SSL_CIPHER* cipher = SSL_get_current_cipher(ssl);
    if (!cipher) cipher = SSL_get_pending_cipher(ssl);
    if (cipher) state.cipher = SSL_CIPHER_get_name(cipher);
  }

  void close() {
    ERR_clear_error();
    SSL_shutdown(wire_->ssl());
    ERR_clear_error();
    wire_->flush();
  }

 private:
  /// With TLS 1.3 the handshake ends for us before the server has seen our certificate.
  Stop wait_for_opinion(tls::Deadline deadline) {
    const auto read = [this](SSL* ssl) {
      char byte = 0;
      const int result = SSL_peek(ssl, &byte, 1);
      return observer_.ticket ? 1 : result;
    };
    return wire_->run(read, deadline);
  }

  [[nodiscard]] Failure why(Stop stop) const {
    if (verdict_.is_bad()) return verdict_.failure();
    if (observer_.alert) return why_alert(*observer_.alert);
    if (!wire_->looks_like_tls()) return failure(Reason::no_tls, without_tls(stop));
    if (stop == Stop::closed && observer_.asked) {
      Failure closed = about_certificate("it closes the connection");
      closed.unsaid = true;
      return closed;
    }
    if (stop == Stop::closed)
      return failure(Reason::other, "it closes the connection in the middle of the TLS handshake");
    if (stop == Stop::timed_out)
      return failure(Reason::other, "it does not come to the end of the TLS handshake");
    return why_error();
  }

  [[nodiscard]] std::string without_tls(Stop stop) const {
    if (wire_->anything_came()) return "it answers otherwise";
    return stop == Stop::closed ? "it closes the connection" : "it stays silent";
  }

  [[nodiscard]] Failure why_alert(int alert) const {
    if (observer_.asked && tls::is_about_certificate(alert))
      return about_certificate(tls::alert_words(alert));
    if (alert == TLS1_AD_PROTOCOL_VERSION) return failure(Reason::no_common_tls, too_old(wire_->ssl()));
    if (tls::is_about_versions(alert))
      return failure(Reason::no_common_tls, "it knows no cipher that is safe enough");
    return failure(Reason::other, "it ends the TLS handshake: " + tls::alert_words(alert));
  }

  [[nodiscard]] Failure about_certificate(std::string words) const {
    return shows_one_ ? failure(Reason::refused_certificate, std::move(words))
                      : failure(Reason::wants_certificate, std::move(words));
  }

  [[nodiscard]] Failure why_error() const {
    const auto& errors = wire_->last_errors();
    for (const unsigned long error : errors)
      if (const auto known = known_error(wire_->ssl(), error)) return *known;
    return failure(Reason::other,
                   errors.empty() ? "the TLS handshake failed" : tls::words_of(errors.front()));
  }

  [[nodiscard]] std::vector<Certificate> verified_chain() const {
    std::vector<Certificate> chain;
    const STACK_OF(X509)* const all = SSL_get0_verified_chain(wire_->ssl());
    for (int i = 0; i < sk_X509_num(all) && i < tls::longest_chain; ++i)
      chain.push_back(tls::describe(*sk_X509_value(all, i)));
    return chain;
  }

  const tls::ContextPtr context_;
  const bool shows_one_;
  tls::Verdict verdict_;
  tls::Observer observer_;
  std::optional<tls::Wire> wire_;
};

Handshake shake_hands(int socket, const std::string& host, const TlsPlan& plan,
                      const tls::Credentials& credentials, tls::Deadline deadline) {
  Handshake out;
  out.state.host = tls::without_zone(host);
  out.state.ca_file = plan.ca_file;
  Exchange exchange(plan, credentials, socket, host);
  out.failure = exchange.run(deadline);
  exchange.describe(out.state, credentials, !out.failure);
  exchange.close();
  if (out.failure && !out.state.chain.empty()) out.failure->tls = out.state;
  return out;
}

}  // namespace

Handshake shake_hands(int socket, const std::string& host, const TlsPlan& plan,
                      std::chrono::milliseconds limit) {
  try {
    const tls::Credentials credentials = tls::read_credentials(plan);  // decrypting a key is not its delay
    return shake_hands(socket, host, plan, credentials, std::chrono::steady_clock::now() + limit);
  } catch (const KeyPasswordError& error) {
    return {failure(Reason::key_password, error.what()), {}};
  } catch (const base::UserError& error) {
    return {failure(Reason::tls_file, error.what()), {}};
  } catch (const std::exception& error) {  // no memory, no host
    return {failure(Reason::other, error.what()), {}};
  }
}

bool answers_in_tls(int socket, const std::string& host, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  try {
    const tls::ContextPtr context = tls::bare_context();
    tls::Wire wire(context.get(), socket);
    name_host(wire.ssl(), host);
    return wire.is_answered_in_tls(SSL_connect, deadline);
  } catch (const std::exception&) {  // no memory, an openssl.cnf that is wrong
    return false;
  }
}

}  // namespace gnatter::transport
