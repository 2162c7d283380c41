// The messages that benchmarks write and read: as Graph and bots send them, ids and values made up.
#pragma once

#include <fmt/core.h>

#include <cstdint>
#include <string>

#include "corpus/exchange.h"

namespace bench {

/// A GUID that depends on two numbers.
inline std::string guid(unsigned a, unsigned b) {
  return fmt::format("{:08x}-894c-409a-b240-{:012x}", a, b);
}

/// A notification of a call's state, about 800 bytes as on the wire; with `padding`, longer by so many bytes.
inline std::string notification(unsigned number, std::size_t padding = 0) {
  const std::string call = guid(number / 40, 7);
  return fmt::format(
      R"({{"@odata.type":"#microsoft.graph.commsNotifications","value":[{{"@odata.type":"#microsoft.graph.commsNotification",)"
      R"("changeType":"updated","resource":"/app/calls/{0}","resourceUrl":"/communications/calls/{0}","resourceData":{{)"
      R"("@odata.type":"#microsoft.graph.call","state":"established","mediaState":{{"@odata.type":)"
      R"("#microsoft.graph.callMediaState","audio":"active"}},"chatInfo":{{"@odata.type":"#microsoft.graph.chatInfo",)"
      R"("threadId":"19:meeting_{1}@thread.v2","messageId":"0"}},"callChainId":"{1}","myParticipantId":"{2}",)"
      R"("@odata.id":"/app/calls/{0}","id":"{0}","sequence":{3}}}}}],"note":"{4}"}})",
      call, guid(number, 1), guid(number, 2), number, std::string(padding, 'x'));
}

/// A notification as Graph posts it to a bot: nine headers. `authorization` is the value of that header.
inline corpus::Request notification_request(unsigned number, std::string authorization, std::size_t padding = 0) {
  std::string body = notification(number, padding);
  corpus::Headers headers = {{"Host", "bot.contoso.example"},
                             {"Authorization", std::move(authorization)},
                             {"Content-Type", "application/json; charset=utf-8"},
                             {"Content-Length", std::to_string(body.size())},
                             {"User-Agent", "Microsoft-Skype/3.0,(Calling/1.0)"},
                             {"Accept", "application/json"},
                             {"X-Microsoft-Skype-Chain-ID", guid(number, 3)},
                             {"X-Microsoft-Skype-Message-ID", guid(number, 4)},
                             {"Scenario-Id", guid(number, 5)}};
  return {"POST", "/api/calls", std::move(headers), std::move(body), {}};
}

}  // namespace bench
