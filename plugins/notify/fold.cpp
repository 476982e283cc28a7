// SPDX-License-Identifier: GPL-3.0-or-later
#include "fold.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "words.h"

namespace notify {
namespace {

using namespace std::chrono_literals;

/// What the broker had kept comes within this, as a rule.
constexpr auto crowd = 2s;
constexpr std::size_t most_senders = 1000;
constexpr std::size_t most_names = 3;  // more are a number

/// `value` where all have the same, else empty.
class Common {
 public:
  void add(const std::string& value) {
    if (!value_) value_ = value;
    if (*value_ != value) value_ = "";
  }
  std::string value() const { return value_.value_or(""); }

 private:
  std::optional<std::string> value_;
};

}  // namespace

bool Fold::add(const Message& message, Clock::time_point now) {
  const bool quiet = !told_ || now >= *told_ + pause_;
  if (quiet && !message.kept) {
    told_ = now;
    if (due_) due_ = now + std::max<Clock::duration>(pause_, crowd);
    return true;
  }
  Key key{message.network, message.window, message.notice.sender};
  const bool first = waiting_.empty() && from_others_ == 0;
  if (waiting_.size() < most_senders || waiting_.contains(key)) {
    const Notice& notice = message.notice;
    auto& several = waiting_[std::move(key)];
    several = {several.count + 1, notice.window, notice.network, notice.place};
  } else {
    ++from_others_;
  }
  only_ = first ? std::optional(message.notice) : std::nullopt;
  if (!due_) due_ = quiet ? now + crowd : *told_ + pause_;
  return false;
}

std::optional<Notice> Fold::take(Clock::time_point now,
                                 const std::function<bool(gnatter::NetworkId, gnatter::WindowId)>& wanted) {
  due_.reset();
  std::erase_if(waiting_,
                [&](const auto& one) { return !wanted(std::get<0>(one.first), std::get<1>(one.first)); });
  std::optional<Notice> notice;
  if (!waiting_.empty()) notice = only_ ? *only_ : summary();
  if (notice) told_ = now;
  waiting_.clear();
  from_others_ = 0;
  only_.reset();
  return notice;
}

Notice Fold::summary() const {
  std::size_t count = from_others_;
  std::set<std::pair<gnatter::NetworkId, std::string>> people;
  Common sender, window, network, place;
  for (const auto& [key, several] : waiting_) {
    const auto& [network_id, window_id, name] = key;
    count += several.count;
    people.emplace(network_id, name);
    sender.add(name);
    window.add(several.window);
    network.add(several.network);
    place.add(several.place);
  }
  std::vector<std::string> names;
  for (const auto& person : people) names.push_back(person.second);
  std::string who = people.size() <= most_names ? enumerated(names) : counted(people.size(), "", "people");
  if (from_others_ > 0) who = "more than " + who;
  Notice notice{sender.value(), window.value(), network.value(), place.value(), {}, false, true};
  notice.text = counted(count, "message", "messages") + " from " + who;
  if (!notice.place.empty()) notice.text += ' ' + notice.place;
  return notice;
}

}  // namespace notify
