package offsetlab.recorder;

import offsetlab.recorder.Members.Options;

/** Where a group starts that the broker has no offset of, and where one that it has. */
final class StartsCase {
    private StartsCase() {
    }

    static void record(Case transcript) throws Exception {
        for (String from : new String[] {"FIRST_OFFSET", "LAST_OFFSET"}) {
            transcript.add("first-start-" + from.toLowerCase().replace("_offset", ""),
                "a new group of " + from + ", ten messages that lie in memory", s -> {
                    s.log.create("t", 1);
                    s.log.send("t", 0, 10);
                    s.members.start("m", "g", "t", Options.from(from));
                    s.members.received("m", 10, 30);
                    s.log.send("t", 0, 3);
                    s.members.received("m", 3, 30);
                    s.groups.await("g", "t", 0, 13, 30);
                });
            transcript.add("first-start-empty-" + from.toLowerCase().replace("_offset", ""),
                "a new group of " + from + " on an empty queue, then five messages", s -> {
                    s.log.create("t", 1);
                    s.members.start("m", "g", "t", Options.from(from));
                    s.members.received("m", 1, 3);
                    s.log.send("t", 0, 5);
                    s.members.received("m", 5, 30);
                    s.groups.await("g", "t", 0, 5, 30);
                });
        }
        transcript.add("first-start-timestamp", "a new group that starts at a time, messages that lie in memory", s -> {
            s.log.sendAt("t", 1, 0, 40, 100, 200, 300);
            s.members.start("m", "g", "t", Options.from("TIMESTAMP").time(175));
            s.members.received("m", 3, 30);
            s.groups.await("g", "t", 0, 3, 30);
        });
        transcript.add("stored-offset-wins", "with an offset stored, CONSUME_FROM_… is not asked", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("first");
            s.groups.create("last");
            s.groups.commit("first", "t", 0, 4);
            s.groups.commit("last", "t", 0, 4);
            s.members.start("m", "first", "t", Options.from("FIRST_OFFSET"));
            s.members.start("n", "last", "t", Options.from("LAST_OFFSET"));
            s.members.received("m", 6, 30);
            s.members.received("n", 6, 30);
        });
        transcript.add("stored-above-max", "an offset stored above the maximum is put back to it by the member's first pull", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 100);
            s.members.start("m", "g", "t", Options.from("LAST_OFFSET"));
            s.groups.await("g", "t", 0, 10, 60);
            s.members.received("m", 1, 2);
            s.log.send("t", 0, 2);
            s.members.received("m", 2, 60);
            s.groups.await("g", "t", 0, 12, 30);
        });
        transcript.add("start-commits-without-consuming", "a new group in front of messages that its member never finishes", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 3);
            s.members.start("m", "g", "t", Options.from("LAST_OFFSET").manual());
            s.members.received("m", 3, 30);
            s.sleep(12);
            s.groups.query("g", "t", 0);
            s.groups.progress("g");
        });
        transcript.run();
    }
}
