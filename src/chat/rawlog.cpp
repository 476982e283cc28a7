// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/rawlog.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "base/text.h"
#include "chat/letter_case.h"
#include "chat/words.h"
#include "gnatter/utf8.h"
#include "transport/reason_text.h"

namespace gnatter::chat {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_a_second = 50;
constexpr std::size_t longest_part = 200;  // bytes
constexpr std::size_t longest_payload = 80;

/// As much of it as is shown, without half a character at the end.
std::string_view front_of(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

std::string cut(std::string_view text, std::size_t most) {
  const std::string_view front = front_of(text, most);
  return base::safe_row(front) + (front.size() < text.size() ? "…" : "");
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes.substr(0, longest_payload / 4)) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 0xF];
  }
  return out;
}

/// "success", "granted QoS 1", "not authorized (0x87)".
std::string answer_of(const transport::Packet& packet) {
  const int code = *packet.code;
  if (packet.type == "SUBACK" && code <= 2) return "granted QoS " + std::to_string(code);
  if (packet.type == "CONNACK" && code > 0 && code < 0x80)  // 3.1.1
    return transport::connect_return_text(code) + words::code(code);
  return code == 0 ? "success" : transport::reason_text(code) + words::code(code);
}

std::string payload_of(const transport::Packet& packet) {
  std::string words = base::counted(*packet.size, "byte", "bytes");
  if (packet.payload.empty()) return words;
  const std::string_view front = front_of(packet.payload, longest_payload);
  const bool text = utf8::valid(front);
  words += ": " + (text ? base::safe_row(front) : hex(packet.payload));
  const std::size_t shown = text ? front.size() : std::min(packet.payload.size(), longest_payload / 4);
  return shown < *packet.size ? words + "…" : words;
}

}  // namespace

std::string packet_row(const transport::Packet& packet) {
  std::string row = (packet.sent ? "-> " : "<- ") + packet.type;
  if (packet.id != 0) row += ' ' + std::to_string(packet.id);
  if (packet.qos) row += ", QoS " + std::to_string(*packet.qos);
  if (packet.retained) row += ", retained";
  if (packet.code) row += ", " + answer_of(packet);
  if (!packet.topic.empty()) row += ", " + cut(packet.topic, longest_part);
  if (!packet.details.empty()) row += ", " + cut(packet.details, longest_part);
  if (packet.size) row += ", " + payload_of(packet);
  return row;
}

RawLog::RawLog(Client& client, Network& network)
    : client_(client),
      network_(network),
      window_(&client.buffers.open(network, BufferKind::plugin, "rawlog")) {
  packets_ = network.session.packets().connect(
      [this](const auto& packets, std::size_t more) { take(packets, more); });
  closing_ = client.buffers.closing.connect([this](Buffer& window) {
    if (&window == window_) stop();
  });
  network.session.trace(true);
}

RawLog::~RawLog() {
  if (on()) network_.session.trace(false);
}

void RawLog::show() {
  client_.buffers.show(*window_);
}

void RawLog::stop() {
  if (!on()) return;
  network_.session.trace(false);
  packets_.reset();
  second_.reset();
  window_ = nullptr;
}

void RawLog::take(const std::vector<transport::Packet>& packets, std::size_t more) {
  if (!second_) second_ = client_.loop().after(1s, [this] { end_of_second(); });
  more_ += more;
  for (const transport::Packet& packet : packets) {
    if (shown_ == most_a_second) {
      ++more_;
      continue;
    }
    ++shown_;
    const std::string row = packet_row(packet);
    Line line;
    line.time = packet.time;
    line.kind = LineKind::info;
    line.text = row;
    window_->append(line);
  }
}

void RawLog::end_of_second() {
  second_.reset();
  shown_ = 0;
  if (const std::size_t more = std::exchange(more_, 0))
    window_->print(LineKind::info,
                   "   " + base::counted(more, "more packet", "more packets") + " in that second");
}

namespace {

using RawLogs = std::map<const Network*, std::unique_ptr<RawLog>>;

constexpr const char* usage = "/rawlog on|off";

std::string name_of(const Network& network) {
  return network.name().empty() ? "the broker of this window" : network.name();
}

void turn_on(const CommandCall& call, RawLogs& logs) {
  auto& log = logs[&call.network];
  const bool was_on = log && log->on();
  if (!was_on) log = std::make_unique<RawLog>(call.client, call.network);
  log->show();
  if (!was_on)
    call.client.buffers.current()->print(
        LineKind::info, "Every packet to (->) and from (<-) " + name_of(call.network) +
                            " is shown here, until /rawlog off or until this window is closed.");
}

void turn_off(const CommandCall& call, RawLogs& logs) {
  const auto log = logs.find(&call.network);
  if (log == logs.end() || !log->second->on())
    return call.print("The packets of " + name_of(call.network) + " are not shown. /rawlog on shows them.");
  logs.erase(log);
  call.print("The packets of " + name_of(call.network) + " are not shown any more.");
}

}  // namespace

std::vector<Command> rawlog_commands() {
  const auto logs = std::make_shared<RawLogs>();
  const auto run = [logs](CommandCall& call) {
    std::string_view rest = call.arguments;
    const std::string what = folded(take_word(rest).text);
    if (!rest.empty() || (what != "on" && what != "off")) usage_error(usage);
    what == "on" ? turn_on(call, *logs) : turn_off(call, *logs);
  };
  return {{"rawlog", {}, "on|off", "Shows every MQTT packet in a window", false, run, "Else"}};
}

}  // namespace gnatter::chat
