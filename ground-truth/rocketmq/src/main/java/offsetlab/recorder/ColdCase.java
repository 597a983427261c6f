package offsetlab.recorder;

import offsetlab.recorder.Members.Options;

/**
 * Starts and pulls where message 0 counts as not in memory. 4.x says so when it lies further from the log's end than a
 * ratio of the memory, which is set to 0 here; 5.1 and later look at the pages themselves and do not ask the ratio there.
 */
final class ColdCase {
    private ColdCase() {
    }

    static void record(Case transcript) throws Exception {
        for (String from : new String[] {"FIRST_OFFSET", "LAST_OFFSET"}) {
            transcript.add("cold-start-" + from.toLowerCase().replace("_offset", ""),
                "a new group of " + from + ", ten messages, accessMessageInMemoryMaxRatio 0", s -> {
                    s.log.create("t", 1);
                    s.log.send("t", 0, 10);
                    s.groups.query("g", "t", 0);
                    s.members.start("m", "g", "t", Options.from(from));
                    s.members.received("m", 10, 20);
                    s.log.send("t", 0, 3);
                    s.members.received("m", 3, 30);
                    s.groups.await("g", "t", 0, 13, 30);
                });
        }
        transcript.add("cold-start-timestamp", "a new group that starts at a time, accessMessageInMemoryMaxRatio 0", s -> {
            s.log.sendAt("t", 1, 0, 40, 100, 200, 300, 400);
            s.members.start("m", "early", "t", Options.from("TIMESTAMP").time(225));
            s.members.start("n", "late", "t", Options.from("TIMESTAMP").time(275));
            s.members.received("m", 4, 20);
            s.members.received("n", 4, 20);
        });
        transcript.add("cold-pull", "a pull far from the log's end gets smaller batches, accessMessageInMemoryMaxRatio 0", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 40);
            s.log.pull("t", 0, "g", 0);
            s.log.pull("t", 0, "g", 30);
        });
        transcript.event(lab -> lab.wire.configure("accessMessageInMemoryMaxRatio", 0), "configure_broker",
            "key", "accessMessageInMemoryMaxRatio", "value", 0);
        transcript.phase(0);
        transcript.event(lab -> lab.wire.configure("accessMessageInMemoryMaxRatio", 40), "configure_broker",
            "key", "accessMessageInMemoryMaxRatio", "value", 40);
        transcript.end();
    }
}
