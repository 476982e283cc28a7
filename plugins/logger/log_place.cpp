// SPDX-License-Identifier: GPL-3.0-or-later
#include "log_place.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <system_error>

#include "log_name.h"

namespace logger {
namespace {

namespace fs = std::filesystem;

bool has_shape(std::string_view name, std::string_view shape) {
  if (name.size() != shape.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (shape[i] == '0' ? name[i] < '0' || name[i] > '9' : name[i] != shape[i]) return false;
  return true;
}

std::vector<fs::path> dated_files(const fs::path& directory, std::string_view shape) {
  std::vector<fs::path> files;
  std::error_code trouble;
  for (fs::directory_iterator entry(directory, trouble), end; !trouble && entry != end;
       entry.increment(trouble))
    if (has_shape(entry->path().filename().string(), shape)) files.push_back(entry->path());
  std::sort(files.begin(), files.end(), std::greater<>());
  return files;
}

}  // namespace

std::optional<Layout> layout_of(std::string_view name) {
  const auto found = std::find(layout_names.begin(), layout_names.end(), name);
  if (found == layout_names.end()) return std::nullopt;
  return static_cast<Layout>(found - layout_names.begin());
}

fs::path Place::file_on(std::string_view date) const {
  const fs::path directory = root / path_part(std::string_view(network));
  const std::string name = path_part(target);
  switch (layout) {
    case Layout::one:
      break;
    case Layout::daily:
      return directory / name / (std::string(date) + ".log");
    case Layout::monthly:
      return directory / name / (std::string(date.substr(0, 7)) + ".log");
  }
  return directory / (name + ".log");
}

std::vector<fs::path> Place::files() const {
  switch (layout) {
    case Layout::one:
      break;
    case Layout::daily:
      return dated_files(file_on("").parent_path(), "0000-00-00.log");
    case Layout::monthly:
      return dated_files(file_on("").parent_path(), "0000-00.log");
  }
  return {file_on("")};
}

}  // namespace logger
