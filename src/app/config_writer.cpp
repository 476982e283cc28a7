// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config_writer.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "app/config_edit.h"
#include "app/config_file.h"
#include "app/config_text.h"
#include "base/file_descriptor.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/user_error.h"
#include "chat/setting_table.h"

namespace gnatter::app {
namespace {

using base::UserError;
using chat::Settings;
using Values = std::map<std::string, Settings::Value>;

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (c == '\t' || c == '\n') {
      out += c == '\t' ? "\\t" : "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(byte));
      out += escape.data();
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// One text may stand for a list of one.
bool same(const Settings::Value& one, const Settings::Value& other) {
  const auto listed = [](const Settings::Value& value) {
    const auto* const text = std::get_if<std::string>(&value);
    return text ? Settings::Value(Settings::List{*text}) : value;
  };
  return listed(one) == listed(other);
}

bool same(const Values& one, const Values& other) {
  return one.size() == other.size() &&
         std::equal(one.begin(), one.end(), other.begin(), [](const auto& left, const auto& right) {
           return left.first == right.first && same(left.second, right.second);
         });
}

std::string changed_text(const std::string& toml, const std::vector<Settings::Change>& changes,
                         const std::filesystem::path& file) {
  Values wanted = values_of_config(toml, file);
  std::string text = toml;
  for (const Settings::Change& change : changes) {
    const auto now = wanted.find(change.name);
    const bool there = now != wanted.end();
    if (change.value ? there && same(now->second, *change.value) : !there) continue;
    text = change.value ? with_setting(text, change.name, toml_of(*change.value))
                        : without_setting(text, change.name, change.initial ? toml_of(*change.initial) : "");
    if (change.value)
      wanted.insert_or_assign(change.name, *change.value);
    else
      wanted.erase(change.name);
  }
  bool as_wanted = false;
  try {
    as_wanted = same(values_of_config(text, file), wanted);
  } catch (const UserError&) {  // the way the file is written is too clever for this
  }
  if (as_wanted) return text;
  std::string all;
  for (const Settings::Change& change : changes)
    all += (all.empty() ? "" : ", ") + base::safe_row(change.name);
  throw UserError(base::safe_row(file.string()) + " is written in a way in which " + all +
                  " cannot be changed here. Nothing was saved: your editor can do it, and then /reload.");
}

/// What a failure means, for who has to read it at midnight.
[[noreturn]] void fail(const std::filesystem::path& file, int error) {
  throw UserError(base::safe_row(file.string()) + " cannot be written: " + std::strerror(error) +
                  ". Nothing was saved; what you have set holds until you leave.");
}

/// Where the file really is: behind links, also when it is not there yet.
std::filesystem::path behind_links(std::filesystem::path file) {
  std::error_code ignored;
  for (int links = 0; std::filesystem::is_symlink(file, ignored); ++links) {
    if (links == 40) fail(file, ELOOP);
    const std::filesystem::path target = std::filesystem::read_symlink(file, ignored);
    file = target.is_absolute() ? target : file.parent_path() / target;
  }
  return file;
}

/// One program at a time, by a lock on the directory: nothing more lies about in it then.
class Turn {
 public:
  explicit Turn(const std::filesystem::path& directory)
      : directory_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (!directory_) fail(directory, errno);
    constexpr int tries = 100;
    for (int i = 0; ::flock(directory_.get(), LOCK_EX | LOCK_NB) != 0; ++i) {
      if (errno != EWOULDBLOCK) return;  // a file system without locks
      if (i == tries)
        throw UserError("Another program keeps " + base::safe_row(directory.string()) +
                        " locked. Nothing was saved; /save tries again.");
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  /// The name of a new file is on the disk only with its directory.
  void sync() const { ::fsync(directory_.get()); }

 private:
  const base::FileDescriptor directory_;
};

int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(fd) == 0 ? 0 : errno;
}

void replace(const std::filesystem::path& file, std::string_view text) {
  std::string name = (file.parent_path() / ('.' + file.filename().string() + ".XXXXXX")).string();
  base::FileDescriptor out(::mkostemp(name.data(), O_CLOEXEC));  // O_EXCL, 0600
  if (!out) fail(file, errno);
  int error = ::fchmod(out.get(), 0600) == 0 ? write_all(out.get(), text) : errno;
  out.reset();
  if (error == 0 && ::rename(name.c_str(), file.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(name.c_str());
  fail(file, error);
}

/// A file that was named from where the program runs is meant from there.
Settings::Change from_anywhere(Settings::Change change) {
  const chat::SettingRow* const row = chat::find_setting(change.name);
  if (!row || !change.value || !takes_path(*row)) return change;
  const auto fit = [](std::string& path) {
    if (!path.empty() && path != "~" && !path.starts_with("~/"))
      path = std::filesystem::absolute(path).lexically_normal().string();
  };
  if (auto* const path = std::get_if<std::string>(&*change.value)) fit(*path);
  if (auto* const paths = std::get_if<Settings::List>(&*change.value))
    for (std::string& path : *paths) fit(path);
  return change;
}

}  // namespace

std::string toml_of(const Settings::Value& value) {
  if (const bool* const on = std::get_if<bool>(&value)) return *on ? "true" : "false";
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* const text = std::get_if<std::string>(&value)) return in_quotes(*text);
  std::string out = "[";
  for (const std::string& item : std::get<Settings::List>(value))
    out += (out.size() > 1 ? ", " : "") + in_quotes(item);
  return out + ']';
}

std::string with_changes(const std::string& toml, const std::vector<Settings::Change>& changes) {
  return changed_text(toml, changes, "gnatter.toml");
}

namespace {

/// What stands in `place`, which is called `file`, when there is no mistake in it.
std::string right_text_of(const std::filesystem::path& place, const std::filesystem::path& file) {
  try {
    std::string text = read_config_text(place);
    static_cast<void>(parse_config(text, file));
    return text;
  } catch (const UserError& error) {
    throw UserError(error.what() + std::string(" Nothing was saved."));
  }
}

}  // namespace

void save_config(const std::filesystem::path& file, const std::vector<Settings::Change>& changes) {
  std::vector<Settings::Change> wanted;
  for (const Settings::Change& change : changes) wanted.push_back(from_anywhere(change));
  const std::filesystem::path place = behind_links(std::filesystem::absolute(file));
  try {
    base::make_private_directory(place.parent_path());
  } catch (const std::system_error& error) {
    fail(place, error.code().value());
  }
  const Turn turn(place.parent_path());
  struct stat status {};
  const bool there = ::stat(place.c_str(), &status) == 0;
  if (!there && errno != ENOENT) fail(place, errno);
  const std::string before = there ? right_text_of(place, file) : "";
  const std::string after = changed_text(before, wanted, file);
  if (there && after == before) return;
  if (there && !S_ISREG(status.st_mode)) fail(place, EINVAL);
  replace(place, after);
  turn.sync();
}

}  // namespace gnatter::app
