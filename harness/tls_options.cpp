#include "harness/tls_options.h"

#include <fmt/format.h>

#include <boost/asio/ip/address.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <filesystem>

#include "harness/address.h"

namespace harness {
namespace {

namespace po = boost::program_options;

corpus::Result<void> check_pair(const CertificateFiles& files, const char* certificate, const char* key) {
  if (files.certificate.empty() == files.key.empty()) return {};
  return corpus::invalid(files.key.empty() ? certificate : key,
                         fmt::format("needs {} as well", files.key.empty() ? key : certificate));
}

corpus::Result<void> check(const TlsOptions& options, bool needs_authority) {
  if (!options.mode.empty() && options.mode != "auto") {
    return corpus::invalid("--tls",
                           fmt::format("'{}' is not auto; for certificates of your own: --tls-cert", options.mode));
  }
  if (auto good = check_pair(options.own, "--tls-cert", "--tls-key"); !good) return good;
  if (auto good = check_pair(options.client, "--client-cert", "--client-key"); !good) return good;
  if (!options.mode.empty() && !options.own.certificate.empty()) {
    return corpus::invalid("--tls", "says nothing with --tls-cert: give one of them");
  }
  const bool named = !options.authority_out.empty() || !options.authority_key.empty();
  if (needs_authority && !named) {
    return corpus::invalid("--tls-ca-out",
                           "has to say where the certificate of the authority goes, or nobody can trust it");
  }
  if (!needs_authority && named) {
    return corpus::invalid(options.authority_out.empty() ? "--tls-ca-key" : "--tls-ca-out",
                           "says nothing without --tls auto or --proxy-listen");
  }
  return check_outputs(tls_outputs(options),
                       {options.own.certificate, options.own.key, options.client.certificate, options.client.key});
}

corpus::Result<std::shared_ptr<const CertificateAuthority>> make_authority(const TlsOptions& options) {
  auto made =
      options.authority_key.empty() ? CertificateAuthority::make() : CertificateAuthority::keep(options.authority_key);
  if (!made) return std::unexpected(made.error());
  if (!options.authority_out.empty()) {
    if (auto written = made->write_certificate(options.authority_out); !written) {
      return std::unexpected(written.error());
    }
  }
  return std::make_shared<const CertificateAuthority>(std::move(*made));
}

}  // namespace

std::vector<OutputFile> tls_outputs(const TlsOptions& options) {
  return {{"--tls-ca-out", options.authority_out}, {"--tls-ca-key", options.authority_key}};
}

void add_tls(po::options_description& list, TlsOptions& options) {
  const auto text = [](std::string& into, const char* name) { return po::value(&into)->value_name(name); };
  list.add_options()("tls", text(options.mode, "auto"), "listeners speak TLS, with certificates that are made here")(
      "tls-cert", text(options.own.certificate, "FILE"), "listeners speak TLS with this certificate, PEM")(
      "tls-key", text(options.own.key, "FILE"), "the key of --tls-cert, PEM")(
      "tls-ca-out", text(options.authority_out, "FILE"),
      "write there whom the bot has to trust for --tls auto and --proxy-listen")(
      "tls-ca-key", text(options.authority_key, "FILE"),
      "keep the key of that authority there, and use it again; without, each run makes a new one")(
      "client-cert", text(options.client.certificate, "FILE"), "certificate to show to the bot, PEM")(
      "client-key", text(options.client.key, "FILE"), "the key of --client-cert, PEM")(
      "ca-file", text(options.ca_file, "FILE"), "further trusted root certificates, PEM");
}

corpus::Result<TlsSetup> set_up_tls(const TlsOptions& options, bool intercepts) {
  const bool needs_authority = intercepts || options.mode == "auto";
  if (auto good = check(options, needs_authority); !good) return std::unexpected(good.error());
  TlsSetup setup;
  auto others = client_context(options.ca_file, {});
  if (!others) return std::unexpected(others.error());
  setup.others = std::move(*others);
  setup.bot = setup.others;
  if (!options.client.certificate.empty()) {
    auto bot = client_context(options.ca_file, options.client);
    if (!bot) return std::unexpected(bot.error());
    setup.bot = std::move(*bot);
  }
  if (needs_authority) {
    auto authority = make_authority(options);
    if (!authority) return std::unexpected(authority.error());
    setup.authority = std::move(*authority);
  }
  if (options.mode.empty() && options.own.certificate.empty()) return setup;
  auto listeners = options.mode.empty() ? server_context(options.own) : server_context(setup.authority);
  if (!listeners) return std::unexpected(listeners.error());
  setup.listeners = std::move(*listeners);
  return setup;
}

std::string how_to_trust(const TlsOptions& options, const TlsSetup& setup) {
  if (!setup.authority || options.authority_out.empty()) return "";
  std::error_code ec;
  const std::string file = std::filesystem::absolute(options.authority_out, ec).string();
  return fmt::format(
      "The bot has to trust {0}:\n"
      "  Node    NODE_EXTRA_CA_CERTS={0}\n"
      "  .NET    SSL_CERT_FILE={0}\n"
      "  Python  REQUESTS_CA_BUNDLE={0} SSL_CERT_FILE={0}\n"
      "  Java    keytool -importcert -noprompt -alias rollcall -file {0} -keystore rollcall.p12 -storepass changeit; "
      "then -Djavax.net.ssl.trustStore=rollcall.p12 -Djavax.net.ssl.trustStorePassword=changeit\n"
      "  curl    CURL_CA_BUNDLE={0} or --cacert {0}\n",
      file);
}

std::string_view scheme_of(const TlsSetup& setup) {
  return setup.listeners ? "https" : "http";
}

std::string exposure_of(std::string_view listener, std::string_view address) {
  const auto parsed = parse_host_port(address);
  boost::system::error_code ec;
  const auto host = parsed ? boost::asio::ip::make_address(parsed->host, ec) : boost::asio::ip::address();
  if (parsed && !ec && host.is_loopback()) return "";
  return fmt::format("WARNING: {} listens on {}, where other machines can reach it; it asks nobody who they are",
                     listener, address);
}

}  // namespace harness
