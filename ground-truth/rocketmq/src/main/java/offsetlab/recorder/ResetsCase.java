package offsetlab.recorder;

import offsetlab.recorder.Members.Options;

/** Resets: to a time, to an offset, to minimum and maximum, with and without force, members away and present. */
final class ResetsCase {
    private ResetsCase() {
    }

    static void record(Case transcript, boolean toOffsets) throws Exception {
        offline(transcript);
        online(transcript, toOffsets);
        if (toOffsets) {
            toOffsets(transcript);
        }
        transcript.run();
    }

    /** Five messages at 100 to 500, and a group that has consumed `stored` of them. */
    private static void five(Scenario s, long stored) throws Exception {
        s.log.sendAt("t", 1, 0, 2, 100, 200, 300, 400, 500);
        s.groups.create("g");
        s.groups.commit("g", "t", 0, stored);
    }

    private static void offline(Case transcript) throws Exception {
        Object[][] targets = {{"before-all", 50L}, {"exact", 300L}, {"between-near-the-earlier", 225L},
            {"between-near-the-later", 275L}, {"after-all", 600L}, {"now", "now"}, {"end", "-1"}};
        for (Object[] target : targets) {
            transcript.add("reset-offline-" + target[0], "nobody runs; five messages, all consumed", s -> {
                five(s, 5);
                s.groups.resetToTime("g", "t", target[1], true);
                s.groups.query("g", "t", 0);
                s.members.start("m", "g", "t", Options.from("LAST_OFFSET"));
                s.members.received("m", 5, 6);
                s.groups.await("g", "t", 0, 5, 30);
            });
        }
        for (boolean force : new boolean[] {true, false}) {
            String how = force ? "with-force" : "without-force";
            transcript.add("reset-offline-back-" + how, "back from 4 to the second message, " + how, s -> {
                five(s, 4);
                s.groups.resetToTime("g", "t", 200L, force);
                s.groups.query("g", "t", 0);
            });
            transcript.add("reset-offline-ahead-" + how, "ahead from 1 to the fourth message, " + how, s -> {
                five(s, 1);
                s.groups.resetToTime("g", "t", 400L, force);
                s.groups.query("g", "t", 0);
            });
        }
        transcript.add("reset-unknown-group", "a group that nobody knows, and one without offsets", s -> {
            s.log.sendAt("t", 1, 0, 2, 100, 200, 300);
            s.groups.resetToTime("nobody", "t", 200L, true);
            s.groups.query("nobody", "t", 0);
            s.groups.create("g");
            s.groups.resetToTime("g", "t", 200L, true);
            s.groups.query("g", "t", 0);
        });
        transcript.add("reset-then-commit", "a commit between the reset and the next pull", s -> {
            five(s, 5);
            s.groups.resetRequest("g", "t", 200L, true);
            s.groups.query("g", "t", 0);
            s.groups.commit("g", "t", 0, 4);
            s.groups.query("g", "t", 0);
            s.log.pull("t", 0, "g", 4);
            s.groups.query("g", "t", 0);
            s.log.pull("t", 0, "g", 4, 32, "*", 4);
            s.groups.query("g", "t", 0);
        });
        transcript.add("reset-behind-a-stop", "a member consumes everything and stops before its first commit by the clock; at once a reset", s -> {
            s.log.sendAt("t", 1, 0, 2, 100, 200, 300, 400, 500);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.received("m", 5, 60);
            s.members.stop("m");
            s.groups.resetToTime("g", "t", 200L, true);
            s.groups.query("g", "t", 0);
            s.sleep(6);
            s.groups.query("g", "t", 0);
        });
        transcript.add("reset-two-queues-one-consumed", "the group has an offset on one of two queues", s -> {
            s.log.sendAt("t", 2, 0, 2, 100, 200, 300);
            s.log.send("t", 1, 2);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 3);
            s.groups.resetToTime("g", "t", 200L, true);
            s.groups.query("g", "t", 0);
            s.groups.query("g", "t", 1);
        });
    }

    private static void online(Case transcript, boolean onServer) {
        for (boolean force : new boolean[] {true, false}) {
            String how = force ? "with-force" : "without-force";
            transcript.add("reset-online-back-" + how, "a member that has consumed everything is sent back, " + how, s -> {
                s.log.sendAt("t", 1, 0, 2, 100, 200, 300, 400, 500);
                s.members.start("m", "g", "t", Options.from("FIRST_OFFSET"));
                s.members.received("m", 5, 30);
                s.groups.await("g", "t", 0, 5, 30);
                s.groups.resetToTime("g", "t", 300L, force);
                s.members.received("m", 3, 60);
                s.groups.await("g", "t", 0, 5, 30);
                s.log.send("t", 0, 1);
                s.members.received("m", 1, 60);
            });
            if (!force && !onServer) {
                // A member that is told to stay where it is drops and fetches again what it holds, and commits what the
                // race of the two gives: one run stored 1, another 5.
                continue;
            }
            transcript.add("reset-online-ahead-" + how, "a member with one finished and four in flight is sent ahead, " + how, s -> {
                s.log.sendAt("t", 1, 0, 2, 100, 200, 300, 400, 500);
                s.members.start("m", "g", "t", Options.from("FIRST_OFFSET").manual());
                s.members.received("m", 5, 30);
                s.members.finish("m", 0, 0, 0, "ok");
                s.groups.await("g", "t", 0, 1, 30);
                s.groups.resetToTime("g", "t", 400L, force);
                s.groups.await("g", "t", 0, 3, 40);
                s.members.received("m", 2, 40);
            });
        }
    }

    private static void toOffsets(Case transcript) {
        transcript.add("reset-to-offset", "to the minimum, in the middle, to the maximum, one above, two above, below", s -> {
            five(s, 5);
            for (long offset : new long[] {2, 0, 5, 6, 7, -1}) {
                s.groups.resetToOffset("g", "t", 0, offset);
                s.groups.query("g", "t", 0);
            }
        });
        transcript.add("reset-to-offset-then-start", "to 2, then a member starts", s -> {
            five(s, 5);
            s.groups.resetToOffset("g", "t", 0, 2);
            s.members.start("m", "g", "t", Options.from("LAST_OFFSET"));
            s.members.received("m", 3, 60);
            s.groups.await("g", "t", 0, 5, 30);
        });
        transcript.add("reset-to-offset-online", "to 2 while a member runs that has consumed everything", s -> {
            s.log.sendAt("t", 1, 0, 2, 100, 200, 300, 400, 500);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.received("m", 5, 30);
            s.groups.await("g", "t", 0, 5, 30);
            s.groups.resetToOffset("g", "t", 0, 2);
            s.members.received("m", 3, 60);
            s.groups.await("g", "t", 0, 5, 30);
        });
    }
}
