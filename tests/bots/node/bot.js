// A calling bot on the official Graph client. It does what the bot in C++ does; tests/bots/README.md says what that is.
//
//   node bot.js --graph URL [--listen HOST:PORT] [--public URL] [--login URL] [--keys URL]
//
// --graph takes the place of https://graph.microsoft.com, --public is the address by which Graph reaches the bot. These may
// be @FILE: the file's first line, read when it is first needed.
//
// With MicrosoftAppId in its environment the bot is one for production (Node 20 or later): it gets a token of its own from
// Entra ID, with MicrosoftAppTenantId and either MicrosoftAppPassword or MicrosoftAppCertificate, a PEM file, and it turns
// notifications away with 401 that the calling platform has not signed. --login and --keys take the place of the addresses
// of these two.

import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { Calls } from "./calls.js";
import { connect, setting } from "./graph.js";

const { values: options } = parseArgs({
  options: {
    listen: { type: "string", default: "127.0.0.1:0" },
    graph: { type: "string" },
    public: { type: "string" },
    login: { type: "string", default: "https://login.microsoftonline.com" },
    keys: { type: "string", default: "https://api.aps.skype.com" },
  },
});
const [, host, port] = /^(.*):(\d+)$/.exec(options.listen) ?? [];
if (!options.graph || !host) {
  console.error("usage: node bot.js --graph URL [--listen HOST:PORT] [--public URL] [--login URL] [--keys URL]");
  process.exit(2);
}

/** The setting, read when it is first asked for: a named pipe tells it once. */
function lazy(text) {
  let value;
  return () => (value ??= setting(text));
}

let token = () => "mock-token-of-the-node-bot";
let isFromPlatform = () => true;
const { MicrosoftAppId: appId, MicrosoftAppTenantId: tenant } = process.env;
if (appId) {
  const { inboundCheck, ownToken } = await import("./identity.js");
  const { MicrosoftAppPassword: secret, MicrosoftAppCertificate: certificate } = process.env;
  token = ownToken({ appId, tenant, secret, certificate, login: lazy(options.login) });
  isFromPlatform = inboundCheck({ appId, tenant, keys: lazy(options.keys) });
}

let client;
let address;
let publicAddress;

const calls = new Calls(
  () => (client ??= connect(setting(options.graph), token)),
  () => `${(publicAddress ??= options.public ? setting(options.public) : address)}/api/calls`,
);

const wishes = "/api/";

/** Status and text of the answer, and what is to be done once it has gone: acknowledge first, then work. */
async function handle(path, authorization, body) {
  if (!path.startsWith(wishes)) return { status: 404 };
  if (path !== "/api/calls") {
    const status = calls.wish(path.slice(wishes.length), body);
    return { status, text: status === 202 ? "accepted\n" : "no such call or wish\n" };
  }
  if (!(await isFromPlatform(authorization))) return { status: 401 };
  if (!Array.isArray(body.value)) return { status: 400 };
  if (calls.turnsAway(body.value)) return { status: 503 };
  return { status: 202, work: () => body.value.forEach((notification) => calls.notice(notification)) };
}

async function parsed(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) ?? {};
  } catch {
    return {};
  }
}

const server = createServer(async (request, response) => {
  const { status, text, work } = await handle(
    request.url.split("?")[0],
    request.headersDistinct.authorization, // `headers` would hide a second one
    await parsed(request),
  );
  response.writeHead(status).end(text, work);
});
server.listen(Number(port), host, () => {
  address = `http://${host}:${server.address().port}`;
  console.log(`ready ${address}`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
