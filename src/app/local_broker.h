// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "base/file_descriptor.h"
#include "chat/account.h"

namespace gnatter::app {

/// What a private broker needs to be there.
struct LocalPlace {
  std::filesystem::path directory;
  std::string mosquitto;
  std::string mosquitto_passwd;
};

/// Finds it by the environment. Throws std::runtime_error with a sentence when mosquitto is not installed or
/// the directory is not ours alone.
LocalPlace find_local_place();

/// A seat at the private broker of this Unix user (C12). The broker runs as long as somebody holds one.
struct LocalSeat {
  chat::Account account;
  base::FileDescriptor lock;
};

/// Joins the private broker, which is started when it does not run, as `user`. Returns once it takes that
/// user's password. Blocks, as a rule some 100 ms and 20 s at most; any thread. Throws std::runtime_error
/// with a sentence.
LocalSeat join_local_broker(const LocalPlace& place, const std::string& user);

}  // namespace gnatter::app
