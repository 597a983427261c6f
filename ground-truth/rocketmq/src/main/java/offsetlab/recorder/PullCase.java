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
        transcript.add("pull-batch", "a pull asks for 32 and gets at most that; large messages fill a batch sooner", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 40);
            s.log.pull("t", 0, "g", 0);
            s.log.pull("t", 0, "g", 32);
            s.log.pull("t", 0, "g", 0, 64, "*", -1);
            s.log.pull("t", 0, "g", 0, 3, "*", -1);
            s.log.create("large", 1);
            s.log.send("large", 0, 8, "", 60_000);
            s.log.pull("large", 0, "g", 0);
        });
        transcript.add("delayed-message", "a delayed message takes its offset when it is delivered", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 1);
            s.log.sendDelayed("t", 0, 2);
            s.log.send("t", 0, 1);
            s.log.max("t", 0);
            s.sleep(10);
            s.log.max("t", 0);
            s.log.pull("t", 0, "g", 0);
        });
        transcript.run();
    }
}
