// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/words.h"

#include <array>
#include <cstdio>

#include "base/text.h"
#include "chat/tls_words.h"
#include "gnatter/utf8.h"

namespace gnatter::chat::words {
namespace {

using transport::Failure;

std::string next_try(std::optional<std::chrono::milliseconds> retry_in) {
  if (!retry_in) return {};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(*retry_in).count();
  return " Next try in " + std::to_string(seconds) + " s.";
}

std::string with_detail(std::string sentence, const std::string& detail) {
  return detail.empty() ? sentence + '.' : sentence + " (" + base::safe_text(detail) + ").";
}

std::string refused_login(const Account& account, std::string_view why) {
  return address(account) + " refused " + account.user + ": " + std::string(why);
}

/// Over a certificate no password is sent, so none can be wrong.
std::string refused_name(const Account& account, const Failure& failure) {
  const int reason_code = failure.code;
  if (failure.tls && !failure.tls->own)
    return refused_login(
        account, "it has not asked for your certificate, and wants a password" + code(reason_code) +
                     ". By certificate it is usually port " +
                     std::to_string(default_port(Security::certificate)) + "; by password it is " +
                     connect_command(account, Security::tls, Port::as_it_is) + ", or -v at the start.");
  const std::string file = base::safe_text(account.tls.certificate.string());
  return refused_login(account, "it does not accept the name of your certificate" +
                                    (file.empty() ? "" : ", " + file) + code(reason_code) +
                                    ". Its operator must let it in.");
}

std::string failure_sentence(const Account& account, const Failure& failure) {
  const std::string where = address(account);
  switch (failure.reason) {
    case Failure::Reason::unknown_host:
      return "No address for " + account.host + ". Is the name right?";
    case Failure::Reason::no_resolver:
      return "No address for " + account.host + ": the name service does not answer. Is the network up?";
    case Failure::Reason::nobody_listens:
      return "Nobody listens on " + where +
             " (connection refused). Is the broker running, is the port right?";
    case Failure::Reason::unreachable:
      return with_detail(where + " cannot be reached", failure.detail) +
             " Is the host right, is the network up?";
    case Failure::Reason::not_mqtt:
      return where + " accepts connections but does not speak MQTT. Is the port right?";
    case Failure::Reason::wrong_password:
      if (account.security == Security::certificate) return refused_name(account, failure);
      return refused_login(account, "wrong name or password" + code(failure.code) + '.');
    case Failure::Reason::not_authorized:
      if (account.security == Security::certificate) return refused_name(account, failure);
      return refused_login(account, "wrong name or password, or not allowed" + code(failure.code) + '.');
    case Failure::Reason::bad_client_id:
      return refused_login(account, "it does not take the client id " + account.client_id +
                                        code(failure.code) + ". --client-id gives another.");
    case Failure::Reason::refused:
      return refused_login(account,
                           (failure.detail.empty() ? "no reason given" : base::safe_text(failure.detail)) +
                               code(failure.code) + '.');
    case Failure::Reason::speaks_tls:
    case Failure::Reason::tls_file:
    case Failure::Reason::key_password:
    case Failure::Reason::no_tls:
    case Failure::Reason::no_common_tls:
    case Failure::Reason::untrusted:
    case Failure::Reason::expired:
    case Failure::Reason::not_yet_valid:
    case Failure::Reason::wrong_name:
    case Failure::Reason::bad_certificate:
    case Failure::Reason::wants_certificate:
    case Failure::Reason::refused_certificate:
      return tls_failure(account, failure);
    case Failure::Reason::other:
      break;
  }
  return with_detail("No connection to " + where, failure.detail);
}

bool stays_refused(Failure::Reason reason) {
  return reason == Failure::Reason::wrong_password || reason == Failure::Reason::not_authorized ||
         is_about_tls(reason);
}

}  // namespace

std::string address(const Account& account) {
  const bool numeric6 = account.host.find(':') != std::string::npos;
  const std::string where =
      (numeric6 ? '[' + account.host + ']' : account.host) + ':' + std::to_string(account.port);
  return account.name.empty() ? where : account.name + " (" + where + ')';
}

std::string code(int value) {
  if (value == 0) return {};
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), " (0x%02X)", static_cast<unsigned>(value));
  return text.data();
}

std::string moment(base::Time time) {
  const std::string date = base::local_short_date(time), clock = base::local_clock(time);
  return date == base::local_short_date(base::now()) ? clock : date + ' ' + clock;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t most = 120;
  if (text.empty()) return {};
  std::string_view shown = text.substr(0, most);
  while (shown.size() < text.size() && !utf8::valid(shown)) shown.remove_suffix(1);
  return ": \"" + std::string(shown) + (shown.size() < text.size() ? "…\"" : "\"");
}

std::string connected(const Account& account, const transport::Opened& opened) {
  const bool modern = opened.mqtt_version == 5;
  return "Connected to " + (account.name.empty() ? address(account) : account.name) + " as " + account.user +
         " (" + protocols(opened) + "). The broker keeps nothing for you while you are away" +
         (modern ? "." : ", and it cannot tell when it refuses or drops something.");
}

std::string protocols(const transport::Opened& opened) {
  std::string text = opened.mqtt_version == 5 ? "MQTT 5" : "MQTT 3.1.1";
  if (opened.tls) text += ", " + (opened.tls->protocol.empty() ? "TLS" : opened.tls->protocol);
  return text;
}

std::optional<std::string> plain_line(const Account& account) {
  if (account.security != Security::plain || is_loopback(account.host)) return std::nullopt;
  return "PLAIN: everybody on the way to " + account.host + " can read what you write, your password too. " +
         connect_command(account, Security::tls, Port::usual);
}

std::string failed(const Account& account, const Failure& failure,
                   std::optional<std::chrono::milliseconds> retry_in) {
  const bool for_good = !retry_in && stays_refused(failure.reason);
  return failure_sentence(account, failure) +
         (for_good ? " Not tried again by itself: /connect does." : next_try(retry_in)) +
         (is_about_tls(failure.reason) ? certificate_of(failure) : std::string());
}

std::string lost(std::string_view network, const transport::Lost& lost,
                 std::optional<std::chrono::milliseconds> retry_in) {
  const std::string name(network);
  if (!retry_in)
    return "Another program uses this device's client id on " + name + code(lost.code) +
           ", and the broker keeps only one. Stopped, so that they do not throw each other out. /connect "
           "takes it back.";
  const std::string head = lost.code == 0x8B ? name + " is shutting down" + code(lost.code)
                                             : name + ": the line is lost" + code(lost.code);
  return head + ". Keep writing: it is kept and goes out in order." + next_try(retry_in);
}

std::string perhaps_taken_over(std::string_view network, std::string_view client_id) {
  return std::string(network) +
         " breaks the line as soon as it stands. Perhaps another program uses the client id " +
         std::string(client_id) + ", and the broker keeps only one of them.";
}

std::string back(std::string_view network, std::size_t waiting) {
  const std::string head = std::string(network) + " is back";
  return waiting == 0 ? head + '.'
                      : head + ": " + base::counted(waiting, "line goes", "lines go") + " out now.";
}

std::string not_sent(std::string_view network, std::string_view user, std::string_view target,
                     const transport::Outcome& outcome) {
  const std::string to(target), name(network);
  if (outcome.kind == transport::Outcome::Kind::lost)
    return "not sent: " + name + " was left before it could be";
  if (outcome.code == 0x87)
    return "not sent: " + name + " does not let " + std::string(user) + " write to " + to +
           code(outcome.code);
  if (outcome.code == 0x95) return "not sent: too long for " + name + code(outcome.code);
  const std::string why = outcome.reason.empty() ? "refused by " + name : base::safe_text(outcome.reason);
  return "not sent: " + why + code(outcome.code);
}

std::string may_not_read(std::string_view network, std::string_view user, std::string_view what,
                         const SubscribeAnswer& answer) {
  if (answer.kind == SubscribeAnswer::Kind::silent)
    return std::string(network) + " does not say whether " + std::string(user) + " may read " +
           std::string(what) + ". Perhaps nothing comes from there.";
  return std::string(network) + " does not let " + std::string(user) + " read " + std::string(what) +
         code(answer.code) + ". Writing may work; answers will not come.";
}

std::string no_echo(std::string_view network, std::string_view group, int mqtt_version) {
  const std::string name(network), where(group);
  if (mqtt_version == 5)
    return "Your line reached " + name + ", but " + where +
           " gives nothing back: you can write there, not read.";
  return where + " gives nothing back: " + name +
         " lets you not read there, or not write; it does not tell which.";
}

std::string joined(std::string_view network, std::string_view group) {
  const std::string name(group);
  return name + " is open: everybody on " + std::string(network) +
         " may join, read and write. Nothing from before is kept for you, and there is no list of members: "
         "\"spoke here\" shows who wrote lately.";
}

std::string not_here(std::string_view user) {
  const std::string name(user);
  return name + " is not here. The broker keeps this for " + name + " only if " + name +
         "'s client has asked it to before.";
}

}  // namespace gnatter::chat::words
