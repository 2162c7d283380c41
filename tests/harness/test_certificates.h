// Certificates made for a test.
#pragma once

#include <string>

namespace harness {

/// A self-signed certificate with its key, both PEM; trusted by whoever takes it for a root.
struct TestCertificate {
  std::string certificate;
  std::string key;
};

/// `name` is a subject alternative name: "DNS:localhost" or "IP:127.0.0.1". Good for an hour, or expired an hour ago.
TestCertificate make_certificate(const std::string& name, bool expired = false);

/// Writes text to a file of a test's own and returns its path.
std::string write_file(const std::string& name, const std::string& text);

}  // namespace harness
