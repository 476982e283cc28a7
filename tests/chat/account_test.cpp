// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/account.h"

#include <boost/test/unit_test.hpp>

#include "base/user_error.h"

using namespace gnatter;

namespace {

/// "host port user security", the last two as far as they are there, or the sentence of a refusal.
std::string read(std::string_view given) {
  try {
    const chat::Address address = chat::read_address(given);
    return address.host + ' ' + (address.port ? std::to_string(*address.port) : "-") +
           (address.user.empty() ? "" : ' ' + address.user) +
           (!address.security                            ? ""
            : *address.security == chat::Security::plain ? " plain"
                                                         : " tls");
  } catch (const base::UserError& error) {
    return error.what();
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(account)

BOOST_AUTO_TEST_CASE(an_address_is_a_host_with_or_without_a_port) {
  BOOST_TEST(read("broker.example") == "broker.example -");
  BOOST_TEST(read("broker.example:1884") == "broker.example 1884");
  BOOST_TEST(read("127.0.0.1:1") == "127.0.0.1 1");
}

BOOST_AUTO_TEST_CASE(colons_of_an_ipv6_address_are_no_port) {
  BOOST_TEST(read("::1") == "::1 -");
  BOOST_TEST(read("[::1]") == "::1 -");
  BOOST_TEST(read("[fe80::1%eth0]:1884") == "fe80::1%eth0 1884");
}

BOOST_AUTO_TEST_CASE(a_url_is_taken_apart) {
  BOOST_TEST(read("mqtt://broker.example") == "broker.example - plain");
  BOOST_TEST(read("mqtt://alice@broker.example:1884/") == "broker.example 1884 alice plain");
  BOOST_TEST(read("mqtt://anna%20lena%40work@broker.example") == "broker.example - anna lena@work plain");
}

BOOST_AUTO_TEST_CASE(the_scheme_says_whether_the_line_is_encrypted) {
  BOOST_TEST(read("tcp://h") == "h - plain");
  BOOST_TEST(read("mqtts://alice@[::1]:8883/") == "::1 8883 alice tls");
  BOOST_TEST(read("SSL://h") == "h - tls");
  BOOST_TEST(read("https://h") ==
             "\"https://\" is not known here: mqtts:// is MQTT over TLS, mqtt:// is MQTT without.");
  BOOST_TEST(read("://h").starts_with("\"://\" is not known here"));
}

BOOST_AUTO_TEST_CASE(each_security_has_its_port) {
  BOOST_TEST(chat::default_port(chat::Security::plain) == 1883);
  BOOST_TEST(chat::default_port(chat::Security::tls) == 8883);
  BOOST_TEST(chat::default_port(chat::Security::certificate) == 8884);
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_refused_in_words) {
  for (const char* given : {"", ":", "a:b:c", "broker.example:", "mqtt://", "[]:1", ":1883", "a b",
                            "mqtt://50%@h", "mqtt://%4@h", "mqtt://%zz@h"})
    BOOST_TEST(read(given).ends_with('.'), given);
  BOOST_TEST(read("broker.example:70000").starts_with("port must be a number from 1 to 65535"));
}

BOOST_AUTO_TEST_CASE(only_what_cannot_leave_this_machine_is_loopback) {
  for (const char* host : {"localhost", "127.0.0.1", "127.1.2.3", "127.1", "::1"})
    BOOST_TEST(chat::is_loopback(host), host);
  for (const char* host : {"127.example.com", "127.0.0.1.example.com", "128.0.0.1", "localhost.example.com",
                           "broker.example", "::2", "1270.0.0.1"})
    BOOST_TEST(!chat::is_loopback(host), host);
}

BOOST_AUTO_TEST_SUITE_END()
