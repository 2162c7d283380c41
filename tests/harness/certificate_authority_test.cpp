// Certificates that an authority of ours makes, held against OpenSSL's own rules.
#include "harness/certificate_authority.h"

#include <gmock/gmock.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <filesystem>

#include "harness/whole_file.h"
#include "test_certificates.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::Not;

std::shared_ptr<X509> read_certificate(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                         BIO_free);
  return {PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr), X509_free};
}

// OpenSSL's verdict on a certificate for this host, under its strict rules; "ok", or what is wrong.
std::string verdict(const CertificateAuthority& trusted, const Certified& leaf, const std::string& host, bool address) {
  const auto root = read_certificate(trusted.certificate().value());
  const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), X509_STORE_free);
  X509_STORE_add_cert(store.get(), root.get());
  const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context(X509_STORE_CTX_new(),
                                                                                X509_STORE_CTX_free);
  X509_STORE_CTX_init(context.get(), store.get(), leaf.certificate.get(), nullptr);
  X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT | X509_V_FLAG_POLICY_CHECK);
  X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER);
  if (address) {
    X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str());
  } else {
    X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size());
  }
  if (X509_verify_cert(context.get()) == 1) return "ok";
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
}

TEST(CertificateAuthority, CertifiesNamesAndAddresses) {
  const auto authority = CertificateAuthority::make();
  ASSERT_TRUE(authority) << corpus::to_string(authority.error());
  for (const char* name : {"graph.microsoft.com", "localhost", "my_host"}) {
    const auto leaf = authority->certify(name);
    ASSERT_TRUE(leaf) << corpus::to_string(leaf.error());
    EXPECT_EQ(verdict(*authority, *leaf, name, false), "ok");
    EXPECT_EQ(X509_check_private_key(leaf->certificate.get(), leaf->key.get()), 1);
  }
  for (const char* address : {"127.0.0.1", "::1"}) {
    const auto leaf = authority->certify(address);
    ASSERT_TRUE(leaf) << corpus::to_string(leaf.error());
    EXPECT_EQ(verdict(*authority, *leaf, address, true), "ok");
  }
}

TEST(CertificateAuthority, CertificateIsGoodForNoOtherHost) {
  const auto authority = CertificateAuthority::make();
  const auto leaf = authority->certify("graph.microsoft.com");
  EXPECT_EQ(verdict(*authority, *leaf, "login.microsoftonline.com", false), "hostname mismatch");
  EXPECT_EQ(verdict(*authority, *leaf, "127.0.0.1", true), "IP address mismatch");
}

TEST(CertificateAuthority, AnotherAuthorityIsNotTaken) {
  const auto one = CertificateAuthority::make();
  const auto other = CertificateAuthority::make();
  EXPECT_EQ(verdict(*other, *one->certify("host"), "host", false), "unable to get local issuer certificate");
}

TEST(CertificateAuthority, HostCannotCertify) {
  const auto authority = CertificateAuthority::make();
  const auto leaf = authority->certify("host");
  EXPECT_EQ(X509_check_ca(leaf->certificate.get()), 0);
  EXPECT_EQ(X509_check_ca(read_certificate(authority->certificate().value()).get()), 1);
}

TEST(CertificateAuthority, LongNameStandsInTheAlternativeNameAlone) {
  const auto authority = CertificateAuthority::make();
  const std::string host = std::string(60, 'a') + "." + std::string(60, 'b') + ".example";
  EXPECT_EQ(verdict(*authority, *authority->certify(host), host, false), "ok");
}

// OpenSSL reads alternative names from a text with a grammar of its own.
TEST(CertificateAuthority, RefusesWhatIsNoHost) {
  const auto authority = CertificateAuthority::make();
  for (const std::string& host : {std::string("a,DNS:b"), std::string("a\nDNS:b"), std::string("a\0b", 3),
                                  std::string(), std::string("a b"), std::string("*"), std::string(300, 'a')}) {
    const auto leaf = authority->certify(host);
    ASSERT_FALSE(leaf) << host;
    EXPECT_EQ(leaf.error().what, "no host name that a certificate can have");
  }
}

TEST(CertificateAuthority, WritesItsCertificateAndNotItsKey) {
  const auto authority = CertificateAuthority::make();
  const std::string path = write_file("ca.pem", "something else");
  ASSERT_TRUE(authority->write_certificate(path));
  const std::string text = read_whole(path).value();
  EXPECT_EQ(text, authority->certificate().value());
  EXPECT_THAT(text, HasSubstr("BEGIN CERTIFICATE"));
  EXPECT_THAT(text, Not(HasSubstr("PRIVATE KEY")));
}

TEST(CertificateAuthority, SaysWhereItCannotWrite) {
  const auto authority = CertificateAuthority::make();
  const auto written = authority->write_certificate("/no/such/folder/ca.pem");
  ASSERT_FALSE(written);
  EXPECT_EQ(corpus::to_string(written.error()), "/no/such/folder/ca.pem: cannot be written: No such file or directory");
}

TEST(CertificateAuthority, KeepsItsKeyForItsOwnerAlone) {
  const std::string path = write_file("ca.key", "");
  std::filesystem::remove(path);
  const auto first = CertificateAuthority::keep(path);
  ASSERT_TRUE(first) << corpus::to_string(first.error());
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const auto second = CertificateAuthority::keep(path);
  ASSERT_TRUE(second) << corpus::to_string(second.error());
  EXPECT_EQ(first->certificate().value(), second->certificate().value());
  EXPECT_EQ(verdict(*first, *second->certify("host"), "host", false), "ok");
}

TEST(CertificateAuthority, RefusesAFileThatIsNoAuthority) {
  const auto authority = CertificateAuthority::make();
  const TestCertificate stranger = make_certificate("DNS:host");
  const auto complaint = [](const std::string& text) {
    const auto kept = CertificateAuthority::keep(write_file("bad", text));
    return kept ? "taken" : kept.error().what;
  };
  EXPECT_THAT(complaint("nothing"), HasSubstr("does not hold the key and the certificate"));
  EXPECT_THAT(complaint(authority->certificate().value()), HasSubstr("does not hold the key and the certificate"));
  EXPECT_THAT(complaint(authority->certificate().value() + stranger.key), HasSubstr("not that of its certificate"));
  const TestCertificate expired = make_certificate("DNS:host", true);
  EXPECT_THAT(complaint(expired.certificate + expired.key), HasSubstr("authority"));
  EXPECT_THAT(complaint(std::string(2'000'000, 'x')), HasSubstr("larger than a mebibyte"));
}

}  // namespace
}  // namespace harness
