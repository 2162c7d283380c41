"""What a bot in Python does: requests, told nothing but HTTPS_PROXY and REQUESTS_CA_BUNDLE.

    client.py LOG [--no-open-end]    one JSON line for each exchange: the bytes as they left and came, inside TLS

--no-open-end leaves out the answer whose end is that of its connection.
"""
import base64
import gzip
import http.client
import io
import json
import sys

import requests

from wire import Tee

GRAPH = "https://graph.microsoft.com/v1.0"
exchanges = []
tunnels = []


class Response(http.client.HTTPResponse):
    """Keeps what it reads."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.kept = Tee(self.fp.detach())
        self.fp = io.BufferedReader(self.kept)


def watch():
    """Has every connection of this program note down what it sends and gets."""
    connection = http.client.HTTPConnection
    send, getresponse = connection.send, connection.getresponse

    def noted_send(self, data):
        data = data.read() if hasattr(data, "read") else bytes(data)
        self.sent = getattr(self, "sent", b"") + data
        return send(self, data)

    def noted_getresponse(self):
        head, sent, self.sent = b"CONNECT ", self.sent, b""
        if sent.startswith(head):  # the tunnel is opened in front of the first request
            tunnel, _, sent = sent.partition(b"\r\n\r\n")
            tunnels.append(tunnel)
        response = getresponse(self)
        exchanges.append((sent, response.kept))
        return response

    connection.send, connection.getresponse, connection.response_class = noted_send, noted_getresponse, Response


def expect(what, condition):
    if not condition:
        sys.exit(f"FAILED: {what}")


def post(session):
    session.post(f"{GRAPH}/json", json={"text": "Grüße ☎", "number": 1.0, "list": [None, True]})
    session.post(f"{GRAPH}/json-as-it-is", data=b'{ "a": 1.0,\r\n "b" : "\xe2\x98\x8e" }\n', headers={"content-type": "application/JSON"})
    session.post(f"{GRAPH}/form", data={"a b": "ü&=+", "list": ["1", "2"], "empty": ""})
    every_byte = bytes(range(256))
    session.post(f"{GRAPH}/multipart", data={"what": "a file"}, files={"file": ("tön.wav", every_byte * 5, "audio/wav")})
    session.post(f"{GRAPH}/chunks", data=(piece for piece in (b'{"in":', b'"pieces"', b"}", b" " * 70000)))
    session.put(f"{GRAPH}/file", data=io.BytesIO(every_byte * 4096))
    session.post(f"{GRAPH}/empty", data=b"")


def ask(session):
    for name in ("gzip", "gzip-in-chunks", "deflate"):
        answer = session.get(f"{GRAPH}/{name}")
        expect(f"{name} is read", answer.json()["value"][299]["text"] == "Grüße ☎")
    answer = session.post(f"{GRAPH}/gzip-sent", data=gzip.compress(b'{"small": true}', mtime=0), headers={"Content-Encoding": "gzip"})
    expect("a coded body is taken", answer.status_code == 200)
    session.get(f"{GRAPH}/query", params={"$filter": "startswith(name,'ü')", "x": ["1", "a b"], "y": "%2f/"})
    session.get(f"{GRAPH}/fields", headers={"X-Latin": "caf\xe9".encode("latin-1"), "x-SPELLED-Oddly": "two  spaces, \"quotes\"", "X-Empty": ""})
    session.head(f"{GRAPH}/head")
    session.options(f"{GRAPH}/options")
    session.patch(f"{GRAPH}/patch", json={})
    expect("204 has no body", session.delete(f"{GRAPH}/nothing").content == b"")
    if "--no-open-end" not in sys.argv:
        answer = session.get(f"{GRAPH}/until-the-end")
        expect("an answer that ends with its connection", answer.content == b"no length\r\n\0\xff")


def have_secrets(session):
    session.get(f"{GRAPH}/log-in")
    session.get(f"{GRAPH}/with-cookies")
    answer = session.get(f"{GRAPH}/moved")
    expect("a redirect is followed", answer.url == f"{GRAPH}/there?from=moved" and len(answer.history) == 1)
    answer = session.post(f"{GRAPH}/moved-with-body", data=b"kept on the way")
    expect("so is one that keeps method and body", answer.request.body == b"kept on the way")
    session.get(f"{GRAPH}/me", headers={"Authorization": "Bearer t0k3n-that-nobody-may-keep"})


def main():
    watch()
    with requests.Session() as session:
        post(session)
        ask(session)
        have_secrets(session)
    requests.post(f"{GRAPH}/another-connection", json={"the": "last"})
    with open(sys.argv[1], "w") as log:
        for sent, kept in exchanges:
            line = {"sent": sent, "received": bytes(kept.kept)}
            print(json.dumps({name: base64.b64encode(raw).decode() for name, raw in line.items()}), file=log)
    print(f"{len(exchanges)} exchanges through {len(tunnels)} tunnels")


main()
