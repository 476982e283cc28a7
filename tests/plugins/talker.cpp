// SPDX-License-Identifier: GPL-3.0-or-later
// The plugin of the tests of what is said and of the host's services: it tells in the network's window what
// it hears, and does what its one command says. Built under more than one name (TALKER).

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gnatter/plugin.h"

namespace {

using namespace gnatter;

std::string text(std::string_view view) {
  return std::string(view);
}

std::string name_of(LineKind kind) {
  static constexpr const char* names[] = {"message", "action", "notice", "presence", "info", "error"};
  return names[static_cast<int>(kind)];
}

class Talker final : public Plugin {
 public:
  explicit Talker(Host& host) : host_(host), item_(host.add_status_item()) {
    listen("live", {Scope::live, true, true});
    listen("all", {Scope::all, true, true});
    listen("group", {.scope = Scope::all, .group = true});
    keep(host.on_line([this](const LineEvent& line) { on_line(line); }));
    keep(host.on_self_status([](const SelfStatusEvent& event) {
      event.network.print("status " + text(protocol::to_payload(event.old)) + " to " +
                          text(protocol::to_payload(event.now)));
    }));
    CommandRow row{TALKER, {}, "WHAT [WITH]", "Does what the test says"};
    keep(host.add_command(std::move(row), [this](CommandCall& call) { run(call); }));
  }

 private:
  void keep(Subscription subscription) { kept_.push_back(std::move(subscription)); }
  void tell(const std::string& what) {
    host_.network(host_.networks().at(0))->print(text(TALKER) + ": " + what);
  }

  void listen(const std::string& as, Want want) {
    keep(host_.on_message(want, [this, as](const MessageEvent& event) {
      if (heard_ != as) return;
      tell(as + ' ' + event.target.shown() + ' ' + text(event.sender) + ": " + text(event.text) +
           (event.automatic ? " automatic" : "") + (event.mine ? " mine" : "") +
           (event.mentions_me ? " mention" : "") + (event.queued ? " queued" : "") +
           (event.retained ? " retained" : "") + (event.sent_at ? " dated" : "") +
           (event.topic.empty() ? "" : " by " + text(event.topic)) +
           (host_.in_view(event.window) ? " seen" : ""));
      if (answering_)
        host_.say(event.target, text(TALKER) + " heard " + text(event.text), {.automatic = automatic_});
      if (text(event.text) == "throw") throw std::runtime_error("it was asked for");
    }));
  }
  void on_line(const LineEvent& line) {
    if (heard_ != "lines") return;
    tell(name_of(line.kind) + ' ' + line.target.shown() + ' ' + text(line.sender) + ": " + text(line.text) +
         (line.mine ? " mine" : "") + (line.position > position_ ? "" : " out of order"));
    position_ = line.position;
  }

  void run(CommandCall& call) {
    const std::string_view all = call.arguments();
    const std::string_view what = all.substr(0, all.find(' '));
    const std::string with = what.size() == all.size() ? "" : text(all.substr(what.size() + 1));
    const NetworkId network = call.network().id();
    if (what == "hear") heard_ = with;
    if (what == "answer") answering_ = true, automatic_ = with == "automatically";
    if (what == "say") host_.say(Target::group(network, "dev"), with);
    if (what == "act") host_.say(Target::group(network, "dev"), with, {LineKind::action});
    if (what == "say-to") host_.say(Target::user(network, with), "hello");
    if (what == "where") call.print(call.target() ? call.target()->shown() : "nobody");
    if (what == "history") history(with);
    if (what == "open") open(call, with);
    if (what == "print") host_.print(window_, {{}, LineKind::message, "grep", with});
    if (what == "print-here") host_.print(call.window(), {{}, LineKind::message, "grep", with});
    if (what == "ring") call.print(host_.ring() ? "rung" : "no terminal");
    if (what == "terminal") call.print(host_.command_terminal(with) ? "commanded" : "no terminal");
    if (what == "item") item_->set(Tone::warn, with);
    if (what == "setting") add_setting(with);
    if (what == "get") call.print(setting_ ? std::get<std::string>(*setting_) : "none");
    if (what == "append") append(with);
    if (what == "child") child(with);
    if (what == "end-child") child_.reset();
    if (what == "urls")
      for (const std::string& url : host_.urls(with)) call.print(url);
    if (what == "tsv") call.print(host_.tsv({with, "a\tb", "c\\d\n"}));
    if (what == "time") call.print(host_.iso_time(Time{}));
    if (what == "random") call.print(std::to_string(host_.random(1)) + std::to_string(host_.random(0)));
  }

  void history(const std::string& with) {
    keep(host_.add_history([with](const HistoryRequest& request) {
      std::vector<Line> lines;
      for (std::size_t i = 0; i < 3; ++i)
        lines.push_back({Time{std::chrono::milliseconds(1000)}, LineKind::message, "bob",
                         with + ' ' + request.target.shown() + ' ' + std::to_string(request.most) +
                             (request.before ? " before " + request.before->text : "")});
      return lines;
    }));
  }
  void open(CommandCall& call, const std::string& name) {
    window_ = host_.open_window(call.network().id(), name, [this] { tell("closed"); });
    call.show(window_);
  }
  void add_setting(const std::string& name) {
    SettingRow row{name, std::string("initial"), "What the test says"};
    row.check = [](const SettingValue& value) {
      return std::get<std::string>(value) == "bad" ? "good would be right." : "";
    };
    row.changed = [this] { tell("changed to " + std::get<std::string>(*setting_)); };
    setting_ = host_.add_setting(std::move(row));
  }
  void append(const std::string& line) {
    if (!file_)
      file_ = host_.open_append(
          host_.directories().data / "file",
          {[this](std::string_view why) { tell("failed: " + text(why)); }, [this] { tell("recovered"); },
           [this](std::uint64_t size, std::uint64_t mark) {
             tell("synced " + std::to_string(size) + ' ' + std::to_string(mark));
           }});
    file_->line(line, 7);
  }
  void child(const std::string& script) {
    child_ = host_.run_child(
        {{"sh", "-c", script}, "input\n", {{"GNATTER_WORD", "word"}}},
        [this](std::string_view line) { tell("line " + text(line)); },
        [this](const ChildEnd& end) {
          tell("end " + std::to_string(static_cast<int>(end.kind)) + ' ' + std::to_string(end.code) + ' ' +
               end.complaint);
        });
  }

  Host& host_;
  std::string heard_;
  bool answering_ = false, automatic_ = false;
  std::uint64_t position_ = 0;
  WindowId window_ = 0;
  std::unique_ptr<StatusItem> item_;
  std::shared_ptr<const SettingValue> setting_;
  std::unique_ptr<AppendFile> file_;
  Subscription child_;
  std::vector<Subscription> kept_;
};

}  // namespace

GNATTER_PLUGIN(Talker, TALKER, "1.0", "tells what it hears")
