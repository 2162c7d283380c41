// The official Graph client, pointed at any base URL.

import { closeSync, openSync, readSync } from "node:fs";
import graph from "@microsoft/microsoft-graph-client";

const { Client, HTTPMessageHandler, RetryHandler } = graph;

/**
 * The text itself or, for "@FILE", the first line of that file. The file may be a named pipe: then this waits for the
 * line, and must not wait for the end, which may never come.
 */
export function setting(text) {
  if (!text.startsWith("@")) return text;
  const file = openSync(text.slice(1), "r");
  const buffer = Buffer.alloc(4096); // longer than any URL; a pipe hands over a line of up to this size in one piece
  const length = readSync(file, buffer);
  closeSync(file);
  return buffer.toString("utf8", 0, length).split("\n")[0].trim();
}

/**
 * Puts the bot's token on every request.
 *
 * The client's own AuthenticationHandler sends a token to https hosts only and takes it off everything else. The
 * recorder and the Graph double listen on plain HTTP, on the bot's own machine, so a bot that is recorded needs this.
 */
class BearerHandler {
  constructor(token) {
    this.token = token;
  }

  async execute(context) {
    context.options.headers = { ...context.options.headers, Authorization: `Bearer ${await this.token()}` };
    await this.next.execute(context);
  }

  setNext(next) {
    this.next = next;
  }
}

/** A client whose requests go to `baseUrl` in the place of https://graph.microsoft.com, with what `token()` gives. */
export function connect(baseUrl, token) {
  return Client.initWithMiddleware({
    baseUrl,
    defaultVersion: "v1.0",
    middleware: [new BearerHandler(token), new RetryHandler(), new HTTPMessageHandler()],
  });
}
