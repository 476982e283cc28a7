// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/paho_client.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "transport/paho/paho_options.h"

namespace gnatter::transport {
namespace {

constexpr int refused_on_3_1_1 = 0x80;  // SUBACK, 3.1.1, 3.9.3
constexpr int first_refusal = 0x80;

void* context_of(std::uint64_t number) {
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(number));
}

/// For the log of packets.
std::string in_words(const Connected& connected) {
  std::string words = connected.session_present ? "session present" : "no session";
  if (connected.mqtt_version < 5) return words;
  words += ", receive maximum " + std::to_string(connected.receive_maximum);
  if (connected.maximum_packet_size)
    words += ", maximum packet size " + std::to_string(*connected.maximum_packet_size);
  return words;
}

std::uint64_t number_of(const mqtt::token& token) {
  return reinterpret_cast<std::uintptr_t>(token.get_user_context());
}

/// The reason code of an answer that the library calls a success. It takes only 128 for a refusal of 3.1.1,
/// so other codes from 128 come this way.
int success_code(const mqtt::token& token) {
  if (token.get_type() == mqtt::token::SUBSCRIBE) {
    const auto codes = token.get_subscribe_response().get_reason_codes();
    return codes.empty() ? 0 : static_cast<int>(codes.front());
  }
  // Not that of an UNSUBACK: 1.2.0 throws at any but 0 (0x11, no subscription existed, is one), and a filter
  // that cannot be unsubscribed is of no interest to anybody.
  return 0;
}

/// The code of a refusal, or 0 when the request failed because the line did. The reason code counts only with
/// a return code of 0: where writing failed, the library leaves it uninitialised.
int refusal_code(const mqtt::token& token, int mqtt_version) {
  const int code = token.get_return_code();
  if (mqtt_version < 5) return code == refused_on_3_1_1 ? code : 0;
  const int reason = token.get_reason_code();
  return code == 0 && reason >= first_refusal ? reason : 0;
}

}  // namespace

PahoClient::PahoClient(std::shared_ptr<EventMailbox> mailbox, std::shared_ptr<PacketLog> log)
    : mailbox_(std::move(mailbox)), log_(std::move(log)) {}

PahoClient::~PahoClient() = default;

void PahoClient::connect(const ConnectPlan& plan, int mqtt_version) {
  mqtt_version_ = mqtt_version;
  try {
    client_ = std::make_unique<mqtt::async_client>(server_uri(plan), plan.client_id,
                                                   mqtt::create_options(mqtt_version));
    install_handlers();
    traced_.emplace(plan.client_id, log_);
    if (log_) log_->will_connect(plan, mqtt_version);
    mqtt::connect_options options;
    fill_connect_options(options, plan, mqtt_version);
    client_->connect(options, nullptr, *this);
  } catch (const mqtt::exception& error) {
    push(ConnectFailed{-1, error.get_message()});
  }
}

void PahoClient::install_handlers() {
  // Both: after a DISCONNECT from the broker only the second is called, after anything else only the first.
  client_->set_connection_lost_handler([this](const std::string&) { push(LineLost{0}); });
  client_->set_disconnected_handler(
      [this](const mqtt::properties&, mqtt::ReasonCode code) { push(LineLost{static_cast<int>(code)}); });
  client_->set_message_callback([this](const mqtt::const_message_ptr& message) {
    if (!message) return;
    Incoming incoming = make_incoming(*message);
    if (log_) log_->received(incoming);
    push(std::move(incoming));
  });
}

void PahoClient::send(std::uint64_t number, const Request& request) {
  if (log_) log_->will_send(request);
  try {
    dispatch(number, request);
  } catch (const mqtt::exception&) {
    // The line has just gone, and the loop will hear of it.
    push(Answered{number, Outcome::Kind::lost, 0});
  }
}

void PahoClient::dispatch(std::uint64_t number, const Request& request) {
  void* const context = context_of(number);
  if (const auto* publication = std::get_if<Publication>(&request)) {
    keep(client_->publish(make_message(*publication, mqtt_version_), context, *this));
  } else if (const auto* subscription = std::get_if<SubscribeRequest>(&request)) {
    keep(client_->subscribe(
        subscription->filter, subscription->qos, context, *this, mqtt::subscribe_options(),
        takes_identifiers_ ? make_subscribe_properties(subscription->filter) : mqtt::properties()));
  } else if (const auto* unsubscription = std::get_if<UnsubscribeRequest>(&request)) {
    keep(client_->unsubscribe(unsubscription->filter, context, *this));
  }
}

void PahoClient::disconnect(bool keep_session) {
  try {
    // The form of disconnect() that takes a listener takes no properties. So the listener comes after it, and
    // the token may be complete by then.
    const auto token = client_->disconnect(make_disconnect_options(keep_session, mqtt_version_));
    token->set_action_callback(*this);
    if (token->try_wait()) push(Disconnected{});
    keep(token);
  } catch (const mqtt::exception&) {
    push(Disconnected{});
  }
}

void PahoClient::end() {
  client_.reset();
  traced_.reset();
  tokens_.clear();
}

/// So that tokens, and the messages in them, are freed on this thread and after the library is done with them
/// in a way that the thread sanitizer can follow: it sees no counting inside the library, but it sees the
/// library's lock.
void PahoClient::keep(mqtt::token_ptr token) {
  tokens_.push_back(std::move(token));
  if (tokens_.size() < 2 * SendWindow::most_unanswered) return;
  const auto done = std::partition(tokens_.begin(), tokens_.end(),
                                   [](const mqtt::token_ptr& each) { return each.use_count() > 1; });
  client_->is_connected();  // takes the lock, once, after all that we have seen the library give up
  tokens_.erase(done, tokens_.end());
}

void PahoClient::on_success(const mqtt::token& token) {
  if (token.get_type() == mqtt::token::CONNECT) return connected(token);
  if (token.get_type() == mqtt::token::DISCONNECT) return push(Disconnected{});
  const int code = success_code(token);
  const auto kind = code >= first_refusal ? Outcome::Kind::refused : Outcome::Kind::accepted;
  tell_log(token, code);
  push(Answered{number_of(token), kind, code});
}

void PahoClient::on_failure(const mqtt::token& token) {
  if (token.get_type() == mqtt::token::CONNECT) return connect_failed(token);
  if (token.get_type() == mqtt::token::DISCONNECT) return push(Disconnected{});
  const int code = refusal_code(token, mqtt_version_);
  if (code) tell_log(token, code);
  push(Answered{number_of(token), code ? Outcome::Kind::refused : Outcome::Kind::lost, code});
}

void PahoClient::connected(const mqtt::token& token) {
  const auto response = token.get_connect_response();
  Connected event;
  event.mqtt_version = mqtt_version_;
  event.session_present = response.is_session_present();
  const auto number = [&](mqtt::property::code code) -> std::optional<std::uint32_t> {
    if (!response.get_properties().contains(code)) return std::nullopt;
    auto* properties = const_cast<MQTTProperties*>(&response.get_properties().c_struct());
    return static_cast<std::uint32_t>(
        ::MQTTProperties_getNumericValue(properties, static_cast<MQTTPropertyCodes>(code)));
  };
  event.maximum_packet_size = number(mqtt::property::MAXIMUM_PACKET_SIZE);
  if (const auto maximum = number(mqtt::property::RECEIVE_MAXIMUM))
    event.receive_maximum = static_cast<std::uint16_t>(*maximum);
  if (log_) log_->answered("CONNACK", 0, in_words(event));
  takes_identifiers_ =
      mqtt_version_ >= 5 && number(mqtt::property::SUBSCRIPTION_IDENTIFIERS_AVAILABLE).value_or(1) != 0;
  push(event);
}

void PahoClient::connect_failed(const mqtt::token& token) {
  std::string text;
  try {
    token.get_connect_response();  // throws what the token knows; 1.2.0 has no other way to its words
  } catch (const mqtt::exception& error) {
    text = error.get_message();
  }
  push(ConnectFailed{token.get_return_code(), std::move(text)});
}

/// The code of an answer, which the trace has not. Of a publish it is told with the last packet of the
/// answer, in most cases; the log takes it for the one that waits.
void PahoClient::tell_log(const mqtt::token& token, int code) {
  if (!log_ || !log_->on()) return;
  if (token.get_type() == mqtt::token::SUBSCRIBE) return log_->answered("SUBACK", code);
  if (token.get_type() == mqtt::token::UNSUBSCRIBE) return log_->answered("UNSUBACK", code);
  log_->publish_answered(code);
}

void PahoClient::push(Event event) {
  const auto bytes = bytes_of(event);
  mailbox_->push(std::move(event), bytes);
}

}  // namespace gnatter::transport
