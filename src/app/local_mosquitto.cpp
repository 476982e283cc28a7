// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local_mosquitto.h"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <utility>

#include "app/local_acl.h"
#include "app/local_directory.h"
#include "app/local_probe.h"
#include "app/local_process.h"
#include "app/local_users.h"

namespace gnatter::app {
namespace {

using namespace std::chrono_literals;

constexpr const char* database = "mosquitto.db";
constexpr int most_tries = 5;
constexpr int tries_with_database = 3;
constexpr auto patience_at_start = 5s;
constexpr auto patience_for_hashes = 10s;

/// Who mosquitto stays; as root it would otherwise become somebody who cannot read a private directory.
std::string user_name() {
  const passwd* entry = ::getpwuid(::geteuid());
  return entry && entry->pw_name ? entry->pw_name : "";
}

std::uint16_t last_port() {
  const std::string text = text_of(local_files::last_port);
  std::uint16_t port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

}  // namespace

std::string local_configuration(std::uint16_t port, const std::string& user) {
  constexpr const char* fixed = R"(per_listener_settings false
allow_anonymous false
password_file users
acl_file acl
persistence true
persistence_location ./
persistence_file mosquitto.db
autosave_interval 1
autosave_on_changes true
max_packet_size 131072
max_inflight_messages 200
max_inflight_bytes 0
max_queued_messages 10000
max_queued_bytes 67108864
queue_qos0_messages false
set_tcp_nodelay true
log_dest stderr
log_type error
log_type warning
log_type notice
log_type information
log_timestamp_format %Y-%m-%dT%H:%M:%S
)";
  return "# Made by gnatter --local anew at each start.\n" + (user.empty() ? "" : "user " + user + '\n') +
         fixed + "listener " + std::to_string(port) + " 127.0.0.1\n";
}

LocalMosquitto::LocalMosquitto(std::string program, std::string passwd_program, int lock)
    : program_(std::move(program)), passwd_program_(std::move(passwd_program)), lock_(lock) {}

void LocalMosquitto::start() {
  write_private_file(local_files::acl, local_acl);
  for (int tries = 0; tries < most_tries; ++tries) {
    // Somebody may take the port before mosquitto does.
    const std::uint16_t port = usable_local_port(tries == 0 ? last_port() : std::uint16_t{0});
    if (tries == tries_with_database && ::rename(database, "mosquitto.db.unreadable") == 0)
      std::cerr << "gnatter: mosquitto starts with no kept messages; they are in mosquitto.db.unreadable\n";
    if (!start_on(port)) continue;
    write_private_file(local_files::last_port, std::to_string(port) + '\n');
    write_private_file(local_files::port, std::to_string(port) + '\n');
    return;
  }
  throw std::runtime_error("mosquitto does not start");
}

/// Whether it listens there.
bool LocalMosquitto::start_on(std::uint16_t port) {
  write_private_file(local_files::configuration, local_configuration(port, user_name()));
  const auto file = std::filesystem::current_path() / local_files::configuration;
  child_ = start_local_child({program_, "-c", file.string()}, lock_);
  const auto end_of_patience = std::chrono::steady_clock::now() + patience_at_start;
  while (std::chrono::steady_clock::now() < end_of_patience) {
    if (wait_for_local_child(child_, 5ms)) {
      child_ = 0;
      return false;
    }
    if (local_port_answers(port)) return true;
  }
  end();
  return false;
}

void LocalMosquitto::end() {
  if (child_ == 0) return;
  ::unlink(local_files::port);
  end_local_child(std::exchange(child_, 0));
}

bool LocalMosquitto::has_ended() {
  if (child_ != 0 && !wait_for_local_child(child_, 0ms)) return false;
  child_ = 0;
  return true;
}

void LocalMosquitto::take_users() {
  const std::string fresh = std::string(local_files::users) + ".new";
  const LocalUsers users = parse_local_users(text_of(local_files::passwords));
  write_private_file(fresh, to_plain_passwd(users));
  const pid_t child = start_local_child({passwd_program_, "-U", fresh});
  const auto status = wait_for_local_child(child, patience_for_hashes);
  if (!status) end_local_child(child);
  if (!status || *status != 0 || !all_hashed(text_of(fresh))) {
    ::unlink(fresh.c_str());
    throw std::runtime_error(passwd_program_ + " does not hash the passwords");
  }
  std::filesystem::rename(fresh, local_files::users);
  if (child_ != 0) ::kill(child_, SIGHUP);
}

}  // namespace gnatter::app
