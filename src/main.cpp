// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring: every long-lived object, in order, on the stack.

#include <fcntl.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "app/accounts.h"
#include "app/build_info.h"
#include "app/command_line.h"
#include "app/file_settings.h"
#include "app/identities.h"
#include "app/installation.h"
#include "app/local_broker.h"
#include "app/local_command.h"
#include "app/local_watcher.h"
#include "app/options.h"
#include "app/password.h"
#include "app/password_prompt.h"
#include "base/cells.h"
#include "base/event_loop.h"
#include "base/last_words.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/client.h"
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

/// The user's, then those that came with the program.
std::vector<std::filesystem::path> plugin_directories(const app::Options& options) {
  auto directories = options.plugin_directories;
  for (auto& place : app::Installation::own().plugin_directories()) directories.push_back(std::move(place));
  return directories;
}

/// `seat`: kept to the end of the process, it keeps a private broker running.
chat::Account find_account(const app::Options& options, app::Accounts& accounts, app::LocalSeat& seat) {
  const bool first_run = options.nowhere && !options.headless;
  if (options.local || first_run) app::forget_environment_password();
  if (options.local) {
    seat = app::join_local_broker(app::find_local_place(), options.user);
    return seat.account;
  }
  if (first_run) return {};
  const bool by_certificate = options.security == chat::Security::certificate;
  std::string password;
  if (by_certificate) password = app::given_password(options).value_or("");
  chat::Account account = accounts.first(app::ask_password);
  account.password = by_certificate ? password : app::find_password(options, complain);
  return account;
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

/// Loads the plugins, connects and joins as the options say.
void begin(const app::Options& options, chat::Client& client, plugin_host::PluginSet& plugins,
           const app::FileSettings& settings, chat::Account account) {
  chat::Network& network = *client.networks().front();
  std::set<std::string> loaded;
  for (const std::string& name : options.plugins) try {
      plugins.load(name);
      loaded.insert(name);
    } catch (const base::UserError& error) {
      network.print(chat::LineKind::error, error.what());
    }
  settings.tell_unknown(loaded);
  if (account.host.empty()) return;
  client.connect(network, std::move(account));
  for (const std::string& group : options.join) {
    network.messenger.join(group);
    client.buffers.show(client.buffers.open(network, chat::BufferKind::group, group));
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

int show(const app::Options& options, const Characters& characters, base::EventLoop& loop,
         chat::Client& client, const std::function<void()>& start) {
  std::optional<ui::NcursesTerminal> terminal(std::in_place, characters.utf8);
  const ui::TerminalPath path =
      ui::terminal_path(characters.utf8, std::getenv("TERM"), std::getenv("TMUX"), std::getenv("STY"));
  ui::Screen screen(loop, client, *terminal,
                    {.glyphs = &characters.glyphs, .version = app::version, .path = path});
  start();
  if (!characters.utf8 && !options.nowhere)
    client.networks().front()->print(chat::LineKind::info,
                                     "The locale is not UTF-8: what it cannot show stands as \"?\".");
  return run_to_the_end(loop, screen, [&] {
    terminal.reset();
    base::LastWords::listen();
    if (const std::size_t count = client.unsent(); count > 0)
      complain(base::counted(count, "message was", "messages were") + " not sent.");
  });
}

int speak(const app::Options& options, base::EventLoop& loop, chat::Client& client,
          const std::function<void()>& start) {
  base::LastWords::listen();
  headless::Headless front_end(loop, client, {.stay = options.stay}, complain);
  start();
  return run_to_the_end(loop, front_end, [] {});
}

int run(const app::Options& options, const Characters& characters) {
  base::EventLoop loop;
  app::LocalSeat seat;
  app::Accounts accounts(options, app::Installation::own());
  chat::Account account = find_account(options, accounts, seat);
  app::Identities identities(base::state_directory(), options.client_id);
  transport::Worker worker;
  chat::Client client(
      loop,
      [&] {
        return std::make_unique<transport::PahoConnection>(loop, worker, base::state_directory() / "brokers");
      },
      [&](chat::Account wanted) { return identities.identify(accounts.complete(std::move(wanted))); });
  const app::LocalCommand local(client, options.user);
  plugin_host::PluginSet plugins(loop, client, plugin_directories(options));
  chat::Network& network = client.add_network();
  network.session.set_will_delay(options.will_delay);
  const app::FileSettings settings(client, options.settings);
  const auto start = [&] { begin(options, client, plugins, settings, std::move(account)); };
  const int code =
      options.headless ? speak(options, loop, client, start) : show(options, characters, loop, client, start);
  const auto unwritten = plugins.end();
  if (unwritten.lines > 0)
    complain(base::counted(unwritten.lines, "line was", "lines were") + " not written to " +
             base::safe_text(unwritten.file.string()) + ": " + unwritten.why + '.');
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
