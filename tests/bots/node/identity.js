// Who the bot is, by msal-node, and who may tell it anything, by jose.

import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { createRemoteJWKSet, jwtVerify } from "jose";

/** How the bot proves who it is: by its certificate, a PEM file with the key in it, if it has one, or else by its secret. */
function proof({ certificate, secret }) {
  if (!certificate) return { clientSecret: secret };
  const pem = readFileSync(certificate, "utf8");
  const thumbprintSha256 = new X509Certificate(pem).fingerprint256.replaceAll(":", "").toLowerCase();
  const privateKey = createPrivateKey(pem).export({ type: "pkcs8", format: "pem" });
  return { clientCertificate: { thumbprintSha256, privateKey } };
}

/** A function that gives the bot's own token for Graph. `login()` is the address of Entra ID. */
export function ownToken({ appId, tenant, login, ...credentials }) {
  let application;
  return async () => {
    if (!application) {
      const authority = `${login()}/${tenant}`;
      // MSAL asks login.microsoftonline.com about hosts that it does not know, unless it is told to trust them.
      const knownAuthorities = [new URL(authority).host];
      application = new ConfidentialClientApplication({
        auth: { clientId: appId, authority, knownAuthorities, ...proof(credentials) },
      });
    }
    const scopes = ["https://graph.microsoft.com/.default"];
    return (await application.acquireTokenByClientCredential({ scopes })).accessToken;
  };
}

/**
 * A function that says whether the values of `Authorization` are those of the calling platform: a single one, with a token
 * for this bot. `keys()` is the address at which the platform publishes its keys.
 */
export function inboundCheck({ appId, tenant, keys }) {
  let platform;
  const learn = async () => {
    const answer = await fetch(`${keys()}/v1/.well-known/OpenIdConfiguration`);
    if (!answer.ok) throw new Error(`the platform's OpenID configuration: ${answer.status}`);
    const { issuer, jwks_uri: address } = await answer.json();
    // An unknown key may be a new one. By default jose looks again only after 30 seconds.
    return { issuer, keySet: createRemoteJWKSet(new URL(address), { cooldownDuration: 0 }) };
  };
  return async (values = []) => {
    const [, token] = /^Bearer (\S+)$/.exec(values[0] ?? "") ?? [];
    try {
      if (!token || values.length !== 1) throw new Error("not one bearer token");
      const { issuer, keySet } = await (platform ??= learn().catch((error) => {
        platform = undefined; // the next notification tries again
        throw error;
      }));
      const { payload } = await jwtVerify(token, keySet, { issuer, audience: appId, algorithms: ["RS256"] });
      return payload.tid === tenant;
    } catch (error) {
      console.error(`turned away: ${error.code ? `${error.code} ` : ""}${error.message}`);
      return false;
    }
  };
}
