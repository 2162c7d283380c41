// Entra ID and the calling platform's keys, to record from: it gives out tokens and publishes the keys that they are signed
// with. It shares nothing with Rollcall's identity double.
//
//   node identity_service.js --app-id ID --tenant ID --token-out FILE [--keys URL] [--tls-cert FILE --tls-key FILE]
//
// --token-out gets the token that notifications are to carry. --keys is the address by which bots know the platform, in
// place of the service's own.

import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { parseArgs } from "node:util";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

const names = ["app-id", "tenant", "token-out", "keys", "tls-cert", "tls-key"];
const { values: options } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: "string" }])) });
const { "app-id": appId, tenant } = options;
if (!appId || !tenant || !options["token-out"]) {
  console.error("usage: node identity_service.js --app-id ID --tenant ID --token-out FILE [options]");
  process.exit(2);
}

const { privateKey, publicKey } = await generateKeyPair("RS256");
const publicJwk = await exportJWK(publicKey);
const kid = "key-of-the-identity-service";
const sign = (claims) =>
  new SignJWT({ tid: tenant, ...claims })
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid })
    .setIssuedAt()
    .setNotBefore("-5 minutes")
    .setExpirationTime("65 minutes")
    .sign(privateKey);

async function tokenFor(form) {
  const proven = form.get("client_secret") || form.get("client_assertion");
  if (form.get("client_id") !== appId || form.get("grant_type") !== "client_credentials" || !proven) {
    return [400, { error: "invalid_request", error_description: "AADSTS900144: a field is missing or wrong" }];
  }
  const access_token = await sign({ aud: "https://graph.microsoft.com", appid: appId });
  return [200, { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token }];
}

function documents(base) {
  const own = `${base}/${tenant}`;
  const aliases = ["login.microsoftonline.com", "login.windows.net"];
  return {
    [`/${tenant}/v2.0/.well-known/openid-configuration`]: {
      issuer: `${own}/v2.0`,
      authorization_endpoint: `${own}/oauth2/v2.0/authorize`,
      token_endpoint: `${own}/oauth2/v2.0/token`,
      jwks_uri: `${own}/discovery/v2.0/keys`,
    },
    "/common/discovery/instance": {
      tenant_discovery_endpoint: `${own}/v2.0/.well-known/openid-configuration`,
      metadata: [{ preferred_network: aliases[0], preferred_cache: aliases[1], aliases }],
    },
    "/v1/.well-known/OpenIdConfiguration": {
      issuer: "https://api.botframework.com",
      jwks_uri: `${options.keys ?? base}/v1/.well-known/keys`,
      id_token_signing_alg_values_supported: ["RS256"],
    },
    "/v1/.well-known/keys": { keys: [{ ...publicJwk, kid, use: "sig", alg: "RS256" }] },
  };
}

const encrypted = Boolean(options["tls-cert"]);

async function handle(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const base = `${encrypted ? "https" : "http"}://${request.headers.host}`;
  const path = request.url.split("?")[0];
  const found = documents(base)[path];
  const [status, body] =
    path === `/${tenant}/oauth2/v2.0/token`
      ? await tokenFor(new URLSearchParams(Buffer.concat(chunks).toString("utf8")))
      : [found ? 200 : 404, found ?? { error: "not_found" }];
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

writeFileSync(options["token-out"], `${await sign({ iss: "https://api.botframework.com", aud: appId })}\n`, { mode: 0o600 });
const server = encrypted
  ? createTlsServer({ cert: readFileSync(options["tls-cert"]), key: readFileSync(options["tls-key"]) }, handle)
  : createServer(handle);
server.listen(0, "127.0.0.1", () => {
  console.log(`ready ${encrypted ? "https" : "http"}://127.0.0.1:${server.address().port}`);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
