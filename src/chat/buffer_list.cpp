// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/buffer_list.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/user_error.h"

namespace gnatter::chat {
namespace {

/// Names of people and groups stay as they are on the wire.
std::string window_name(BufferKind kind, std::string_view name) {
  return kind == BufferKind::plugin ? base::safe_row(name) : std::string(name);
}

/// What programs write is not read far back, and comes all day.
constexpr Buffer::Limits topic_limits{2000, std::size_t{2} << 20, 0, 0};

/// Conversations, then topics, then what plugins write.
int rank(BufferKind kind) {
  return kind == BufferKind::plugin ? 2 : kind == BufferKind::topic ? 1 : 0;
}

}  // namespace

Buffer* BufferList::find(const Network& network, BufferKind kind, std::string_view name) const {
  const std::string wanted = window_name(kind, name);
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.network == &network && entry.buffer->kind() == kind && entry.buffer->name() == wanted;
  });
  return found == entries_.end() ? nullptr : found->buffer.get();
}

/// Behind those of its network that do not belong behind it.
BufferList::Place BufferList::place_for(const Network& network, BufferKind kind) {
  const auto is_before = [&](const Entry& entry) {
    return entry.network == &network && rank(entry.buffer->kind()) <= rank(kind);
  };
  const auto behind = std::find_if(entries_.rbegin(), entries_.rend(), is_before).base();
  return behind == entries_.begin() ? entries_.end() : behind;
}

Buffer& BufferList::open(Network& network, BufferKind kind, std::string_view name) {
  if (Buffer* buffer = find(network, kind, name)) return *buffer;
  const auto limits = kind == BufferKind::topic ? topic_limits : Buffer::Limits();
  auto made = std::make_unique<Buffer>(kind, window_name(kind, name), limits);
  Buffer& buffer = *made;
  entries_.insert(place_for(network, kind), {&network, std::move(made)});
  if (!current_) current_ = &buffer;
  opened.emit(network, buffer);
  return buffer;
}

void BufferList::close(Buffer& buffer) {
  if (entries_.size() == 1) throw base::UserError("This is the last window: /quit ends gnatter.");
  if (buffer.kind() == BufferKind::network)
    throw base::UserError("A network's own window stays as long as the network is there.");
  closing.emit(buffer);
  const bool was_current = current_ == &buffer;
  remove(buffer);
  if (was_current && current_) shown.emit(*current_);
}

void BufferList::close_all(const Network& network) {
  std::vector<Buffer*> gone;
  for (const Entry& entry : entries_)
    if (entry.network == &network) gone.push_back(entry.buffer.get());
  Buffer* const before = current_;
  for (Buffer* buffer : gone) {
    closing.emit(*buffer);
    remove(*buffer);
  }
  if (current_ && current_ != before) shown.emit(*current_);
}

/// What is current when the current one goes: the one shown before, else the one in front.
void BufferList::remove(Buffer& buffer) {
  const Place place = place_of(buffer);
  std::erase(history_, &buffer);
  if (current_ == &buffer) {
    const Place neighbour = place != entries_.begin() ? std::prev(place) : std::next(place);
    current_ = previous();
    if (current_) history_.pop_back();
    if (!current_ && neighbour != entries_.end()) current_ = neighbour->buffer.get();
  }
  entries_.erase(place);
}

Buffer* BufferList::at(std::size_t number) const {
  return number == 0 || number > entries_.size() ? nullptr : entries_[number - 1].buffer.get();
}

std::size_t BufferList::number_of(const Buffer& buffer) const {
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (entries_[i].buffer.get() == &buffer) return i + 1;
  return 0;
}

BufferList::Place BufferList::place_of(const Buffer& buffer) {
  return std::find_if(entries_.begin(), entries_.end(),
                      [&](const Entry& entry) { return entry.buffer.get() == &buffer; });
}

void BufferList::move(const Buffer& buffer, std::size_t number) {
  const Place from = place_of(buffer);
  if (from == entries_.end()) return;
  const Network* const network = from->network;
  const auto is_one = [&](const Entry& entry) { return entry.network == network; };
  if (buffer.kind() == BufferKind::network) return move_network(*network, number);
  const Place first = std::find_if(entries_.begin(), entries_.end(), is_one);
  const auto lowest = first - entries_.begin() + (first->buffer->kind() == BufferKind::network ? 1 : 0);
  const auto highest = std::find_if_not(first, entries_.end(), is_one) - entries_.begin() - 1;
  const auto wanted =
      static_cast<std::ptrdiff_t>(std::min(std::max<std::size_t>(number, 1), entries_.size()));
  const Place to = entries_.begin() + std::clamp(wanted - 1, lowest, highest);
  if (to < from)
    std::rotate(to, from, std::next(from));
  else
    std::rotate(from, std::next(from), std::next(to));
  moved.emit();
}

void BufferList::move_network(const Network& network, std::size_t number) {
  std::vector<Entry> block, others;
  for (Entry& entry : entries_) (entry.network == &network ? block : others).push_back(std::move(entry));
  const std::size_t wanted = std::min(std::max<std::size_t>(number, 1) - 1, others.size());
  auto place = others.begin() + static_cast<std::ptrdiff_t>(wanted);
  // Not into the middle of another network's.
  while (place != others.begin() && place != others.end() && place->network == std::prev(place)->network)
    ++place;
  others.insert(place, std::make_move_iterator(block.begin()), std::make_move_iterator(block.end()));
  entries_ = std::move(others);
  moved.emit();
}

Network* BufferList::current_network() const {
  for (const Entry& entry : entries_)
    if (entry.buffer.get() == current_) return entry.network;
  return nullptr;
}

Buffer* BufferList::previous() const {
  return history_.empty() ? nullptr : history_.back();
}

void BufferList::show(Buffer& buffer) {
  if (current_ == &buffer) return;
  std::erase(history_, &buffer);
  if (current_) history_.push_back(current_);
  current_ = &buffer;
  shown.emit(buffer);
}

}  // namespace gnatter::chat
