#include "harness/signing_key.h"

#include <cjose/cjose.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdlib>
#include <vector>

#include "corpus/json_text.h"

namespace harness {
namespace {

// Hands back what a C library gave, by the function that the library has for it.
template <auto kRelease>
struct Releaser {
  template <typename T>
  void operator()(T* what) const {
    kRelease(what);
  }
};
template <typename T, auto kRelease>
using Owned = std::unique_ptr<T, Releaser<kRelease>>;

using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Owned<X509, X509_free>;
using Memory = Owned<BIO, BIO_free>;
using Number = Owned<BIGNUM, BN_clear_free>;
using Jwk = Owned<cjose_jwk_t, cjose_jwk_release>;
using Jws = Owned<cjose_jws_t, cjose_jws_release>;
using Header = Owned<cjose_header_t, cjose_header_release>;
using Text = Owned<char, std::free>;

constexpr unsigned kBits = 2048;
// Claims change once a second, and within it by what is wrong with them on purpose.
constexpr std::size_t kRemembered = 16;
// Nobody checks when such a certificate ends, and a key that is kept should not.
constexpr long kYears = 30L * 365 * 24 * 3600;

std::unexpected<corpus::Fault> fault(std::string what) {
  return std::unexpected(corpus::Fault{corpus::Error::invalid, "", std::move(what)});
}

std::unexpected<corpus::Fault> fault(const char* doing, const cjose_err& error) {
  return fault(std::string(doing) + ": " + (error.message != nullptr ? error.message : "no reason given"));
}

std::string base64url(const void* bytes, std::size_t size) {
  cjose_err error{};
  char* text = nullptr;
  std::size_t length = 0;
  if (!cjose_base64url_encode(static_cast<const std::uint8_t*>(bytes), size, &text, &length, &error)) return {};
  const Text owned(text);
  return {text, length};
}

std::vector<std::uint8_t> part_of(const EVP_PKEY* key, const char* name) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) return {};
  const Number number(raw);
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(BN_num_bytes(raw)));
  BN_bn2bin(raw, bytes.data());
  return bytes;
}

// The same key as cjose wants it.
Jwk to_jose(const EVP_PKEY* key, cjose_err& error) {
  static constexpr std::array kParts{OSSL_PKEY_PARAM_RSA_E,         OSSL_PKEY_PARAM_RSA_N,
                                     OSSL_PKEY_PARAM_RSA_D,         OSSL_PKEY_PARAM_RSA_FACTOR1,
                                     OSSL_PKEY_PARAM_RSA_FACTOR2,   OSSL_PKEY_PARAM_RSA_EXPONENT1,
                                     OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1};
  std::array<std::vector<std::uint8_t>, kParts.size()> parts;
  for (std::size_t i = 0; i < kParts.size(); ++i) parts[i] = part_of(key, kParts[i]);
  auto& [e, n, d, p, q, dp, dq, qi] = parts;
  const cjose_jwk_rsa_keyspec spec{.e = e.data(),
                                   .elen = e.size(),
                                   .n = n.data(),
                                   .nlen = n.size(),
                                   .d = d.data(),
                                   .dlen = d.size(),
                                   .p = p.data(),
                                   .plen = p.size(),
                                   .q = q.data(),
                                   .qlen = q.size(),
                                   .dp = dp.data(),
                                   .dplen = dp.size(),
                                   .dq = dq.data(),
                                   .dqlen = dq.size(),
                                   .qi = qi.data(),
                                   .qilen = qi.size()};
  return Jwk(cjose_jwk_create_RSA_spec(&spec, &error));
}

Certificate certify(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  std::uint64_t serial = 0;
  if (!certificate || RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return nullptr;
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -24L * 3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kYears);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("rollcall.test"), -1, -1,
                             0);
  X509_set_issuer_name(certificate.get(), name);
  X509_set_pubkey(certificate.get(), key);
  return X509_sign(certificate.get(), key, EVP_sha256()) != 0 ? std::move(certificate) : nullptr;
}

}  // namespace

struct SigningKey::Keys {
  Key key;
  Certificate certificate;
  Jwk jose;
};

SigningKey::SigningKey(std::unique_ptr<Keys> keys) : keys_(std::move(keys)) {}
SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

corpus::Result<SigningKey> SigningKey::make() {
  auto keys = std::make_unique<Keys>();
  keys->key.reset(EVP_RSA_gen(kBits));
  if (!keys->key) return fault("OpenSSL made no RSA key");
  keys->certificate = certify(keys->key.get());
  if (!keys->certificate) return fault("OpenSSL made no certificate for the key");
  SigningKey made(std::move(keys));
  if (const auto described = made.describe(); !described) return std::unexpected(described.error());
  return made;
}

corpus::Result<SigningKey> SigningKey::from_pem(std::string_view pem) {
  const auto memory = [&] { return Memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))); };
  auto keys = std::make_unique<Keys>();
  keys->key.reset(PEM_read_bio_PrivateKey(memory().get(), nullptr, nullptr, nullptr));
  if (!keys->key || EVP_PKEY_is_a(keys->key.get(), "RSA") != 1) return fault("no RSA private key in PEM form");
  keys->certificate.reset(PEM_read_bio_X509(memory().get(), nullptr, nullptr, nullptr));
  if (!keys->certificate) return fault("no certificate in PEM form beside the key");
  if (X509_check_private_key(keys->certificate.get(), keys->key.get()) != 1) {
    return fault("the certificate belongs to another key");
  }
  SigningKey read(std::move(keys));
  if (const auto described = read.describe(); !described) return std::unexpected(described.error());
  return read;
}

corpus::Result<void> SigningKey::describe() {
  cjose_err error{};
  keys_->jose = to_jose(keys_->key.get(), error);
  if (!keys_->jose) return fault("no key for signing", error);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  X509_digest(keys_->certificate.get(), EVP_sha1(), digest.data(), &size);
  id_ = base64url(digest.data(), size);
  std::vector<unsigned char> der(static_cast<std::size_t>(i2d_X509(keys_->certificate.get(), nullptr)));
  unsigned char* out = der.data();
  i2d_X509(keys_->certificate.get(), &out);
  std::string certificate;
  corpus::append_base64(certificate, {reinterpret_cast<const char*>(der.data()), der.size()});
  const auto number = [&](const char* name) {
    const std::vector<std::uint8_t> part = part_of(keys_->key.get(), name);
    return base64url(part.data(), part.size());
  };
  jwk_ = boost::json::serialize(boost::json::value{{"kty", "RSA"},
                                                   {"use", "sig"},
                                                   {"alg", "RS256"},
                                                   {"kid", id_},
                                                   {"x5t", id_},
                                                   {"n", number(OSSL_PKEY_PARAM_RSA_N)},
                                                   {"e", number(OSSL_PKEY_PARAM_RSA_E)},
                                                   {"x5c", {certificate}}});
  return {};
}

corpus::Result<std::string> SigningKey::pem() const {
  const Memory memory(BIO_new(BIO_s_mem()));
  if (!memory || PEM_write_bio_PrivateKey(memory.get(), keys_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_bio_X509(memory.get(), keys_->certificate.get()) != 1) {
    return fault("OpenSSL could not write the key");
  }
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

corpus::Result<std::string> SigningKey::sign(std::string_view claims) {
  const auto known = std::ranges::find(signed_, claims, &Signed::claims);
  if (known != signed_.end()) return known->token;
  auto token = sign_anew(claims);
  if (!token) return token;
  ++signatures_;
  signed_.push_front({std::string(claims), *token});
  if (signed_.size() > kRemembered) signed_.pop_back();
  return token;
}

corpus::Result<std::string> SigningKey::sign_anew(std::string_view claims) const {
  cjose_err error{};
  const Header header(cjose_header_new(&error));
  const char* written = nullptr;
  if (!header || !cjose_header_set(header.get(), CJOSE_HDR_ALG, CJOSE_HDR_ALG_RS256, &error) ||
      !cjose_header_set(header.get(), CJOSE_HDR_KID, id_.c_str(), &error) ||
      !cjose_header_set(header.get(), "x5t", id_.c_str(), &error) ||
      !cjose_header_set(header.get(), "typ", "JWT", &error)) {
    return fault("no header for a token", error);
  }
  const Jws signature(cjose_jws_sign(keys_->jose.get(), header.get(),
                                     reinterpret_cast<const std::uint8_t*>(claims.data()), claims.size(), &error));
  if (!signature || !cjose_jws_export(signature.get(), &written, &error)) return fault("no signature", error);
  return std::string(written);  // owned by `signature`
}

std::string unsigned_token(std::string_view claims) {
  constexpr std::string_view kHeader = R"({"alg":"none","typ":"JWT"})";
  return base64url(kHeader.data(), kHeader.size()) + "." + base64url(claims.data(), claims.size()) + ".";
}

corpus::Result<std::string> claims_of(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first == std::string_view::npos ? first : first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return fault("not three parts with dots between them");
  }
  const std::string_view part = token.substr(first + 1, second - first - 1);
  cjose_err error{};
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!cjose_base64url_decode(part.data(), part.size(), &bytes, &size, &error)) return fault("not base64url", error);
  const Text owned(reinterpret_cast<char*>(bytes));
  return std::string(owned.get(), size);
}

}  // namespace harness
