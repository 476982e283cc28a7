// SPDX-License-Identifier: GPL-3.0-or-later
#include "departures.h"

#include <chrono>

namespace presence {

using namespace gnatter;
using namespace std::chrono_literals;

namespace {

constexpr auto answer_time = 10s;
/// A contradiction comes after one second, and its way.
constexpr auto contradiction_patience = 2500ms;

}  // namespace

void Departures::own_login() {
  for (auto& [name, person] : people_) person.answers = 0;
  counting_ = true;
  counting_ends_ = host_.after(answer_time, [this] { counting_ = false; });
}

Departures::Person& Departures::person(std::string_view name) {
  const auto found = people_.find(name);
  return found == people_.end() ? people_[std::string(name)] : found->second;
}

void Departures::login(std::string_view name) {
  const bool was_here = people_.contains(name);
  Person& comer = person(name);
  comer.several |= was_here;
  comer.leaving.reset();
}

void Departures::active(std::string_view name) {
  Person& one = person(name);
  one.leaving.reset();
  if (counting_) one.several |= ++one.answers > 1;
}

bool Departures::holds_back(std::string_view name) {
  const auto found = people_.find(name);
  if (found == people_.end() || !found->second.several) {
    if (found != people_.end()) people_.erase(found);
    return false;
  }
  if (found->second.leaving) return true;
  found->second.leaving = host_.after(contradiction_patience, [this, gone = std::string(name)] {
    const std::string who = gone;  // goes with the timer
    people_.erase(who);
    left_(who);
  });
  return true;
}

}  // namespace presence
