package offsetlab.recorder;

import offsetlab.recorder.Members.Options;

/** Lag as `mqadmin consumerProgress` prints it, and `topicStatus`. */
final class LagCase {
    private LagCase() {
    }

    static void record(Case transcript) throws Exception {
        transcript.add("lag-behind", "four of ten consumed", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.log.create("%RETRY%g", 1);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 4);
            s.groups.progress("g");
            s.log.status("t");
        });
        transcript.add("lag-caught-up", "everything consumed", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.log.create("%RETRY%g", 1);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 10);
            s.groups.progress("g");
        });
        transcript.add("lag-zero", "committed 0: nothing consumed", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.log.create("%RETRY%g", 1);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 0);
            s.groups.progress("g");
        });
        transcript.add("lag-negative", "an offset above the maximum", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.log.create("%RETRY%g", 1);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 14);
            s.groups.progress("g");
        });
        transcript.add("lag-never-consumed", "a group without any offset, unknown and known to the broker", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.progress("nobody");
            s.groups.create("g");
            s.groups.progress("g");
            s.log.create("%RETRY%g", 1);
            s.groups.progress("g");
        });
        transcript.add("lag-without-a-retry-topic", "offsets are stored, but no member was ever there to bring a retry topic", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 4);
            s.groups.progress("g");
        });
        transcript.add("lag-one-queue-never-consumed", "an offset on one of two queues", s -> {
            s.log.create("t", 2);
            s.log.send("t", 0, 10);
            s.log.send("t", 1, 6);
            s.log.create("%RETRY%g", 1);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 9);
            s.groups.progress("g");
            s.log.status("t");
        });
        transcript.add("lag-of-a-running-member", "a member that has finished three of five", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 5);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").manual());
            s.members.received("m", 5, 30);
            s.members.finish("m", 0, 0, 2, "ok");
            s.groups.await("g", "t", 0, 3, 30);
            s.groups.progress("g");
        });
        transcript.add("status-of-an-empty-topic", "a topic without messages, and one that does not exist", s -> {
            s.log.create("t", 2);
            s.log.status("t");
            s.log.status("no-such-topic");
        });
        transcript.run();
    }
}
