// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/paho_options.h"

#include <mqtt/ssl_options.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "transport/paho/publish_check.h"
#include "transport/subscription_identifier.h"

namespace mqtt {

/// disconnect_options counts the library's own test of that name among its friends. 1.2.0 fills a C structure
/// of version 0, for which the C library leaves out the properties and the reason code without a word, and
/// offers no way to say 1.
class disconnect_options_test {
 public:
  static void enable_properties(disconnect_options& options) { options.opts_.struct_version = 1; }
};

}  // namespace mqtt

namespace gnatter::transport {
namespace {

using mqtt::property;

std::int32_t seconds_property(std::chrono::seconds duration) {
  return static_cast<std::int32_t>(
      std::clamp<std::int64_t>(duration.count(), 0, std::numeric_limits<std::int32_t>::max()));
}

mqtt::will_options make_will(const Will& will, int mqtt_version) {
  mqtt::properties properties;
  if (mqtt_version >= 5 && will.delay.count() > 0)
    properties.add(property(property::WILL_DELAY_INTERVAL, seconds_property(will.delay)));
  return mqtt::will_options(will.topic, will.payload, will.qos, will.retain, properties);
}

/// Verification of chain and host name, which the library leaves out unless it is told; TLS 1.2 at the least.
/// Not its own function for errors nor a directory of CAs: 1.2.0 keeps pointers to what is gone.
mqtt::ssl_options make_ssl_options(const TlsPlan& tls) {
  mqtt::ssl_options options;
  options.set_trust_store(tls.ca_file.string());
  options.set_enable_server_cert_auth(true);
  options.set_verify(true);
  options.set_ssl_version(MQTT_SSL_VERSION_TLS_1_2);
  if (tls.certificate.empty()) return options;
  options.set_key_store(tls.certificate.string());
  options.set_private_key((tls.key.empty() ? tls.certificate : tls.key).string());
  // Never empty: OpenSSL would ask for the password of an encrypted key on the terminal.
  options.set_private_key_password(tls.key_password.empty() ? "-" : tls.key_password);
  return options;
}

std::string text_of(const MQTTLenString& text) {
  return text.data ? std::string(text.data, static_cast<std::size_t>(text.len)) : std::string();
}

}  // namespace

std::string server_uri(const ConnectPlan& plan) {
  const bool numeric_ipv6 = plan.host.find(':') != std::string::npos;
  const std::string host = numeric_ipv6 ? "[" + plan.host + "]" : plan.host;
  // Over TLS without brackets: 1.3.12 would look for them in the certificate. It takes what is behind the
  // last colon for the port in either case.
  if (plan.tls) return "ssl://" + plan.host + ":" + std::to_string(plan.port);
  return "tcp://" + host + ":" + std::to_string(plan.port);
}

void fill_connect_options(mqtt::connect_options& options, const ConnectPlan& plan, int mqtt_version) {
  options.set_mqtt_version(mqtt_version);
  options.set_user_name(plan.user);
  if (!plan.password.empty()) options.set_password(plan.password);
  if (plan.tls) options.set_ssl(make_ssl_options(*plan.tls));
  options.set_keep_alive_interval(plan.keep_alive);
  if (plan.will) options.set_will(make_will(*plan.will, mqtt_version));
  if (mqtt_version < 5) {
    options.set_clean_session(true);
    return;
  }
  options.set_clean_start(!plan.resume);
  mqtt::properties properties;
  properties.add(property(property::SESSION_EXPIRY_INTERVAL, seconds_property(plan.session_expiry)));
  options.set_properties(std::move(properties));
}

mqtt::disconnect_options make_disconnect_options(bool keep_session, int mqtt_version) {
  // At once: with a time to wait, the library looks only every 3 s whether it is over, and then reads
  // properties that it has freed.
  mqtt::disconnect_options options(0);
  if (mqtt_version < 5 || keep_session) return options;
  mqtt::disconnect_options_test::enable_properties(options);
  mqtt::properties properties;
  properties.add(property(property::SESSION_EXPIRY_INTERVAL, 0));
  options.set_properties(std::move(properties));
  return options;
}

mqtt::properties make_subscribe_properties(const std::string& filter) {
  mqtt::properties properties;
  properties.add(property(property::SUBSCRIPTION_IDENTIFIER,
                          static_cast<std::int32_t>(subscription_identifier(filter))));
  return properties;
}

mqtt::message_ptr make_message(const Publication& publication, int mqtt_version) {
  auto message =
      mqtt::make_message(publication.topic, publication.payload, publication.qos, publication.retain);
  if (mqtt_version < 5 || publication.properties.empty()) return message;
  mqtt::properties properties;
  properties.add(property(property::PAYLOAD_FORMAT_INDICATOR, 1));
  properties.add(property(property::CONTENT_TYPE, std::string(text_content_type)));
  for (const auto& [name, value] : publication.properties)
    properties.add(property(property::USER_PROPERTY, name, value));
  message->set_properties(std::move(properties));
  return message;
}

Incoming make_incoming(const mqtt::message& message) {
  Incoming incoming;
  incoming.topic = message.get_topic();
  incoming.payload = message.to_string();
  incoming.qos = message.get_qos();
  incoming.retained = message.is_retained();
  // By the C structure: 1.2.0 has no way to go through properties, and get() by index is quadratic.
  const MQTTProperties& properties = message.get_properties().c_struct();
  for (int i = 0; i < properties.count; ++i) {
    const MQTTProperty& each = properties.array[i];
    if (each.identifier == MQTTPROPERTY_CODE_SUBSCRIPTION_IDENTIFIER)
      incoming.subscriptions.push_back(each.value.integer4);
    if (each.identifier != MQTTPROPERTY_CODE_USER_PROPERTY) continue;
    incoming.properties.emplace_back(text_of(each.value.data), text_of(each.value.value));
  }
  incoming.has_properties = !incoming.properties.empty();
  return incoming;
}

}  // namespace gnatter::transport
