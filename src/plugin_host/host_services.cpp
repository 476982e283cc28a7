// SPDX-License-Identifier: GPL-3.0-or-later
// Files, programs and small services for plugins.
#include <random>
#include <system_error>
#include <utility>

#include "base/child.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/time_text.h"
#include "chat/urls.h"
#include "plugin_host/host.h"

namespace gnatter::plugin_host {
namespace {

class Item final : public StatusItem {
 public:
  Item(chat::StatusItems& items, chat::StatusItems::Id id) : items_(items), id_(id) {}
  Item(const Item&) = delete;
  Item& operator=(const Item&) = delete;
  ~Item() override { items_.remove(id_); }
  void set(Tone tone, std::string_view text) override {
    using chat::StatusItems;
    items_.set(id_, tone == Tone::warn ? StatusItems::Tone::warn : StatusItems::Tone::plain, text);
  }

 private:
  chat::StatusItems& items_;
  const chat::StatusItems::Id id_;
};

class LinesFile final : public AppendFile {
 public:
  explicit LinesFile(std::unique_ptr<base::AppendFiles::File> file) : file_(std::move(file)) {}
  void line(std::string_view text, std::uint64_t mark) override { file_->add(std::string(text), mark); }
  std::vector<std::string> unwritten() const override { return file_->unwritten(); }
  std::size_t waiting() const override { return file_->waiting(); }
  std::size_t lost() const override { return file_->lost(); }

 private:
  std::unique_ptr<base::AppendFiles::File> file_;
};

ChildEnd to_public(const base::Child::End& end) {
  const std::string complaint = base::safe_text(end.complaint);
  switch (end.kind) {
    case base::Child::End::Kind::exited:
      return {ChildEnd::Kind::exited, end.code, complaint};
    case base::Child::End::Kind::signalled:
      return {ChildEnd::Kind::signalled, end.code, complaint};
    case base::Child::End::Kind::took_too_long:
      break;
  }
  return {ChildEnd::Kind::took_too_long, end.code, complaint};
}

}  // namespace

std::unique_ptr<StatusItem> HostForPlugin::add_status_item() {
  status_items_.push_back(client_.status_items.add());
  return std::make_unique<Item>(client_.status_items, status_items_.back());
}

Directories HostForPlugin::directories() {
  return {base::data_directory() / guard_.plugin(), base::state_directory()};
}

/// What the plugin wants to hear of a file stays here, and ends with the unload; the file does not.
std::unique_ptr<AppendFile> HostForPlugin::open_append(const std::filesystem::path& path,
                                                       AppendEvents events) {
  if (!path.is_absolute()) return nullptr;
  const std::weak_ptr<int> alive = alive_;
  base::AppendFiles::Events told;
  if (events.failed)
    told.failed = [this, alive, function = std::move(events.failed)](const std::string& why) {
      if (!alive.expired()) guard("a file's trouble", [&] { function(why); });
    };
  if (events.recovered)
    told.recovered = [this, alive, function = std::move(events.recovered)] {
      if (!alive.expired()) guard("a file's recovery", function);
    };
  if (events.synced)
    told.synced = [this, alive, function = std::move(events.synced)](std::uint64_t size, std::uint64_t mark) {
      if (!alive.expired()) guard("a file's synchronisation", [&] { function(size, mark); });
    };
  return std::make_unique<LinesFile>(services_.files.open(path, {}, std::move(told)));
}

Subscription HostForPlugin::run_child(ChildPlan plan, std::function<void(std::string_view)> on_line,
                                      std::function<void(const ChildEnd&)> on_end) {
  const auto ended = std::make_shared<std::function<void(const ChildEnd&)>>(std::move(on_end));
  const auto tell_end = [this, ended](const ChildEnd& end) {
    if (*ended) guard("a program's end", [&] { (*ended)(end); });
  };
  try {
    auto child = std::make_shared<base::Child>(
        client_.loop(),
        base::Child::Plan{.words = std::move(plan.words),
                          .input = std::move(plan.input),
                          .environment = std::move(plan.environment),
                          .patience = plan.patience},
        [this, on_line = std::move(on_line)](std::string_view line) {
          if (on_line) guard("a program's line", [&] { on_line(line); });
        },
        [tell_end](const base::Child::End& end) { tell_end(to_public(end)); });
    return track(Subscription([child]() mutable { child.reset(); }));
  } catch (const std::system_error& error) {
    const std::string why = base::safe_text(error.what());
    return track(client_.loop().after(std::chrono::milliseconds(0), [tell_end, why] {
      tell_end({ChildEnd::Kind::not_started, 0, why});
    }));
  }
}

std::vector<std::string> HostForPlugin::urls(std::string_view text) const {
  std::vector<std::string> out;
  for (const std::string_view url : chat::urls_in(text)) out.emplace_back(url);
  return out;
}

std::string HostForPlugin::tsv(const std::vector<std::string>& fields) const {
  std::string out;
  for (const std::string& field : fields) out += (out.empty() ? "" : "\t") + base::escape_field(field);
  return out;
}

std::string HostForPlugin::iso_time(Time time) const {
  return base::local_iso8601(time);
}

std::uint32_t HostForPlugin::random(std::uint32_t below) {
  static std::random_device device;
  return below == 0 ? 0 : std::uniform_int_distribution<std::uint32_t>(0, below - 1)(device);
}

}  // namespace gnatter::plugin_host
