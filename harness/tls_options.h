// The options of TLS, with one name and one meaning in every command that listens or calls.
#pragma once

#include <boost/program_options/options_description.hpp>
#include <memory>
#include <string>
#include <vector>

#include "harness/output_files.h"
#include "harness/tls_context.h"

namespace harness {

/// What was asked for on the command line. All empty: listeners are plain HTTP, upstreams are checked against the
/// system's roots.
struct TlsOptions {
  std::string mode;           ///< --tls: empty, or "auto"
  CertificateFiles own;       ///< --tls-cert, --tls-key: of our listeners
  std::string authority_out;  ///< --tls-ca-out
  std::string authority_key;  ///< --tls-ca-key
  std::string ca_file;        ///< --ca-file
  CertificateFiles client;    ///< --client-cert, --client-key: shown to the bot
};

/// What they write.
std::vector<OutputFile> tls_outputs(const TlsOptions& options);

/// Adds them all to a command's list.
void add_tls(boost::program_options::options_description& list, TlsOptions& options);

/// What came of the options.
struct TlsSetup {
  std::shared_ptr<const CertificateAuthority> authority;  ///< null if nobody asked for one
  TlsContext listeners;                                   ///< null: plain HTTP
  TlsContext bot;                                         ///< for connections to the bot
  TlsContext others;                                      ///< for connections to anybody else
};

/// Reads and makes whatever the options name, and writes the authority's certificate where that was asked for.
/// `intercepts`: an authority is needed even if the listeners do without. The fault names the option or the file.
corpus::Result<TlsSetup> set_up_tls(const TlsOptions& options, bool intercepts);

/// How to make a bot trust the authority, one line for each platform, for a person; empty if there is none, or if its
/// certificate was not written anywhere.
std::string how_to_trust(const TlsOptions& options, const TlsSetup& setup);

/// "https" or "http", for addresses that are printed.
std::string_view scheme_of(const TlsSetup& setup);

/// A warning for a listener that others than this machine can reach; empty for one on loopback. `address` is HOST:PORT.
std::string exposure_of(std::string_view listener, std::string_view address);

}  // namespace harness
