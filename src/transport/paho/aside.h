// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include "base/event_loop.h"
#include "gnatter/subscription.h"

namespace gnatter::transport {

/// Runs `work` on a thread of its own and hands its result to `done` on the loop, or `too_late` after
/// `limit`. The thread is then left to itself: calls like getaddrinfo cannot be interrupted, and nobody waits
/// for them. So `work` holds values only. Revoking the Subscription: `done` is not called any more.
template <class Result>
[[nodiscard]] Subscription run_aside(base::EventLoop& loop, std::chrono::milliseconds limit,
                                     std::function<Result()> work, Result too_late,
                                     std::function<void(Result)> done) {
  struct Waiting {  // the loop's thread only; the other one holds it weakly and hands it back
    std::function<void(Result)> done;
    Subscription timer;
    void finish(Result result) {
      timer.reset();
      if (auto function = std::exchange(done, nullptr)) function(std::move(result));
    }
  };
  auto waiting = std::make_shared<Waiting>();
  waiting->done = std::move(done);
  waiting->timer = loop.after(limit, [weak = std::weak_ptr(waiting), too_late] {
    if (const auto still = weak.lock()) still->finish(too_late);
  });
  const auto answer = [weak = std::weak_ptr(waiting)](Result result) {
    return [weak, result = std::move(result)] {
      if (const auto still = weak.lock()) still->finish(result);
    };
  };
  try {
    std::thread([post = loop.poster(), work = std::move(work), answer] { post(answer(work())); }).detach();
  } catch (const std::system_error&) {  // no thread to be had
    loop.post(answer(std::move(too_late)));
  }
  return Subscription([waiting] {
    waiting->done = nullptr;
    waiting->timer.reset();
  });
}

}  // namespace gnatter::transport
