"""A consumer or a producer of rstream, told what to do by its environment and its standard input. See ../README.md."""
import asyncio
import importlib.metadata
import os
import sys

from rstream import AMQPMessage, CompressionType, Consumer, ConsumerOffsetSpecification, OffsetType, Producer, RawMessage
from rstream import EventContext, FilterConfiguration, OffsetSpecification
from rstream.exceptions import OffsetNotFound

STREAM, NAME = os.environ["STREAM"], os.environ.get("NAME") or None
ADDRESS = dict(host="localhost", port=int(os.environ.get("PORT", "5552")), username="guest", password="guest")


def say(*words):
    print(*words, flush=True)


def told(key):
    return os.environ.get(key) or None


def spec(text):
    kind, _, value = text.partition(" ")
    return ConsumerOffsetSpecification(OffsetType[kind.upper()], int(value) if value else None)


async def lines():
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line.decode().split()


async def consume():
    every = int(told("STORE").split()[1]) if (told("STORE") or "never").startswith("every") else 0
    takes, count = int(told("TAKES_MS") or 0) / 1000, 0
    consumer = Consumer(**ADDRESS, on_close_handler=lambda info: say("closed", info.reason))
    await consumer.start()

    async def handle(message, context):
        nonlocal count
        await asyncio.sleep(takes / 2)
        say("got", context.offset)
        # As the tutorial does it: the first message, and every Nth behind it.
        if every and count % every == 0:
            await consumer.store_offset(STREAM, NAME, context.offset)
        count += 1
        await asyncio.sleep(takes / 2)

    async def update(active, context: EventContext):
        # As the client's example does it.
        say("active", active)
        try:
            stored = await context.consumer.query_offset(STREAM, context.reference)
            return OffsetSpecification(OffsetType.OFFSET, stored)
        except OffsetNotFound:
            return OffsetSpecification(OffsetType.FIRST, 0)

    more = {}
    if told("FROM"):
        more["offset_specification"] = spec(told("FROM"))
    if told("RESUMES"):
        try:
            stored = await consumer.query_offset(STREAM, NAME)
            more["offset_specification"] = ConsumerOffsetSpecification(OffsetType.OFFSET, stored + 1)
        except OffsetNotFound:
            pass
    if told("CREDIT"):
        more["initial_credit"] = int(told("CREDIT"))
    if told("SINGLE_ACTIVE"):
        more["properties"] = {"single-active-consumer": "true", "name": NAME}
        if told("STORE"):
            more["consumer_update_listener"] = update
    if value := told("FILTER"):
        more["filter_input"] = FilterConfiguration(
            values_to_filter=[value], predicate=lambda m: bytes(m).endswith(value.encode()), match_unfiltered=False)
    await consumer.subscribe(STREAM, handle, subscriber_name=NAME, **more)
    say("ready")
    async for words in lines():
        if words[0] == "store":
            await consumer.store_offset(STREAM, NAME, int(words[1]))
            say("stored")
        elif words[0] == "query":
            try:
                say("answer", await consumer.query_offset(STREAM, NAME))
            except OffsetNotFound:
                say("answer none")
        elif words[0] == "stop":
            await consumer.close()
            return say("stopped")


async def produce():
    batch = int(told("SUB_BATCH") or 1)
    producer = Producer(**ADDRESS, default_batch_publishing_delay=0.2)
    await producer.start()
    say("ready")
    async for words in lines():
        if words[0] == "publish":
            ids = [int(words[2]) + i if len(words) > 2 else None for i in range(int(words[1]))]
            messages = [AMQPMessage(body=b"m%d" % i) for i in range(len(ids))]
            if batch == 1:
                raw = [RawMessage(bytes(message), id) for message, id in zip(messages, ids)]
                await producer.send_batch(STREAM, raw, publisher_name=NAME,
                                          on_publish_confirm=lambda s: say("confirmed", s.message_id, s.is_confirmed))
            for i in range(0, len(messages) if batch > 1 else 0, batch):
                await producer.send_sub_entry(STREAM, messages[i:i + batch], CompressionType.No, publisher_name=NAME,
                                              on_publish_confirm=lambda s: say("confirmed", s.message_id, s.is_confirmed))
        elif words[0] == "stop":
            await producer.close()
            return say("stopped")


async def main():
    say("version rstream", importlib.metadata.version("rstream"))
    try:
        await (produce() if sys.argv[1] == "produce" else consume())
    except Exception as error:
        say("failed", f"{type(error).__module__}.{type(error).__name__}: {error}")


asyncio.run(main())
