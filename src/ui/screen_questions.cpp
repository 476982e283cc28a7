// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked in the prompt's place, and when.
#include <utility>

#include "base/text.h"
#include "base/user_error.h"
#include "ui/screen.h"

namespace gnatter::ui {

using namespace std::chrono_literals;

void Screen::ask(Question question) {
  const auto place = is_asking() ? questions_.end() : questions_.begin();
  questions_.insert(place, {std::move(question), false});
}

void Screen::ask_when_idle(Question question) {
  if (!is_asking() && !editor_.text().empty())
    popup_ = "Asked once this line is sent or empty: " + question.prompt();
  draw_soon();
  // Asked again before it was begun: once is enough.
  for (Asked& other : questions_)
    if (other.waits_for_idle && other.question.prompt() == question.prompt()) {
      other.question = std::move(question);
      return;
    }
  questions_.push_back({std::move(question), true});
}

bool Screen::is_asking() const {
  return !questions_.empty() && (!questions_.front().waits_for_idle || editor_.text().empty());
}

/// The broker does not take the password, or a key wants one: ask, and try no more until one is given (C2). A
/// login by certificate has none.
void Screen::on_failed(chat::Network& network, const transport::Failure& failure, bool tried_again) {
  using Reason = transport::Failure::Reason;
  draw_soon();
  const bool was_lost = links_.is_lost(network);
  if (!tried_again) links_.forget_loss(network);
  const bool login = failure.reason == Reason::wrong_password || failure.reason == Reason::not_authorized;
  const bool key = failure.reason == Reason::key_password;
  const bool by_certificate = network.session.account().security == chat::Security::certificate;
  // Nobody waits for a question when a lost line comes back: what is being typed would be taken for the
  // answer.
  if (was_lost || (!key && (!login || by_certificate))) return;
  key ? ask_key_password(network) : ask_password(network);
}

/// That it was not answered is said here where nothing else says so.
void Screen::ask_for_client(chat::Question question) {
  const std::string prompt = base::safe_row(question.prompt);
  auto answered = [this, prompt,
                   tell = std::move(question.answered)](const std::optional<std::string>& answer) {
    const chat::Buffer* const window = client_.buffers.current();
    const chat::LineNumber before = window->end();
    tell(answer);
    const bool told = client_.buffers.current() == window && window->end() != before;
    if (!answer && !told) popup_ = "Not answered: " + prompt;
  };
  ask_when_idle(question.secret
                    ? Question::secret(prompt, std::move(answered))
                    : Question::line(prompt, base::safe_row(question.suggestion), std::move(answered)));
}

void Screen::ask_for_secret(chat::Network& network, std::string prompt,
                            std::function<void(std::string)> answer) {
  ask_for_client({std::move(prompt), {}, true, [&network, answer](const std::optional<std::string>& secret) {
                    if (secret) return answer(*secret);
                    network.print(chat::LineKind::info, "Not connected: no password. /connect asks again.");
                  }});
}

void Screen::ask_password(chat::Network& network) {
  ask_for_secret(network,
                 "Wrong name or password. Password for " + network.user() + " at " + network.name() + ": ",
                 [this, &network](const std::string& password) {
                   chat::Account again = network.session.account();
                   again.password = password.empty() ? again.user : password;
                   connect(network, std::move(again));
                 });
}

void Screen::ask_key_password(chat::Network& network) {
  const std::string where = client_.networks().size() > 1 ? " for " + network.name() : std::string();
  ask_for_secret(network, "Password of the key " + network.session.account().tls.key.string() + where + ": ",
                 [this, &network](const std::string& password) {
                   if (password.empty()) return;
                   chat::Account again = network.session.account();
                   again.tls.key_password = password;
                   connect(network, std::move(again));
                 });
}

void Screen::connect(chat::Network& network, chat::Account account) try {
  client_.connect(network, std::move(account));
} catch (const base::UserError& error) {
  network.print(chat::LineKind::error, error.what());
}

void Screen::on_quit_asked() {
  if (client_.unsent() == 0 || departure_.leaving()) return quit();
  // What is only on its way may arrive: whoever says "bye" and quits is not asked about that.
  quitting_ = loop_.after(1s, [this] { ask_about_unsent(); });
}

void Screen::ask_about_unsent() {
  quitting_.reset();
  const std::size_t waiting = client_.unsent();
  if (waiting == 0) return quit();
  const auto yes = [this] { quit(); };
  const auto no = [] {};
  ask(Question::choice(
      base::counted(waiting, "line waits", "lines wait") + " to be sent. Quit all the same? (y/n)",
      {{"y", yes}, {"Y", yes}, {"n", no}, {"N", no}}));
  draw_soon();
}

}  // namespace gnatter::ui
