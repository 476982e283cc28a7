// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a plugin holds. A plugin is a class derived from Plugin whose constructor takes a Host, made known by
// the GNATTER_PLUGIN line at the end of its one source file. It is loaded by construction and unloaded by
// destruction.
//
// Thread: everything here, both ways, on the client's one thread. A callback that takes long stops the
// client. Lifetime: views and references given to a callback live for that call. A NetworkId is never used
// again. Errors: an exception thrown by a constructor refuses the load with its what() as the sentence; one
// thrown by a callback stops at the border and is told with the plugin's name. Nothing here throws towards a
// plugin. Registrations: each returns a Subscription; what is left at unload is revoked by the host.
// Versions: a plugin loads when the major versions are equal and the host's minor is not below the plugin's.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gnatter/protocol.h"
#include "gnatter/subscription.h"

namespace gnatter {

inline constexpr std::uint32_t plugin_api_major = 1;
inline constexpr std::uint32_t plugin_api_minor = 0;

using protocol::Status;

/// One broker and account. Numbers, never reused while the client runs.
using NetworkId = std::uint64_t;

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

/// A command as /help shows it.
struct CommandRow {
  std::string name;  ///< without the slash, lower case
  std::vector<std::string> aliases;
  std::string usage;    ///< arguments alone: "online|away|dnd"
  std::string summary;  ///< one sentence
};

/// One run of a command; lives for the callback.
class CommandCall {
 public:
  virtual std::string_view arguments() const = 0;  ///< everything after the name and one blank
  virtual void print(std::string_view sentence) = 0;
  /// The user's mistake, in a sentence that says what would be right. Nothing more is done.
  virtual void refuse(std::string_view sentence) = 0;

 protected:
  ~CommandCall() = default;
};

class Host {
 public:
  /// Before every attempt to connect, repeated ones too.
  virtual Subscription on_connecting(std::function<void(Network&, ConnectPlan&)> function) = 0;
  /// After the last SUBACK of P9, the core's and refused ones included, and before any of the user's
  /// messages.
  virtual Subscription on_ready(std::function<void(Network&, bool session_present)> function) = 0;
  /// The line was lost.
  virtual Subscription on_off(std::function<void(Network&)> function) = 0;
  /// The connection is about to be ended in order, or this plugin to be unloaded (Cause::unload): DISCONNECT,
  /// or the unload, waits until every copy of the Hold is gone, 2 s at most.
  virtual Subscription on_leaving(std::function<void(Network&, Cause, Hold)> function) = 0;

  virtual std::vector<NetworkId> networks() const = 0;
  /// Null when there is none of that id (any more).
  virtual Network* network(NetworkId id) = 0;

  /// A name that is taken stays with whoever has it, and the Subscription is empty.
  virtual Subscription add_command(CommandRow row, std::function<void(CommandCall&)> function) = 0;

  /// Once, after `delay`.
  virtual Subscription after(std::chrono::milliseconds delay, std::function<void()> function) = 0;

 protected:
  ~Host() = default;
};

/// What a plugin derives from.
class Plugin {
 public:
  virtual ~Plugin() = default;
};

/// The handshake, read before anything of the plugin runs. Only ever extended at its end.
struct PluginDescriptor {
  std::uint32_t api_major;
  std::uint32_t api_minor;
  const char* compiler_family;
  const char* name;
  const char* version;
  const char* summary;
  Plugin* (*create)(Host&);
  void (*destroy)(Plugin*);
};

/// Names the C++ ABI and standard library: both sides of the border must agree on them.
#if defined(__GLIBCXX__) && _GLIBCXX_USE_CXX11_ABI
inline constexpr const char* compiler_family = "Itanium C++ ABI, libstdc++ (cxx11)";
#elif defined(__GLIBCXX__)
inline constexpr const char* compiler_family = "Itanium C++ ABI, libstdc++ (before cxx11)";
#else
inline constexpr const char* compiler_family = "Itanium C++ ABI, other standard library";
#endif

}  // namespace gnatter

/// The one exported symbol, `gnatter_plugin`: GNATTER_PLUGIN(Presence, "presence", "1.0", "who is here")
#define GNATTER_PLUGIN(Class, plugin_name, plugin_version, plugin_summary)                             \
  extern "C" __attribute__((visibility("default"))) const gnatter::PluginDescriptor gnatter_plugin;    \
  const gnatter::PluginDescriptor gnatter_plugin = {                                                   \
      gnatter::plugin_api_major,                                                                       \
      gnatter::plugin_api_minor,                                                                       \
      gnatter::compiler_family,                                                                        \
      plugin_name,                                                                                     \
      plugin_version,                                                                                  \
      plugin_summary,                                                                                  \
      [](gnatter::Host& host) -> gnatter::Plugin* { return std::make_unique<Class>(host).release(); }, \
      [](gnatter::Plugin* plugin) { std::default_delete<gnatter::Plugin>()(plugin); }};
