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
  void write(std::string_view bytes);
  [[nodiscard]] std::size_t waiting_input() const { return input_.size() - written_; }
  void close_input();
  void hold_output(bool held);
  void signal(int number) {
    if (child_.process) child_.process->signal(number);
  }
  [[nodiscard]] pid_t id() const { return child_.process ? child_.process->id() : 0; }

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
  void take_complaint(std::string_view bytes);
  void give_complaint();
  bool read_portion(std::size_t most);
  void take(std::string_view bytes);
  void give_line();
  void lose_patience();
  void ended();

  EventLoop& loop_;
  const OnLine on_line_;
  const OnEnd on_end_;
  const OnLine on_complaint_;
  std::string input_;
  std::size_t written_ = 0;
  bool input_stays_open_;
  Spawned child_;
  std::string line_;
  std::string complaint_;  // the line of standard error that is being read
  End end_;
  bool complaint_whole_ = false;
  bool let_go_ = false;
  Subscription patience_, input_watch_, output_watch_, error_watch_, end_watch_;
};

Child::State::State(EventLoop& loop, Plan plan, OnLine on_line, OnEnd on_end)
    : loop_(loop),
      on_line_(std::move(on_line)),
      on_end_(std::move(on_end)),
      on_complaint_(std::move(plan.on_complaint)),
      input_(std::move(plan.input)),
      input_stays_open_(plan.input_stays_open),
      child_(spawn(plan.words, plan.environment)) {}

void Child::State::begin(std::chrono::milliseconds patience) {
  if (!input_.empty())
    input_watch_ = loop_.watch(child_.input.get(), POLLOUT, calling(&State::write_input));
  else if (!input_stays_open_)
    child_.input.reset();
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
  if (count > 0 && written_ < input_.size()) {
    if (written_ > input_.size() / 2) input_.erase(0, std::exchange(written_, 0));
    return;
  }
  input_watch_.reset();  // all of it, or it does not want to hear more
  input_.clear();
  written_ = 0;
  if (count < 0 || !input_stays_open_) child_.input.reset();
}

void Child::State::write(std::string_view bytes) {
  if (!child_.input || !input_stays_open_ || bytes.empty()) return;
  input_ += bytes;
  if (!input_watch_) input_watch_ = loop_.watch(child_.input.get(), POLLOUT, calling(&State::write_input));
}

void Child::State::close_input() {
  input_stays_open_ = false;
  if (waiting_input() == 0) child_.input.reset();
}

void Child::State::hold_output(bool held) {
  if (held)
    output_watch_.reset();
  else if (child_.output && !output_watch_)
    output_watch_ = loop_.watch(child_.output.get(), POLLIN, calling(&State::read_output));
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
  take_complaint(std::string_view(bytes.data(), static_cast<std::size_t>(count)));
}

void Child::State::take_complaint(std::string_view bytes) {
  while (!bytes.empty() && !let_go_) {
    const std::size_t newline = bytes.find('\n');
    complaint_ += bytes.substr(0, std::min(newline, longest_complaint - complaint_.size()));
    if (newline == std::string_view::npos) return;
    bytes.remove_prefix(newline + 1);
    give_complaint();
  }
}

void Child::State::give_complaint() {
  const std::string line = std::exchange(complaint_, {});
  if (!std::exchange(complaint_whole_, true)) end_.complaint = line;
  if (on_complaint_) on_complaint_(line);
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
  for (std::size_t left = waiting_in(child_.error); left > 0 && child_.error && !let_go_;
       left -= std::min(left, std::size_t{4096}))
    read_complaint();
  if (!complaint_.empty() && !let_go_) give_complaint();
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

void Child::write(std::string_view bytes) {
  state_->write(bytes);
}

std::size_t Child::waiting_input() const {
  return state_->waiting_input();
}

void Child::close_input() {
  state_->close_input();
}

void Child::hold_output(bool held) {
  state_->hold_output(held);
}

void Child::signal(int number) {
  state_->signal(number);
}

pid_t Child::id() const {
  return state_->id();
}

}  // namespace gnatter::base
