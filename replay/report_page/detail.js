// What one exchange was: its findings, and its messages side by side.

function findingBox(finding, runs) {
  const box = make("section", "finding");
  box.append(make("h3", "", finding.kind + (finding.consequence ? " (follows from another finding)" : "")));
  box.append(make("p", "mono", finding.what));
  for (const line of [runs > 1 ? howOften(finding, runs) : "", finding.change, finding.cause]) if (line) box.append(make("p", "note", line));
  for (const note of finding.notes) box.append(make("p", "note", note));
  for (const difference of finding.differences) {
    const list = make("dl", "difference");
    list.append(make("dt", "mono pointer", difference.pointer || "body"));
    list.append(make("dd", "was", null, make("span", "tag", "recorded"), make("code", "", difference.recorded || "(empty)")));
    list.append(make("dd", "came", null, make("span", "tag", "came"), make("code", "", difference.live || "(empty)")));
    box.append(list);
  }
  return box;
}

function messageBox(title, message, marked) {
  const box = make("div", "message");
  box.append(make("h4", "", title), make("p", "mono line", message.line));
  const headers = make("details", "", null, make("summary", "", counted(message.headers.length, "header")));
  const list = make("dl", "headers");
  for (const [name, value] of message.headers) list.append(make("dt", "", name), make("dd", "mono", value));
  headers.append(list);
  box.append(headers);
  if (!message.size) return box;
  const body = make("pre", "body");
  body.tabIndex = 0;
  for (const { text, pointer } of prettyLines(message.body)) {
    const differs = pointer !== null && marked.has(pointer);
    body.append(make(differs ? "mark" : "span", "", text), "\n");
  }
  box.append(body);
  if (message.body.endsWith("…")) {
    box.append(make("p", "note", `Cut here: the session file has all ${message.size} bytes.`));
  }
  return box;
}

function sideBox(title, side, messages, marked) {
  const box = make("section", "side", null, make("h3", "", title));
  if (!messages) {
    box.append(make("p", "note", "not in this session"));
    return box;
  }
  const times = [`exchange ${side.number}`, side.byHand, side.line ? `line ${side.line}` : "", `sent at ${seconds(side.sent)}`,
    side.ended === null ? "" : `answered after ${milliseconds(side.ended - side.sent)}`,
    side.late === null ? "" : `late by ${milliseconds(side.late)}`];
  box.append(make("p", "note", times.filter(Boolean).join(" · ")));
  box.append(messageBox("Request", messages.request, marked));
  if (messages.response) box.append(messageBox("Answer", messages.response, marked));
  else box.append(make("p", "note", "Answer: " + (messages.failure ? "failed: " + messages.failure : "none")));
  return box;
}

/// Fills `pane` with what is known of the row, unless it was closed or asked for another row meanwhile.
async function showDetail(pane, session, row, close) {
  const turn = pane.turn = (pane.turn ?? 0) + 1;
  let messages, wrong = "";
  try {
    messages = await messagesOf(session, row.index);
  } catch (error) {
    wrong = `The messages cannot be unpacked by this browser: ${error.message}`;
  }
  if (pane.turn !== turn) return;
  const marked = new Set(row.findings.flatMap((finding) => finding.differences.map((each) => each.pointer)));
  const button = make("button", "close", "Close");
  button.addEventListener("click", close);
  pane.replaceChildren(button, make("h2", "mono", row.what));
  for (const finding of row.findings) pane.append(findingBox(finding, session.runs));
  if (wrong) pane.append(make("p", "alert", wrong));
  else pane.append(make("div", "sides", null, sideBox("Recorded", row.recorded, messages[0], marked),
    sideBox("Live", row.live, messages[1], marked)));
  pane.hidden = false;
  pane.scrollTop = 0;
  pane.focus();
}
