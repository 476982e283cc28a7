// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What crosses the Connection interface: plain values, no library's types.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/user_properties.h"
#include "transport/tls.h"

namespace gnatter::transport {

/// One message to publish. The topic holds no wildcard and has been built from checked names.
struct Publication {
  std::string topic;
  std::string payload;
  int qos = 0;
  bool retain = false;
  /// Not empty: sent with content type `text/plain;charset=utf-8` and payload format 1 beside them, on
  /// MQTT 5. Left out, without a word, on 3.1.1 (P13).
  protocol::UserProperties properties;
};

/// One message received.
struct Incoming {
  std::string topic;
  std::string payload;
  int qos = 0;
  bool retained = false;
  bool has_properties = false;  ///< a user property was there: MQTT 5 on both sides
  protocol::UserProperties properties;
  /// Of those of our filters for which this copy came (transport/subscription_identifier.h): on MQTT 5 a
  /// broker may send one copy for each, or one for all. Empty: the broker does not tell.
  std::vector<std::uint32_t> subscriptions = {};
};

/// The message that the broker publishes when this client is gone without a DISCONNECT (MQTT 5, 3.1.2.5).
struct Will {
  std::string topic;
  std::string payload;
  int qos = 0;
  bool retain = false;
  std::chrono::seconds delay{0};  ///< MQTT 5 only
  bool operator==(const Will&) const = default;
};

/// Everything one attempt to connect needs.
struct ConnectPlan {
  std::string host;
  std::uint16_t port = 1883;
  std::optional<TlsPlan> tls = {};  ///< nothing: a plain line
  std::string user;
  std::string password;  ///< empty: none is sent
  std::string client_id;
  std::optional<Will> will;
  /// Go on with the session that the broker may still hold (MQTT 5 only: clean start off). Without it, and on
  /// 3.1.1 always, the session starts clean.
  bool resume = false;
  /// How long the broker is to keep the session after the line is lost (MQTT 5 only). An orderly close() may
  /// shorten it.
  std::chrono::seconds session_expiry{0};
  std::chrono::seconds keep_alive{10};
};

/// The broker took us (CONNACK).
struct Opened {
  int mqtt_version = 5;  ///< 5, or 4 for 3.1.1
  bool session_present = false;
  /// Largest packet that the broker takes, in bytes, where it says one (MQTT 5, 3.2.2.3.6).
  std::optional<std::uint32_t> maximum_packet_size;
  std::optional<TlsState> tls = {};  ///< nothing: a plain line
};

/// Why an attempt came to nothing. Each has its own sentence (product.md 4).
struct Failure {
  enum class Reason {
    unknown_host,    ///< no address for the name
    no_resolver,     ///< the name service gave no answer in time
    nobody_listens,  ///< connection refused
    unreachable,     ///< no route, or no answer to SYN in time
    not_mqtt,        ///< the port accepts and then closes, stays silent or speaks otherwise
    wrong_password,  ///< CONNACK 0x86, or 4 on 3.1.1
    not_authorized,  ///< CONNACK 0x87, or 5 on 3.1.1
    bad_client_id,   ///< CONNACK 0x85, or 2 on 3.1.1
    refused,         ///< any other CONNACK code
    other,           ///< whatever is left; `detail` has the words of the library or the system
    // Of a plain line:
    speaks_tls,  ///< the port answers in TLS, not in plain MQTT
    // Of a line over TLS; nothing but the handshake was sent (T2):
    tls_file,             ///< a file of ours cannot be used; `detail` is the whole sentence
    key_password,         ///< our key's password is missing or wrong; `detail` is the whole sentence
    no_tls,               ///< the port answers otherwise, closes or stays silent; `detail` says which
    no_common_tls,        ///< nothing that both sides allow: it knows TLS 1.1 alone, say; `detail`
    untrusted,            ///< no CA of ours has signed the certificate
    expired,              ///< a certificate of the chain is past its end
    not_yet_valid,        ///< a certificate of the chain is before its beginning
    wrong_name,           ///< the certificate is for other names
    bad_certificate,      ///< whatever else is wrong with it; `detail`
    wants_certificate,    ///< it wants one of ours, and we show none
    refused_certificate,  ///< it does not take ours; `detail` is its word: "unknown CA"
  };
  Reason reason = Reason::other;
  int code = 0;                      ///< the CONNACK code, else 0
  std::string detail;                ///< in words, for the end of a sentence; may be empty
  std::optional<TlsState> tls = {};  ///< of the handshake, when it came so far
  std::size_t certificate = 0;       ///< which one of tls->chain is meant
  bool unsaid = false;  ///< the line ended where a refusal would have been told: perhaps the broker ended
};

/// The line broke after Opened.
struct Lost {
  int code = 0;  ///< the reason code of the broker's DISCONNECT (MQTT 5), else 0: no word came
  /// A QoS 2 publish of ours was unanswered: the broker may hold its packet id, which a fresh client object
  /// does not know and would use again (MQTT 5, 4.3.3). The next session must start clean.
  bool exactly_once_open = true;
};

/// What became of a publish, subscribe or unsubscribe.
struct Outcome {
  enum class Kind {
    accepted,  ///< PUBACK, PUBCOMP, SUBACK, UNSUBACK without refusal; QoS 0: written
    refused,   ///< reason code 0x80 or above, or never sent because the broker would not take it
    lost,      ///< the line went before the answer: the broker may or may not have it
  };
  Kind kind = Kind::accepted;
  int code = 0;        ///< the reason code; granted QoS of a SUBACK; 0 where there is none
  std::string reason;  ///< of a refusal, in words: "not authorized"
};

}  // namespace gnatter::transport
