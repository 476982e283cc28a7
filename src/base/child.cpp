// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/child.h"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "base/spawn.h"

namespace gnatter::base {
namespace {

using namespace std::chrono_literals;

constexpr auto patience_after_term = 2s;
constexpr std::size_t portion = std::size_t{64} << 10;  // of output a turn
constexpr std::size_t longest_line = std::size_t{64} << 10;
constexpr std::size_t longest_complaint = 1000;

/// SIGKILL later on, unless it has ended by then. It belongs to the loop's timer.
void end_later(EventLoop& loop, std::unique_ptr<Process> process) {
  struct Dying {
    std::unique_ptr<Process> process;
    Subscription timer, watch;
  };
  const auto dying = std::make_shared<Dying>();
  dying->process = std::move(process);
  dying->timer = loop.every(patience_after_term, [dying] { dying->process->signal(SIGKILL); });
  dying->watch = loop.watch(dying->process->descriptor(), POLLIN, [weak = std::weak_ptr(dying)](short) {
    const auto ended = weak.lock();
    if (!ended) return;
    ended->process->signal(SIGKILL);  // what is left of its group
    if (ended->process->reap()) ended->timer.reset();
  });
}

/// How much waits to be read.
std::size_t waiting_in(const FileDescriptor& pipe) {
  int count = 0;
  if (!pipe || ::ioctl(pipe.get(), FIONREAD, &count) != 0) return 0;
  return static_cast<std::size_t>(std::max(count, 0));
}

}  // namespace

/// Held by every callback while it runs, for what they call may destroy the Child.
class Child::State : public std::enable_shared_from_this<State> {
 public:
  State(EventLoop& loop, Plan plan, OnLine on_line, OnEnd on_end);
  void begin(std::chrono::milliseconds patience);
  void let_go();

 private:
  template <class Method>
  auto calling(Method method) {
    return [weak = weak_from_this(), method](auto...) {
      if (const auto state = weak.lock()) ((*state).*method)();
    };
  }
  void write_input();
  void read_output();
  void read_complaint();
  bool read_portion(std::size_t most);
  void take(std::string_view bytes);
  void give_line();
  void lose_patience();
  void ended();

  EventLoop& loop_;
  const OnLine on_line_;
  const OnEnd on_end_;
  std::string input_;
  std::size_t written_ = 0;
  Spawned child_;
  std::string line_;
  End end_;
  bool complaint_whole_ = false;
  bool let_go_ = false;
  Subscription patience_, input_watch_, output_watch_, error_watch_, end_watch_;
};

Child::State::State(EventLoop& loop, Plan plan, OnLine on_line, OnEnd on_end)
    : loop_(loop),
      on_line_(std::move(on_line)),
      on_end_(std::move(on_end)),
      input_(std::move(plan.input)),
      child_(spawn(plan.words, plan.environment)) {}

void Child::State::begin(std::chrono::milliseconds patience) {
  if (input_.empty())
    child_.input.reset();
  else
    input_watch_ = loop_.watch(child_.input.get(), POLLOUT, calling(&State::write_input));
  output_watch_ = loop_.watch(child_.output.get(), POLLIN, calling(&State::read_output));
  error_watch_ = loop_.watch(child_.error.get(), POLLIN, calling(&State::read_complaint));
  end_watch_ = loop_.watch(child_.process->descriptor(), POLLIN, calling(&State::ended));
  if (patience > 0ms) patience_ = loop_.after(patience, calling(&State::lose_patience));
}

void Child::State::let_go() {
  let_go_ = true;
  for (Subscription* watch : {&patience_, &input_watch_, &output_watch_, &error_watch_, &end_watch_})
    watch->reset();
  for (FileDescriptor* pipe : {&child_.input, &child_.output, &child_.error}) pipe->reset();
  if (!child_.process) return;
  child_.process->signal(SIGTERM);
  end_later(loop_, std::move(child_.process));
}

void Child::State::write_input() {
  const ssize_t count =
      ::write(child_.input.get(), input_.data() + written_, std::min(input_.size() - written_, portion));
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count > 0) written_ += static_cast<std::size_t>(count);
  if (count > 0 && written_ < input_.size()) return;
  input_watch_.reset();  // all of it, or it does not want to hear more
  child_.input.reset();
}

void Child::State::read_output() {
  if (read_portion(portion)) return;
  output_watch_.reset();
  child_.output.reset();
}

/// False at the end.
bool Child::State::read_portion(std::size_t most) {
  std::array<char, portion> bytes;
  const ssize_t count = ::read(child_.output.get(), bytes.data(), std::min(most, bytes.size()));
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  take(std::string_view(bytes.data(), static_cast<std::size_t>(count)));
  return count > 0;
}

void Child::State::take(std::string_view bytes) {
  while (!bytes.empty() && !let_go_) {
    const std::size_t newline = bytes.find('\n');
    line_ += bytes.substr(0, std::min(newline, longest_line - line_.size()));
    if (newline == std::string_view::npos) return;
    bytes.remove_prefix(newline + 1);
    give_line();
  }
}

void Child::State::give_line() {
  const std::string line = std::exchange(line_, {});
  if (on_line_) on_line_(line);
}

void Child::State::read_complaint() {
  std::array<char, 4096> bytes;
  const ssize_t count = ::read(child_.error.get(), bytes.data(), bytes.size());
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) {
    error_watch_.reset();
    child_.error.reset();
    return;
  }
  if (complaint_whole_) return;
  const std::string_view text(bytes.data(), static_cast<std::size_t>(count));
  const std::size_t newline = text.find('\n');
  end_.complaint += text.substr(0, std::min(newline, longest_complaint - end_.complaint.size()));
  complaint_whole_ = newline != std::string_view::npos;
}

void Child::State::lose_patience() {
  end_.kind = End::Kind::took_too_long;
  child_.process->signal(SIGTERM);
  patience_ = loop_.every(patience_after_term, [weak = weak_from_this()] {
    const auto state = weak.lock();
    if (state && state->child_.process) state->child_.process->signal(SIGKILL);
  });
}

/// What it has written is in the pipes by now. A child of its own may go on writing: what waits at this
/// moment is read, and no more.
void Child::State::ended() {
  const bool took_too_long = end_.kind == End::Kind::took_too_long;
  if (took_too_long) child_.process->signal(SIGKILL);  // what is left of its group
  const auto status = child_.process->reap();
  if (!status) return;
  child_.process.reset();
  end_watch_.reset();
  patience_.reset();
  for (std::size_t left = waiting_in(child_.error); left > 0 && child_.error && !complaint_whole_;
       left -= std::min(left, std::size_t{4096}))
    read_complaint();
  for (std::size_t left = waiting_in(child_.output); left > 0 && !let_go_; left -= std::min(left, portion))
    if (!read_portion(left)) break;
  if (!line_.empty() && !let_go_) give_line();
  if (let_go_) return;
  const bool exited = WIFEXITED(*status);
  if (!took_too_long) end_.kind = exited ? End::Kind::exited : End::Kind::signalled;
  end_.code = exited ? WEXITSTATUS(*status) : WTERMSIG(*status);
  let_go();
  if (on_end_) on_end_(end_);
}

Child::Child(EventLoop& loop, Plan plan, OnLine on_line, OnEnd on_end)
    : state_([&] {
        const auto patience = plan.patience;
        auto state = std::make_shared<State>(loop, std::move(plan), std::move(on_line), std::move(on_end));
        state->begin(patience);
        return state;
      }()) {}

Child::~Child() {
  state_->let_go();
}

}  // namespace gnatter::base
