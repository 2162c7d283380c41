-- The load of record_bench.sh: one roster notification of 1.8 kB with the fields that Graph sends.
local participant = '{"@odata.type":"#microsoft.graph.participant","id":"5b2b8d3a-0f0d-4d2c-9a83-2a1b6e5b3a11",' ..
  '"info":{"@odata.type":"#microsoft.graph.participantInfo","identity":{"@odata.type":"#microsoft.graph.identitySet",' ..
  '"user":{"@odata.type":"#microsoft.graph.identity","displayName":"Adele Vance",' ..
  '"id":"5b2b8d3a-0f0d-4d2c-9a83-2a1b6e5b3a11","identityProvider":"AAD"}},"endpointType":"default"},' ..
  '"isInLobby":false,"isMuted":true,"mediaStreams":[{"sourceId":"1","direction":"sendReceive","mediaType":"audio",' ..
  '"serverMuted":false}]}'
local call = 'calls/57dab8b1-894c-409a-b240-bd8beae78896/participants'

wrk.method = "POST"
wrk.path = "/api/calls"
wrk.body = '{"@odata.type":"#microsoft.graph.commsNotifications","value":[{' ..
  '"@odata.type":"#microsoft.graph.commsNotification","changeType":"updated","resource":"/app/' .. call .. '",' ..
  '"resourceUrl":"/communications/' .. call .. '","resourceData":[' ..
  table.concat({participant, participant, participant}, ",") .. ']}]}'
wrk.headers["Content-Type"] = "application/json; charset=utf-8"
-- Three parts like a signed token; it is no token.
wrk.headers["Authorization"] = "Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9." ..
  "eyJhdWQiOiJiZW5jaG1hcmsiLCJpc3MiOiJodHRwczovL2FwaS5ib3RmcmFtZXdvcmsuY29tIiwiZXhwIjoxfQ." .. string.rep("c2lnbmF0dXJl", 28)
wrk.headers["User-Agent"] = "Microsoft-Skype/3.0"
wrk.headers["Accept"] = "*/*"
wrk.headers["Scenario-Id"] = "9c1a2c6e-3f0f-4c2a-8f4e-7a3a52b2d1f0"
wrk.headers["X-Microsoft-Skype-Chain-ID"] = "fb1a6dbb-46d3-4e3e-8b0d-1f7e1f2e3a4b"
wrk.headers["X-Microsoft-Skype-Message-ID"] = "2f6e3b1a-6d3f-4a57-9c47-1c2d3e4f5a6b"
