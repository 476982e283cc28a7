// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/presence_notes.h"

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.h"

namespace gnatter::chat {

using protocol::Status;

namespace {

constexpr auto lately = std::chrono::days(7);
constexpr std::size_t most_named = 4;

using Names = std::vector<std::string>;

/// "bob", "bob and dan", "bob, carol, dan and 12 more".
std::string listed(const Names& names) {
  const bool all = names.size() <= most_named;
  const std::size_t shown = all ? names.size() : most_named - 1;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = all && i + 1 == shown;
    out += (i == 0 ? "" : last ? " and " : ", ") + base::safe_text(names[i]);
  }
  return all ? out : out + " and " + std::to_string(names.size() - shown) + " more";
}

/// What happened to whom, each name once, in the order it was heard of.
struct News {
  Names came, left;
  std::map<Status, Names> now;
};

std::string sentence(const News& news) {
  std::string out;
  const auto add = [&](const Names& names, const std::string& predicate) {
    if (!names.empty()) out += (out.empty() ? "" : ", ") + listed(names) + predicate;
  };
  add(news.came, news.came.size() == 1 ? " is here" : " are here");
  add(news.left, " left");
  for (const auto& [status, names] : news.now)
    add(names, (names.size() == 1 ? " is " : " are ") + std::string(protocol::to_payload(status)));
  return out;
}

News of_those(const News& news, const std::function<bool(const std::string&)>& concerned) {
  News out;
  const auto copy = [&](const Names& from, Names& to) {
    std::copy_if(from.begin(), from.end(), std::back_inserter(to), concerned);
  };
  copy(news.came, out.came);
  copy(news.left, out.left);
  for (const auto& [status, names] : news.now) copy(names, out.now[status]);
  return out;
}

}  // namespace

class PresenceNotes::OfNetwork {
 public:
  OfNetwork(base::EventLoop& loop, Client& client, Network& network, std::chrono::milliseconds gathering)
      : loop_(loop), client_(client), network_(network), gathering_(gathering) {
    remember();
    reported_ = network.roster.reported.connect([this](const Roster::Report& report) { on_report(report); });
  }

 private:
  void on_report(const Roster::Report& report) {
    if (!report.news || report.name == network_.user() || network_.ignores(report.name)) return;
    const std::string name(report.name);
    if (std::find(heard_.begin(), heard_.end(), name) == heard_.end()) heard_.push_back(name);
    if (!timer_) timer_ = loop_.after(gathering_, [this] { tell(); });
  }

  /// What the roster says now against what it said at the last note: who came and went meanwhile is no news,
  /// and neither is who is still here after an outage.
  News news() const {
    News news;
    const auto& here = network_.roster.entries();
    for (const std::string& name : heard_) {
      const auto now = here.find(name);
      const auto before = told_.find(name);
      const bool was_here = before != told_.end(), is_here = now != here.end();
      if (is_here && !was_here) news.came.push_back(name);
      if (was_here && !is_here) news.left.push_back(name);
      if (!is_here || !now->second.status) continue;
      const Status status = *now->second.status;
      const Status known = was_here ? before->second.value_or(Status::online) : Status::online;
      if (status != known) news.now[status].push_back(name);
    }
    return news;
  }

  void remember() {
    told_.clear();
    for (const auto& [name, entry] : network_.roster.entries()) told_[name] = entry.status;
  }

  void tell() {
    timer_.reset();
    const News all = news();
    heard_.clear();
    remember();
    std::vector<Buffer*> windows;
    for (const auto& entry : client_.buffers.entries())
      if (entry.network == &network_) windows.push_back(entry.buffer.get());
    for (Buffer* window : windows) {
      const std::string text = sentence(concerning(*window, all));
      if (!text.empty()) window->print(LineKind::presence, text);
    }
  }

  static News concerning(const Buffer& window, const News& all) {
    if (window.kind() == BufferKind::network) return all;
    if (!is_conversation(window.kind())) return {};
    if (window.kind() == BufferKind::direct)
      return of_those(all, [&](const std::string& name) { return name == window.name(); });
    std::set<std::string> spoke;
    for (const auto& speaker : window.speakers())
      if (speaker.last > base::now() - lately) spoke.insert(speaker.name);
    News news = of_those(all, [&](const std::string& name) { return spoke.contains(base::safe_text(name)); });
    news.now.clear();
    return news;
  }

  base::EventLoop& loop_;
  Client& client_;
  Network& network_;
  const std::chrono::milliseconds gathering_;
  std::map<std::string, std::optional<Status>> told_;  // who was here at the last note, and how
  Names heard_;                                        // of whom since then
  Subscription timer_, reported_;
};

PresenceNotes::PresenceNotes(base::EventLoop& loop, Client& client, std::chrono::milliseconds gathering)
    : loop_(loop), gathering_(gathering) {
  const auto follow = [this, &client](Network& network) {
    networks_.push_back(std::make_unique<OfNetwork>(loop_, client, network, gathering_));
  };
  for (const auto& network : client.networks()) follow(*network);
  added_ = client.network_added.connect(follow);
}

PresenceNotes::~PresenceNotes() = default;

}  // namespace gnatter::chat
