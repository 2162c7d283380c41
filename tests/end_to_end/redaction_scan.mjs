// Looks for secrets and people in session files, with nothing of Rollcall's own code.
//
//   redaction_scan.mjs plant FROM TO       a copy of a session with planted secrets and people
//   redaction_scan.mjs scan PLAIN FILE…    what is left in FILE… of the planted values, of the people of the files in the
//                                          folder PLAIN, and of what looks like either; exit status 1 if anything is
//   redaction_scan.mjs find-all PLAIN FILE…
//                                          the same for files that were not redacted: exit status 1 if one of these values
//                                          is not found, because then the scan could not be trusted
import { createHmac } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "./crc32.mjs";
import { people, plant, secrets } from "./redaction_plants.mjs";

const linesOf = (path) => readFileSync(path, "utf8").split("\n").filter((line) => line.trim() !== "");

// Calls visit(text, path) for each string below a value, keys too.
function walk(value, visit, path = []) {
  if (typeof value === "string") visit(value, path);
  else if (Array.isArray(value)) value.forEach((one, i) => walk(one, visit, [...path, i]));
  else if (value && typeof value === "object") {
    for (const [key, one] of Object.entries(value)) {
      visit(key, path);
      walk(one, visit, [...path, key]);
    }
  }
}

// The text, and all that it may spell: percent, JSON, base64, inside each other.
function readings(text, depth = 0, seen = new Set()) {
  if (seen.has(text) || depth > 5) return seen;
  seen.add(text);
  const also = (reading) => reading !== text && readings(reading, depth + 1, seen);
  also(text.replace(/(%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8")));
  also(text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code) => String.fromCharCode(parseInt(code, 16))).replace(/\\(["\\/])/g, "$1"));
  for (const [run] of text.matchAll(/[A-Za-z0-9+\/_-]{16,}/g)) {
    for (const part of new Set([run, ...run.split("/")])) {
      const decoded = Buffer.from(part, "base64").toString("utf8");
      if (!/[\x00-\x08\x0e-\x1f\ufffd]/.test(decoded)) also(decoded);
    }
  }
  return seen;
}

const bare = (text) => text.replaceAll("-", "").toLowerCase();
const isGuid = (text) => /^([0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12})$/i.test(text);

// Who is in sample sessions: below "user", and in the ids of tenants and chats.
function peopleOf(folder) {
  const found = new Set();
  for (const file of readdirSync(folder)) {
    for (const line of linesOf(join(folder, file))) {
      walk(JSON.parse(line), (text, path) => {
        const [holder, member] = [path.at(-2), path.at(-1)];
        if (holder === "user" && (member === "id" || member === "displayName")) found.add(text);
        if (member === "tenantId" || member === "threadId") found.add(text.replace(/^19:meeting_|@.*$/g, ""));
      });
    }
  }
  return [...found];
}

// The parts of the planted values by which each is known; whole they may be in two pieces.
const planted = [
  secrets.opaque, secrets.key.slice(0, 20), secrets.token.split(".")[2],
  secrets.guid, people.name, people.user, people.tenant, "grace.plantagenet", "gplant.voice", people.phone.slice(1),
  people.address4, people.address6, "UGxhbnRlZENoYXROYW1lMDE", people.meeting, "contoso.com",
];

const isNobodysAddress = (text) => /^(0|127|22[4-9]|2[3-5]\d|192\.0\.2|198\.1[89]|198\.51\.100|203\.0\.113|169\.254)\./.test(text);
const isSigned = (token) => {
  const [head, body, signature] = token.split(".");
  return createHmac("sha256", "rollcall: signs stand-ins alone").update(`${head}.${body}`).digest("base64url") === signature;
};
const isOurGuid = (text) => {
  const digits = bare(text);
  return /^.{8}(5ec2|b0d1)/.test(digits) && digits.slice(24) === crc32(digits.slice(0, 24)).toString(16).padStart(8, "0");
};

// What looks like something that should have been replaced, whoever it is.
function suspicious(text, path, report) {
  for (const [mail, domain] of text.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)*\.[a-z]{2,})\b/gi)) {
    if (domain !== "redacted.example" && !domain.startsWith("odata.")) report(`mail ${mail}`);
  }
  for (const [, number] of text.matchAll(/(?<![\w])\+([1-9]\d{6,14})(?!\w)/g)) if (!number.startsWith("999")) report(`phone +${number}`);
  for (const [address] of text.matchAll(/(?<![\w.\/-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.-])/g)) if (!isNobodysAddress(address)) report(`address ${address}`);
  for (const [token] of text.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g)) if (!isSigned(token)) report(`token ${token}`);
  for (const [, chat] of text.matchAll(/19:(?:meeting_)?([\w-]+)@thread/g)) if (!chat.startsWith("redacted")) report(`chat ${chat}`);
  for (const [, number] of text.matchAll(/\/meet\/(\d+)/g)) if (!number.startsWith("900")) report(`meeting ${number}`);
  const [holder, member] = [path.at(-2), path.at(-1)];
  if (holder === "user" && member === "displayName" && !/^Person-[0-9a-f]{8}$/.test(text)) report(`name ${text}`);
  if (((holder === "user" && member === "id") || member === "tenantId") && !(isGuid(text) && isOurGuid(text))) report(`id ${text}`);
}

function scan(folder, files) {
  const sought = [...planted, ...peopleOf(folder)].map((text) => [text, isGuid(text) ? bare(text) : text.toLowerCase()]);
  const left = new Map();
  for (const file of files) {
    linesOf(file).forEach((line, index) => {
      const at = (what) => left.set(`${file}:${index + 1}: ${what}`, what);
      walk(JSON.parse(line), (text, path) => {
        for (const reading of readings(text)) {
          suspicious(reading, reading === text ? path : [], at);
          const [plain, digits] = [reading.toLowerCase(), bare(reading)];
          for (const [name, value] of sought) if (plain.includes(value) || (isGuid(name) && digits.includes(value))) at(`holds ${name}`);
        }
      });
    });
  }
  for (const where of left.keys()) console.log(where);
  const missing = sought.filter(([name]) => ![...left.values()].includes(`holds ${name}`)).map(([name]) => name);
  return { left: left.size, missing };
}

const [command, ...args] = process.argv.slice(2);
if (command === "plant") {
  writeFileSync(args[1], plant(linesOf(args[0])).join("\n") + "\n");
} else if (command === "scan") {
  process.exitCode = scan(args[0], args.slice(1)).left === 0 ? 0 : 1;
} else if (command === "find-all") {
  const { missing } = scan(args[0], args.slice(1));
  for (const name of missing) console.error(`not found: ${name}`);
  process.exitCode = missing.length === 0 ? 0 : 1;
} else {
  console.error("usage: redaction_scan.mjs plant FROM TO | scan PLAIN FILE… | find-all PLAIN FILE…");
  process.exitCode = 2;
}
