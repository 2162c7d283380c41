// What one side of TLS connections has in common: versions, certificates, whom it trusts.
#pragma once

#include <memory>
#include <string>

#include "corpus/error.h"
#include "harness/certificate_authority.h"

// OpenSSL's own name for SSL_CTX.
struct ssl_ctx_st;

namespace harness {

/// Shared by all connections of a listener, or to an upstream. TLS 1.2 and later, HTTP/1.1 by ALPN: a client that
/// offers h2 as well is told http/1.1, one that offers nothing that we speak is refused (RFC 7301, 3.2).
using TlsContext = std::shared_ptr<ssl_ctx_st>;

/// A certificate and its key in files: PEM, the chain behind the certificate. Both are empty, or none is.
struct CertificateFiles {
  std::string certificate;
  std::string key;
};

/// For a listener with the certificate of those files.
corpus::Result<TlsContext> server_context(const CertificateFiles& files);

/// For a listener whose certificates the authority makes when they are asked for: for the name that the client asks for
/// (SNI), or else for the address that it has called.
corpus::Result<TlsContext> server_context(std::shared_ptr<const CertificateAuthority> authority);

/// For connections that are meant for one host, whatever the client asks for.
corpus::Result<TlsContext> server_context(const CertificateAuthority& authority, const std::string& host);

/// For connections to upstreams, which have to show a certificate that the system's roots, or those in `ca_file`, have
/// signed; `own` is shown to those who ask for one. Empty: none.
corpus::Result<TlsContext> client_context(const std::string& ca_file, const CertificateFiles& own);

/// Whether the file holds certificates in PEM; the fault names it and OpenSSL's reason.
corpus::Result<void> check_ca_file(const std::string& path);

}  // namespace harness
