package offsetlab.recorder;

import offsetlab.recorder.Members.Options;

/** Members: the order of finishing, hanging and failing messages, stopping and killing, orderly and broadcasting. */
final class MembersCase {
    private MembersCase() {
    }

    static void record(Case transcript) throws Exception {
        transcript.add("order-of-finishing", "the stored offset is the lowest message in flight", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 5);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").manual());
            s.members.received("m", 5, 30);
            s.members.finish("m", 0, 1, 2, "ok");
            s.members.finish("m", 0, 4, 4, "ok");
            s.sleep(12);
            s.groups.query("g", "t", 0);
            s.members.finish("m", 0, 0, 0, "ok");
            s.groups.await("g", "t", 0, 3, 30);
            s.members.finish("m", 0, 3, 3, "ok");
            s.groups.await("g", "t", 0, 5, 30);
        });
        transcript.add("hung-message", "one message hangs: the group reads on, its offset stays; a restart repeats everything", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").manual());
            s.members.received("m", 10, 30);
            s.members.finish("m", 0, 0, 1, "ok");
            s.members.finish("m", 0, 3, 9, "ok");
            s.log.send("t", 0, 5);
            s.members.received("m", 5, 30);
            s.members.finish("m", 0, 10, 14, "ok");
            s.groups.await("g", "t", 0, 2, 30);
            s.sleep(6);
            s.groups.query("g", "t", 0);
            s.groups.progress("g");
            s.members.kill("m");
            s.members.start("n", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.received("n", 13, 60);
            s.groups.await("g", "t", 0, 15, 30);
        });
        transcript.add("killed-member", "what was finished since the last commit is handed out again", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").manual());
            s.members.received("m", 10, 30);
            s.members.finish("m", 0, 0, 4, "ok");
            s.groups.await("g", "t", 0, 5, 30);
            s.members.finish("m", 0, 5, 7, "ok");
            s.members.kill("m");
            s.groups.query("g", "t", 0);
            s.members.start("n", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.received("n", 5, 60);
        });
        transcript.add("stopped-member", "a member that stops commits first; the next goes on where it was", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").manual());
            s.members.received("m", 10, 30);
            s.members.finish("m", 0, 0, 6, "ok");
            s.sleep(1);
            s.members.stop("m");
            s.groups.query("g", "t", 0);
            s.members.start("n", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.received("n", 3, 60);
            s.groups.await("g", "t", 0, 10, 30);
        });
        transcript.add("failed-message", "a message that fails does not hold the offset: a copy comes after 10 s", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 5);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").manual());
            s.members.received("m", 5, 30);
            s.members.finish("m", 0, 2, 2, "later");
            s.members.finish("m", 0, 0, 1, "ok");
            s.members.finish("m", 0, 3, 4, "ok");
            s.groups.await("g", "t", 0, 5, 30);
            s.members.received("m", 1, 40);
            s.log.bounds("%RETRY%g", 0);
            s.members.finish("m", 0, 0, 0, "ok");
            s.groups.await("g", "%RETRY%g", 0, 1, 30);
            s.log.bounds("t", 0);
            s.groups.progress("g");
        });
        transcript.add("orderly", "an orderly member: a failing message blocks its queue and is tried again", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 4);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").orderly().manual());
            s.members.received("m", 1, 60);
            s.members.finish("m", 0, 0, 0, "ok");
            s.members.received("m", 1, 30);
            s.members.finish("m", 0, 1, 1, "later");
            s.members.received("m", 1, 30);
            s.members.finish("m", 0, 1, 1, "ok");
            s.members.received("m", 1, 30);
            s.groups.await("g", "t", 0, 2, 30);
            s.members.finish("m", 0, 2, 2, "ok");
            s.members.received("m", 1, 30);
            s.members.finish("m", 0, 3, 3, "ok");
            s.groups.await("g", "t", 0, 4, 30);
        });
        transcript.add("tagged-member", "a member for tag a: what it does not want moves its offset too", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 3, "a");
            s.log.send("t", 0, 4, "b");
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").tags("a"));
            s.members.received("m", 3, 30);
            s.groups.await("g", "t", 0, 7, 60);
            s.log.send("t", 0, 2, "b");
            s.members.received("m", 1, 2);
            s.groups.await("g", "t", 0, 9, 60);
            s.log.send("t", 0, 1, "a");
            s.members.received("m", 1, 30);
        });
        transcript.add("broadcasting", "each member reads everything and keeps its own offsets; the broker is not told", s -> {
            s.log.create("t", 2);
            s.log.send("t", 0, 5);
            s.log.send("t", 1, 5);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").broadcasting());
            s.members.start("n", "g", "t", Options.from("LAST_OFFSET").broadcasting());
            s.members.received("m", 10, 30);
            s.members.received("n", 10, 5);
            s.log.send("t", 0, 2);
            s.members.received("m", 2, 30);
            s.members.received("n", 2, 30);
            s.groups.progress("g");
            s.members.stop("m");
            s.log.send("t", 1, 1);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").broadcasting());
            s.members.received("m", 1, 30);
        });
        transcript.add("broadcasting-failed-message", "a message that fails while broadcasting is not tried again", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 2);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").broadcasting().manual());
            s.members.received("m", 2, 30);
            s.members.finish("m", 0, 0, 0, "later");
            s.members.finish("m", 0, 1, 1, "ok");
            s.members.received("m", 1, 15);
        });
        transcript.run();
    }
}
