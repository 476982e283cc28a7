// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "base/signal.h"
#include "chat/buffer.h"

namespace gnatter::chat {

class Network;

/// The windows, in their order, each of one network; a network's stand together, its own window first, those
/// of topics and then of plugins last, as long as nobody moves them. One thread.
class BufferList {
 public:
  struct Entry {
    Network* network;
    std::unique_ptr<Buffer> buffer;
  };

  /// The window, made if it is not there (C6). Nothing else changes: the focus stays. A plugin's may have any
  /// name; it is made safe to show, one row.
  Buffer& open(Network& network, BufferKind kind, std::string_view name);
  [[nodiscard]] Buffer* find(const Network& network, BufferKind kind, std::string_view name) const;
  /// The window and its lines go; when it was the current one, the one shown before becomes current. Not
  /// from inside one of its own signals. Throws base::UserError for the last window and for a network's own.
  void close(Buffer& buffer);
  void close_all(const Network& network);

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  /// As the user counts, from 1; null, and 0, when it is not there.
  [[nodiscard]] Buffer* at(std::size_t number) const;
  [[nodiscard]] std::size_t number_of(const Buffer& buffer) const;
  /// To this place (from 1) or the nearest that is behind its network's own window and among its network's.
  /// A network's own window moves with all of its others, in front of or behind whole networks.
  void move(const Buffer& buffer, std::size_t number);

  /// The window that commands without a target mean; null before the first.
  [[nodiscard]] Buffer* current() const { return current_; }
  [[nodiscard]] Network* current_network() const;
  /// The window that was current before, if it is still there.
  [[nodiscard]] Buffer* previous() const;
  void show(Buffer& buffer);

  base::Signal<Network&, Buffer&> opened;
  /// Another window is current.
  base::Signal<Buffer&> shown;
  /// It is still whole, and goes after this.
  base::Signal<Buffer&> closing;
  /// The order has changed.
  base::Signal<> moved;

 private:
  using Place = std::vector<Entry>::iterator;
  [[nodiscard]] Place place_for(const Network& network, BufferKind kind);
  Place place_of(const Buffer& buffer);
  void remove(Buffer& buffer);
  void move_network(const Network& network, std::size_t number);

  std::vector<Entry> entries_;
  Buffer* current_ = nullptr;
  std::vector<Buffer*> history_;  // shown before, the latest last, each once
};

}  // namespace gnatter::chat
