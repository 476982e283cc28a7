// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring: every long-lived object, in order, on the stack.

#include <fcntl.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/build_info.h"
#include "app/command_line.h"
#include "app/config_commands.h"
#include "app/group_files.h"
#include "app/identities.h"
#include "app/installation.h"
#include "app/local_broker.h"
#include "app/local_command.h"
#include "app/local_watcher.h"
#include "app/logins.h"
#include "app/options.h"
#include "app/password.h"
#include "app/plugin_settings.h"
#include "app/print_config.h"
#include "app/start_plan.h"
#include "base/cells.h"
#include "base/event_loop.h"
#include "base/last_words.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/client.h"
#include "chat/remembered_groups.h"
#include "chat/setting_table.h"
#include "headless/attach_commands.h"
#include "headless/headless.h"
#include "plugin_host/plugin_set.h"
#include "transport/paho/paho_connection.h"
#include "transport/paho/worker.h"
#include "ui/ncurses_terminal.h"
#include "ui/screen.h"

namespace {

using namespace gnatter;

enum ExitCode { ended_as_asked = 0, could_not_connect = 1, wrong_usage = 2 };

void complain(std::string_view sentence) {
  std::cerr << "gnatter: " << sentence << std::endl;
}

const chat::Settings::List& list_of(const chat::Client& client, const std::string& setting) {
  return std::get<chat::Settings::List>(client.settings.value(setting));
}

/// The user's, then those that came with the program.
std::vector<std::filesystem::path> plugin_directories(const chat::Client& client) {
  std::vector<std::filesystem::path> directories;
  for (const std::string& name : list_of(client, "plugin-dir"))
    directories.push_back(base::expanded_home(name));
  for (auto& place : app::Installation::own().plugin_directories()) directories.push_back(std::move(place));
  return directories;
}

/// A network of the start, and the account to connect it with.
struct Start {
  chat::Network& network;
  chat::Account account;
  std::string settings;  ///< the name under which they are
};

/// The networks of the plan, in its order; where it connects none, the one of the first window.
void add_networks(const app::StartPlan& plan, chat::Client& client) {
  for (const std::string& name : plan.connected) {
    const bool defined = std::find(plan.defined.begin(), plan.defined.end(), name) != plan.defined.end();
    client.add_network(defined ? name : "");
  }
  if (client.networks().empty() && (plan.defined.empty() || !client.take_network_up(plan.defined.front())))
    client.add_network();
}

/// How the networks of the plan are connected. Passwords are asked for on the terminal. `seat`: kept to the
/// end of the process, it keeps a private broker running. Of several, what is wrong with one does not keep
/// the others away.
std::vector<Start> find_starts(const app::Options& options, const app::StartPlan& plan, chat::Client& client,
                               app::Logins& logins, app::LocalSeat& seat) {
  std::vector<Start> starts;
  const bool alone = plan.connected.size() == 1;
  if (options.local || plan.nowhere || !alone) app::forget_environment_password();
  if (plan.nowhere && !options.headless) return starts;
  for (std::size_t i = 0; i < plan.connected.size(); ++i) {
    const std::string& name = plan.connected[i];
    chat::Network& network = *client.networks()[i];
    if (options.local) {
      const std::string user = chat::account_of(client.settings, name).user;
      seat = app::join_local_broker(app::find_local_place(), user.empty() ? options.login_name : user);
      starts.push_back({network, seat.account, name});
    } else
      try {
        starts.push_back({network, logins.first(name, alone, complain), name});
      } catch (const base::UserError& error) {
        if (alone) throw;
        network.print(chat::LineKind::error, error.what());
      }
  }
  return starts;
}

/// The loop, to the end of a front end. `put_back` gives the terminal back.
template <class FrontEnd>
int run_to_the_end(base::EventLoop& loop, const FrontEnd& front_end, const std::function<void()>& put_back) {
  std::string trouble;
  int code = could_not_connect;
  try {
    code = loop.run();
  } catch (const std::exception& error) {
    trouble = error.what();
  }
  put_back();
  if (trouble.empty() && !front_end.gave_up()) return code;
  if (!trouble.empty()) complain(trouble);
  // No destructors: they would close the connections in order, and the brokers forget the Wills.
  std::_Exit(could_not_connect);
}

/// What cannot be loaded is told in the first network's window.
void load_plugins(chat::Client& client, plugin_host::PluginSet& plugins) {
  for (const std::string& name : list_of(client, "plugin"))
    if (!name.empty()) try {
        plugins.load(name);
      } catch (const base::UserError& error) {
        client.networks().front()->print(chat::LineKind::error, error.what());
      }
}

/// One that was to be loaded exists, whether it is here or not: the file may have come from another machine.
app::KnownPlugins known_plugins(const chat::Client& client, const plugin_host::PluginSet& plugins) {
  return {plugins.loaded(), [&](const std::string& name) {
            const auto& wanted = list_of(client, "plugin");
            return plugins.knows(name) || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
          }};
}

/// Connects and joins.
void begin(chat::Client& client, const std::vector<Start>& starts) {
  for (const Start& start : starts) {
    client.connect(start.network, start.account);
    chat::Buffer* const group = chat::join_groups(client, start.network, start.settings);
    if (group && &start.network == client.networks().front().get()) client.buffers.show(*group);
  }
}

/// What the terminal can show; asked before the locale is changed.
struct Characters {
  bool utf8;
  const ui::Glyphs& glyphs;
};

Characters find_characters() {
  const std::string locale = base::named_locale();
  const char* term = std::getenv("TERM");
  const bool utf8 = base::use_utf8_locale();
  return {utf8, ui::glyphs_for(utf8, term ? term : "", locale)};
}

int show(const app::Options& options, bool nowhere, const Characters& characters, base::EventLoop& loop,
         chat::Client& client, const std::function<void()>& start) {
  std::optional<ui::NcursesTerminal> terminal(std::in_place, characters.utf8);
  const ui::TerminalPath path =
      ui::terminal_path(characters.utf8, std::getenv("TERM"), std::getenv("TMUX"), std::getenv("STY"));
  ui::Screen screen(loop, client, *terminal,
                    {.glyphs = &characters.glyphs,
                     .version = app::version,
                     .settings_file = base::safe_row(base::shortened_home(options.file)),
                     .path = path});
  start();
  if (!characters.utf8 && !nowhere)
    client.networks().front()->print(chat::LineKind::info,
                                     "The locale is not UTF-8: what it cannot show stands as \"?\".");
  return run_to_the_end(loop, screen, [&] {
    terminal.reset();
    if (const std::size_t count = client.unsent(); count > 0)
      complain(base::counted(count, "message was", "messages were") + " not sent.");
  });
}

int speak(const app::Options& options, base::EventLoop& loop, chat::Client& client,
          const std::function<void()>& start) {
  headless::Headless front_end(loop, client, {.stay = options.stay}, complain);
  start();
  return run_to_the_end(loop, front_end, [] {});
}

/// What file and command line say, and the settings of all networks of the start, so that they are there.
void give_settings(chat::Client& client, const app::StartPlan& plan) {
  if (!plan.nowhere)
    for (const std::string& name : plan.connected) client.add_settings_of(name);
  for (const std::string& name : plan.defined) client.define_network(name);
  for (const auto& given : plan.file)
    client.settings.give(given.name, given.value, base::safe_row(given.where));
  for (const auto& given : plan.flags)
    client.settings.give(given.name, given.value, given.where, chat::Settings::Origin::flag);
}

int run(const app::Options& options, const Characters& characters) {
  base::EventLoop loop;
  app::LocalSeat seat;
  const app::StartPlan plan = app::plan_start(options);
  app::Identities identities(base::state_directory());
  app::Logins logins(loop, options, identities);
  transport::Worker worker;
  chat::Client client(
      loop,
      [&] {
        return std::make_unique<transport::PahoConnection>(loop, worker, base::state_directory() / "brokers");
      },
      [&](chat::Account wanted) { return logins.identify(std::move(wanted)); });
  logins.use(client.settings);
  client.login_name = options.login_name;
  client.find_password = [&](const auto& name, auto done) { logins.find_password(name, std::move(done)); };
  give_settings(client, plan);
  app::GroupFiles group_files(loop, base::state_directory());
  const chat::RememberedGroups remembered_groups(client, group_files);
  const app::LocalCommand local(client, options.login_name);
  plugin_host::PluginSet plugins(loop, client, plugin_directories(client));
  const app::ConfigCommands config_commands(client, options.file,
                                            [&] { return known_plugins(client, plugins); });
  add_networks(plan, client);
  base::LastWords::listen();
  load_plugins(client, plugins);
  for (const auto* given : {&plan.file, &plan.flags})
    app::check_plugin_settings(client.settings, *given, known_plugins(client, plugins));
  // Of plugins that are loaded later.
  const Subscription complaints = client.settings.complained.connect([&](const std::string& sentence) {
    client.networks().front()->print(chat::LineKind::error, sentence);
  });
  const std::vector<Start> starts = find_starts(options, plan, client, logins, seat);
  headless::AttachCommands attached(client);
  const auto start = [&] {
    begin(client, starts);
    attached.attach_all(list_of(client, "attach"));
    headless::run_lines(client, list_of(client, "run"));
  };
  const int code = options.headless ? speak(options, loop, client, start)
                                    : show(options, plan.nowhere, characters, loop, client, start);
  attached.end();
  const auto unwritten = plugins.end();
  if (unwritten.lines > 0)
    complain(base::counted(unwritten.lines, "line was", "lines were") + " not written to " +
             base::safe_text(unwritten.file.string()) + ": " + unwritten.why + '.');
  return code;
}

/// With the rows of the plugins that would be loaded; one that cannot be is told and left out. Nothing is
/// connected. Returns the exit code.
int print_config(const std::vector<chat::Settings::Given>& flags) {
  base::EventLoop loop;
  chat::Client client(
      loop, [] { return nullptr; }, [](chat::Account wanted) { return wanted; });
  for (const auto& given : flags) client.settings.give(given.name, given.value, given.where);
  plugin_host::PluginSet plugins(loop, client, plugin_directories(client));
  int code = ended_as_asked;
  for (const std::string& name : list_of(client, "plugin"))
    if (!name.empty()) try {
        plugins.load(name);
      } catch (const base::UserError& error) {
        complain(error.what());
        code = wrong_usage;
      }
  std::cout << app::printed_config(client.settings);
  return code;
}

/// Descriptors 0 to 2 are somebody's, if only /dev/null's: else the first ones opened would be read and
/// written as the chat.
void open_standard_descriptors() {
  for (int fd = 0; fd <= 2; ++fd)
    if (::fcntl(fd, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) != fd) std::_Exit(could_not_connect);
}

}  // namespace

int main(int argc, char** argv) {
  open_standard_descriptors();
  if (app::is_local_watcher(argc, argv)) return app::watch_local_broker(argv);
  base::EventLoop::block_signals();
  try {
    const app::Invocation invocation = app::read_invocation(argc, argv);
    if (invocation.text) {
      std::cout << *invocation.text;
      return ended_as_asked;
    }
    if (invocation.prints_config) return print_config(invocation.options.flags);
    const Characters characters = find_characters();
    if (!invocation.options.headless) ui::NcursesTerminal::check();
    return run(invocation.options, characters);
  } catch (const base::UserError& error) {
    complain(error.what());
    return wrong_usage;
  } catch (const std::exception& error) {
    complain(error.what());
    return could_not_connect;
  }
}
