// Secrets and people that are planted into sample sessions, in many spellings.
import { createHash } from "node:crypto";

const base64url = (text) => Buffer.from(text).toString("base64url");
const person = { name: "Grace Plantagenet-Öz", user: "4f3b9c1e-7a52-4d86-b0c9-12e45f6a7b8c", tenant: "91c7d2e4-0b35-4f68-a1d2-c3e4f5061728" };
const claims = JSON.stringify({ aud: "a-bot", exp: 1900000000, oid: person.user, tid: person.tenant, name: person.name });

export const secrets = {
  opaque: "pl4nt3d/Sec\"ret+Val=~9",
  key: Buffer.from(createHash("sha512").update("planted").digest().subarray(0, 36)).toString("base64"),
  guid: "c0ffee12-3456-4789-abcd-ef0123456789",
  token: `${base64url('{"alg":"RS256","kid":"planted"}')}.${base64url(claims)}.${base64url("a signature that nobody made")}`,
};

export const people = {
  ...person,
  mail: "grace.plantagenet@contoso.com",
  sip: "gplant.voice@contoso.com",
  phone: "+14255550173",
  address4: "10.77.66.55",
  address6: "2603:1020:201:10::17f",
  thread: "19:meeting_UGxhbnRlZENoYXROYW1lMDE@thread.v2",
  meeting: "2345678909876",
  account: "8:live:grace.plantagenet.7",
};

const percent = (text) => [...Buffer.from(text)].map((byte) => "%" + byte.toString(16).padStart(2, "0")).join("");
const escaped = (text) => [...text].map((unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0")).join("");

// The same text in other spellings; each is a value for JSON or a header.
const spellings = [
  (text) => text,
  encodeURIComponent,
  percent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => JSON.stringify({ inner: text }),
  (text) => `{"inner":"${escaped(text)}"}`,
  (text) => JSON.stringify({ deeper: JSON.stringify({ inner: text }) }),
  (text) => Buffer.from(`some text around it: ${text} and behind`).toString("base64"),
  (text) => base64url(JSON.stringify({ inner: text })),
  (text) => `https://host.invalid/path?next=${encodeURIComponent("https://other.invalid/?q=" + encodeURIComponent(text))}`,
];

const isAscii = (text) => /^[\x20-\x7e]*$/.test(text);

// What a session is given: headers in which everything stands without a name, members of bodies likewise, and in the last
// lines alone what gives it away.
export function plant(lines) {
  const session = lines.map((line) => JSON.parse(line));
  const all = { ...secrets, ...people };
  let spelling = 0;
  const parts = session.map((line) => line.request ?? line.response).filter(Boolean);
  for (const part of parts) {
    for (const [name, value] of Object.entries(all)) {
      const text = spellings[spelling++ % spellings.length](value);
      if (isAscii(text)) part.headers.push([`X-Planted-${name}`, text]);
    }
  }
  for (const line of session) {
    const body = line.request?.json ?? line.response?.json;
    if (line.leg !== "webhook" || !Array.isArray(body?.value)) continue;
    for (const notification of body.value) {
      notification.planted = Object.values(all).map((value) => spellings[spelling++ % spellings.length](value));
      notification.guids = [person.user.toUpperCase(), person.tenant.replaceAll("-", ""), secrets.guid.replaceAll("-", "").toUpperCase()];
      notification.prompt = `Welcome, ${person.name}! Call ${people.phone} or write to ${people.mail}.`;
      notification.links = [
        `https://teams.microsoft.com/l/meetup-join/${encodeURIComponent(people.thread)}/0?context=` +
          encodeURIComponent(JSON.stringify({ Tid: person.tenant, Oid: person.user })),
        `https://teams.microsoft.com/meet/${people.meeting}?p=${encodeURIComponent(secrets.opaque)}`,
        `sip:${people.sip}`,
      ];
    }
  }
  const last = session.findLast((line) => line.response);
  last.response.headers.push(["X-Api-Key", secrets.key], ["X-Functions-Key", secrets.guid]);
  last.response.headers.push(["X-Told", JSON.stringify({ client_secret: secrets.opaque, joinMeetingId: people.meeting })]);
  last.response.headers.push(["X-Who", `{"user":{"id":"${person.user}","displayName":"${escaped(person.name)}","tenantId":"${person.tenant}"}}`]);
  return session.map((line) => JSON.stringify(line));
}
