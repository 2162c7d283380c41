// The official Graph client, pointed at any base URL.

import { readFileSync } from "node:fs";
import graph from "@microsoft/microsoft-graph-client";

const { Client, HTTPMessageHandler, RetryHandler, TelemetryHandler } = graph;

/** Reads a setting: the text itself, or, for "@FILE", the first line of that file at the time of the call. */
export function setting(text) {
  return text.startsWith("@") ? readFileSync(text.slice(1), "utf8").split("\n")[0].trim() : text;
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
    context.options.headers = { ...context.options.headers, Authorization: `Bearer ${this.token()}` };
    await this.next.execute(context);
  }

  setNext(next) {
    this.next = next;
  }
}

/** A client whose requests go to `baseUrl` in the place of https://graph.microsoft.com. */
export function connect(baseUrl, token) {
  return Client.initWithMiddleware({
    baseUrl,
    defaultVersion: "v1.0",
    middleware: [new BearerHandler(token), new RetryHandler(), new TelemetryHandler(), new HTTPMessageHandler()],
  });
}
