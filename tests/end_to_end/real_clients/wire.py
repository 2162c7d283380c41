"""HTTP/1.1 messages as they are on the wire: bytes in, and nothing put in order on the way."""
import io
import re


class Message:
    """A first line, fields in their order and spelling, and the content behind chunks."""

    def __init__(self, first, fields, body):
        self.first = first
        self.fields = fields
        self.body = body

    def values(self, name):
        return [value for field, value in self.fields if field.lower() == name]

    @property
    def without_body(self):
        """Whether an answer of that status has none (RFC 9112, 6.3)."""
        status = self.first.split(" ")[1]
        return status in ("204", "304") or status.startswith("1")


def read_message(stream, to_method=None):
    """The next message of a stream; None at its end. An answer is one `to_method`."""
    first = stream.readline()
    if not first:
        return None
    fields = []
    for line in iter(stream.readline, b"\r\n"):
        match = re.fullmatch(rb"([^:\s]+):[ \t]*(.*?)[ \t]*\r\n", line, re.DOTALL)
        assert match, f"no field: {line!r}"
        fields.append(tuple(part.decode("latin-1") for part in match.groups()))
    message = Message(first.decode("latin-1").rstrip("\r\n"), fields, b"")
    if to_method == "HEAD" or (to_method and message.without_body):
        return message
    if message.values("transfer-encoding") == ["chunked"]:
        message.body = read_chunks(stream)
    elif message.values("content-length"):
        size = int(message.values("content-length")[0])
        message.body = stream.read(size)
        assert len(message.body) == size, "the body is cut short"
    elif to_method:
        message.body = stream.read()
    return message


def read_chunks(stream):
    body = b""
    while size := int(stream.readline().split(b";")[0], 16):
        body += stream.read(size)
        assert stream.readline() == b"\r\n", "a chunk that does not end"
    assert stream.readline() == b"\r\n", "trailers"
    return body


def message_of(raw, to_method=None):
    """The one message that these bytes are."""
    stream = io.BytesIO(raw)
    message = read_message(stream, to_method)
    rest = stream.read()
    assert not rest, f"bytes behind the message: {rest!r}"
    return message


class Tee(io.RawIOBase):
    """A stream that keeps what was read from it."""

    def __init__(self, raw):
        self.raw = raw
        self.kept = bytearray()

    def readable(self):
        return True

    def readinto(self, buffer):
        count = self.raw.readinto(buffer)
        self.kept += bytes(buffer[:count or 0])
        return count

    def close(self):
        self.raw.close()
        super().close()
