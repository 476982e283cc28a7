// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"

namespace gnatter::transport {

/// The client id that this device keeps for one account on one broker, and the lock that no other process
/// uses it as long as this object lives (X1): two clients with one id throw each other out for ever.
///
/// Kept under `state`/clients/USER@HOST:PORT/N: a second client started beside the first takes the next N.
/// The id is "gnatter-" and 128 random bits in hex.
class ClientIdentity {
 public:
  /// Throws std::system_error naming the file that cannot be made, read or locked.
  static ClientIdentity claim(const std::filesystem::path& state, std::string_view account);

  /// An id of the user's own choice, locked likewise. Throws std::runtime_error with a sentence when another
  /// process on this device uses it for the same account.
  static ClientIdentity claim_chosen(const std::filesystem::path& state, std::string_view account,
                                     std::string_view id);

  [[nodiscard]] const std::string& id() const { return id_; }

 private:
  ClientIdentity(std::string id, base::FileDescriptor lock) : id_(std::move(id)), lock_(std::move(lock)) {}
  std::string id_;
  base::FileDescriptor lock_;
};

}  // namespace gnatter::transport
