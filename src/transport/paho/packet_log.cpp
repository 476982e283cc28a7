// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/packet_log.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>
#include <utility>
#include <variant>

namespace gnatter::transport {
namespace {

constexpr std::size_t most_packets = 2000;
constexpr std::size_t most_expected = 64;
constexpr std::size_t longest_payload = 256;

std::string in_words(const protocol::UserProperties& properties) {
  std::string words;
  for (const auto& [name, value] : properties) {
    if (words.size() > longest_payload) return words + "…";
    words += (words.empty() ? "" : ", ") + name.substr(0, longest_payload) + '=' +
             value.substr(0, longest_payload);
  }
  return words;
}

std::string in_words(const ConnectPlan& plan, int mqtt_version) {
  std::string words = mqtt_version >= 5 ? "MQTT 5" : "MQTT 3.1.1";
  words += ", client id " + plan.client_id + ", user " + plan.user;
  words += plan.password.empty() ? ", no password" : ", with a password";
  words += ", keep alive " + std::to_string(plan.keep_alive.count()) + " s";
  words += plan.resume && mqtt_version >= 5 ? ", resumes the session" : ", clean start";
  if (mqtt_version >= 5) words += ", session kept " + std::to_string(plan.session_expiry.count()) + " s";
  if (plan.will) words += ", Will on " + plan.will->topic;
  return words;
}

/// The number behind `name`, before which there may be a colon.
std::optional<int> number_behind(std::string_view text, std::string_view name) {
  std::size_t at = text.find(name);
  if (at == text.npos) return std::nullopt;
  at = text.find_first_not_of(": (", at + name.size());
  if (at == text.npos) return std::nullopt;
  int number = 0;
  const auto read = std::from_chars(text.data() + at, text.data() + text.size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

bool is_answered_with_details(const Packet& packet) {
  if (packet.sent) return false;
  for (const char* type :
       {"PUBLISH", "PUBREL", "PUBACK", "PUBREC", "PUBCOMP", "CONNACK", "SUBACK", "UNSUBACK"})
    if (packet.type == type) return true;
  return false;
}

/// Whether `packet` may be the one that was asked for as `wanted`.
bool fits(const Packet& wanted, const Packet& packet) {
  if (wanted.type != packet.type) return false;
  return packet.type != "PUBLISH" ||
         (wanted.qos == packet.qos && wanted.retained == packet.retained && wanted.size == packet.size);
}

}  // namespace

std::optional<Packet> parse_trace(std::string_view trace) {
  if (!trace.starts_with("-> ") && !trace.starts_with("<- ")) return std::nullopt;
  Packet packet;
  packet.sent = trace.starts_with("->");
  trace.remove_prefix(3);
  const auto letter = [](unsigned char c) { return std::isupper(c) != 0; };
  packet.type.assign(trace.begin(), std::find_if_not(trace.begin(), trace.end(), letter));
  if (packet.type.empty()) return std::nullopt;
  const std::string_view head = trace.substr(0, trace.find("): "));  // behind it is the payload
  packet.id = number_behind(head, "msgid").value_or(0);
  if (packet.type == "PUBLISH") {
    packet.qos = number_behind(head, "qos");
    packet.retained = number_behind(head, "retained").value_or(0) != 0;
    if (const auto size = number_behind(head, "payload len")) packet.size = static_cast<std::size_t>(*size);
  }
  if (packet.type == "CONNACK") packet.code = number_behind(head, "rc");
  if (packet.type == "DISCONNECT" && !packet.sent) packet.code = number_behind(head, "(");
  return packet;
}

PacketLog::PacketLog(std::function<void()> wake) : wake_(std::move(wake)) {}

void PacketLog::set_on(bool on) {
  const std::lock_guard lock(mutex_);
  on_ = on;
  batch_ = {};
  expected_.clear();
  incomplete_.reset();
  early_.reset();
}

PacketLog::Batch PacketLog::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(batch_, {});
}

void PacketLog::will_connect(const ConnectPlan& plan, int mqtt_version) {
  if (!on()) return;
  Packet packet;
  packet.type = "CONNECT";
  packet.details = in_words(plan, mqtt_version);
  expect(std::move(packet));
}

void PacketLog::will_send(const Request& request) {
  if (!on()) return;
  Packet packet;
  if (const auto* publication = std::get_if<Publication>(&request)) {
    packet.type = "PUBLISH";
    packet.topic = publication->topic;
    packet.qos = publication->qos;
    packet.retained = publication->retain;
    packet.size = publication->payload.size();
    packet.payload = publication->payload.substr(0, longest_payload);
    packet.details = in_words(publication->properties);
  } else if (const auto* subscription = std::get_if<SubscribeRequest>(&request)) {
    packet.type = "SUBSCRIBE";
    packet.topic = subscription->filter;
    packet.qos = subscription->qos;
  } else if (const auto* unsubscription = std::get_if<UnsubscribeRequest>(&request)) {
    packet.type = "UNSUBSCRIBE";
    packet.topic = unsubscription->filter;
  }
  expect(std::move(packet));
}

void PacketLog::expect(Packet packet) {
  const std::lock_guard lock(mutex_);
  if (expected_.size() == most_expected) expected_.pop_front();
  expected_.push_back(std::move(packet));
}

void PacketLog::seen(std::string_view trace) {
  if (!on()) return;
  auto packet = parse_trace(trace);
  if (!packet) return;
  packet->time = base::now();
  const std::lock_guard lock(mutex_);
  if (!on_) return;
  flush();
  if (packet->sent) complete(*packet);
  if (early_ && !packet->sent && early_->type == packet->type) {
    packet->code = early_->code;
    packet->details = early_->details;
    early_.reset();
  } else if (is_answered_with_details(*packet)) {
    incomplete_ = std::move(packet);
    return;
  }
  keep(std::move(*packet));
}

/// By what was asked of the library.
void PacketLog::complete(Packet& packet) {
  const auto found = std::find_if(expected_.begin(), expected_.end(),
                                  [&](const Packet& each) { return fits(each, packet); });
  if (found == expected_.end()) return;
  found->time = packet.time;
  found->sent = true;
  found->id = packet.id;
  packet = std::move(*found);
  expected_.erase(found);
}

void PacketLog::received(const Incoming& message) {
  if (!on()) return;
  const std::lock_guard lock(mutex_);
  if (!incomplete_ || (incomplete_->type != "PUBLISH" && incomplete_->type != "PUBREL")) return;
  Packet& packet = *incomplete_;
  packet.topic = message.topic;
  packet.qos = message.qos;
  packet.retained = message.retained;
  packet.size = message.payload.size();
  packet.payload = message.payload.substr(0, longest_payload);
  packet.details = in_words(message.properties);
  flush();
}

void PacketLog::answered(std::string_view type, int code, std::string details) {
  if (!on()) return;
  const std::lock_guard lock(mutex_);
  if (incomplete_ && incomplete_->type == type) {
    incomplete_->code = code;
    incomplete_->details = std::move(details);
    return flush();
  }
  early_.emplace();
  early_->type = type;
  early_->code = code;
  early_->details = std::move(details);
}

/// By a PUBACK, PUBREC or PUBCOMP, whichever is being worked on; one of QoS 0 by none.
void PacketLog::publish_answered(int code) {
  const std::lock_guard lock(mutex_);
  if (!incomplete_ || !incomplete_->type.starts_with("PUB")) return;
  if (incomplete_->type == "PUBLISH" || incomplete_->type == "PUBREL") return;
  incomplete_->code = code;
  flush();
}

void PacketLog::flush() {
  if (incomplete_) keep(*std::exchange(incomplete_, std::nullopt));
}

void PacketLog::keep(Packet packet) {
  if (batch_.packets.size() == most_packets) {
    ++batch_.more;
    return;
  }
  batch_.packets.push_back(std::move(packet));
  if (batch_.packets.size() == 1) wake_();
}

}  // namespace gnatter::transport
