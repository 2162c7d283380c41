#include "harness/certificate_authority.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <boost/asio/ip/address.hpp>
#include <filesystem>
#include <optional>
#include <string_view>

#include "harness/file_replacing.h"
#include "harness/openssl_fault.h"
#include "harness/whole_file.h"

namespace harness {
namespace {

constexpr long kDay = 24 * 60 * 60;
constexpr long kAuthorityLife = 730 * kDay;
// Apple's platforms take no certificate of a host that lives longer than 825 days, browsers none above 398.
constexpr long kHostLife = 365 * kDay;

using Certificate = std::shared_ptr<X509>;
using Key = std::shared_ptr<EVP_PKEY>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string text_of(BIO* memory) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory, &text);
  return {text, static_cast<std::size_t>(size)};
}

// Random, positive, and unique for all purposes: RFC 5280 allows 20 bytes.
bool set_serial(X509* certificate) {
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(BN_new(), BN_free);
  return number && BN_rand(number.get(), 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool add_name(X509_NAME* name, const char* field, std::string_view value) {
  return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                                    static_cast<int>(value.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) return false;
  const bool added = X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

// A certificate with a key of its own, good from yesterday on; names, extensions and signature are still to come.
std::optional<Certified> begin(long life) {
  Certified made{Certificate(X509_new(), X509_free), Key(EVP_EC_gen("P-256"), EVP_PKEY_free)};
  X509* const certificate = made.certificate.get();
  if (!made.certificate || !made.key || X509_set_version(certificate, X509_VERSION_3) != 1) return std::nullopt;
  if (!set_serial(certificate) || X509_set_pubkey(certificate, made.key.get()) != 1) return std::nullopt;
  if (X509_gmtime_adj(X509_getm_notBefore(certificate), -kDay) == nullptr) return std::nullopt;
  if (X509_gmtime_adj(X509_getm_notAfter(certificate), life) == nullptr) return std::nullopt;
  return made;
}

// A few digits of a random number, so that two authorities do not have the same name: whoever trusts both looks for an
// issuer by name.
std::string name_of(const Certified& authority) {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(authority.certificate.get());
  std::string digits;
  for (int at = 0; at < 4 && at < serial->length; ++at) digits += fmt::format("{:02x}", serial->data[at]);
  return "Rollcall CA " + digits;
}

std::optional<Certified> make_authority() {
  std::optional<Certified> made = begin(kAuthorityLife);
  if (!made) return std::nullopt;
  X509* const certificate = made->certificate.get();
  X509_NAME* const name = X509_get_subject_name(certificate);
  const bool good = add_name(name, "CN", name_of(*made)) && X509_set_issuer_name(certificate, name) == 1 &&
                    add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                    add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                    add_extension(certificate, certificate, NID_subject_key_identifier, "hash") &&
                    X509_sign(certificate, made->key.get(), EVP_sha256()) > 0;
  return good ? made : std::nullopt;
}

// What stands in the certificate for the host. OpenSSL reads this text as a list with a grammar of its own, in which a
// comma would begin the next entry: so nothing but what host names and addresses are made of gets there.
std::optional<std::string> alternative_name(const std::string& host) {
  boost::system::error_code ec;
  const auto address = boost::asio::ip::make_address(host, ec);
  if (!ec) return "IP:" + address.to_string();
  constexpr std::string_view kOfNames = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
  constexpr std::size_t kLongest = 253;
  if (host.empty() || host.size() > kLongest || host.find_first_not_of(kOfNames) != std::string::npos) {
    return std::nullopt;
  }
  return "DNS:" + host;
}

bool outlives(const X509* left, const X509* right) {
  return ASN1_TIME_compare(X509_get0_notAfter(left), X509_get0_notAfter(right)) > 0;
}

corpus::Result<std::string> to_pem(const Certified& what, bool with_key) {
  const Memory memory(BIO_new(BIO_s_mem()), BIO_free);
  bool good = memory != nullptr;
  if (with_key) {
    good = good && PEM_write_bio_PKCS8PrivateKey(memory.get(), what.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  }
  good = good && PEM_write_bio_X509(memory.get(), what.certificate.get()) == 1;
  if (!good) return std::unexpected(openssl_fault("", "cannot write a certificate"));
  return text_of(memory.get());
}

corpus::Result<Certified> from_pem(const std::string& path, const std::string& text) {
  const auto read = [&](auto reader) {
    const Memory memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
    return reader(memory.get(), nullptr, nullptr, nullptr);
  };
  const Certified read_back{Certificate(read(PEM_read_bio_X509), X509_free),
                            Key(read(PEM_read_bio_PrivateKey), EVP_PKEY_free)};
  if (!read_back.certificate || !read_back.key) {
    return std::unexpected(openssl_fault(path, "does not hold the key and the certificate of an authority as PEM"));
  }
  ERR_clear_error();
  X509* const certificate = read_back.certificate.get();
  if (X509_check_private_key(certificate, read_back.key.get()) != 1) {
    return std::unexpected(openssl_fault(path, "its key is not that of its certificate"));
  }
  if (X509_check_ca(certificate) != 1)
    return std::unexpected(openssl_fault(path, "its certificate is not that of an authority"));
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0) {
    return std::unexpected(
        openssl_fault(path, "its certificate has expired: remove the file, and a new authority is made"));
  }
  return read_back;
}

}  // namespace

corpus::Result<CertificateAuthority> CertificateAuthority::make() {
  std::optional<Certified> own = make_authority();
  if (!own) return std::unexpected(openssl_fault("", "cannot make a certificate authority"));
  return CertificateAuthority(std::move(*own));
}

corpus::Result<CertificateAuthority> CertificateAuthority::keep(const std::string& path) {
  std::error_code ec;
  if (!std::filesystem::exists(path, ec)) {
    auto made = make();
    if (!made) return made;
    const auto pem = to_pem(made->own_, true);
    if (!pem) return std::unexpected(pem.error());
    const auto written = write_secret(path, *pem);
    if (!written) return std::unexpected(written.error());
    if (*written) return made;  // otherwise another process has been faster: its authority is the one
  }
  const auto text = read_whole(path);
  if (!text) return std::unexpected(text.error());
  auto own = from_pem(path, *text);
  if (!own) return std::unexpected(own.error());
  return CertificateAuthority(std::move(*own));
}

corpus::Result<Certified> CertificateAuthority::certify(const std::string& host) const {
  const std::optional<std::string> name = alternative_name(host);
  if (!name) {
    return std::unexpected(corpus::Fault{corpus::Error::invalid, host, "no host name that a certificate can have"});
  }
  std::optional<Certified> made = begin(kHostLife);
  if (!made) return std::unexpected(openssl_fault(host, "cannot make a certificate"));
  X509* const certificate = made->certificate.get();
  X509* const issuer = own_.certificate.get();
  if (outlives(certificate, issuer)) X509_set1_notAfter(certificate, X509_get0_notAfter(issuer));
  constexpr std::size_t kLongestCommonName = 64;
  const std::string common(host.size() <= kLongestCommonName ? host : "see the alternative name");
  const bool good = add_name(X509_get_subject_name(certificate), "CN", common) &&
                    X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
                    add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
                    add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
                    add_extension(certificate, issuer, NID_ext_key_usage, "serverAuth") &&
                    add_extension(certificate, issuer, NID_subject_alt_name, *name) &&
                    add_extension(certificate, issuer, NID_subject_key_identifier, "hash") &&
                    add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always") &&
                    X509_sign(certificate, own_.key.get(), EVP_sha256()) > 0;
  if (!good) return std::unexpected(openssl_fault(host, "cannot make a certificate"));
  return *made;
}

corpus::Result<std::string> CertificateAuthority::certificate() const {
  return to_pem(own_, false);
}

corpus::Result<void> CertificateAuthority::write_certificate(const std::string& path) const {
  const auto pem = certificate();
  if (!pem) return std::unexpected(pem.error());
  return replace_file(path, *pem);
}

}  // namespace harness
