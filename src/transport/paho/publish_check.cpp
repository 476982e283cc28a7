// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/paho/publish_check.h"

#include <algorithm>

#include "gnatter/utf8.h"
#include "transport/reason_text.h"

namespace gnatter::transport {
namespace {

constexpr int filter_invalid = 0x8F;
constexpr int topic_invalid = 0x90;
constexpr int packet_too_large = 0x95;
constexpr int malformed = 0x81;
constexpr std::size_t largest_remaining_length = 268'435'455;  // MQTT 5, 1.5.5
constexpr std::size_t longest_string = 65'535;                 // MQTT 5, 1.5.4

std::size_t variable_integer_size(std::size_t value) {
  return value < 128 ? 1 : value < 16'384 ? 2 : value < 2'097'152 ? 3 : 4;
}

bool is_mqtt_string(std::string_view text) {
  return text.size() <= longest_string && utf8::valid(text) && text.find('\0') == std::string_view::npos;
}

std::size_t properties_size(const protocol::UserProperties& properties) {
  if (properties.empty()) return 0;
  std::size_t size = 2 + 3 + text_content_type.size();  // payload format, content type
  for (const auto& [name, value] : properties) size += 1 + 2 + name.size() + 2 + value.size();
  return size;
}

std::size_t remaining_length(const Publication& publication, int mqtt_version) {
  std::size_t size = 2 + publication.topic.size() + publication.payload.size();
  if (publication.qos > 0) size += 2;
  if (mqtt_version < 5) return size;
  const std::size_t properties = properties_size(publication.properties);
  return size + variable_integer_size(properties) + properties;
}

Outcome refusal(int code) {
  return {Outcome::Kind::refused, code, reason_text(code)};
}

}  // namespace

std::size_t publish_packet_size(const Publication& publication, int mqtt_version) {
  const std::size_t remaining = remaining_length(publication, mqtt_version);
  return 1 + variable_integer_size(remaining) + remaining;
}

std::optional<Outcome> refuse_publish(const Publication& publication, int mqtt_version,
                                      std::optional<std::uint32_t> maximum_packet_size) {
  const std::string& topic = publication.topic;
  if (topic.empty() || !is_mqtt_string(topic) || topic.find_first_of("+#") != std::string::npos)
    return refusal(topic_invalid);
  if (remaining_length(publication, mqtt_version) > largest_remaining_length)
    return refusal(packet_too_large);
  if (maximum_packet_size && publish_packet_size(publication, mqtt_version) > *maximum_packet_size)
    return refusal(packet_too_large);
  const auto sound = [](const auto& pair) {
    return is_mqtt_string(pair.first) && is_mqtt_string(pair.second);
  };
  if (mqtt_version >= 5 && !std::all_of(publication.properties.begin(), publication.properties.end(), sound))
    return refusal(malformed);
  return std::nullopt;
}

std::optional<Outcome> refuse_filter(std::string_view filter) {
  if (filter.empty() || !is_mqtt_string(filter)) return refusal(filter_invalid);
  while (true) {
    const auto slash = filter.find('/');
    const auto level = filter.substr(0, slash);
    const bool wildcard = level.find_first_of("+#") != std::string_view::npos;
    if (wildcard && level.size() > 1) return refusal(filter_invalid);
    if (slash == std::string_view::npos) return std::nullopt;
    if (level == "#") return refusal(filter_invalid);
    filter.remove_prefix(slash + 1);
  }
}

}  // namespace gnatter::transport
