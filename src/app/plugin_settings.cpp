// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plugin_settings.h"

#include <string_view>

#include "base/text.h"
#include "base/user_error.h"
#include "chat/nearest.h"
#include "chat/setting_table.h"

namespace gnatter::app {
namespace {

using chat::Settings;

/// Behind a place: "gnatter.toml:3: there is …"
std::string no_such_setting(const Settings& settings, const std::string& name) {
  std::string sentence = settings.no_such(name);
  sentence.front() = 't';
  return sentence;
}

std::string no_such_plugin(const std::string& name, const std::set<std::string>& loaded) {
  const std::string meant = chat::nearest(name, {loaded.begin(), loaded.end()});
  return "there is no plugin " + base::safe_row(name) + (meant.empty() ? "" : " (" + meant + "?)") +
         " that [" + base::safe_row(name) + "] could be for.";
}

/// What is wrong; empty: nothing.
std::string fault_of(const Settings& settings, const Settings::Given& given, const KnownPlugins& plugins) {
  if (chat::find_setting(given.name)) return {};
  const std::string plugin = given.name.substr(0, given.name.find('.'));
  const auto& rows = settings.all();
  if (const auto row = rows.find(given.name); row != rows.end())
    return chat::fault_of(row->second.row, given.value);
  if (plugins.loaded.contains(plugin)) return no_such_setting(settings, given.name);
  return plugins.exists(plugin) ? std::string() : no_such_plugin(plugin, plugins.loaded);
}

}  // namespace

void check_plugin_settings(const Settings& settings, const std::vector<Settings::Given>& given,
                           const KnownPlugins& plugins) {
  std::string first;
  std::size_t more = 0;
  for (const Settings::Given& one : given)
    if (const std::string fault = fault_of(settings, one, plugins); fault.empty())
      continue;
    else if (first.empty())
      first = base::safe_row(one.where) + ": " + fault;
    else
      ++more;
  if (first.empty()) return;
  if (more > 0) first += ' ' + base::counted(more, "more is", "more are") + " wrong.";
  throw base::UserError(first);
}

}  // namespace gnatter::app
