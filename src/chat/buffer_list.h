// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/signal.h"
#include "chat/buffer.h"

namespace gnatter::chat {

class Network;

/// The windows, in their order, each of one network. One thread.
class BufferList {
 public:
  struct Entry {
    Network* network;
    std::unique_ptr<Buffer> buffer;
  };

  /// The window, made if it is not there (C6). Nothing else changes: the focus stays.
  Buffer& open(Network& network, BufferKind kind, std::string_view name);
  [[nodiscard]] Buffer* find(const Network& network, BufferKind kind, std::string_view name) const;
  void close_all(const Network& network);

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  /// The window that commands without a target mean; null before the first.
  [[nodiscard]] Buffer* current() const { return current_; }
  [[nodiscard]] Network* current_network() const;
  void show(Buffer& buffer) { current_ = &buffer; }

  base::Signal<Network&, Buffer&> opened;

 private:
  std::vector<Entry> entries_;
  Buffer* current_ = nullptr;
};

}  // namespace gnatter::chat
