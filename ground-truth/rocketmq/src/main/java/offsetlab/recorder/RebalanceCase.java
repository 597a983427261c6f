package offsetlab.recorder;

import offsetlab.recorder.Members.Options;

/** Several members: which queues each owns, and what a change of owners repeats. */
final class RebalanceCase {
    private RebalanceCase() {
    }

    static void record(Case transcript) throws Exception {
        transcript.add("eight-queues-three-members", "allocation by averages, as members join, stop and die", s -> {
            s.log.create("t", 8);
            s.members.start("a", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.owns(8, 60);
            s.members.start("b", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.owns(8, 60);
            s.members.start("c", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.owns(8, 60);
            s.members.stop("a");
            s.members.owns(8, 60);
            s.members.kill("b");
            s.members.owns(8, 60);
        });
        transcript.add("five-queues-two-members", "allocation by averages of five", s -> {
            s.log.create("t", 5);
            s.members.start("a", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.start("b", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.owns(5, 60);
        });
        transcript.add("two-queues-three-members", "more members than queues", s -> {
            s.log.create("t", 2);
            s.members.start("a", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.start("b", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.start("c", "g", "t", Options.from("FIRST_OFFSET").maybeIdle());
            s.members.owns(2, 60);
        });
        transcript.add("handover-repeats", "a queue changes hands while its messages are in flight: they are handed out twice", s -> {
            s.log.create("t", 2);
            s.log.send("t", 0, 5);
            s.log.send("t", 1, 5);
            s.members.start("a", "g", "t", Options.from("FIRST_OFFSET").manual());
            s.members.received("a", 10, 30);
            s.members.finish("a", 1, 0, 1, "ok");
            s.groups.await("g", "t", 1, 2, 30);
            s.members.start("b", "g", "t", Options.from("FIRST_OFFSET").manual());
            s.members.owns(2, 60);
            s.members.received("b", 3, 30);
            s.members.finish("a", 1, 2, 4, "ok");
            s.sleep(12);
            s.groups.query("g", "t", 1);
            s.members.finish("b", 1, 2, 4, "ok");
            s.groups.await("g", "t", 1, 5, 30);
        });
        transcript.add("queues-added", "a topic gets more queues under a running group", s -> {
            s.log.create("t", 2);
            s.log.send("t", 0, 2);
            s.members.start("a", "g", "t", Options.from("LAST_OFFSET"));
            s.members.received("a", 2, 30);
            s.log.alter("t", 4, 4);
            s.log.send("t", 3, 3);
            s.members.owns(4, 90);
            s.members.received("a", 3, 60);
            s.groups.await("g", "t", 3, 3, 30);
        });
        transcript.add("read-queues-taken-away", "fewer queues to read than to write: messages are stranded", s -> {
            s.log.create("t", 4);
            s.log.send("t", 3, 2);
            s.log.alter("t", 2, 4);
            s.log.send("t", 3, 1);
            s.log.pull("t", 3, "g", 0);
            s.log.bounds("t", 3);
            s.members.start("a", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.owns(2, 60);
            s.members.received("a", 1, 2);
            s.log.status("t");
        });
        transcript.add("round-robin", "a producer without a choice goes round the queues", s -> {
            s.log.create("t", 4);
            s.log.sendAny("t", 8);
            s.log.status("t");
        });
        transcript.add("key-hash", "the queue of a key, with four queues and then with five", s -> {
            s.log.create("four", 4);
            s.log.sendByKey("four", 0, 1, 5, -1, -7, "order-1", "order-2", "order-3", "Zoë", "");
            s.log.create("five", 5);
            s.log.sendByKey("five", 0, 1, 5, -1, -7, "order-1", "order-2", "order-3", "Zoë", "");
        });
        transcript.run();
    }
}
