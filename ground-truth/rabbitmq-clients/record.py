"""Runs real clients against a real broker and writes what they sent and received. See README.md."""
import itertools
import os
import pathlib
import subprocess
import sys
import threading
import time

from wire import Proxy, Race, Raw

HERE = pathlib.Path(__file__).parent
OUT = pathlib.Path(os.environ.get("OUT", HERE / "../../tests/clients"))
BUILD = pathlib.Path(os.environ.get("BUILD", HERE / "target"))
BROKER, PORT = int(os.environ.get("BROKER_PORT", "5552")), int(os.environ.get("PROXY_PORT", "5553"))
PROGRAMS = {
    "java": ["java", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", "-cp", f"{BUILD}/java/classes:{BUILD}/java/lib/*", "offsetlab.Program"],
    "go": [f"{BUILD}/go-program"],
    "python": [f"{BUILD}/venv/bin/python", str(HERE / "python/program.py")],
    "rust": [f"{BUILD}/rust/release/recorder"],
}
HUGE = [0, 9, 2**63 - 1, 2**63, 2**64 - 2, 2**64 - 1]
CASES = {}


def case(*clients):
    return lambda run: CASES.setdefault(run.__name__.replace("_", "-"), (run, clients))


def ranges(numbers):
    out = []
    for n in numbers:
        if out and n == out[-1][1] + 1:
            out[-1][1] = n
        else:
            out.append([n, n])
    return ", ".join(str(a) if a == b else f"{a}..{b}" for a, b in out) or "nothing"


def folded(lines):
    """Many equal requests in a row as one with their number."""
    out = []
    for line, group in itertools.groupby(lines):
        count = len(list(group))
        out += [line] * count if count < 20 else [f"{line} x {count}"]
    return out


class Program:
    """A program of a client on a stream, and its part of the record."""

    def __init__(self, lab, client, kind, stream, actor, **settings):
        self.lab, self.kind, self.actor, self.said, self.came = lab, kind, actor, [], threading.Condition()
        lab.proxy.program = self
        lab.programs.append(self)
        environment = {**os.environ, "PORT": str(PORT), "STREAM": stream, **{k: str(v) for k, v in settings.items()}}
        self.process = subprocess.Popen(PROGRAMS[client] + [kind], env=environment, text=True, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        threading.Thread(target=self.listen, daemon=True).start()
        self.until("ready", "failed")

    def listen(self):
        for line in self.process.stdout:
            with self.came:
                self.said.append(line.strip())
                self.came.notify_all()
        with self.came:
            self.said.append("gone")
            self.came.notify_all()

    def until(self, *words, seconds=15, times=1):
        """Waits until it said a line that begins with one of the words."""
        hit = lambda: sum(line.split(" ")[0] in words for line in self.said) >= times or "gone" in self.said
        with self.came:
            self.came.wait_for(hit, seconds)

    def tell(self, line, *answers):
        before = sum(said.split(" ")[0] in answers for said in self.said)
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return
        if answers:
            self.until(*answers, times=before + 1)

    def received(self):
        return [int(line.split()[1]) for line in self.said if line.startswith("got ")]

    def state(self):
        """Whether it is still at work, closed or gone when it is looked at."""
        words = [line.split(" ")[0] for line in self.said]
        return "closed" if {"closed", "stopped"} & set(words) else "running"

    def stop(self):
        self.tell("stop", "stopped", "failed")
        self.end()

    def kill(self, after=0.3):
        time.sleep(after)
        self.process.kill()
        self.end()

    def end(self):
        time.sleep(0.3)
        self.process.kill()
        self.process.wait()
        self.lab.note(self)

    def version(self):
        return next((line[8:] for line in self.said if line.startswith("version ")), None)


class Lab:
    def __init__(self, client, name, attempt):
        self.client, self.name, self.lines, self.version, self.streams = client, name, [], None, 0
        self.attempt, self.programs = attempt, []
        self.credits = name in ("credit", "dropped", "read-sub-batches", "filter-credit", "channel")
        self.states = name in ("deleted", "read-sub-batches")
        self.proxy.lines.clear()
        self.raw = Raw(BROKER)

    def stream(self, chunks=(), **more):
        self.streams += 1
        stream = f"{self.name}-{self.client}-{self.attempt}-{self.streams}"
        self.raw.create(stream)
        self.raw.fill(stream, chunks, **more)
        return stream

    def start(self, kind, stream, actor="", **settings):
        return Program(self, self.client, kind, stream, self.client + actor, **settings)

    def consume(self, stream, actor="", **settings):
        return self.start("consume", stream, actor, **settings)

    def produce(self, stream, actor="", **settings):
        return self.start("produce", stream, actor, **settings)

    def compared(self, sent):
        """Without what is a race or of no interest: the credits of most cases, queries behind the first subscribe (they
        check what is stored), and the subscription that the Rust tutorial makes only to ask through it."""
        if "query" in sent and self.client == "rust" and sent[0].startswith("subscribe next"):
            sent = sent[sent.index("query"):]
        start = next((i for i, line in enumerate(sent) if line.startswith("subscribe")), len(sent))
        kinds = ["subscribe", "store", "activate", "publish"] + (["credit"] if self.credits else [])
        return [line for i, line in enumerate(sent)
                if line.split()[0] in kinds or (line == "query" and i < start)]

    def note(self, program):
        """What a program did; a second run of the same actor goes on with its lines."""
        sent = [line for sender, line in self.proxy.lines if sender is program]
        self.version = program.version() or self.version
        sent = self.compared(sent)
        if program.kind == "consume":
            self.lines.append(f"sends {program.actor} {', '.join(folded(sent)) or 'nothing'}")
            self.lines.append(f"received {program.actor} {ranges(program.received())}")
        else:
            ids = " ".join(line.removeprefix("publish ") for line in sent)
            self.lines.append(f"publishes {program.actor} {ids or 'nothing'}")
        if self.states:
            self.lines.append(f"state {program.actor} {program.state()}")
        for line in program.said:
            if line.startswith(("failed", "closed", "answer", "active")):
                print(f"   {program.actor}: {line}")


@case("java", "go", "python", "rust")
def credit(lab):
    # Every message is stored when it was processed: the order on the wire tells when credits go back.
    c = lab.consume(lab.stream([10, 1, 2, 3, 7]), FROM="first", NAME="n", STORE="every 1", RESUMES=1, CREDIT=1, TAKES_MS=30)
    c.until("got", times=23, seconds=5)
    c.kill()


@case("java", "go", "python", "rust")
def dropped(lab):
    # Ahead of the end: whole chunks are dropped. Who gives no credit back for them gets nothing any more. One message
    # after the other: the broker begins to send only above half of the credits, and then sends all that is there.
    for actor, credit in [("", 2), ("-ten", 10)]:
        stream = lab.stream([10])
        c = lab.consume(stream, actor, FROM="offset 15", CREDIT=credit)
        for _ in range(10):
            lab.raw.fill(stream, [1])
            time.sleep(0.1)
        c.until("got", times=10, seconds=1)
        c.kill()


@case("java", "go", "python", "rust")
def stored(lab):
    for offset in HUGE:
        stream = lab.stream([10, 10])
        lab.raw.store("n", stream, offset)
        lab.raw.await_stored("n", stream, offset)
        c = lab.consume(stream, f"-{offset}", NAME="n", FROM="first", STORE="manual", RESUMES=1)
        lab.raw.fill(stream, [1] * 5)
        c.until("got", times=25, seconds=1)
        c.kill()


@case("java", "go")
def automatic(lab):
    # Nothing behind the offset, nothing at all, and something.
    c = lab.consume(lab.stream([10]), "-behind", FROM="offset 10", NAME="n", STORE="auto 100", RESUMES=1)
    d = lab.stream()
    time.sleep(8)
    c.stop()
    d = lab.consume(d, "-empty", FROM="first", NAME="n", STORE="auto 100", RESUMES=1)
    time.sleep(8)
    d.stop()
    e = lab.consume(lab.stream([25]), "-some", FROM="first", NAME="n", STORE="auto 10", RESUMES=1)
    e.until("got", times=25)
    e.stop()
    f = lab.consume(lab.stream([25]), "-few", FROM="first", NAME="n", STORE="auto 100", RESUMES=1)
    time.sleep(8)
    f.stop()


@case("java", "go", "python", "rust")
def guard(lab):
    c = lab.consume(lab.stream([1]), FROM="next", NAME="n", STORE="manual", RESUMES=1)
    for offset in [50, 40, 30, 60, 2**63 - 1, 2**63, 2**64 - 1, 7]:
        c.tell(f"store {offset}", "stored")
        time.sleep(0.1)
    c.kill()
    d = lab.consume(lab.stream([1]), "-zero", FROM="next", NAME="n", STORE="manual", RESUMES=1)
    d.tell("store 0", "stored")
    d.tell("store 0", "stored")
    d.kill()


@case("java", "go", "python", "rust")
def ids(lab):
    named, single, unnamed = lab.stream(), lab.stream(), lab.stream()
    for stream, actor, name, count in [(named, "", "p", 3), (named, "", "p", 3), (single, "-single", "p", 1),
                                       (single, "-single", "p", 1), (unnamed, "-unnamed", "", 2)]:
        p = lab.produce(stream, actor, NAME=name)
        p.tell(f"publish {count}")
        p.until("confirmed", times=count, seconds=3)
        p.stop()


@case("java", "go", "python")
def sub_batches(lab):
    stream = lab.stream()
    for count in [25, 5]:
        p = lab.produce(stream, NAME="p", SUB_BATCH=10)
        p.tell(f"publish {count}")
        time.sleep(1)
        p.stop()


@case("java", "go", "python", "rust")
def read_sub_batches(lab):
    stream = lab.stream([10], sub_batch=1)
    lab.raw.fill(stream, [5])
    c = lab.consume(stream, FROM="first", NAME="n", STORE="every 1", RESUMES=1, CREDIT=1, TAKES_MS=20)
    c.until("got", times=15, seconds=3)
    c.stop()


@case("java", "go", "python", "rust")
def republish(lab):
    def cut(p):
        lab.proxy.deaf = True
        p.tell("publish 5")
        time.sleep(1)
        lab.proxy.drop()
        lab.proxy.deaf = False
        time.sleep(4)

    p = lab.produce(lab.stream(), NAME="p")
    cut(p)
    p.tell("publish 2")
    time.sleep(2)
    p.stop()
    # Without a name nothing is left out: what is published again lies in the stream twice.
    stream = lab.stream()
    p = lab.produce(stream, "-unnamed")
    cut(p)
    p.stop()
    lab.lines.append(f"holds {p.actor} {lab.raw.messages(stream)}")


@case("java", "go", "python", "rust")
def reconnect(lab):
    for actor, settings in [("", dict(NAME="n", STORE="every 10", RESUMES=1)), ("-unnamed", {}),
                            ("-nothing", dict(NAME="n", STORE="manual", RESUMES=1))]:
        c = lab.consume(lab.stream([1] * 25), actor, FROM="first", TAKES_MS=1, **settings)
        c.until("got", times=25)
        time.sleep(0.3)
        lab.proxy.drop()
        c.until("got", times=50, seconds=4)
        c.kill()


@case("java", "go", "python", "rust")
def filter_and_offset(lab):
    c = lab.consume(lab.stream([10], filters=[b"a", b"b"]), FROM="offset 3", FILTER="a")
    c.until("got", times=5, seconds=1)
    c.kill()


@case("java", "go", "python", "rust")
def recheck(lab):
    # A lost store, and nothing stored at all: who looks after it?
    stream = lab.stream([10])
    lab.proxy.lose["store"] = 1
    c = lab.consume(stream, FROM="first", NAME="n", STORE="every 10", RESUMES=1)
    time.sleep(9)
    c.kill()
    d = lab.consume(lab.stream([10]), "-zero", FROM="first", NAME="n", STORE="manual", RESUMES=1)
    time.sleep(3)
    d.kill()


@case("java", "go", "python", "rust")
def single_active(lab):
    # The Go client insists on a listener; the program's answers its spec when it does not track.
    for tracks in ["", "every 5"]:
        actor = "-tracks" if tracks else ""
        stream = lab.stream()
        settings = dict(FROM="first", NAME="g", STORE=tracks, SINGLE_ACTIVE=1, RESUMES="")
        a = lab.consume(stream, actor + "-1", TAKES_MS=300, **settings)
        b = lab.consume(stream, actor + "-2", **settings)
        lab.raw.fill(stream, [10, 10])
        a.until("got", times=7, seconds=4)
        a.kill(0)
        b.until("got", times=20, seconds=2)
        b.kill()


@case("java", "go", "python", "rust")
def named_only(lab):
    stream = lab.stream([10])
    lab.raw.store("n", stream, 4)
    lab.raw.await_stored("n", stream, 4)
    c = lab.consume(stream, FROM="first", NAME="n")
    c.until("got", times=10, seconds=1)
    c.stop()


@case("go")
def last_consumed(lab):
    for offset in [None, 0, 5, 2**63, 2**64 - 1]:
        stream = lab.stream([10])
        if offset is not None:
            lab.raw.store("n", stream, offset)
            lab.raw.await_stored("n", stream, offset)
        c = lab.consume(stream, "-none" if offset is None else f"-{offset}", NAME="n", FROM="stored")
        lab.raw.fill(stream, [5])
        c.until("got", times=15, seconds=1)
        c.kill()


@case("java", "go", "python", "rust")
def no_from(lab):
    # Neither the program nor a stored offset says where to start.
    stream = lab.stream([3, 3, 3])
    c = lab.consume(stream)
    time.sleep(1)
    lab.raw.fill(stream, [2])
    c.until("got", times=11, seconds=1)
    c.kill()


@case("java", "go", "python", "rust")
def stop_every(lab):
    # Which messages a policy `every 10` stores, and what a stop adds to it.
    c = lab.consume(lab.stream([25]), FROM="first", NAME="n", STORE="every 10", RESUMES=1)
    c.until("got", times=25)
    time.sleep(0.3)
    c.stop()


@case("java", "go", "python", "rust")
def deleted(lab):
    stream = lab.stream([10])
    c = lab.consume(stream, FROM="first", NAME="n", STORE="manual", RESUMES=1)
    c.until("got", times=10)
    time.sleep(0.3)
    lab.raw.delete(stream)
    c.until("closed", seconds=8)
    c.kill()


@case("java", "go", "python", "rust")
def said_ids(lab):
    # A program says an id: where do the ids go on that the client gives?
    for actor, batch in [("", 1), ("-batches", 10)]:
        if batch > 1 and lab.client == "rust":
            continue
        p = lab.produce(lab.stream(), actor, NAME="p", SUB_BATCH=batch)
        for what in ["2", "3 50", "2"]:
            p.tell(f"publish {what}")
            time.sleep(1)
        p.stop()


@case("java", "go", "python", "rust")
def filter_credit(lab):
    # Every second message passes: which of them count towards the credit?
    c = lab.consume(lab.stream([10, 4], filters=[b"a", b"b"]), FROM="first", NAME="n", STORE="every 1", RESUMES=1, CREDIT=1,
                    TAKES_MS=30, FILTER="a")
    c.until("got", times=7, seconds=4)
    c.kill()


@case("java", "go")
def filter_automatic(lab):
    c = lab.consume(lab.stream([25], filters=[b"b", b"a"]), FROM="first", NAME="n", STORE="auto 10", RESUMES=1, FILTER="a")
    c.until("got", times=12)
    time.sleep(0.3)
    c.stop()


@case("java")
def default_tracking(lab):
    c = lab.consume(lab.stream([25]), FROM="first", NAME="n", STORE="default")
    time.sleep(4)
    c.stop()


@case("rust")
def channel(lab):
    # It is busy with the first message: how much is taken from the connection meanwhile?
    # 9,984 messages, then 10,000, then one after the other.
    c = lab.consume(lab.stream([32] * 312 + [16] + [1] * 8), FROM="first", TAKES_MS=1_000_000)
    time.sleep(5)
    c.kill()


def recorded(name, client, run):
    for attempt in range(5):
        lab = Lab(client, name, attempt)
        print(name, client, flush=True)
        try:
            run(lab)
            return lab
        except Race as race:
            print(f"   again: {race}")
            for program in lab.programs:
                program.process.kill()
    raise SystemExit(f"{name} of {client} was a race five times")


def main():
    wanted = sys.argv[1:]
    Lab.proxy = Proxy(PORT, BROKER)
    for name, (run, clients) in CASES.items():
        if wanted and name not in wanted:
            continue
        heads, lines = [], []
        for client in [c for c in clients if c in os.environ.get("CLIENTS", " ".join(PROGRAMS)).split()]:
            lab = recorded(name, client, run)
            heads.append(f"recorded {client} with {lab.version}, RabbitMQ {lab.raw.server['version']}")
            lines += lab.lines
            lab.raw.close()
            print("\n".join("   " + line for line in lab.lines), flush=True)
        credits = " and credits" if lab.credits else ""
        heads.append(f"# Compared: offsets received, requests{credits}. Written by ground-truth/rabbitmq-clients/record.")
        (OUT / f"client-{name}.txt").write_text("\n".join(heads + lines) + "\n")


main()
