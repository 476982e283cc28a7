// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

/// readline's keymaps, made fit for a program that feeds it: the line editor's alone, as <readline/...> is.
namespace gnatter::ui {

/// A byte that no UTF-8 has, bound to what does nothing.
inline constexpr int never_typed = 0xFF;

/// With readline's callbacks, giving up a key sequence in the middle of others, or of a macro, jumps into a
/// function that has returned. So what is bound to nothing is bound to a function that does nothing, and
/// macros are handed out as text to be fed again.
class ReadlineKeymaps {
 public:
  using Command = int(int, int);

  /// `on_macro` is called for a key that has a macro.
  explicit ReadlineKeymaps(Command* on_macro) : on_macro_(on_macro) {}

  /// What readline lacks, and without what sends a line by one wrong finger. Before any key is bound here.
  static void bind_defaults();
  /// In Emacs mode and both of vi's; `keys` as an inputrc writes them.
  static void bind(const std::string& keys, Command* command);
  /// What keys do in each of these modes, and that again; between open() and close().
  using Saved = std::array<Command*, 3>;
  static Saved saved(const std::string& keys);
  static void restore(const std::string& keys, const Saved& before);
  /// Whether these bytes, all of them, mean something in the current mode.
  static bool is_bound(const std::string& bytes);

  /// Before an inputrc is read or a key is bound, and after it.
  void open();
  void close();
  /// The macro of the key that readline is at.
  [[nodiscard]] std::string macro() const;
  /// The macro of these bytes in the current mode, as an inputrc writes it; nothing when they have none.
  [[nodiscard]] std::optional<std::string> macro_of(const std::string& bytes) const;

 private:
  Command* const on_macro_;
  std::map<std::pair<const void*, int>, std::string> macros_;  // of a keymap and a key
};

}  // namespace gnatter::ui
