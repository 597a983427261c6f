package offsetlab.recorder;

/** Pull statuses with their corrections, tags, and what a pull commits on its way. */
final class PullCase {
    private PullCase() {
    }

    static void record(Case transcript) throws Exception {
        transcript.add("pull-empty-queue", "a queue that never had a message, from 0 and from 3", s -> {
            s.log.create("t", 1);
            s.log.pull("t", 0, "g", 0);
            s.log.pull("t", 0, "g", 3);
            s.log.bounds("t", 0);
        });
        transcript.add("pull-bounds", "ten messages: from the first, the last, at the maximum, beyond it, below 0", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.log.pull("t", 0, "g", 0);
            s.log.pull("t", 0, "g", 9);
            s.log.pull("t", 0, "g", 10);
            s.log.pull("t", 0, "g", 11);
            s.log.pull("t", 0, "g", 1000);
            s.log.pull("t", 0, "g", -1);
            s.log.bounds("t", 0);
        });
        transcript.add("pull-tags", "a pull for a tag skips the others, and says so where nothing matches", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 3, "a");
            s.log.send("t", 0, 4, "b");
            s.log.pull("t", 0, "g", 0, 32, "a", -1);
            s.log.pull("t", 0, "g", 3, 32, "a", -1);
            s.log.pull("t", 0, "g", 0, 32, "b", -1);
            s.log.pull("t", 0, "g", 0, 32, "a || b", -1);
            s.log.pull("t", 0, "g", 0, 32, "c", -1);
        });
        transcript.run();
    }
}
