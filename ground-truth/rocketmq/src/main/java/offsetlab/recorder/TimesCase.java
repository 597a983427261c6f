package offsetlab.recorder;

/** Which message a time hits. */
final class TimesCase {
    private TimesCase() {
    }

    static void record(Case transcript, boolean boundaries) throws Exception {
        transcript.add("times-apart", "messages at 100, 200, 300: before, on, between, in the middle, after", s -> {
            s.log.sendAtWithMiddles("t", 1, 0, 2, 100, 200, 300);
            search(s, boundaries, 50, 100, 125, 150, 175, 200, 225, 250, 275, 300, 350);
        });
        transcript.add("times-equal", "messages at 100, 200, 200, 400: a time that two messages share", s -> {
            s.log.sendAtWithMiddles("t", 1, 0, 2, 100, 200, 200, 400);
            search(s, boundaries, 50, 100, 150, 200, 250, 290, 300, 310, 400, 500);
        });
        transcript.add("times-all-equal", "five messages of one time", s -> {
            s.log.sendAtWithMiddles("t", 1, 0, 2, 100, 100, 100, 100, 100);
            search(s, boundaries, 50, 100, 150);
        });
        transcript.add("times-one-message", "a single message", s -> {
            s.log.sendAt("t", 1, 0, 2, 100);
            search(s, boundaries, 50, 100, 150);
        });
        transcript.add("times-empty-queue", "queue 1 has no message", s -> {
            s.log.sendAt("t", 2, 0, 2, 100);
            s.log.search("t", 1, 50, null);
            s.log.search("t", 1, 150, null);
        });
        transcript.run();
    }

    private static void search(Scenario s, boolean boundaries, long... at) throws Exception {
        for (long time : at) {
            s.log.search("t", 0, time, null);
            if (boundaries) {
                s.log.search("t", 0, time, "LOWER");
                s.log.search("t", 0, time, "UPPER");
            }
        }
    }
}
