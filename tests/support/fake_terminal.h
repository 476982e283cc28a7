// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "ui/canvas.h"
#include "ui/terminal.h"

namespace gnatter::testing {

/// Keeps the last frame and counts them.
class FakeTerminal : public ui::Terminal {
 public:
  explicit FakeTerminal(ui::Size size) : size_(size), shown(size) {}

  [[nodiscard]] ui::Size size() const override { return size_; }
  void draw(const ui::Canvas& canvas) override {
    ++frames;
    if (!(canvas == shown)) ++changes;
    shown = canvas;
  }
  void forget() override { ++redraws; }
  void set_title(std::string_view text) override { title = text; }
  void ring() override { ++rings; }
  void send(std::string_view escape) override { sent += escape; }
  void suspend() override {
    ++suspends;
    if (while_suspended) while_suspended();
  }
  void resume() override { ++resumes; }

  void resize(ui::Size size) { size_ = size; }
  [[nodiscard]] std::string picture() const { return ui::picture(shown); }
  [[nodiscard]] bool shows(std::string_view text) const { return picture().find(text) != std::string::npos; }
  /// A row, counted from 0 at the top, or from -1 at the bottom.
  [[nodiscard]] std::string row(int number) const {
    std::string rows = picture();
    if (number < 0) number += size_.rows;
    while (number-- > 0) rows.erase(0, rows.find('\n') + 1);
    return rows.substr(0, rows.find('\n'));
  }

 private:
  ui::Size size_;

 public:
  ui::Canvas shown;
  int frames = 0;   ///< draw() was called
  int changes = 0;  ///< with another picture than the last
  int redraws = 0;
  int suspends = 0;
  int resumes = 0;
  int rings = 0;
  std::string sent;
  std::string title;
  std::function<void()> while_suspended;
};

}  // namespace gnatter::testing
