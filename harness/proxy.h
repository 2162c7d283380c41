// A forward proxy: bots that know nothing of Rollcall reach Graph and its neighbours through it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/address.h"
#include "harness/http_server.h"

namespace harness {

/// The host of Graph, and of the services that a calling bot needs besides (harness/PROXY.md).
inline constexpr const char* kGraphHost = "graph.microsoft.com";
inline constexpr const char* kLoginHost = "login.microsoftonline.com";
inline constexpr const char* kCallingKeysHost = "api.aps.skype.com";

/// That what goes to `host` really goes to `to`.
struct Detour {
  std::string host;  ///< lower case
  Url to;
};

/// What a proxy listens to, and what it does with whom.
struct ProxySettings {
  HostPort listen;
  std::vector<HostPort> intercepted;                      ///< hosts in lower case; their requests are ours to answer
  std::vector<Detour> detours;                            ///< of hosts that are not intercepted
  bool offline = false;                                   ///< nobody else is reached
  std::shared_ptr<const CertificateAuthority> authority;  ///< makes certificates for the intercepted hosts
  TlsContext trust;  ///< whom to believe that they are who they say; see HttpClient
  HttpLimits limits;
  std::function<void(const std::string&)> on_note;  ///< gets lines for a person
};

/// Takes CONNECT and requests in absolute form. Requests to intercepted hosts are read and handed to the one who
/// answers them, whatever they came in; all others are passed on without a trace, or refused with `offline`. Callers
/// get HTTP/1.1.
///
/// What makes no sense, or would lead back here, is refused with 400 or 403, counted and told of.
class Proxy {
 public:
  /// Answers a request to an intercepted host: as a handler of HttpServer. `origin` is where the caller believes to be,
  /// and the request's target is a path. What asks for another protocol comes here, too.
  using Answerer = std::function<Task<void>(Call& call, Url origin)>;

  Proxy(boost::asio::io_context& io, ProxySettings settings, Answerer answerer);
  ~Proxy();

  /// As HttpServer has them.
  corpus::Result<std::string> listen();
  Task<bool> drain(std::chrono::milliseconds grace);
  void close();
  std::size_t refused() const;

 private:
  struct State;

  std::shared_ptr<State> state_;  // shared with conversations, which may outlive the proxy
  HttpServer server_;
};

}  // namespace harness
