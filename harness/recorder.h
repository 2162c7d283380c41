// A reverse proxy on both legs that writes down what passes.
#pragma once

#include <boost/intrusive/list.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/address.h"
#include "harness/http_client.h"
#include "harness/http_server.h"
#include "harness/proxy.h"
#include "harness/tape.h"

namespace harness {

/// Whom to record, and where to.
struct RecorderSettings {
  Url bot;
  Url graph;
  HostPort webhook_listen;             ///< callers of the bot come here
  HostPort graph_listen;               ///< the bot calls here instead of Graph
  std::string path;                    ///< of the session file, which must not exist
  std::string name;                    ///< of the session
  TlsContext tls;                      ///< of both listeners; null: they are plain HTTP
  TlsContext bot_trust;                ///< for connections to the bot; null: as HttpClient has it
  TlsContext graph_trust;              ///< for connections to Graph; null: as HttpClient has it
  std::optional<ProxySettings> proxy;  ///< a third listener, for bots that know nothing of us; its notes are ours
  HttpLimits limits;
};

/// What has been recorded so far.
struct RecorderCount {
  std::int64_t webhook = 0;   ///< exchanges of that leg
  std::int64_t graph = 0;     ///< exchanges of that leg
  std::int64_t failures = 0;  ///< of both: those that ended in a failure
  std::int64_t cut_off = 0;   ///< of these: those that the end of the recording cut off
  std::int64_t refused = 0;   ///< requests that were no good and are not in the session
};

/// Passes requests on to the bot and to Graph, and answers back, and records both.
///
/// An answer is sent to its caller only after the exchange is in the file: what a caller has seen survives `kill -9`.
/// An upstream that fails gives a recorded failure and a 502 or 504 to the caller; a caller that leaves has its request
/// to the upstream ended, as it would be without a recorder between.
///
/// What comes to the proxy for Graph's host is as if it had come to the Graph listener. What comes for another host
/// that is intercepted goes to that host, and is an exchange of the Graph leg with a target in absolute form.
class Recorder {
 public:
  /// Opens both listeners, then the file, so that a port in use leaves no file behind. `io` must outlive the recorder.
  /// `on_fault` is called once if the file can no longer be written; `on_note` gets a line for a person when an
  /// upstream fails for the first time in some way.
  static corpus::Result<std::unique_ptr<Recorder>> start(boost::asio::io_context& io, const RecorderSettings& settings,
                                                         std::function<void(const corpus::Fault&)> on_fault,
                                                         std::function<void(const std::string&)> on_note);
  /// What start() does first. Not to be destroyed while `io` still runs.
  Recorder(boost::asio::io_context& io, const RecorderSettings& settings,
           std::function<void(const std::string&)> on_note);
  ~Recorder();

  /// Real addresses of the listeners, "127.0.0.1:41001".
  const std::string& webhook_address() const { return webhook_.address; }
  const std::string& graph_address() const { return graph_.address; }
  /// Empty if there is no proxy.
  const std::string& proxy_address() const { return proxy_address_; }

  /// Accepts no more and lets exchanges under way end: the webhook leg first, because its handlers may still call
  /// Graph. Done when all have ended or `grace` is over.
  Task<void> drain(std::chrono::milliseconds grace);
  /// Records what is still under way as cut off and writes the end line. Callers get no more answers.
  corpus::Result<void> finish();

  RecorderCount count() const;
  corpus::Micros now() const { return tape_->now(); }

 private:
  // One exchange under way, linked into a list so that the end of the recording finds it.
  struct Passage : boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
    HttpClient::Wire wire;
    HttpClient::Flight flight;
    corpus::Exchange* exchange = nullptr;
    bool on_tape = false;  // its request has been written down
  };
  using Passages = boost::intrusive::list<Passage, boost::intrusive::constant_time_size<false>>;

  struct Side {
    Side(corpus::Leg which, HttpClient to, HttpServer from);
    corpus::Leg leg;
    HttpClient upstream;
    HttpServer server;
    std::string address;
    std::int64_t exchanges = 0;
    std::vector<std::string> noted;  // kinds of failure that a person has been told of
  };

  Side make_side(boost::asio::io_context& io, corpus::Leg leg, const Url& upstream, const RecorderSettings& settings);
  corpus::Result<void> listen(const RecorderSettings& settings);
  Task<void> pass(Side& side, HttpClient& upstream, Call& call);
  Task<void> pass_proxied(Call& call, Url origin);
  HttpClient& way_to(const Url& origin);
  void note_failure(Side& side, const HttpClient& upstream, const std::string& reason);
  std::unique_ptr<Passage> take_passage();
  void put_back(std::unique_ptr<Passage> passage);

  std::unique_ptr<Tape> tape_;
  std::function<void(const std::string&)> on_note_;
  Side webhook_;
  Side graph_;
  boost::asio::io_context& io_;
  std::optional<ProxySettings> proxied_;
  std::optional<Proxy> proxy_;
  std::string proxy_address_;
  std::map<std::string, HttpClient> others_;  // by origin: intercepted hosts that are not Graph's
  Passages under_way_;
  std::vector<std::unique_ptr<Passage>> spare_;  // kept for the memory that they hold
  RecorderCount count_;
};

}  // namespace harness
