// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a line over TLS: what is said of each that cannot be used.
#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdio>

#include "support/tls_fixture.h"
#include "transport/tls/files.h"

using namespace gnatter;
using namespace gnatter::transport;
using testing::Certificates;

namespace {

struct Fixture : testing::TlsFixture {
  Fixture() { certificates.sign("alice", "ca", {.subject = "/O=Chat/CN=alice"}); }

  /// What is said, with @ for the folder; empty: all is well.
  std::string said(const TlsPlan& looked_at) const {
    try {
      check_tls_files(looked_at);
      return "";
    } catch (const base::UserError& error) {
      return shortened(error.what());
    }
  }
  std::string said_of_ca(const std::string& file) const {
    TlsPlan changed = plan();
    changed.ca_file = file.empty() ? "" : certificates.path(file);
    return said(changed);
  }
  std::string said_of_certificate(const std::string& file) const {
    TlsPlan changed = plan("ca", "alice");
    changed.certificate = certificates.path(file);
    return said(changed);
  }
  std::string said_of_key(const std::string& file, const std::string& password = "") const {
    TlsPlan changed = plan("ca", "alice");
    changed.key = file.empty() ? "" : certificates.path(file);
    changed.key_password = password;
    return said(changed);
  }
  bool wants_password(const std::string& file, const std::string& password) const {
    TlsPlan changed = plan("ca", "alice");
    changed.key = certificates.path(file);
    changed.key_password = password;
    try {
      check_tls_files(changed);
      return false;
    } catch (const KeyPasswordError&) {
      return true;
    }
  }
  void make_private(const std::string& file) const { ::chmod(certificates.path(file).c_str(), 0600); }

 private:
  std::string shortened(std::string text) const {
    const std::string folder = certificates.path("").string();
    for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
      text.replace(at, folder.size(), "@/");
    return text;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls_files, Fixture)

BOOST_AUTO_TEST_CASE(good_files_are_taken) {
  BOOST_TEST(said(plan()) == "");
  BOOST_TEST(said(plan("ca", "alice")) == "");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_none_is_told) {
  const std::string hint = ". --cafile FILE names the one with the CA's certificate.";
  BOOST_TEST(said_of_ca("") == "No CA file is given" + hint);
  BOOST_TEST(said_of_ca("none.crt") == "The CA file @/none.crt is not there" + hint);
  BOOST_TEST(said_of_ca("ca.crt/x") == "The CA file @/ca.crt/x is not there" + hint);
  std::filesystem::create_directory(certificates.path("folder"));
  BOOST_TEST(said_of_ca("folder") == "The CA file @/folder is a directory" + hint);
  ::mkfifo(certificates.path("pipe").c_str(), 0600);
  BOOST_TEST(said_of_ca("pipe") == "The CA file @/pipe is not a plain file" + hint);
  certificates.write("empty", "");
  BOOST_TEST(said_of_ca("empty") == "The CA file @/empty is empty" + hint);
  certificates.write("large", certificates.read("ca.crt") + std::string(1024 * 1024, '\n'));
  BOOST_TEST(said_of_ca("large") == "The CA file @/large is larger than 1 MiB, so it was not read" + hint);
  BOOST_TEST(
      said_of_certificate("none.crt") ==
      "The certificate file @/none.crt is not there. --cert FILE names the one with your certificate.");
  BOOST_TEST(said_of_key("") == "No key file is given. --key FILE names the one with your private key.");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_told_with_the_reason) {
  TlsPlan changed = plan();
  changed.ca_file = "/proc/self/mem";  // a plain file that even root cannot read from its start
  BOOST_TEST(said(changed) == "The CA file /proc/self/mem cannot be read: Input/output error.");
  changed.ca_file = certificates.path(std::string(300, 'x'));
  BOOST_TEST(said(changed).ends_with("cannot be read: File name too long."));
  if (::geteuid() == 0) return;
  ::chmod(certificates.crt("ca").c_str(), 0);
  BOOST_TEST(said_of_ca("ca.crt") == "The CA file @/ca.crt cannot be read: Permission denied.");
}

BOOST_AUTO_TEST_CASE(a_hostile_file_name_is_shown_safely) {
  BOOST_TEST(said_of_ca("a\x1b[2Jb").find('\x1b') == std::string::npos);
  BOOST_TEST(said_of_ca("a\x1b[2Jb").starts_with("The CA file @/a\xE2\x90\x9B[2Jb is not there."));
}

BOOST_AUTO_TEST_CASE(what_is_not_pem_is_told_and_how_to_make_it_so) {
  certificates.write("text", "hello\n");
  BOOST_TEST(said_of_ca("text") ==
             "The CA file @/text is not PEM: it has no line that begins with \"-----BEGIN\". "
             "It should hold the CA's certificate.");
  certificates.run({"x509", "-in", "ca.crt", "-outform", "DER", "-out", "my ca.der"});
  BOOST_TEST(said_of_ca("my ca.der") ==
             "The CA file @/my ca.der is in the binary form (DER), not in PEM. This makes a file in PEM: "
             "openssl x509 -inform DER -in '@/my ca.der' -out FILE");
  certificates.run({"pkcs12", "-export", "-in", "alice.crt", "-inkey", "alice.key", "-out", "alice.p12",
                    "-passout", "pass:x"});
  BOOST_TEST(said_of_certificate("alice.p12").ends_with("openssl pkcs12 -in @/alice.p12 -out FILE"));
  certificates.run({"pkey", "-in", "alice.key", "-outform", "DER", "-out", "alice.der"});
  make_private("alice.der");
  BOOST_TEST(said_of_key("alice.der").ends_with("openssl pkey -inform DER -in @/alice.der -out FILE"));
}

BOOST_AUTO_TEST_CASE(a_file_with_something_else_in_it_is_told) {
  BOOST_TEST(said_of_ca("ca.key") ==
             "The CA file @/ca.key holds a private key and no certificate. It should hold "
             "the CA's certificate; the CA's key stays with the CA.");
  BOOST_TEST(said_of_certificate("alice.key") ==
             "The certificate file @/alice.key holds a private key and no "
             "certificate. Are --cert and --key swapped?");
  make_private("alice.crt");
  BOOST_TEST(
      said_of_key("alice.crt") ==
      "The key file @/alice.crt holds a certificate and no private key. Are --cert and --key swapped?");
  BOOST_TEST(said_of_certificate("alice.csr") ==
             "The certificate file @/alice.csr holds a request (CSR), which a CA has "
             "yet to sign. What the CA gives back is the certificate.");
  certificates.run({"pkey", "-in", "alice.key", "-pubout", "-out", "public"});
  BOOST_TEST(said_of_ca("public") ==
             "The CA file @/public holds no certificate. It should hold the CA's certificate.");
  make_private("public");
  BOOST_TEST(said_of_key("public") ==
             "The key file @/public holds no private key. --key FILE names the one with your private key.");
  certificates.write(
      "ssh", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n-----END OPENSSH PRIVATE KEY-----\n");
  make_private("ssh");
  BOOST_TEST(
      said_of_key("ssh").starts_with("The key file @/ssh holds a key of SSH, which TLS does not use."));
}

BOOST_AUTO_TEST_CASE(damaged_files_are_told) {
  const std::string whole = certificates.read("ca.crt");
  for (const std::string& damage :
       {whole.substr(0, whole.size() / 2), whole.substr(0, whole.size() - 10),
        whole.substr(0, 60) + "!!" + whole.substr(62), whole.substr(0, 93) + whole.substr(158),
        std::string("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")}) {
    certificates.write("damaged", damage);
    BOOST_TEST_CONTEXT(damage)
    BOOST_TEST(said_of_ca("damaged").starts_with(
        "The CA file @/damaged is damaged: its certificate no. 1 cannot be read"));
    certificates.write("second", whole + damage);
    BOOST_TEST_CONTEXT(damage)
    BOOST_TEST(said_of_ca("second").starts_with(
        "The CA file @/second is damaged: its certificate no. 2 cannot be read"));
  }
  const std::string key = certificates.read("alice.key");
  certificates.write("damaged", key.substr(0, 60) + "AAAAAA" + key.substr(66));
  make_private("damaged");
  BOOST_TEST(said_of_key("damaged").starts_with("The key file @/damaged is damaged: its key cannot be read"));
}

BOOST_AUTO_TEST_CASE(text_around_the_blocks_and_other_line_ends_do_not_matter) {
  certificates.write("chatty", "our CA\r\n" + certificates.read("ca.crt") + "and that was it");
  BOOST_TEST(said_of_ca("chatty") == "");
  std::string text = certificates.read("ca.crt");
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
    text.replace(at, 1, "\r\n");
  certificates.write("dos", text);
  BOOST_TEST(said_of_ca("dos") == "");
}

BOOST_AUTO_TEST_CASE(a_ca_file_without_a_ca_is_told) {
  BOOST_TEST(said_of_ca("alice.crt") ==
             "The CA file @/alice.crt holds no certificate of a CA, only that of CN=alice, O=Chat. --cafile "
             "FILE names "
             "the one of its issuer, CN=ca, O=Chat.");
  certificates.join("both", {"alice.crt", "ca.crt"});
  BOOST_TEST(said_of_ca("both") == "");
  certificates.run({"req", "-x509", "-key", "ca.key", "-subj", "/CN=old", "-out", "v1", "-days", "9",
                    "-config", "/dev/null"});
  BOOST_TEST(said_of_ca("v1") == "");
}

BOOST_AUTO_TEST_CASE(our_certificate_must_be_valid_today) {
  certificates.sign("alice", "ca", {.subject = "/CN=alice", .from = "-30", .to = "-19"});
  BOOST_TEST(said(plan("ca", "alice")).starts_with("Your certificate @/alice.crt (CN=alice) expired on "));
  BOOST_TEST(said(plan("ca", "alice")).ends_with(", 19 days ago. Your CA must renew it."));
  certificates.sign("alice", "ca", {.subject = "/CN=alice", .from = "12"});
  BOOST_TEST(said(plan("ca", "alice"))
                 .starts_with("Your certificate @/alice.crt (CN=alice) begins to be valid on "));
  BOOST_TEST(said(plan("ca", "alice")).ends_with(" days. Is this machine's clock right?"));
}

BOOST_AUTO_TEST_CASE(a_hostile_subject_is_shown_safely) {
  certificates.sign("alice", "ca",
                    {.subject = "/CN=a\xC2\x9B"
                                "31m\xE2\x80\xAE"
                                "b",
                     .to = "0"});
  const std::string sentence = said(plan("ca", "alice"));
  BOOST_TEST(sentence.find("\xC2\x9B") == std::string::npos);
  BOOST_TEST(sentence.find("\xE2\x80\xAE") == std::string::npos);
  BOOST_TEST(sentence.find("expired on") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(short_keys_are_refused) {
  certificates.sign("alice", "ca", {.subject = "/CN=alice", .key = "RSA:1024"});
  BOOST_TEST(said(plan("ca", "alice")) ==
             "Your certificate @/alice.crt (CN=alice) has a key that is too short: RSA 1024 bits, and RSA "
             "needs 2048 at "
             "the least. Make a new key, and have it signed anew.");
  certificates.sign("alice", "ca", {.subject = "/CN=alice", .key = "P-192"});
  BOOST_TEST(said(plan("ca", "alice")).find("too short: EC P-192, and EC needs 224 at the least") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(enough_is_enough) {
  for (const char* kind : {"RSA:2048", "RSA:4096", "P-224", "P-256", "P-521"}) {
    certificates.sign("alice", "ca", {.subject = "/CN=alice", .key = kind});
    BOOST_TEST(said(plan("ca", "alice")) == "");
  }
}

BOOST_AUTO_TEST_CASE(what_openssl_itself_refuses_is_told) {
  certificates.make_key("alice", "P-256");
  certificates.run({"req", "-new", "-key", "alice.key", "-subj", "/CN=alice", "-out", "alice.csr"});
  certificates.run({"x509", "-req", "-in", "alice.csr", "-sha1", "-CA", "ca.crt", "-CAkey", "ca.key",
                    "-CAcreateserial", "-out", "alice.crt"});
  BOOST_TEST(said(plan("ca", "alice")) ==
             "Your certificate @/alice.crt (CN=alice) is refused by OpenSSL: ca md too weak. Make a new key, "
             "and have it signed anew.");
}

BOOST_AUTO_TEST_CASE(the_key_must_belong_to_the_certificate) {
  certificates.make_key("bob", "P-256");
  const std::string sentence =
      " does not belong to the certificate @/alice.crt (CN=alice, O=Chat). --key FILE names the one that it "
      "was made with.";
  BOOST_TEST(said_of_key("bob.key") == "The key @/bob.key" + sentence);
  certificates.make_key("carol", "RSA:2048");
  BOOST_TEST(said_of_key("carol.key") == "The key @/carol.key" + sentence);
}

BOOST_AUTO_TEST_CASE(a_key_of_others_is_refused_with_what_to_do) {
  for (const mode_t mode : {0640U, 0604U, 0660U, 0644U, 0666U}) {
    ::chmod(certificates.key("alice").c_str(), mode);
    BOOST_TEST(said_of_key("alice.key") ==
               "The key file @/alice.key can be read by others, so it was not used. Make it yours alone: "
               "chmod 600 @/alice.key");
  }
  ::chmod(certificates.key("alice").c_str(), 0620);
  BOOST_TEST(said_of_key("alice.key") ==
             "The key file @/alice.key can be changed by others, so it was not used. Make it yours alone: "
             "chmod 600 @/alice.key");
  BOOST_CHECK_THROW(is_encrypted_key(certificates.key("alice")), base::UserError);
  ::chmod(certificates.key("alice").c_str(), 0400);
  BOOST_TEST(said_of_key("alice.key") == "");
  std::filesystem::copy_file(certificates.key("alice"), certificates.path("it's mine.key"));
  ::chmod(certificates.path("it's mine.key").c_str(), 0644);
  BOOST_TEST(said_of_key("it's mine.key").ends_with("chmod 600 '@/it'\\''s mine.key'"));
}

BOOST_AUTO_TEST_CASE(a_key_of_another_user_is_refused) {
  if (::geteuid() != 0) {
    TlsPlan changed = plan("ca", "alice");
    changed.key = "/etc/passwd";
    BOOST_TEST(
        said(changed).starts_with("The key file /etc/passwd belongs to another user, so it was not used."));
    return;
  }
  BOOST_TEST_REQUIRE(::chown(certificates.key("alice").c_str(), 1, 1) == 0);
  BOOST_TEST(said_of_key("alice.key") ==
             "The key file @/alice.key belongs to another user, so it was not used. "
             "Take a copy that is yours alone: install -m 600 @/alice.key COPY");
}

BOOST_AUTO_TEST_CASE(one_file_may_hold_all_that_is_ours) {
  TlsPlan bundle = plan("ca", "alice");
  bundle.certificate = bundle.key = certificates.join("bundle", {"alice.key", "alice.crt", "ca.crt"});
  BOOST_TEST(said(bundle) == "");
  BOOST_TEST(!is_encrypted_key(bundle.key));
  BOOST_TEST(read_certificate(bundle.certificate).common_name == "alice");
  ::chmod(bundle.key.c_str(), 0644);
  BOOST_TEST(said(bundle).ends_with("Make it yours alone: chmod 600 @/bundle"));
}

BOOST_AUTO_TEST_CASE(encrypted_keys_of_both_kinds_want_their_password) {
  certificates.run({"pkcs8", "-topk8", "-in", "alice.key", "-out", "pkcs8", "-passout", "pass:open sesame"});
  certificates.run(
      {"ec", "-in", "alice.key", "-aes256", "-out", "traditional", "-passout", "pass:open sesame"});
  for (const std::string file : {"pkcs8", "traditional"}) {
    make_private(file);
    BOOST_TEST(is_encrypted_key(certificates.path(file)));
    BOOST_TEST(wants_password(file, ""));
    BOOST_TEST(said_of_key(file) == "The key file @/" + file +
                                        " is encrypted, and no password was given for it. "
                                        "--key-password-command CMD names a command that prints it.");
    BOOST_TEST(said_of_key(file, "open sesame") == "");
    for (const std::string& wrong : {std::string("x"), std::string("open sesame "), std::string(5000, 'x')}) {
      BOOST_TEST(wants_password(file, wrong));
      BOOST_TEST(said_of_key(file, wrong) == "The password does not open the key file @/" + file + '.');
    }
  }
  BOOST_TEST(!is_encrypted_key(certificates.key("alice")));
  BOOST_TEST(said_of_key("alice.key", "a password that nobody needs") == "");
}

BOOST_AUTO_TEST_CASE(no_wrong_password_is_taken_for_damage) {
  certificates.run({"ec", "-in", "alice.key", "-aes256", "-out", "locked", "-passout", "pass:sesame"});
  make_private("locked");
  for (int i = 0; i < 400; ++i) BOOST_TEST(wants_password("locked", std::to_string(i)), i);
}

BOOST_AUTO_TEST_CASE(a_cipher_that_openssl_has_dropped_is_told) {
  certificates.run({"ec", "-in", "alice.key", "-des", "-out", "old", "-passout", "pass:x", "-provider",
                    "legacy", "-provider", "default"});
  make_private("old");
  BOOST_TEST(said_of_key("old", "x")
                 .starts_with("The key file @/old is encrypted in a way that OpenSSL no longer knows"));
}

BOOST_AUTO_TEST_CASE(the_terminal_is_never_asked) {
  certificates.run({"pkcs8", "-topk8", "-in", "alice.key", "-out", "locked", "-passout", "pass:sesame"});
  make_private("locked");
  certificates.run({"ec", "-in", "alice.key", "-aes256", "-out", "locked.crt", "-passout", "pass:sesame"});
  std::string text = certificates.read("locked.crt");  // a certificate may be encrypted in the same way
  for (auto at = text.find("EC PRIVATE KEY"); at != std::string::npos; at = text.find("EC PRIVATE KEY"))
    text.replace(at, 14, "CERTIFICATE");
  certificates.write("locked.crt", text);
  std::fflush(nullptr);  // or the child says it again
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    ::alarm(20);  // it would wait for an answer
    const bool is_told = wants_password("locked", "") && !said_of_certificate("locked.crt").empty();
    ::_exit(is_told ? 7 : 1);
  }
  const base::FileDescriptor owner(terminal);
  std::string shown;
  char byte = 0;
  while (::read(terminal, &byte, 1) == 1) shown += byte;  // to the end, or EIO, once the child is gone
  BOOST_TEST(shown == "");
  int status = 0;
  ::waitpid(child, &status, 0);
  BOOST_TEST(WEXITSTATUS(status) == 7);
}

BOOST_AUTO_TEST_SUITE_END()
