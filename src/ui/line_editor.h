// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
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

/// Keys that do something else than by default, for hands that are used to another program.
struct KeyPreset {
  struct Row {
    std::string keys;      ///< as an inputrc writes them
    std::string function;  ///< an action's name or one of readline's
  };
  std::string name;
  std::vector<Row> rows;
};

/// The input line: GNU readline, fed with decoded keys. Emacs and vi modes, kill ring, undo, history search
/// and ~/.inputrc with `$if gnatter` are readline's. readline keeps its state in globals, so there is one at
/// a time. One thread; it never blocks and never writes to the terminal. The locale is set before
/// (base::use_utf8_locale).
///
/// The functions given to it may call everything here but key(), and may not destroy it. They may throw: the
/// exception comes out of key(), once readline is done with it.
class LineEditor {
 public:
  /// What a key does in the current mode.
  struct Binding {
    enum class Kind {
      nothing,
      function,  ///< `text` is its name, an action's or readline's
      macro,     ///< it types `text`, written as in an inputrc
      longer,    ///< other keys begin with it
    };
    Kind kind = Kind::nothing;
    std::string text;
  };

  /// `changed`: what is shown may be another. `entered`: Enter was pressed; the line is empty already when
  /// this is called, and may be filled again. The keys are bound after readline's own and before the user's
  /// inputrc is read, so the user wins. At most 128 different names in the life of the process.
  LineEditor(std::vector<KeyAction> actions, std::function<void()> changed,
             std::function<void(std::string line)> entered, std::vector<KeyPreset> presets = {});
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// One whole key, as KeyDecoder gives them. A sequence that nothing is bound to does nothing.
  void key(std::string_view bytes);

  /// Safe text (base::safe_text), newlines too.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::size_t cursor() const;  ///< a byte of text()
  /// readline's own prompt while it asks something ("(reverse-i-search)`foo': ", "(search) /"), else empty.
  /// Safe text.
  [[nodiscard]] std::string prompt() const;

  // What follows gives up a search or a half typed key sequence. Text is made safe; a cursor within a
  // character or past the end is taken to the character's beginning or the end.

  /// Replaces everything as one undoable change.
  void set_text(std::string_view text, std::size_t cursor);
  /// Replaces everything and forgets how to undo what was before, edits of lines of the history too: another
  /// window's line.
  void replace(std::string_view text, std::size_t cursor);
  /// At the cursor, as one undoable change, newlines too.
  void insert(std::string_view text);
  void clear() { set_text({}, 0); }
  /// A line of the history, which Up and Ctrl-R find; the latest 1000 stay. Repetitions of the last one are
  /// left out. Nothing else gets into the history.
  void remember(const std::string& line);

  [[nodiscard]] const std::vector<KeyAction>& actions() const;
  /// The keys of the preset of this name from now on; of a name that is none: those by default. The inputrc
  /// is read again, and it and what was bound by bind() and unbind() go before.
  void use_preset(std::string_view name);
  // Keys are written as in an inputrc. What is bound stays so in all modes, until the inputrc is read again.
  [[nodiscard]] Binding binding(const std::string& keys) const;
  /// The keys that call a function in the current mode.
  [[nodiscard]] std::vector<std::string> keys_of(const std::string& function) const;
  /// Whether an action or a function of readline's is called so.
  [[nodiscard]] static bool is_function(const std::string& name);
  /// Nothing happens when there is no such function.
  void bind(const std::string& keys, const std::string& function);
  void unbind(const std::string& keys);

  /// What is wrong with the user's inputrc: file, line and reason; and forgets it.
  [[nodiscard]] std::vector<std::string> complaints();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gnatter::ui
