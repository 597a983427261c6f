package offsetlab.recorder;

/** The offsets that the broker keeps for a group: queried, committed, lower, above the maximum. */
final class OffsetsCase {
    private OffsetsCase() {
    }

    static void record(Case transcript) throws Exception {
        transcript.add("unknown-group", "a group that never committed, on an empty queue and on one with ten messages", s -> {
            s.log.create("empty", 1);
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("g");
            s.groups.query("g", "empty", 0);
            s.groups.query("g", "t", 0);
            s.groups.query("nobody", "t", 0);
        });
        transcript.add("commit-forward-and-back", "a commit, a higher one, a lower one: the last one counts", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("g");
            for (long offset : new long[] {5, 8, 2, 0}) {
                s.groups.commit("g", "t", 0, offset);
                s.groups.query("g", "t", 0);
            }
        });
        transcript.add("commit-above-max", "a commit above the maximum is taken; the next pull from there is corrected", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 100);
            s.groups.query("g", "t", 0);
            s.log.pull("t", 0, "g", 100);
            s.groups.query("g", "t", 0);
        });
        transcript.add("commit-negative", "a commit below 0", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, -1);
            s.groups.query("g", "t", 0);
        });
        transcript.add("commit-without-messages", "a commit on an empty queue, and the lag then", s -> {
            s.log.create("t", 1);
            s.log.create("%RETRY%g", 1);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 3);
            s.groups.query("g", "t", 0);
            s.groups.progress("g");
        });
        transcript.add("groups-and-queues-are-independent", "two groups, two queues: four offsets", s -> {
            s.log.create("t", 2);
            s.log.send("t", 0, 10);
            s.log.send("t", 1, 10);
            s.groups.create("one");
            s.groups.create("two");
            s.groups.commit("one", "t", 0, 3);
            s.groups.commit("one", "t", 1, 4);
            s.groups.commit("two", "t", 0, 5);
            s.groups.query("one", "t", 0);
            s.groups.query("one", "t", 1);
            s.groups.query("two", "t", 0);
            s.groups.query("two", "t", 1);
        });
        transcript.add("commit-rides-on-a-pull", "a pull that carries a commit stores it, whatever it answers", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("g");
            s.log.pull("t", 0, "g", 4, 32, "*", 4);
            s.groups.query("g", "t", 0);
            s.log.pull("t", 0, "g", 10, 32, "*", 10);
            s.groups.query("g", "t", 0);
            s.log.pull("t", 0, "g", 50, 32, "*", 7);
            s.groups.query("g", "t", 0);
            s.log.pull("t", 0, "g", 9);
            s.groups.query("g", "t", 0);
        });
        transcript.add("commit-of-an-unknown-group", "commits for a group and for a topic that the broker does not know", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.commit("nobody", "t", 0, 5);
            s.groups.query("nobody", "t", 0);
            s.groups.create("g");
            s.groups.commit("g", "no-such-topic", 0, 5);
            s.groups.commit("g", "t", 7, 5);
            s.groups.query("g", "t", 7);
        });
        transcript.run();
    }
}
