// The bot's calls: what it knows of them, and what it asks of Graph.

import { randomUUID } from "node:crypto";

const bare = (id) => id.replaceAll("-", "").toLowerCase();
const callIdIn = (path) => /calls\/([^/]+)/.exec(path ?? "")?.[1];
const lastSegment = (path) => path?.slice(path.lastIndexOf("/") + 1);
const mediaConfig = { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" };

const invitations = (users, replacesCallId) =>
  users.map((user) => ({
    "@odata.type": "#microsoft.graph.invitationParticipantInfo",
    identity: { "@odata.type": "#microsoft.graph.identitySet", user },
    ...(replacesCallId ? { replacesCallId } : {}),
  }));

/** All calls of one bot. Requests about one call go out one after the other, each after the answer to the last. */
export class Calls {
  #calls = new Map(); // by id without dashes and in lower case
  #ended = new Set();
  #graph;
  #callback;

  /** `graph()` gives the Graph client, `callback()` the address that Graph is told to notify. */
  constructor(graph, callback) {
    this.#graph = graph;
    this.#callback = callback;
  }

  /** Whether the bot turns this notification away: it was told to be busy. */
  turnsAway(notifications) {
    for (const notification of notifications) {
      const call = this.#find(callIdIn(notification?.resourceUrl ?? notification?.resource) ?? "");
      if (call?.busy > 0) return call.busy-- > 0;
    }
    return false;
  }

  /** What Graph tells. */
  notice(notification) {
    const id = callIdIn(notification?.resourceUrl ?? notification?.resource);
    const data = notification?.resourceData;
    if (!id || !data || this.#ended.has(bare(id))) return;
    if (Array.isArray(data)) this.#rosterChanged(this.#of(id), data);
    else if (data["@odata.type"]?.endsWith("microsoft.graph.call")) this.#callChanged(id, notification.changeType, data);
  }

  /** What a person wants; the status of the answer. */
  wish(what, body) {
    if (what === "call" || what === "join") {
      this.#create(body, what === "join");
      return 202;
    }
    const call = this.#find(body.callId ?? "");
    if (!call) return 404;
    if (what === "hang-up") this.#hangUp(call);
    else if (what === "keep-alive") this.#ask(call, "POST", `${call.path}/keepAlive`, {});
    else if (what === "busy") call.busy = body.notifications ?? 1;
    else if (what === "invite") {
      call.plan = body;
      this.#carryOut(call);
    } else return 404;
    return 202;
  }

  #callChanged(id, change, data) {
    if (change === "deleted") {
      this.#ended.add(bare(id));
      this.#calls.delete(bare(id));
      return;
    }
    const call = this.#of(id);
    call.scenario = data.callChainId ?? call.scenario;
    if (data.state === "incoming") {
      const body = { callbackUri: this.#callback(), mediaConfig, acceptedModalities: ["audio"] };
      this.#ask(call, "POST", `${call.path}/answer`, body);
    } else if (data.state === "established") {
      call.established = true;
      this.#carryOut(call);
    }
  }

  #rosterChanged(call, participants) {
    const persons = participants.filter((one) => one?.info?.identity?.user);
    for (const person of persons) {
      const id = person.id ?? lastSegment(person["@odata.id"]);
      if (!id || person.isInLobby || call.muted.has(bare(id))) continue;
      call.muted.add(bare(id));
      if (!person.isMuted) {
        this.#ask(call, "POST", `${call.path}/participants/${id}/mute`, { clientContext: randomUUID() });
      }
    }
    if (call.somebodyWasHere && persons.length === 0) this.#hangUp(call);
    call.somebodyWasHere = persons.length > 0;
  }

  async #create(wish, join) {
    const unnamed = { scenario: randomUUID(), last: Promise.resolve() };
    const created = await this.#ask(unnamed, "POST", "/communications/calls", {
      "@odata.type": "#microsoft.graph.call",
      callbackUri: this.#callback(),
      requestedModalities: ["audio"],
      mediaConfig,
      tenantId: wish.tenantId,
      ...(join ? { chatInfo: wish.chatInfo, meetingInfo: wish.meetingInfo } : { targets: invitations(wish.users) }),
    });
    if (!created?.id) return;
    const call = this.#of(created.id);
    call.scenario = created.callChainId ?? unnamed.scenario;
    call.plan = wish.invite;
    this.#carryOut(call); // "established" may have been faster than the answer
  }

  #carryOut(call) {
    const plan = call.plan;
    if (!plan || !call.established) return;
    call.plan = undefined;
    const groups = plan.separately ? plan.users.map((user) => [user]) : [plan.users];
    for (const users of groups) {
      // Separate invites do not wait for each other: each has a line of its own.
      const line = plan.separately ? { scenario: call.scenario, last: Promise.resolve() } : call;
      const body = { participants: invitations(users, plan.replacesCallId), clientContext: randomUUID() };
      this.#ask(line, "POST", `${call.path}/participants/invite`, body);
    }
  }

  #hangUp(call) {
    if (call.hangingUp) return;
    call.hangingUp = true;
    this.#ask(call, "DELETE", call.path);
  }

  /** Graph's answer in time; a failure is told and ends there. */
  #ask(line, method, path, body) {
    line.last = line.last
      .then(() => {
        const headers = { "Client-Request-Id": randomUUID(), "Scenario-Id": line.scenario };
        const request = this.#graph().api(path).headers(headers);
        return method === "DELETE" ? request.delete() : request.post(body);
      })
      .catch((error) => console.error(`${method} ${path}: ${error.statusCode} ${error.code}: ${error.message}`));
    return line.last;
  }

  #of(id) {
    const key = bare(id);
    if (!this.#calls.has(key)) {
      const path = `/communications/calls/${id}`;
      this.#calls.set(key, { path, scenario: randomUUID(), muted: new Set(), busy: 0, last: Promise.resolve() });
    }
    return this.#calls.get(key);
  }

  #find(id) {
    return this.#calls.get(bare(id));
  }
}
