// A certificate authority of our own, for bots that are told to trust it.
#pragma once

#include <memory>
#include <string>

#include "corpus/error.h"

// OpenSSL's own names for what its headers call X509 and EVP_PKEY.
struct x509_st;
struct evp_pkey_st;

namespace harness {

/// A certificate and its key.
struct Certified {
  std::shared_ptr<x509_st> certificate;
  std::shared_ptr<evp_pkey_st> key;
};

/// Makes certificates for hosts, on EC P-256 keys, in memory.
///
/// Each authority has a key and a name of its own, so that several can be trusted at once. Its certificate is good for
/// two years and may sign hosts only, not further authorities; those of hosts are good for as long, or for a year,
/// whichever is shorter. All begin a day ago, because the clock of a bot in a container may be behind ours. Nothing is
/// written to the disk unless one of the functions that name a path is called.
class CertificateAuthority {
 public:
  /// A new one. A fault only if OpenSSL has no randomness or no memory.
  static corpus::Result<CertificateAuthority> make();
  /// The one that the file keeps, or a new one that is kept there from now on: key and certificate as PEM, to be read
  /// by the owner alone. Whoever has the file can pretend to be any host to those who trust the authority.
  static corpus::Result<CertificateAuthority> keep(const std::string& path);

  /// A certificate for one host: a DNS name or an IP address (without brackets), which becomes its alternative name.
  corpus::Result<Certified> certify(const std::string& host) const;

  /// Its certificate as PEM.
  corpus::Result<std::string> certificate() const;
  /// The same into a file, which is there whole or not at all.
  corpus::Result<void> write_certificate(const std::string& path) const;

 private:
  explicit CertificateAuthority(Certified own) : own_(std::move(own)) {}

  Certified own_;
};

}  // namespace harness
