// A key that signs tokens, as an identity service has them.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/error.h"

namespace harness {

/// An RSA key of 2048 bits with a certificate of its own around it, as Entra ID publishes its keys: its id is the
/// certificate's SHA-1 thumbprint. Lives in memory only, unless pem() is written somewhere.
class SigningKey {
 public:
  /// A fresh key. Takes some tens of milliseconds.
  static corpus::Result<SigningKey> make();
  /// The key that pem() gave.
  static corpus::Result<SigningKey> from_pem(std::string_view pem);

  ~SigningKey();
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;

  /// "kid" and "x5t" of its tokens.
  const std::string& id() const { return id_; }
  /// The public half as a member of a key set (RFC 7517): kty, use, alg, kid, x5t, n, e, x5c.
  const std::string& jwk() const { return jwk_; }
  /// Private key and certificate, PEM.
  corpus::Result<std::string> pem() const;

  /// A compact RS256 token (RFC 7519) with these claims, a JSON object. The same claims give the same token: those that
  /// were signed last are remembered, since signing takes longer than all else about a delivery.
  corpus::Result<std::string> sign(std::string_view claims);
  /// How many signatures it has made.
  std::size_t signatures() const { return signatures_; }

 private:
  struct Keys;
  struct Signed {
    std::string claims;
    std::string token;
  };
  explicit SigningKey(std::unique_ptr<Keys> keys);
  corpus::Result<void> describe();
  corpus::Result<std::string> sign_anew(std::string_view claims) const;

  std::unique_ptr<Keys> keys_;
  std::string id_;
  std::string jwk_;
  std::deque<Signed> signed_;  // the last one first
  std::size_t signatures_ = 0;
};

/// A token that nobody signed: `"alg":"none"` and an empty signature (RFC 7519, 6).
std::string unsigned_token(std::string_view claims);

/// The claims of a compact token, JSON as it stands; nothing of it is checked, least of all the signature. A fault if
/// it is no compact token.
corpus::Result<std::string> claims_of(std::string_view token);

}  // namespace harness
