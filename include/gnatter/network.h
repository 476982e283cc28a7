// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One broker and account, as a plugin sees it.

#include <functional>
#include <memory>
#include <string_view>

#include "gnatter/subscription.h"
#include "gnatter/values.h"

namespace gnatter {

/// Keeps something from going on as long as a copy of it lives; see Host::on_leaving.
using Hold = std::shared_ptr<void>;

/// Why a connection ends in order.
enum class Cause { quit, disconnect, unload, signal, hang_up };

/// When a filter is subscribed after each connect, in the order of P9.
enum class Phase {
  before_login,  ///< with all others, before on_ready
  alone,         ///< after every other SUBACK, by itself: for a filter that a broker may close the line for
};

struct PublishOptions {
  int qos = 0;
  bool retain = false;
};

/// What became of a publish. It is never repeated by itself: yesterday's login must not be sent today.
struct PublishResult {
  enum class Kind { accepted, refused, lost };
  Kind kind = Kind::accepted;
  int code = 0;  ///< MQTT 5 reason code of a refusal
};

struct SubscribeResult {
  enum class Kind {
    granted,
    refused,  ///< SUBACK 0x80 or above
    silent,   ///< no SUBACK in time after a connect (2 s alone, else 10 s); on_ready comes all the same
    closed,   ///< the line was closed before a SUBACK
  };
  Kind kind = Kind::granted;
  int code = 0;  ///< granted QoS, or the reason code of a refusal
};

/// A message on a topic that a plugin subscribed to: bytes as they came, not yet safe to show.
struct TopicMessage {
  std::string_view topic;
  std::string_view payload;
  int qos = 0;
  bool retained = false;
};

/// The CONNECT that is about to be sent; lives for the callback.
class ConnectPlan {
 public:
  /// The message that the broker publishes when the line is lost (MQTT 5, 3.1.2.5); its delay is the user's
  /// setting `will-delay`. False when another plugin has set one: a connection has one Will.
  virtual bool set_will(std::string_view topic, std::string_view payload, PublishOptions options) = 0;

 protected:
  ~ConnectPlan() = default;
};

/// The one that may say who is here. Names are checked (P11): one that is not allowed is dropped, counted for
/// `/who -v`, and the call returns false. Destroying it gives the roster back, empty.
class RosterWriter {
 public:
  enum class How { login, active };

  virtual ~RosterWriter() = default;
  virtual bool here(std::string_view name, How how) = 0;
  virtual bool left(std::string_view name) = 0;
  virtual bool status(std::string_view name, Status status) = 0;
  /// One's own status, which Network::self_status() then tells everybody.
  virtual void set_self(Status status) = 0;
  /// Nobody is known to be here any more, and nobody to be gone: everyone is shown as of now until heard of
  /// again.
  virtual void freeze() = 0;
  /// Whoever has not been heard of since freeze() is gone.
  virtual void drop_frozen() = 0;
  /// Another device of one's own was heard of; the user is told of it once. Since version 1.2.
  virtual void another_device() = 0;
};

class Network {
 public:
  virtual NetworkId id() const = 0;
  virtual std::string_view name() const = 0;  ///< as the user calls it
  virtual std::string_view user() const = 0;  ///< one's own name there
  /// Between on_ready and on_off or the end of on_leaving.
  virtual bool ready() const = 0;
  virtual Status self_status() const = 0;

  /// `topic` without wildcards. `done`, which may be empty, comes in a later turn; while not connected as
  /// lost.
  virtual void publish(std::string_view topic, std::string_view payload, PublishOptions options,
                       std::function<void(const PublishResult&)> done) = 0;

  /// Subscribed now, if connected, and after every connect, before on_ready, until the Subscription ends.
  /// `on_result` comes after each attempt. A filter of Phase::alone that ended silent, refused or closed is
  /// not sent again as long as the client runs. Messages come in the order of arrival. Unsubscribing is the
  /// Subscription's end.
  virtual Subscription subscribe(std::string_view filter, int qos, Phase phase,
                                 std::function<void(const SubscribeResult&)> on_result,
                                 std::function<void(const TopicMessage&)> on_message) = 0;

  /// Null when another plugin has it.
  virtual std::unique_ptr<RosterWriter> claim_roster() = 0;

  /// Connects anew in order, once, on the kept session, with what on_connecting then says: the only way to
  /// set or withdraw a Will while connected. Not connected: does nothing.
  virtual void replan() = 0;

  /// A sentence in the network's window.
  virtual void print(std::string_view sentence) = 0;

 protected:
  ~Network() = default;
};

}  // namespace gnatter
