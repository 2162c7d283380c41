// A calling bot on the official Graph client: answers calls, invites people, hangs up.
//
//   node bot.js --listen HOST:PORT --graph URL [--public URL]
//
// --graph takes the place of https://graph.microsoft.com, --public is the address that Graph is told to notify. Both may
// be @FILE: the file's first line, read when it is first needed. People drive the bot as they drive the C++ one
// (tests/bots/README.md): POST /api/call, /api/invite, /api/hang-up.

import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { connect, setting } from "./graph.js";

const { values: options } = parseArgs({
  options: { listen: { type: "string", default: "127.0.0.1:0" }, graph: { type: "string" }, public: { type: "string" } },
});
if (!options.graph) {
  console.error("bot.js: --graph URL is needed");
  process.exit(2);
}

const calls = new Map(); // by id without dashes and in lower case
let client;
let address;

const bare = (id) => id.replaceAll("-", "").toLowerCase();
const callIdIn = (path) => /calls\/([^/]+)/.exec(path ?? "")?.[1];
const callback = () => `${options.public ? setting(options.public) : address}/api/calls`;
const mediaConfig = { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" };

function callOf(id) {
  const key = bare(id);
  if (!calls.has(key)) calls.set(key, { id, established: false, plan: undefined, last: Promise.resolve() });
  return calls.get(key);
}

/** Sends a request to Graph after whatever the same call has under way; failures are told and end there. */
function ask(call, path, method, body) {
  call.last = call.last
    .then(() => {
      client ??= connect(setting(options.graph), () => "mock-token-of-the-node-bot");
      const request = client.api(path).headers({ "Client-Request-Id": randomUUID(), "Scenario-Id": call.scenario });
      return method === "DELETE" ? request.delete() : request.post(body);
    })
    .catch((error) => console.error(`${method} ${path}: ${error.statusCode} ${error.code}: ${error.message}`));
  return call.last;
}

const participants = (users, replacesCallId) =>
  users.map((user) => ({
    "@odata.type": "#microsoft.graph.invitationParticipantInfo",
    identity: { "@odata.type": "#microsoft.graph.identitySet", user },
    ...(replacesCallId ? { replacesCallId } : {}),
  }));

function invite(call) {
  const plan = call.plan;
  if (!plan || !call.established) return;
  call.plan = undefined;
  ask(call, `/communications/calls/${call.id}/participants/invite`, "POST", {
    participants: participants(plan.users, plan.replacesCallId),
    clientContext: randomUUID(),
  });
}

async function create(wish) {
  const unnamed = { scenario: randomUUID(), last: Promise.resolve() };
  const created = await ask(unnamed, "/communications/calls", "POST", {
    "@odata.type": "#microsoft.graph.call",
    callbackUri: callback(),
    requestedModalities: ["audio"],
    mediaConfig,
    tenantId: wish.tenantId,
    targets: participants(wish.users),
  });
  if (!created?.id) return;
  const call = callOf(created.id);
  call.scenario = created.callChainId ?? unnamed.scenario;
  call.plan = wish.invite;
  invite(call);
}

function notice(notification) {
  const id = callIdIn(notification.resourceUrl ?? notification.resource);
  const data = notification.resourceData;
  if (!id || !data?.["@odata.type"]?.endsWith("microsoft.graph.call")) return;
  if (notification.changeType === "deleted") {
    calls.delete(bare(id));
    return;
  }
  const call = callOf(id);
  call.scenario = data.callChainId ?? call.scenario ?? randomUUID();
  if (data.state === "incoming") {
    ask(call, `/communications/calls/${call.id}/answer`, "POST", {
      callbackUri: callback(),
      mediaConfig,
      acceptedModalities: ["audio"],
    });
  }
  if (data.state === "established") {
    call.established = true;
    invite(call);
  }
}

function wish(what, body) {
  if (what === "call") {
    create(body);
    return 202;
  }
  const call = calls.get(bare(body.callId ?? ""));
  if (!call) return 404;
  if (what === "hang-up") ask(call, `/communications/calls/${call.id}`, "DELETE");
  else if (what === "invite") {
    call.plan = body;
    invite(call);
  } else return 404;
  return 202;
}

/** The status of the answer; the work that follows is started once the answer has gone. */
function handle(path, body, done) {
  if (path === "/api/calls") {
    if (!Array.isArray(body.value)) return done(400);
    return done(202, () => body.value.forEach(notice));
  }
  return done(path.startsWith("/api/") ? wish(path.slice("/api/".length), body) : 404);
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let body = {};
  try {
    body = JSON.parse(Buffer.concat(chunks).toString("utf8")) ?? {};
  } catch {
    response.writeHead(400).end();
    return;
  }
  handle(request.url.split("?")[0], body, (status, work) => response.writeHead(status).end(work));
});

const [, host, port] = /^(.*):(\d+)$/.exec(options.listen) ?? [];
server.listen(Number(port), host, () => {
  address = `http://${host}:${server.address().port}`;
  console.log(`ready ${address}`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
