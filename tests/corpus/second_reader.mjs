// A second reader of session files, written from the page corpus/FORMAT.md alone, to prove that the page is enough.
//
//     node second_reader.mjs PROGRAM FILE…
//
// Reads each file, and compares what it understood with what PROGRAM (normal_form.cpp, around Rollcall's own reader) prints
// for it. Exit status 1 if they differ.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/// Parses one JSON text. Values come as {kind, begin, end} with items, members or value; members keep their order.
class Parser {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  whole() {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) throw new Error('text behind the value');
    return value;
  }

  space() {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.text[this.at])) this.at++;
  }

  take(pattern) {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) throw new Error(`unexpected text at ${this.at}`);
    this.at = pattern.lastIndex;
    return match[0];
  }

  value() {
    this.space();
    const begin = this.at;
    const node = this.bare();
    return { ...node, begin, end: this.at };
  }

  bare() {
    const first = this.text[this.at];
    if (first === '{') return { kind: 'object', members: this.list('}', () => this.member()) };
    if (first === '[') return { kind: 'array', items: this.list(']', () => this.value()) };
    if (first === '"') return { kind: 'string', value: this.string() };
    if (/[-0-9]/.test(first)) return { kind: 'number', raw: this.take(/-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y) };
    return { kind: this.take(/true|false|null/y) };
  }

  string() {
    const string = JSON.parse(this.take(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y));
    need(!/[\ud800-\udfff]/u.test(string), 'half of a surrogate pair');
    return string;
  }

  list(close, item) {
    const items = [];
    this.at++;
    this.space();
    while (this.text[this.at] !== close) {
      if (items.length > 0) this.take(/,/y);
      items.push(item());
      this.space();
    }
    this.at++;
    return items;
  }

  member() {
    this.space();
    const begin = this.at;
    const key = this.string();
    this.space();
    this.take(/:/y);
    const value = this.value();
    return { key, value, begin, end: this.at };
  }
}

const need = (condition, reason) => {
  if (!condition) throw new Error(reason);
};

/// The known members of an object by name, and the text of the others. A "?" behind a name: it may be missing.
function membersOf(text, node, names) {
  need(node.kind === 'object', 'not an object');
  const known = {};
  const extra = [];
  const wanted = names.map((name) => name.replace('?', ''));
  for (const { key, value, begin, end } of node.members) {
    if (!wanted.includes(key)) {
      extra.push(text.slice(begin, end));
      continue;
    }
    need(!(key in known), `${key} twice`);
    known[key] = value;
  }
  for (const name of names) need(name.endsWith('?') || name in known, `no ${name}`);
  return { ...known, extra: extra.join(',') };
}

function integer(node, most = 2n ** 63n - 1n) {
  need(node.kind === 'number' && /^(0|[1-9][0-9]*|-0)$/.test(node.raw) && BigInt(node.raw) <= most, 'not an integer');
  return BigInt(node.raw).toString();
}

function base64(node) {
  need(node.kind === 'string', 'not a string');
  const bytes = Buffer.from(node.value, 'base64');
  need(bytes.toString('base64') === node.value, 'not base64');
  return bytes;
}

function bytes(text, node) {
  if (node.kind === 'string') return Buffer.from(node.value);
  need(node.kind === 'object' && node.members.length === 1 && node.members[0].key === 'base64', 'not bytes');
  return base64(node.members[0].value);
}

function headers(text, node) {
  need(node.kind === 'array', 'no array of headers');
  return node.items.map((pair) => {
    need(pair.kind === 'array' && pair.items.length === 2, 'not a header');
    return pair.items.map((part) => bytes(text, part).toString('hex'));
  });
}

function body(text, { json, text: string, base64: encoded }) {
  need([json, string, encoded].filter(Boolean).length <= 1, 'two bodies');
  if (json) return Buffer.from(text.slice(json.begin, json.end));
  if (encoded) return base64(encoded);
  need(!string || string.kind === 'string', 'text is not a string');
  return Buffer.from(string ? string.value : '');
}

const bodyNames = ['json?', 'text?', 'base64?'];

function request(text, line) {
  const members = membersOf(text, line.request, ['method', 'target', 'headers', ...bodyNames]);
  need(line.leg && line.leg.kind === 'string' && ['webhook', 'graph'].includes(line.leg.value), 'no leg');
  need(!line.after || line.after.kind === 'array', 'after is not an array');
  return {
    x: integer(line.x), leg: line.leg.value, t: integer(line.t), due: line.due ? integer(line.due) : '',
    after: line.after ? line.after.items.map((item) => integer(item)) : '', extra: line.extra,
    method: bytes(text, members.method).toString('hex'), target: bytes(text, members.target).toString('hex'),
    headers: headers(text, members.headers), body: body(text, members).toString('hex'), more: members.extra,
  };
}

function outcome(text, line) {
  need(!line.leg && !line.due && !line.after, 'belongs to requests');
  const common = { t: integer(line.t), extra: line.extra };
  if (line.failure) return { ...common, failure: bytes(text, line.failure).toString('hex') };
  const members = membersOf(text, line.response, ['status', 'headers', ...bodyNames]);
  return {
    ...common, status: integer(members.status, 999n), headers: headers(text, members.headers),
    body: body(text, members).toString('hex'), more: members.extra,
  };
}

/// What a session consists of while its lines are taken.
class Session {
  exchanges = new Map();
  end = null;

  take(text, node) {
    need(this.end === null, 'behind the end');
    const kinds = node.members.filter(({ key }) => ['request', 'response', 'failure', 'end'].includes(key));
    need(new Set(kinds.map(({ key }) => key)).size === 1, 'not one of the four');
    if (kinds[0].key === 'end') return this.takeEnd(text, node);
    const line = membersOf(text, node, ['x', 't', 'due?', 'leg?', 'after?', 'request?', 'response?', 'failure?']);
    const x = integer(line.x);
    if (line.request) {
      const made = request(text, line);
      need(!this.exchanges.has(x), 'a second request');
      this.exchanges.set(x, { request: made, outcome: null });
    } else {
      const made = outcome(text, line);
      const exchange = this.exchanges.get(x);
      need(exchange && exchange.outcome === null, 'no request, or a second outcome');
      exchange.outcome = made;
    }
  }

  takeEnd(text, node) {
    const line = membersOf(text, node, ['end']);
    const members = membersOf(text, line.end, ['t', 'messages']);
    this.end = { t: integer(members.t), messages: integer(members.messages), extra: members.extra, more: line.extra };
  }
}

function parse(line) {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  const node = new Parser(text).whole();
  need(node.kind === 'object', 'not an object');
  return { text, node };
}

/// The file in a normal form: what it says and which lines are damaged.
function read(file) {
  let all = readFileSync(file);
  if (all.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) all = all.subarray(3);
  const lines = all.toString('latin1').split('\n').map((line) => Buffer.from(line.replace(/\r$/, ''), 'latin1'));
  const isBlank = (line) => /^[ \t\r]*$/.test(line.toString('latin1'));
  const first = lines.findIndex((line) => !isBlank(line));
  const header = parse(lines[first]);
  const names = ['name', 'started', 'bot', 'graph', 'origin'];
  const info = membersOf(header.text, header.node, ['rollcall', ...names.map((name) => `${name}?`)]);
  need(integer(info.rollcall) === '1', 'not version 1');
  const session = new Session();
  const damaged = [];
  for (let i = first + 1; i < lines.length; i++) {
    if (isBlank(lines[i])) continue;
    try {
      const { text, node } = parse(lines[i]);
      session.take(text, node);
    } catch (error) {
      damaged.push(i + 1);
    }
  }
  const exchanges = [...session.exchanges.values()];
  exchanges.sort((a, b) => (BigInt(a.request.t) < BigInt(b.request.t) ? -1 : a.request.t === b.request.t ? 0 : 1));
  const said = names.map((name) => (info[name] ? bytes(header.text, info[name]).toString('hex') : ''));
  return { info: [...said, info.extra], exchanges, end: session.end, damaged };
}

const [program, ...files] = process.argv.slice(2);
let different = 0;
for (const file of files) {
  const ours = JSON.stringify(JSON.parse(execFileSync(program, [file], { maxBuffer: 1 << 30 }).toString()));
  const theirs = JSON.stringify(read(file));
  const same = ours === theirs;
  console.log(`${file}: ${same ? 'same' : `different\n  rollcall ${ours}\n  second   ${theirs}`}`);
  different += !same;
}
process.exit(different > 0 || files.length === 0 ? 1 : 0);
