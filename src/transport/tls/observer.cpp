// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/tls/observer.h"

namespace gnatter::transport::tls {
namespace {

Observer& observer_of(const SSL* ssl) {
  return *static_cast<Observer*>(SSL_get_app_data(ssl));
}

/// Before TLS 1.3 a warning is none to end with; since then the level says nothing (RFC 8446, 6).
bool ends_the_line(const SSL* ssl, int level, int alert) {
  if (alert == SSL3_AD_CLOSE_NOTIFY || alert == TLS1_AD_USER_CANCELLED) return false;
  return level == SSL3_AL_FATAL || SSL_version(ssl) >= TLS1_3_VERSION;
}

void note_alert(const SSL* ssl, int where, int value) {
  const int alert = value & 0xFF;
  if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && ends_the_line(ssl, value >> 8, alert))
    observer_of(ssl).alert = alert;
}

int note_request(SSL* ssl, void*) {
  observer_of(ssl).asked = true;
  return 1;
}

int note_ticket(SSL* ssl, SSL_SESSION*) {
  observer_of(ssl).ticket = true;
  return 0;  // it is not kept
}

}  // namespace

void Observer::prepare(SSL_CTX* context) {
  SSL_CTX_set_info_callback(context, note_alert);
  SSL_CTX_set_cert_cb(context, note_request, nullptr);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, note_ticket);
}

void Observer::watch(SSL* ssl) {
  SSL_set_app_data(ssl, this);
}

}  // namespace gnatter::transport::tls
