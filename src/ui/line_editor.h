// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gnatter::ui {

/// One row: something a key does beside editing. readline knows it by `name` (`gnatter-next-window`), so that
/// an inputrc binds it like anything else.
struct KeyAction {
  std::string name;
  std::vector<std::string> keys;  ///< by default, as an inputrc writes them: "\\en", "\\C-l", "\\e[15~"
  std::string summary;            ///< one sentence without its full stop
  std::function<void()> run;
};

/// The input line: GNU readline, fed with decoded keys. Emacs and vi modes, kill ring, undo, history search
/// and
/// ~/.inputrc with `$if gnatter` are readline's. readline keeps its state in globals, so there is one at a
/// time. One thread; it never blocks and never writes to the terminal.
class LineEditor {
 public:
  /// `changed`: what is shown may be another. `entered`: Enter was pressed; the line is empty already when
  /// this is called. The keys are bound after readline's own and before the user's inputrc is read, so the
  /// user wins.
  LineEditor(std::vector<KeyAction> actions, std::function<void()> changed,
             std::function<void(std::string line)> entered);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// One whole key: a UTF-8 character, a control character or an escape sequence.
  void key(std::string_view bytes);

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::size_t cursor() const;  ///< a byte of text()
  /// readline's own prompt while it asks something ("(reverse-i-search)`foo': "), else empty.
  [[nodiscard]] std::string prompt() const;
  /// Replaces everything as one undoable change.
  void set_text(std::string_view text, std::size_t cursor);
  /// At the cursor, as one undoable change, newlines too.
  void insert(std::string_view text);
  void clear() { set_text({}, 0); }
  /// A line of the history, which Up and Ctrl-R find. Repetitions of the last one are left out.
  void remember(const std::string& line);

 private:
  struct State;
};

}  // namespace gnatter::ui
