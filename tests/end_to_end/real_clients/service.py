"""Stands where Graph does: takes any request, answers by its path, and writes down the bytes of both.

    service.py LOG        prints "ready URL"; one JSON line for each exchange
"""
import base64
import gzip
import io
import json
import socketserver
import sys
import zlib

from wire import Tee, read_message

JSON = [("Content-Type", "application/json; charset=utf-8"), ("x-ms-Request-ID", "a-1"), ("X-MS-request-id", "b-2")]
TEXT = json.dumps({"value": [{"id": number, "text": "Grüße ☎"} for number in range(300)]}, indent=1).encode()


def counted(status, fields, body):
    return status, fields + [("Content-Length", str(len(body)))], body


def chunked(status, fields, body, size=700):
    pieces = [body[at : at + size] for at in range(0, len(body), size)] + [b""]
    return status, fields + [("Transfer-Encoding", "chunked")], b"".join(
        b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces
    )


def answer_to(method, path):
    """Status, fields and the bytes behind them."""
    name = path.split("?")[0].rsplit("/", 1)[-1]
    coded = JSON + [("Content-Encoding", "gzip")]
    if name == "gzip":
        return counted("200 OK", coded, gzip.compress(TEXT, mtime=0))
    if name == "gzip-in-chunks":
        return chunked("200 OK", coded, gzip.compress(TEXT, mtime=0))
    if name == "deflate":
        return counted("200 OK", JSON + [("content-encoding", "deflate")], zlib.compress(TEXT))
    if name == "chunks":
        return chunked("200 Fine", JSON, TEXT)
    if name == "log-in":
        cookies = [("Set-Cookie", "first=c00k1e-one-of-the-two; Path=/"), ("set-cookie", "second=c00k1e-two; Path=/; Secure")]
        return counted("200 OK", JSON + cookies, b'{"in": true}')
    if name == "moved":
        return counted("302 Found", [("Location", "/v1.0/there?from=moved"), ("Set-Cookie", "on-the-way=c00k1e-three")], b"")
    if name == "moved-with-body":
        return counted("307 Temporary Redirect", [("Location", "https://graph.microsoft.com/v1.0/kept")], b"moved\n")
    if name == "until-the-end":
        return "200 OK", [("Content-Type", "text/plain"), ("Connection", "close")], b"no length\r\n\0\xff"
    if name == "nothing":
        return "204 No Content", [("X-Empty", "")], b""
    if method == "HEAD":
        return "200 OK", [("Content-Length", "12345")], b""
    return counted("200 OK", JSON, json.dumps({"error": None, "path": path}).encode())


class Connection(socketserver.BaseRequestHandler):
    def handle(self):
        kept = Tee(self.request.makefile("rb", buffering=0))
        stream = io.BufferedReader(kept)
        while request := read_message(stream):
            method, path, _ = request.first.split(" ")
            status, fields, body = answer_to(method, path)
            head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
            answer = head.encode("latin-1") + body
            line = {"received": bytes(kept.kept), "sent": answer}
            kept.kept.clear()
            # Before it is sent: whoever has the answer finds the line.
            print(json.dumps({name: base64.b64encode(raw).decode() for name, raw in line.items()}), file=log, flush=True)
            self.request.sendall(answer)
            if ("Connection", "close") in fields:
                break


log = open(sys.argv[1], "w")
socketserver.ThreadingTCPServer.daemon_threads = True
with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Connection) as server:
    print(f"ready http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
