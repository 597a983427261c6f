"""A proxy between a client and a broker that writes down what the client sends, can lose frames and drop connections; and
as much of the protocol as it takes to fill a stream and to store an offset without a client library. Standard library only.
"""
import socket
import struct
import threading
import time

NAMES = {1: "declare", 2: "publish", 5: "sequence", 7: "subscribe", 9: "credit", 10: "store", 11: "query", 0x801A: "activate"}
SPECS = {0: "none", 1: "first", 2: "last", 3: "next", 4: "offset", 5: "timestamp"}


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        value = struct.unpack_from(">" + form, self.data, self.at)
        self.at += struct.calcsize(">" + form)
        return value[0] if len(value) == 1 else value

    def text(self):
        size = max(self.take("h"), 0)
        self.at += size
        return self.data[self.at - size:self.at].decode()

    def spec(self):
        kind = self.take("H")
        value = f" {self.take('Q')}" if kind in (4, 5) else ""
        return SPECS[kind] + value


def words(key, version, body):
    """A frame from a client, as a line of the record; None for those that are not of interest."""
    r = Reader(body)
    kind = NAMES.get(key)
    if kind in ("declare", "query", "sequence"):
        return kind
    if kind == "subscribe":
        r.take("IB"), r.text()
        return f"subscribe {r.spec()} credit {r.take('H')}"
    if kind == "credit":
        return f"credit {r.take('BH')[1]}"
    if kind == "store":
        r.text(), r.text()
        return f"store {r.take('Q')}"
    if kind == "activate":
        r.take("IH")
        return f"activate {r.spec()}"
    if kind == "publish":
        return "publish " + " ".join(str(i) for i in publishing_ids(r, version))
    return None


def publishing_ids(r, version):
    _, count = r.take("Bi")
    ids = []
    for _ in range(count):
        ids.append(r.take("Q"))
        if version == 2:
            r.text()
        size = r.take("BHII")[3] if r.data[r.at] & 0x80 else r.take("I")
        r.at += size
    return ids


class Proxy:
    """Listens on one port of the loopback and passes everything on to another."""

    def __init__(self, port, broker):
        self.broker, self.lines, self.pairs = broker, [], []
        # New connections are those of the program that was started last.
        self.program = None
        self.lose, self.deaf = {}, False
        self.server = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.server.accept()
            try:
                upstream = socket.create_connection(("127.0.0.1", self.broker))
            except OSError:
                client.close()
                continue
            self.pairs.append((client, upstream))
            for source, sink, watch in ((client, upstream, True), (upstream, client, False)):
                threading.Thread(target=self.pump, args=(source, sink, self.program if watch else None), daemon=True).start()

    def pump(self, source, sink, sender):
        data = b""
        try:
            while more := source.recv(1 << 16):
                data += more
                while len(data) >= 4 and len(data) >= 4 + (size := struct.unpack(">I", data[:4])[0]):
                    frame, data = data[:4 + size], data[4 + size:]
                    if self.passes(frame[4:], sender):
                        sink.sendall(frame)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def passes(self, frame, sender):
        key, version = struct.unpack(">HH", frame[:4])
        if sender is None:
            return not (self.deaf and key == 3)
        line = words(key, version, frame[4:])
        if line is None:
            return True
        kind = line.split()[0]
        if self.lose.get(kind, 0) > 0:
            self.lose[kind] -= 1
            self.lines.append((sender, line + " lost"))
            return False
        self.lines.append((sender, line))
        return True

    def drop(self):
        """Every connection breaks."""
        pairs, self.pairs = self.pairs, []
        for client, upstream in pairs:
            for end in (client, upstream):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                    end.close()
                except OSError:
                    pass


class Race(Exception):
    """The broker was too quick: a frame became two chunks."""


class Raw:
    """A connection without a client library."""

    def __init__(self, port):
        self.socket, self.buffer, self.id = socket.create_connection(("127.0.0.1", port)), b"", 0
        self.filled = {}
        properties = self.ask(17, struct.pack(">i", 0))
        properties.take("H")
        self.server = {properties.text(): properties.text() for _ in range(properties.take("i"))}
        self.ask(18, b"")
        self.ask(19, text("PLAIN") + struct.pack(">i", 12) + b"\0guest\0guest")
        self.await_key(20)
        self.send(20, struct.pack(">II", 1 << 20, 0))
        self.ask(21, text("/"))

    def send(self, key, body, version=1):
        self.socket.sendall(struct.pack(">IHH", len(body) + 4, key, version) + body)

    def await_key(self, key):
        while True:
            while len(self.buffer) >= 4 and len(self.buffer) >= 4 + (size := struct.unpack(">I", self.buffer[:4])[0]):
                frame, self.buffer = self.buffer[4:4 + size], self.buffer[4 + size:]
                if struct.unpack(">H", frame[:2])[0] == key:
                    return Reader(frame[4:])
            if not (more := self.socket.recv(1 << 16)):
                raise ConnectionError("closed by the broker")
            self.buffer += more

    def ask(self, key, body):
        self.id += 1
        self.send(key, struct.pack(">I", self.id) + body)
        answer = self.await_key(0x8000 | key)
        answer.take("I")
        return answer

    def create(self, stream):
        self.ask(14, text(stream))
        self.filled.pop(stream, None)
        return self.ask(13, text(stream) + struct.pack(">i", 0)).take("H")

    def fill(self, stream, chunks, filters=None, sub_batch=0):
        """One frame a chunk, each awaited, so that each is a chunk on the broker."""
        self.ask(1, struct.pack(">B", 1) + text("") + text(stream))
        first = 0
        for size in chunks:
            bodies = [body(filters[i % len(filters)] if filters else b"m%d" % (first + i)) for i in range(size)]
            if sub_batch:
                data = b"".join(struct.pack(">I", len(b)) + b for b in bodies)
                entries = struct.pack(">QBHII", first, 0x80, size, len(data), len(data)) + data
                self.send(2, struct.pack(">Bi", 1, 1) + entries)
            elif filters:
                values = [filters[i % len(filters)] for i in range(size)]
                entries = b"".join(struct.pack(">Q", first + i) + text(v.decode()) + struct.pack(">I", len(b)) + b
                                   for i, (v, b) in enumerate(zip(values, bodies)))
                self.send(2, struct.pack(">Bi", 1, size) + entries, 2)
            else:
                entries = b"".join(struct.pack(">QI", first + i, len(b)) + b for i, b in enumerate(bodies))
                self.send(2, struct.pack(">Bi", 1, size) + entries)
            self.await_key(3)
            first += size
        self.ask(6, struct.pack(">B", 1))
        self.filled[stream] = self.filled.get(stream, []) + list(chunks)
        if (found := self.chunks(stream, sum(self.filled[stream]))) != self.filled[stream]:
            raise Race(f"{stream} has chunks of {found}")

    def chunks(self, stream, messages):
        """The sizes of a stream's chunks: the broker begins one with the first message of a frame, when it is quick."""
        self.ask(7, struct.pack(">B", 9) + text(stream) + struct.pack(">HH", 1, 1000))
        sizes = []
        while sum(sizes) < messages:
            chunk = self.await_key(8)
            chunk.take("BBB"), chunk.take("H")
            sizes.append(chunk.take("I"))
        self.ask(12, struct.pack(">B", 9))
        return sizes

    def delete(self, stream):
        self.ask(14, text(stream))

    def messages(self, stream):
        """How many messages a stream holds: what comes until nothing more does."""
        self.ask(7, struct.pack(">B", 9) + text(stream) + struct.pack(">HH", 1, 1000))
        count = 0
        self.socket.settimeout(0.5)
        try:
            while True:
                chunk = self.await_key(8)
                chunk.take("BBB"), chunk.take("H")
                count += chunk.take("I")
        except TimeoutError:
            self.socket.settimeout(None)
        self.ask(12, struct.pack(">B", 9))
        return count

    def store(self, name, stream, offset):
        self.send(10, text(name) + text(stream) + struct.pack(">Q", offset))

    def query(self, name, stream):
        answer = self.ask(11, text(name) + text(stream))
        return answer.take("Q") if answer.take("H") == 1 else None

    def await_stored(self, name, stream, offset):
        while self.query(name, stream) != offset:
            time.sleep(0.05)

    def close(self):
        self.socket.close()


def text(value):
    return struct.pack(">h", len(value.encode())) + value.encode()


def body(data):
    """A message as the clients write it: AMQP 1.0, one data section."""
    return b"\x00\x53\x75\xa0" + bytes([len(data)]) + data
