// Text from recordings. It reaches the page by textContent alone, so that nothing in it is ever markup.

/// What would not be seen, or would turn the text around it, is spelled out.
function visible(text) {
  return String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/g,
    (letter) => "\u27e8U+" + letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") + "\u27e9");
}

/// What a row has room for: of a notification what it says, of a request to Graph what it is about.
function inShort(what) {
  const told = what.match(/^POST \S+: (.+)$/s);
  return (told ? told[1] : what).replaceAll(/(\/v1\.0|\/beta)?\/(app|communications)\/calls\/[0-9a-fA-F]{8}…/g, "call");
}

/// An element with a class, a text, and children.
function make(tag, name, text, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined && text !== null) element.textContent = visible(text);
  element.append(...children);
  return element;
}

/// A finding in one line, as the text report has it; and with several runs, in how many it was.
function headline(finding, runs) {
  const line = (finding.consequence ? "follows: " : "") + [`${finding.kind}: ${finding.what}`, finding.change].filter(Boolean).join(": ");
  return line + (finding.cause ? "; " + finding.cause : "") + (runs > 1 ? ` (${howOften(finding, runs)})` : "");
}

function howOften(finding, runs) {
  return finding.seen === runs ? "in every run" : `flaky: in ${finding.seen} of ${runs} runs`;
}

function counted(number, word, plural = word + "s") {
  return `${number} ${number === 1 ? word : plural}`;
}

function milliseconds(micros) {
  const value = micros / 1000;
  return value >= 10000 ? (value / 1000).toFixed(1) + " s" : value.toFixed(value < 10 ? 2 : 0) + " ms";
}

function seconds(micros) {
  return (micros / 1e6).toFixed(3) + " s";
}

/// JSON broken into lines by its tokens, so that numbers, doubled members and cut texts stay as they were sent. Each line
/// knows the pointer of its value. Text that is no JSON is given back as its own lines.
function prettyLines(body) {
  if (!/^\s*[[{]/.test(body)) return body.split("\n").map((text) => ({ text, pointer: null }));
  const lines = [], path = [];
  let text = "", key = null, last = "";
  const open = (kind) => path.push({ kind, index: 0, key: null });
  // Nothing of Graph's is deeper; in a body of brackets alone, pointers would be longer than the body many times over.
  const pointer = () => path.length > 64 ? null : path.map((level) => "/" + (level.kind === "[" ? level.index : level.key ?? "")).join("");
  const flush = () => {
    if (text.trim()) lines.push({ text, pointer: pointer() });
    text = "  ".repeat(Math.min(path.length, 40));
  };
  for (const [token] of body.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}:,]|[^\s[\]{}:,"]+/gs)) {
    const level = path[path.length - 1];
    if (token === "{" || token === "[") { text += token; flush(); open(token); text = "  ".repeat(Math.min(path.length, 40)); }
    else if (token === "}" || token === "]") {
      flush();
      path.pop();
      text = "  ".repeat(Math.min(path.length, 40)) + token;
    } else if (token === ",") {
      text += token;
      flush();
      if (level && level.kind === "[") ++level.index;
    } else if (token === ":") {
      text += ": ";
      if (level) level.key = key;
    } else {
      text += token;
      if (last !== ":") key = token.replace(/^"|"$/g, "").replaceAll("~", "~0").replaceAll("/", "~1");
    }
    last = token;
  }
  flush();
  return lines;
}
