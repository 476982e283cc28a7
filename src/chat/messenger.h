// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/event_loop.h"
#include "chat/arrival.h"
#include "chat/awaited_echoes.h"
#include "chat/buffer_list.h"
#include "chat/own_devices.h"
#include "chat/seen_groups.h"
#include "chat/seen_messages.h"
#include "chat/session.h"
#include "chat/spoken.h"
#include "chat/target.h"
#include "chat/unsent.h"
#include "protocol/message.h"
#include "protocol/topic.h"

namespace gnatter::chat {

/// The talk of one network: what the user says goes out by the outbox and stands in its window as pending;
/// what arrives is taken apart, known again if it is an echo or a repetition (P12, X2), and put into its
/// window. Joined groups are subscriptions. One thread.
class Messenger {
 public:
  Messenger(base::EventLoop& loop, BufferList& buffers, Network& network, Session& session);

  /// Own inbox: once the own name is known, and again for another name.
  void set_user(const std::string& user);

  /// Sends `text` (UTF-8, not empty) and opens the window. Throws base::UserError when it cannot be sent as
  /// it is.
  void say(const Target& target, std::string_view text, protocol::Kind kind);

  /// One's own lines that wait for the broker or were refused.
  [[nodiscard]] const std::deque<UnsentLine>& unsent() const { return unsent_.lines(); }
  /// Sends one that was refused again; it waits in its place in the window. False: there is none.
  bool retry(const protocol::Ulid& id);
  /// Forgets one that was refused, or takes one back that waits. False: it is on its way, or gone.
  bool discard(const protocol::Ulid& id);

  /// `again`: it was joined in a run before, and nobody has to be told what a group is.
  void join(const std::string& group, bool again = false);
  /// False: it was not joined.
  bool part(const std::string& group);
  /// Another account: no groups, and nothing has been told yet.
  void start_anew();
  [[nodiscard]] bool joined(const std::string& group) const { return groups_.contains(group); }
  /// It was joined once and is not any more.
  [[nodiscard]] bool has_left(const std::string& group) const {
    return left_.contains(group) && !joined(group);
  }
  [[nodiscard]] std::vector<std::string> groups() const;

  /// Groups that have been heard of, joined or not.
  [[nodiscard]] const SeenGroups& seen_groups() const { return seen_groups_; }
  /// Hears of every group of the network, until it is ended; opens no window. `answered` comes after each
  /// SUBACK.
  void watch_groups(Subscriptions::Answered answered);
  /// False: they were not watched.
  bool end_watch();
  [[nodiscard]] bool watches_groups() const { return static_cast<bool>(watch_); }

  /// The user's other devices on this network.
  [[nodiscard]] OwnDevices& own_devices() { return own_devices_; }

  /// Messages that were no messages: a name in the topic that P11 does not allow.
  [[nodiscard]] std::size_t dropped() const { return dropped_; }
  void count_dropped() { ++dropped_; }

  /// Who wrote to us last, and whom we wrote to last (`,` and `.` as targets).
  [[nodiscard]] const std::optional<Target>& last_from() const { return last_from_; }
  [[nodiscard]] const std::optional<Target>& last_to() const { return last_to_; }

  /// The next line of this window is what the user says.
  base::Signal<Buffer&> saying;
  /// A message stands in its window.
  base::Signal<const Spoken&> spoken;
  /// The user is in a group now, or has left it; not told of those that another account leaves behind.
  base::Signal<const std::string&> group_joined, group_left;
  /// start_anew().
  base::Signal<> started_anew;

 private:
  void on_message(const transport::Incoming& incoming);
  [[nodiscard]] bool is_for_us(const transport::Incoming& incoming,
                               const protocol::MessageTopic& topic) const;
  bool take_echo(const transport::Incoming& incoming, const protocol::MessageTopic& topic,
                 const protocol::Message& message);
  void on_watched(const transport::Incoming& incoming);
  void show(const transport::Incoming& incoming, const protocol::MessageTopic& topic,
            const protocol::Message& message);
  void send(UnsentLine& line, base::Time now);
  void on_sent(const protocol::Ulid& id, const transport::Outcome& outcome);
  void refused(const UnsentLine& line, const transport::Outcome& outcome);
  LineNumber append_own(Buffer& buffer, const UnsentLine& line, SendState state);
  void set_state(const UnsentLine& line, SendState state);
  void on_joined(const std::string& group, bool is_news, const SubscribeAnswer& answer);
  void note_what_to_expect(const Target& target, Buffer& buffer);
  void watch_for_silence();

  base::EventLoop& loop_;
  BufferList& buffers_;
  Network& network_;
  Session& session_;
  std::string user_;
  std::map<std::string, Subscription> groups_;
  std::set<std::string> left_;
  std::set<std::string> told_;  // windows where a note about their target has been given
  Arrival arrival_;
  SeenMessages seen_;
  SeenGroups seen_groups_;
  OwnDevices own_devices_;
  AwaitedEchoes echoes_;
  Unsent unsent_;
  protocol::UlidSource ids_;
  std::optional<Target> last_from_, last_to_;
  std::size_t dropped_ = 0;
  Subscription inbox_, silence_, watch_;
  std::vector<Subscription> listening_;
};

}  // namespace gnatter::chat
