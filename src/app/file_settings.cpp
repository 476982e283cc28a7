// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/file_settings.h"

#include "base/text.h"
#include "chat/nearest.h"

namespace gnatter::app {

FileSettings::FileSettings(chat::Client& client, const std::vector<chat::Settings::Given>& settings)
    : client_(client),
      complaints_(
          client.settings.complained.connect([this](const std::string& sentence) { tell(sentence); })) {
  for (const chat::Settings::Given& setting : settings)
    client.settings.give(setting.name, setting.value, base::safe_row(setting.where));
}

void FileSettings::tell(const std::string& sentence) const {
  client_.networks().front()->print(chat::LineKind::error, sentence);
}

void FileSettings::tell_unknown(const std::set<std::string>& loaded,
                                const std::function<bool(const std::string&)>& is_there) const {
  std::set<std::string> told;
  for (const auto& [name, place] : client_.settings.unknown()) {
    const std::string table = name.substr(0, name.find('.'));
    if (loaded.contains(table)) {
      std::string sentence = client_.settings.no_such(name);
      sentence.front() = 't';  // it goes on behind the place
      tell(place + ": " + sentence);
    } else if (table != "network" && !is_there(table) && told.insert(table).second) {
      const std::string meant = chat::nearest(table, {loaded.begin(), loaded.end()});
      tell(place + ": there is no plugin " + base::safe_row(table) +
           (meant.empty() ? "" : " (" + meant + "?)") + " that [" + base::safe_row(table) +
           "] could be for.");
    }
  }
}

}  // namespace gnatter::app
