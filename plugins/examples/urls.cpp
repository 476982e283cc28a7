// SPDX-License-Identifier: GPL-3.0-or-later
// Every web address that is said goes into urls.tsv, those of messages that the broker had kept too.
#include <memory>
#include <string>

#include "gnatter/plugin.h"

namespace {

using namespace gnatter;

struct Urls : Plugin {
  std::unique_ptr<StatusItem> item;
  std::unique_ptr<AppendFile> file;
  Subscription messages;
  explicit Urls(Host& host) : item(host.add_status_item()) {
    AppendEvents events;
    events.failed = [this](std::string_view why) { item->set(Tone::warn, "urls: " + std::string(why)); };
    events.recovered = [this] { item->set(Tone::plain, ""); };
    file = host.open_append(host.directories().data / "urls.tsv", std::move(events));
    messages = host.on_message(
        {.scope = Scope::all, .direct = true, .group = true}, [this, &host](const MessageEvent& m) {
          for (const std::string& url : host.urls(m.text))
            file->line(host.tsv({host.iso_time(m.time()), std::string(m.network.name()), m.target.shown(),
                                 std::string(m.sender), url}));
        });
  }
};

}  // namespace

GNATTER_PLUGIN(Urls, "urls", "1.0", "keeps web addresses in urls.tsv")
