// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace gnatter::ui;

namespace {

using Rgb = std::array<int, 3>;
constexpr Rgb black{0, 0, 0}, dark_grey{0x1e, 0x1e, 0x1e}, white{0xff, 0xff, 0xff};

/// Of xterm's palette, from 16 on: those below differ between terminals.
Rgb rgb(int number) {
  if (number >= 232) {
    const int grey = 8 + 10 * (number - 232);
    return {grey, grey, grey};
  }
  constexpr std::array levels{0, 95, 135, 175, 215, 255};
  const auto level = [&](int part) { return levels.at(static_cast<std::size_t>(part)); };
  const int cube = number - 16;
  return {level(cube / 36), level(cube / 6 % 6), level(cube % 6)};
}

/// Relative luminance and contrast, as WCAG 2 defines them.
double luminance(const Rgb& colour) {
  const auto linear = [](int part) {
    const double value = part / 255.0;
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

double contrast(const Rgb& one, const Rgb& other) {
  const double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
  return std::max(a, b) / std::min(a, b);
}

double distance(const Rgb& one, const Rgb& other) {
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) sum += std::pow(one.at(i) - other.at(i), 2);
  return std::sqrt(sum);
}

Role role(int number) {
  return static_cast<Role>(number);
}
bool is_bar(Role role) {
  return role >= Role::bar && role <= Role::bar_direct;
}
Role name(int number) {
  return role(static_cast<int>(Role::name_0) + number % name_roles);
}

constexpr int roles = static_cast<int>(Role::count_);

}  // namespace

BOOST_AUTO_TEST_SUITE(theme)

BOOST_AUTO_TEST_CASE(every_colour_stands_out_from_dark_and_from_light) {
  for (int i = 0; i < roles; ++i) {
    const Look look = look_of({role(i)}, 256);
    if (is_bar(role(i)) || look.foreground < 0) continue;
    BOOST_TEST(look.background == -1);
    BOOST_REQUIRE(look.foreground >= 16);
    for (const Rgb& background : {black, dark_grey, white})
      BOOST_TEST(contrast(rgb(look.foreground), background) >= 3.5, i << " on " << background[0]);
  }
}

BOOST_AUTO_TEST_CASE(bars_have_a_background_of_their_own) {
  for (int i = static_cast<int>(Role::bar); i <= static_cast<int>(Role::bar_direct); ++i) {
    const Look look = look_of({role(i)}, 256);
    BOOST_TEST(look.background == look_of({Role::bar}, 256).background);
    BOOST_TEST(contrast(rgb(look.foreground), rgb(look.background)) >= 3.5, i);
    BOOST_TEST(look_of({role(i)}, 8).reverse);
    BOOST_TEST(look_of({role(i)}, 0).reverse);
  }
}

BOOST_AUTO_TEST_CASE(names_differ_and_neighbours_most) {
  for (int i = 0; i < name_roles; ++i) {
    const Rgb one = rgb(look_of({name(i)}, 256).foreground);
    for (int j = i + 1; j < name_roles; ++j) {
      BOOST_TEST(distance(one, rgb(look_of({name(j)}, 256).foreground)) >= 40, i << " and " << j);
      BOOST_TEST((look_of({name(i)}, 8) != look_of({name(j)}, 8)), i << " and " << j);
    }
    BOOST_TEST(distance(one, rgb(look_of({name(i + 1)}, 256).foreground)) >= 100, i);
    BOOST_TEST(look_of({name(i)}, 8).foreground != look_of({name(i + 1)}, 8).foreground);
  }
}

BOOST_AUTO_TEST_CASE(fewer_colours_are_asked_for_where_there_are_fewer) {
  for (int i = 0; i < roles; ++i) {
    for (const int colours : {8, 16, 88}) {
      BOOST_TEST(look_of({role(i)}, colours).foreground < 8);
      BOOST_TEST(look_of({role(i)}, colours).background < 8);
    }
    BOOST_TEST(look_of({role(i)}, 0).foreground == -1);
    BOOST_TEST(look_of({role(i)}, 0).background == -1);
    BOOST_TEST((look_of({role(i)}, 1 << 24) == look_of({role(i)}, 256)));
  }
}

BOOST_AUTO_TEST_CASE(what_matters_stands_out_without_colours) {
  for (const Role loud :
       {Role::mention, Role::direct, Role::accent, Role::error, Role::refused, Role::marker})
    BOOST_TEST(look_of({loud}, 0).bold);
  BOOST_TEST((look_of({Role::bar_error}, 0) != look_of({Role::bar}, 0)));
  BOOST_TEST(look_of({Role::chosen}, 0).reverse);
  BOOST_TEST(look_of({Role::link}, 0).underline);
}

BOOST_AUTO_TEST_CASE(a_bold_style_is_bold_in_any_role) {
  for (int i = 0; i < roles; ++i)
    for (const int colours : {0, 8, 256}) BOOST_TEST(look_of({role(i), true}, colours).bold);
}

BOOST_AUTO_TEST_SUITE_END()
