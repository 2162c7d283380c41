#include "harness/tls_context.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <map>
#include <string_view>
#include <utility>

#include "harness/openssl_fault.h"
#include "harness/stream.h"

namespace harness {
namespace {

// What ALPN calls HTTP/1.1, with its length in front (RFC 7301).
constexpr std::string_view kHttp11 = "\x08http/1.1";

// Certificates that one listener keeps for names that it was asked for. A caller that asks for ever new names, which
// no bot does, has all made again.
constexpr std::size_t kMostNames = 256;

int choose_http11(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                  unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  const int result = SSL_select_next_proto(&found, size, reinterpret_cast<const unsigned char*>(kHttp11.data()),
                                           static_cast<unsigned>(kHttp11.size()), offered, offered_size);
  *chosen = found;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

// What both sides have in common. Buffers are given back between messages, which is most of what an idle connection
// costs.
TlsContext make(const SSL_METHOD* method) {
  TlsContext context(SSL_CTX_new(method), SSL_CTX_free);
  if (!context) return context;
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  return context;
}

TlsContext make_server() {
  TlsContext context = make(TLS_server_method());
  if (!context) return context;
  SSL_CTX_set_alpn_select_cb(context.get(), choose_http11, nullptr);
  // Sessions are resumed by tickets, which the client keeps.
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  constexpr std::string_view kId = "rollcall";
  SSL_CTX_set_session_id_context(context.get(), reinterpret_cast<const unsigned char*>(kId.data()),
                                 static_cast<unsigned>(kId.size()));
  return context;
}

corpus::Result<void> use_files(SSL_CTX* context, const CertificateFiles& files) {
  if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1) {
    return std::unexpected(openssl_fault(files.certificate, "no certificate in PEM"));
  }
  if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return std::unexpected(openssl_fault(files.key, "no key in PEM that fits the certificate in " + files.certificate));
  }
  return {};
}

// The certificates of one listener. Kept by its context's deleter, and connections keep the context.
struct Certificates {
  std::shared_ptr<const CertificateAuthority> authority;
  std::map<std::string, Certified> made;

  const Certified* find(const std::string& host) {
    const auto found = made.find(host);
    if (found != made.end()) return &found->second;
    auto fresh = authority->certify(host);
    if (!fresh) return nullptr;
    if (made.size() >= kMostNames) made.clear();
    return &made.emplace(host, std::move(*fresh)).first->second;
  }
};

// Called by OpenSSL when a certificate is needed; 0 ends the handshake.
int choose_certificate(SSL* ssl, void* argument) {
  const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  const std::string host = name ? name : Stream::of(ssl).local_host();
  const Certified* certified = static_cast<Certificates*>(argument)->find(host);
  return certified != nullptr && SSL_use_certificate(ssl, certified->certificate.get()) == 1 &&
                 SSL_use_PrivateKey(ssl, certified->key.get()) == 1
             ? 1
             : 0;
}

}  // namespace

corpus::Result<TlsContext> server_context(const CertificateFiles& files) {
  TlsContext context = make_server();
  if (!context) return std::unexpected(openssl_fault("", "no TLS"));
  if (auto used = use_files(context.get(), files); !used) return std::unexpected(used.error());
  return context;
}

corpus::Result<TlsContext> server_context(std::shared_ptr<const CertificateAuthority> authority) {
  TlsContext context = make_server();
  if (!context) return std::unexpected(openssl_fault("", "no TLS"));
  auto certificates = std::make_shared<Certificates>(Certificates{std::move(authority), {}});
  SSL_CTX_set_cert_cb(context.get(), choose_certificate, certificates.get());
  return TlsContext(context.get(), [context, certificates](SSL_CTX*) {});
}

corpus::Result<TlsContext> server_context(const CertificateAuthority& authority, const std::string& host) {
  TlsContext context = make_server();
  if (!context) return std::unexpected(openssl_fault("", "no TLS"));
  const auto certified = authority.certify(host);
  if (!certified) return std::unexpected(certified.error());
  if (SSL_CTX_use_certificate(context.get(), certified->certificate.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context.get(), certified->key.get()) != 1) {
    return std::unexpected(openssl_fault(host, "cannot use its certificate"));
  }
  return context;
}

corpus::Result<TlsContext> client_context(const std::string& ca_file, const CertificateFiles& own) {
  TlsContext context = make(TLS_client_method());
  if (!context) return std::unexpected(openssl_fault("", "no TLS"));
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_alpn_protos(context.get(), reinterpret_cast<const unsigned char*>(kHttp11.data()),
                          static_cast<unsigned>(kHttp11.size()));
  SSL_CTX_set_default_verify_paths(context.get());
  ERR_clear_error();  // a machine without roots of its own trusts those of the file, or nobody
  if (!ca_file.empty() && SSL_CTX_load_verify_file(context.get(), ca_file.c_str()) != 1) {
    return std::unexpected(openssl_fault(ca_file, "no PEM certificates"));
  }
  if (!own.certificate.empty()) {
    if (auto used = use_files(context.get(), own); !used) return std::unexpected(used.error());
  }
  return context;
}

corpus::Result<void> check_ca_file(const std::string& path) {
  const TlsContext context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (context && SSL_CTX_load_verify_file(context.get(), path.c_str()) == 1) return {};
  return std::unexpected(openssl_fault(path, "no PEM certificates"));
}

}  // namespace harness
