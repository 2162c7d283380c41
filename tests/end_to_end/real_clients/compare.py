"""Holds three accounts of the same exchanges against each other, byte by byte.

    compare.py CLIENT_LOG SERVICE_LOG SESSION
"""
import base64
import json
import re
import sys

from wire import Message, message_of

# Of one connection, or of the other side's name: RFC 9110, 7.6.1 and 7.2. What the length says is held against the body.
OF_A_CONNECTION = {"connection", "content-length", "host", "keep-alive", "proxy-connection", "transfer-encoding"}
SECRET = {"authorization", "cookie", "set-cookie"}
STAND_IN = r"redacted-[0-9a-f]{16}"


def log_of(path, requests, answers):
    exchanges = []
    for line in open(path):
        raw = {name: base64.b64decode(text) for name, text in json.loads(line).items()}
        request = message_of(raw[requests])
        exchanges.append((request, message_of(raw[answers], to_method=request.first.split(" ")[0])))
    return exchanges


def bytes_of(value):
    return value if isinstance(value, str) else base64.b64decode(value["base64"]).decode("latin-1")


def body_of(line, message):
    """The bytes of a body: of one in `json` those that stand in the line."""
    if "base64" in message:
        return base64.b64decode(message["base64"])
    if "text" in message:
        return message["text"].encode()
    if "json" in message:
        return line[line.index(b'"json":') + len(b'"json":') : -2]
    return b""


def session_of(path):
    messages = {}
    for line in open(path, "rb").read().splitlines():
        told = json.loads(line)
        for kind in ("request", "response"):
            if kind not in told:
                continue
            part = told[kind]
            first = f'{part["method"]} {part["target"]}' if kind == "request" else str(part["status"])
            fields = [tuple(bytes_of(text).encode("utf-8" if isinstance(text, str) else "latin-1").decode("latin-1")
                            for text in field) for field in part["headers"]]
            messages.setdefault(told["x"], []).append(Message(first, fields, body_of(line, part)))
    return [tuple(messages[number]) for number in sorted(messages)]


def kept_fields(message, secrets=True):
    return [(name, value) for name, value in message.fields
            if name.lower() not in OF_A_CONNECTION and (secrets or name.lower() not in SECRET)]


def secret_fields(message):
    return [(name, value) for name, value in message.fields if name.lower() in SECRET]


def first_of(message):
    """Method and target, or the status: the version is a connection's, and the reason phrase is nobody's."""
    words = message.first.split(" ")
    return words[1] if words[0].startswith("HTTP/") else " ".join(words[:2])


class Comparison:
    def __init__(self):
        self.failed = False

    def expect(self, where, what, one, other):
        if one != other:
            self.failed = True
            print(f"FAILED: {where}: {what}:\n  {one!r:.600}\n  {other!r:.600}", file=sys.stderr)

    def same_on_the_wire(self, where, one, other):
        self.expect(where, "first lines", first_of(one), first_of(other))
        self.expect(where, "fields", kept_fields(one), kept_fields(other))
        self.expect(where, "bodies", one.body, other.body)

    def recorded(self, where, wire, told):
        """Everything as it was; secrets by stand-ins, in the same places."""
        self.expect(where, "first lines", first_of(wire), told.first)
        self.expect(where, "fields", kept_fields(wire, secrets=False), kept_fields(told, secrets=False))
        self.expect(where, "names in order", [name for name, _ in kept_fields(wire)], [name for name, _ in kept_fields(told)])
        self.expect(where, "bodies", wire.body, told.body)
        for (_, value), (name, stand_in) in zip(secret_fields(wire), secret_fields(told)):
            values = r"(?<=Bearer )\S+" if name.lower() == "authorization" else r"(?<==)c00k1e[^;]*"
            self.expect(where, name, re.sub(values, "*", value), re.sub(STAND_IN, "*", stand_in))


def main():
    client, service = log_of(sys.argv[1], "sent", "received"), log_of(sys.argv[2], "received", "sent")
    session = session_of(sys.argv[3])
    all_of = Comparison()
    all_of.expect("everywhere", "as many exchanges", [len(client), len(client)], [len(service), len(session)])
    for ours, theirs, told in zip(client, service, session):
        where = ours[0].first
        all_of.same_on_the_wire(f"{where}: what the client sent, and what arrived", ours[0], theirs[0])
        all_of.same_on_the_wire(f"{where}: what was answered, and what the client got", theirs[1], ours[1])
        all_of.recorded(f"{where}: what the client sent, and the session", ours[0], told[0])
        all_of.recorded(f"{where}: what was answered, and the session", theirs[1], told[1])
    everything = open(sys.argv[3]).read()
    for secret in ("c00k1e", "t0k3n"):
        all_of.expect("the session", f"{secret} in it", everything.count(secret), 0)
    print(f"{len(client)} exchanges compared")
    sys.exit(all_of.failed or not client)


main()
