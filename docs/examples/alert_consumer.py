#!/usr/bin/env python3
"""Opens, updates and closes cases from Tripline's alerts, as a SOAR would.

usage: alert_consumer.py BROKERS FOLDER [--topic tripline.alerts] [--group soar-python] [--until-idle SECONDS] [--kafka-properties FILE]

Needs confluent-kafka (Debian: python3-confluent-kafka). A case is a file in FOLDER; put your SOAR's calls in their place. FILE holds
properties of librdkafka, one KEY=VALUE a line, such as those for TLS and log-in. Exit status 69 when Kafka refuses or has no such topic.
SIGTERM and Ctrl-C end it in good order: it leaves its group, so that the next one begins at once and not after the session's timeout.

What makes it right, whatever happens:
 * a document may come twice and, after a restart, late: the case remembers the newest it has seen and skips the rest;
 * the first document seen of an incident opens its case, whatever its stage: this consumer may have missed the others;
 * offsets are committed after a case is safe, never before: a crash in between repeats the document, which changes nothing.
"""
import argparse
import json
import os
import signal
import sys
import time

from confluent_kafka import Consumer, KafkaError, KafkaException

STAGES = {"opened": 0, "updated": 1, "closed": 2}
# What waiting does not cure. Other errors, such as a broker that is away, the client overcomes by itself.
REFUSALS = (KafkaError._AUTHENTICATION, KafkaError._SSL)


class Cases:
    """Cases as files, named by event.id. Written whole or not at all."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)

    def find(self, incident):
        try:
            with open(self._file(incident), encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def save(self, case):
        file = self._file(case["id"])
        with open(file + ".new", "w", encoding="utf-8") as new:
            json.dump(case, new)
            new.flush()
            os.fsync(new.fileno())
        os.replace(file + ".new", file)

    def _file(self, incident):
        if len(incident) != 32 or set(incident) - set("0123456789abcdef"):
            raise ValueError("no event.id: " + repr(incident[:40]))
        return os.path.join(self.folder, incident + ".json")


def handle(document, cases):
    """Does what a document asks for and says what that was. Doing it again does nothing."""
    event = document["event"]
    # Fixed width and UTC: the order of the texts is the order of the times.
    order = [document["@timestamp"], STAGES[event["action"]]]
    case = cases.find(event["id"])
    if case is None:
        done = "opens"
        case = {"id": event["id"], "opened_by": event["action"]}
    elif order <= case["order"]:
        return "skips"
    else:
        done = "updates"
    if event["action"] == "closed":
        done = "closes" if done == "updates" else "opens and closes"
    case.update(order=order, title=document["message"], severity=event["severity"], closed=event["action"] == "closed")
    cases.save(case)
    return done


def consume(consumer, cases, idle, ended):
    last = time.monotonic()
    while not ended and (idle is None or time.monotonic() - last < idle):
        message = consumer.poll(0.5)
        if message is None:
            continue
        if message.error():
            raise KafkaException(message.error())
        last = time.monotonic()
        try:
            document = json.loads(message.value())
            print(handle(document, cases), document["event"]["id"], ascii(document["message"]), flush=True)
        except (ValueError, KeyError, TypeError) as problem:
            # Nothing that we can handle will come of it: say so, and go on.
            print(f"not an alert at {message.partition()}:{message.offset()}: {problem!r}", file=sys.stderr)
        consumer.commit(message, asynchronous=False)


def read_properties(file):
    with open(file, encoding="utf-8") as lines:
        return dict(line.rstrip("\n").split("=", 1) for line in lines if line.strip() and not line.startswith("#"))


def give_up_when_refused(error):
    if error.code() in REFUSALS:
        raise KafkaException(error)


def require_topic(consumer, topic):
    """A name that nobody publishes to would be waited for in silence."""
    try:
        found = consumer.list_topics(topic, timeout=5).topics[topic]
    except KafkaException:
        return  # no broker answers yet: the client waits for one
    if found.error is not None:
        raise KafkaException(found.error)


def main():
    parser = argparse.ArgumentParser(description="Opens, updates and closes cases from Tripline's alerts.")
    parser.add_argument("brokers")
    parser.add_argument("folder")
    parser.add_argument("--topic", default="tripline.alerts")
    parser.add_argument("--group", default="soar-python")
    parser.add_argument("--until-idle", type=float, metavar="SECONDS", help="end when nothing came for so long")
    parser.add_argument("--kafka-properties", metavar="FILE", help="properties of librdkafka")
    options = parser.parse_args()
    properties = read_properties(options.kafka_properties) if options.kafka_properties else {}
    consumer = Consumer(
        {
            **properties,
            "bootstrap.servers": options.brokers,
            "group.id": options.group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "allow.auto.create.topics": False,
            # Of exactly-once delivery (kafka.delivery in the job's settings) only what is final; no difference otherwise.
            "isolation.level": "read_committed",
            "error_cb": give_up_when_refused,
        }
    )
    # A case that is being written is finished, and its offset committed, before it ends.
    ended = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: ended.append(number))
    try:
        require_topic(consumer, options.topic)
        consumer.subscribe([options.topic])
        consume(consumer, Cases(options.folder), options.until_idle, ended)
    except KafkaException as refusal:
        print(f"Kafka at {options.brokers}, topic {options.topic}: {refusal.args[0].str()}", file=sys.stderr)
        sys.exit(69)
    finally:
        try:
            consumer.close()
        except KafkaException:
            pass  # nobody to say goodbye to: it was refused


if __name__ == "__main__":
    main()
