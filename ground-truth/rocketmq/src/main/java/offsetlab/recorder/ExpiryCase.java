package offsetlab.recorder;

import java.util.List;
import offsetlab.recorder.Members.Options;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * What expiry does. All scenarios share one expiry: messages are sent, the commit log rolls into a new file, more
 * messages are sent, the files before it expire, and each looks at what is left.
 */
final class ExpiryCase {
    private static final String CANARY = "expiry-canary";
    private static final int FILLER = 60_000;

    private ExpiryCase() {
    }

    static void record(Case transcript, boolean toOffsets) throws Exception {
        bounds(transcript);
        starts(transcript);
        groups(transcript, toOffsets);
        transcript.phase(0);
        transcript.event(ExpiryCase::roll, "roll_commit_log");
        transcript.phase(1);
        transcript.event(ExpiryCase::expire, "expire_commit_log");
        transcript.phase(2);
        transcript.end();
    }

    private static void bounds(Case transcript) {
        transcript.add("expiry-part-of-a-queue", "queue 0 loses 0 to 6 and keeps 7 to 9, queue 1 loses all it has", s -> {
            s.log.create("t", 2);
            s.log.send("t", 0, 7);
            s.log.send("t", 1, 3);
        }, s -> {
            s.log.send("t", 0, 3);
            s.log.bounds("t", 0);
            s.log.bounds("t", 1);
        }, s -> {
            s.log.bounds("t", 0);
            s.log.bounds("t", 1);
            for (long offset : new long[] {0, 6, 7, 9, 10, 11}) {
                s.log.pull("t", 0, "g", offset);
            }
            s.log.status("t");
        });
        transcript.add("expiry-whole-queue", "everything a queue had is gone; then a message more", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 3);
        }, s -> { }, s -> {
            s.log.bounds("t", 0);
            for (long offset : new long[] {0, 2, 3, 4}) {
                s.log.pull("t", 0, "g", offset);
            }
            s.log.status("t");
            s.groups.query("nobody", "t", 0);
            s.log.send("t", 0, 1);
            s.log.bounds("t", 0);
            s.log.pull("t", 0, "g", 0);
            s.log.pull("t", 0, "g", 3);
            s.log.status("t");
        });
        transcript.add("expiry-times", "looking times up in what is left", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 4);
        }, s -> s.log.sendMoreAt("t", 0, 2, 100, 200, 300), s -> {
            for (long at : new long[] {-10_000, 50, 100, 125, 175, 300, 400}) {
                s.log.search("t", 0, at, null);
            }
        });
    }

    private static void starts(Case transcript) {
        for (String from : new String[] {"FIRST_OFFSET", "LAST_OFFSET"}) {
            String name = from.toLowerCase().replace("_offset", "");
            transcript.add("expiry-first-start-" + name, "a new group of " + from + " on a queue from 7 to 10", s -> {
                s.log.create("t", 1);
                s.log.send("t", 0, 7);
            }, s -> s.log.send("t", 0, 3), s -> {
                s.groups.query("g", "t", 0);
                s.members.start("m", "g", "t", Options.from(from));
                s.members.received("m", 3, from.startsWith("F") ? 60 : 5);
                s.log.send("t", 0, 1);
                s.members.received("m", 1, 30);
                s.groups.await("g", "t", 0, 11, 60);
            });
            transcript.add("expiry-whole-queue-start-" + name, "a new group of " + from + " on a queue that expired whole", s -> {
                s.log.create("t", 1);
                s.log.send("t", 0, 3);
            }, s -> { }, s -> {
                s.members.start("m", "g", "t", Options.from(from));
                s.members.received("m", 1, 5);
                s.log.send("t", 0, 2);
                s.members.received("m", 2, 60);
                s.groups.await("g", "t", 0, 5, 60);
            });
        }
        transcript.add("expiry-dies-before-a-commit",
            "a LAST member dies before its first commit; the next decides anew, at a later maximum", s -> {
                s.log.create("t", 1);
                s.log.send("t", 0, 7);
            }, s -> s.log.send("t", 0, 3), s -> {
                s.members.start("m", "g", "t", Options.from("LAST_OFFSET"));
                s.members.kill("m");
                s.groups.query("g", "t", 0);
                s.log.send("t", 0, 3);
                s.members.start("n", "g", "t", Options.from("LAST_OFFSET"));
                s.members.received("n", 1, 5);
                s.log.send("t", 0, 1);
                s.members.received("n", 1, 30);
                s.groups.await("g", "t", 0, 14, 30);
            });
        transcript.add("expiry-first-start-timestamp", "new groups that start at a time, on a queue from 4 to 8", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 4);
        }, s -> s.log.sendMoreAt("t", 0, 40, 100, 200, 300, 400), s -> {
            s.members.start("m", "early", "t", Options.from("TIMESTAMP").time(225));
            s.members.start("n", "late", "t", Options.from("TIMESTAMP").time(275));
            s.members.received("m", 3, 30);
            s.members.received("n", 2, 30);
        });
    }

    private static void groups(Case transcript, boolean toOffsets) {
        transcript.add("expiry-passes-the-stored-offset", "stored 2, minimum 7: the offset stays until a member pulls", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 7);
            s.log.create("%RETRY%g", 1);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 2);
        }, s -> s.log.send("t", 0, 3), s -> {
            s.groups.query("g", "t", 0);
            s.groups.progress("g");
            s.members.start("m", "g", "t", Options.from("LAST_OFFSET"));
            s.members.received("m", 3, 60);
            s.groups.await("g", "t", 0, 10, 60);
        });
        transcript.add("expiry-under-a-running-member", "messages in flight expire; finishing them goes on as ever", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 7);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").manual());
            s.members.received("m", 7, 30);
            s.members.finish("m", 0, 0, 1, "ok");
        }, s -> {
            s.log.send("t", 0, 3);
            s.members.received("m", 3, 30);
        }, s -> {
            s.log.bounds("t", 0);
            s.groups.await("g", "t", 0, 2, 30);
            s.members.finish("m", 0, 2, 9, "ok");
            s.groups.await("g", "t", 0, 10, 30);
        });
        transcript.add("expiry-lag", "a group that never consumed queue 1, which runs from 7 to 10", s -> {
            s.log.create("t", 2);
            s.log.send("t", 1, 7);
            s.log.create("%RETRY%g", 1);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 0);
        }, s -> s.log.send("t", 1, 3), s -> {
            s.groups.query("g", "t", 1);
            s.groups.progress("g");
        });
        transcript.add("expiry-then-reset", "a reset to a time before everything, on a queue from 4 to 7", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 4);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 4);
        }, s -> s.log.sendMoreAt("t", 0, 2, 100, 200, 300), s -> {
            s.groups.resetToTime("g", "t", -10_000L, true);
            s.groups.query("g", "t", 0);
            if (toOffsets) {
                for (long offset : new long[] {3, 4, 7, 8, 9}) {
                    s.groups.resetToOffset("g", "t", 0, offset);
                    s.groups.query("g", "t", 0);
                }
            }
        });
    }

    /** Fills the current commit-log file with another topic's messages until the next one has begun. */
    private static void roll(Lab lab) throws Exception {
        lab.wire.createTopic(CANARY, 1, 1);
        MessageQueue queue = new MessageQueue(CANARY, Servers.BROKER, 0);
        int before = lab.servers.commitLogFiles().size();
        long file = position(lab, queue) / Servers.COMMIT_LOG_FILE;
        while (position(lab, queue) / Servers.COMMIT_LOG_FILE == file) {
            if (lab.servers.commitLogFiles().size() > before + 10) {
                throw new IllegalStateException("the commit log does not roll");
            }
        }
    }

    /** Sends a filler, and says where in the commit log it lies. */
    private static long position(Lab lab, MessageQueue queue) throws Exception {
        Message message = new Message(CANARY, new byte[FILLER]);
        long offset = lab.producer.send(message, queue).getQueueOffset();
        for (int attempt = 0; attempt < 1000; attempt++) {
            List<MessageExt> found = Wire.messages(lab.wire.pull(CANARY, 0, "recorder-reads", offset, 1, "*", -1));
            if (!found.isEmpty()) {
                return found.get(0).getCommitLogOffset();
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("the filler stays invisible");
    }

    /** Lets every file before the current one expire, and waits until the cleaner has deleted them and raised the minima. */
    private static void expire(Lab lab) throws Exception {
        MessageQueue queue = new MessageQueue(CANARY, Servers.BROKER, 0);
        long here = position(lab, queue) / Servers.COMMIT_LOG_FILE * Servers.COMMIT_LOG_FILE;
        lab.servers.age(here);
        long deadline = System.currentTimeMillis() + 120_000;
        long before = lab.wire.offset(Wire.MIN_OFFSET, "topic", CANARY, "queueId", 0);
        while (lab.wire.offset(Wire.MIN_OFFSET, "topic", CANARY, "queueId", 0) == before
            || Long.parseLong(lab.servers.commitLogFiles().get(0).getFileName().toString()) < here) {
            if (System.currentTimeMillis() > deadline) {
                throw new IllegalStateException("nothing expired: " + lab.servers.commitLogFiles());
            }
            Thread.sleep(200);
        }
        Thread.sleep(11_000);
    }
}
