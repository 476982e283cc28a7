// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_presence.h"

#include <ctime>

namespace presence {

using namespace gnatter;
using namespace std::chrono_literals;

namespace {

/// Whoever has not answered our login by then is gone.
constexpr auto answer_patience = 10s;
/// More logins than these at a time are answered together: one active after the last of them tells all.
constexpr int most_answers_out = 16;
/// Other devices contradict an own logout as soon as this one does.
constexpr auto others_patience = 2s;

/// "10:31", local.
std::string clock_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  char text[sizeof "10:31"];
  std::strftime(text, sizeof text, "%H:%M", &parts);
  return text;
}

}  // namespace

NetworkPresence::NetworkPresence(Host& host, Network& network)
    : host_(host),
      network_(network),
      shared_status_(host, {[this](Status status) { follow(status); }, [this] { publish_status(); }}),
      departures_(host,
                  [this](const std::string& name) {
                    if (roster_) roster_->left(name);
                  }),
      roster_(network.claim_roster()) {
  if (!roster_) network_.print("Another plugin keeps the list of who is here; presence leaves it alone.");
  subscribe();
}

void NetworkPresence::subscribe() {
  using Handler = void (NetworkPresence::*)(const TopicMessage&);
  const auto topic = [this](std::string_view filter, int qos, Phase phase, Handler handler,
                            std::function<void(const SubscribeResult&)> on_result) {
    topics_.push_back(
        network_.subscribe(filter, qos, phase, std::move(on_result), [this, handler](const auto& message) {
          // A retained announcement is nobody's news, whoever stored it.
          if (!message.retained) (this->*handler)(message);
        }));
  };
  const auto told = [this](const SubscribeResult& result) { tell_refusal(result); };
  topic(protocol::topic_login, protocol::qos_login, Phase::before_login, &NetworkPresence::on_login, told);
  topic(protocol::topic_logout, protocol::qos_logout, Phase::before_login, &NetworkPresence::on_logout, told);
  topic(protocol::topic_active, protocol::qos_active, Phase::before_login, &NetworkPresence::on_active, told);
  topic(protocol::filter_all_statuses, protocol::qos_status, Phase::alone, &NetworkPresence::on_status,
        [this](const SubscribeResult& result) {
          if (result.kind == SubscribeResult::Kind::refused || result.kind == SubscribeResult::Kind::closed)
            network_.print(std::string(network_.name()) +
                           " gives out no statuses; who is here is known from logins.");
        });
}

void NetworkPresence::tell_refusal(const SubscribeResult& result) {
  if (result.kind != SubscribeResult::Kind::refused || refusal_told_) return;
  refusal_told_ = true;
  network_.print(std::string(network_.name()) + " does not let " + std::string(network_.user()) +
                 " read who logs in and out: the list of who is here is incomplete.");
}

void NetworkPresence::connecting(ConnectPlan& plan) {
  user_ = network_.user();
  if (!plan.set_will(protocol::topic_logout, user_, {protocol::qos_logout}))
    network_.print("Another plugin has set the Will: a lost line will not log you out.");
}

void NetworkPresence::ready(bool session_present) {
  logged_in_ = true;
  if (!session_present) {  // what the broker held for us went with the session
    logins_.clear();
    actives_.clear();
  }
  logins_.sent();
  shared_status_.logged_in();
  departures_.own_login();
  announced_ = false;
  answers_out_ = 0;
  answer_owed_ = false;
  if (roster_) {
    roster_->freeze();
    drop_missing_ = host_.after(answer_patience, [this] { roster_->drop_frozen(); });
  }
  network_.publish(protocol::topic_login, user_, {protocol::qos_login}, [this](const PublishResult& result) {
    if (result.kind == PublishResult::Kind::refused) {
      logins_.refused();
      network_.print(std::string(network_.name()) +
                     " refused the login: others do not see that you are here.");
    }
    // Only now: a QoS 0 status would overtake the login's four-way handshake.
    if (result.kind == PublishResult::Kind::lost || !logged_in_) return;
    announced_ = true;
    publish_status();
  });
}

void NetworkPresence::off() {
  logged_in_ = false;
  drop_missing_.reset();
  shared_status_.off();
  departures_.clear();
  if (roster_) roster_->freeze();
}

void NetworkPresence::leaving(Hold hold) {
  const bool on_its_way = !holds_.empty();
  holds_.push_back(std::move(hold));
  if (on_its_way) return;  // one logout is enough for an unload and a quit
  if (!std::exchange(logged_in_, false)) return holds_.clear();
  drop_missing_.reset();
  shared_status_.off();
  departures_.clear();
  if (roster_) roster_->freeze();
  network_.publish(protocol::topic_logout, user_, {protocol::qos_logout},
                   [this](const PublishResult&) { holds_.clear(); });
}

void NetworkPresence::set_status(Status status) {
  if (roster_) roster_->set_self(status);
  if (status_ != status || since_.empty()) since_ = clock_now();
  status_ = status;
  if (logged_in_) shared_status_.chosen();
  if (logged_in_ && announced_) publish_status();
}

void NetworkPresence::publish_status() {
  shared_status_.published(status_);
  network_.publish(protocol::status_topic(user_), protocol::to_payload(status_), {protocol::qos_status}, {});
}

void NetworkPresence::publish_active() {
  if (answers_out_ >= most_answers_out) {
    answer_owed_ = true;
    return;
  }
  ++answers_out_;
  actives_.sent();
  network_.publish(protocol::topic_active, user_, {protocol::qos_active},
                   [this](const PublishResult& result) {
                     if (result.kind == PublishResult::Kind::lost) return;
                     if (result.kind == PublishResult::Kind::refused) actives_.refused();
                     --answers_out_;
                     if (std::exchange(answer_owed_, false) && logged_in_) publish_active();
                   });
  // A newcomer learns of AWAY only so (P4).
  if (status_ != Status::online && announced_) publish_status();
}

void NetworkPresence::on_login(const TopicMessage& message) {
  if (roster_ && !roster_->here(message.payload, RosterWriter::How::login)) return;
  if (message.payload == user_) return logins_.take() ? void() : another_logged_in();
  departures_.login(message.payload);
  if (logged_in_) publish_active();
}

void NetworkPresence::on_active(const TopicMessage& message) {
  if (roster_ && !roster_->here(message.payload, RosterWriter::How::active)) return;
  if (message.payload != user_)
    departures_.active(message.payload);
  else if (!actives_.take() && logged_in_)
    another_is_here();
}

/// Answered, so that it knows of this one; once a minute, since anybody may say so.
void NetworkPresence::another_logged_in() {
  if (!logged_in_) return;
  another_is_here();
  shared_status_.another_came();
  if (answered_own_) return;
  answered_own_ = host_.after(60s, [this] { answered_own_.reset(); });
  publish_active();
}

void NetworkPresence::another_is_here() {
  another_ = heard_of_another_ = true;
  if (roster_) roster_->another_device();
}

void NetworkPresence::on_logout(const TopicMessage& message) {
  if (message.payload == user_) {
    if (logged_in_) contradict_logout();
  } else if (roster_ && !departures_.holds_back(message.payload)) {
    roster_->left(message.payload);
  }
}

/// P2a: the own name in a logout while logged in is an old Will, another device, or a forgery. Answered after
/// a second: the logout's QoS 2 handshake with the others would else be overtaken by an active of QoS 1, and
/// they would believe the logout. Those that come within that second are answered with it, so a forger gets
/// no amplifier.
void NetworkPresence::contradict_logout() {
  if (contradiction_) return;
  heard_of_another_ = false;
  others_turn_.reset();
  contradiction_ = host_.after(1s, [this] {
    contradiction_.reset();
    if (!logged_in_) return;
    publish_active();
    if (!another_) return tell_own_logout();
    others_turn_ = host_.after(others_patience, [this] {
      others_turn_.reset();
      if (logged_in_) tell_own_logout();
    });
  });
}

/// Who of several it was cannot be known; of two, the one that does not contradict it.
void NetworkPresence::tell_own_logout() {
  const bool left = another_ && !heard_of_another_;
  another_ = another_ && heard_of_another_;
  if (logout_told_) return;
  network_.print(left ? "Your other device has left. You are still here, and the others were told so."
                 : another_
                     ? "One of your devices has left, or somebody announced it; the others were told that "
                       "you are here."
                     : "Somebody announced that you left; the others were told that you are here.");
  logout_told_ = host_.after(60s, [this] { logout_told_.reset(); });
}

void NetworkPresence::on_status(const TopicMessage& message) {
  const auto user = protocol::user_of_status_topic(message.topic);
  const auto status = protocol::status_from_payload(message.payload);
  if (!user || !status) return;
  if (roster_) roster_->status(*user, *status);
  if (*user == user_ && logged_in_ && announced_) shared_status_.heard(*status, status_);
}

void NetworkPresence::follow(Status status) {
  status_ = status;
  since_ = clock_now();
  if (roster_) roster_->set_self(status);
  const std::string word(protocol::to_payload(status));
  network_.print(status == Status::online
                     ? "You are " + word + " again, as your other device has it."
                     : "You are " + word + " now, as your other device has it; /back ends it on both.");
}

}  // namespace presence
