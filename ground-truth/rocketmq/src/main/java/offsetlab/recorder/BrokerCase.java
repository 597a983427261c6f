package offsetlab.recorder;

import offsetlab.recorder.Members.Options;

/** What a broker that is killed or stopped keeps: messages, offsets as far as they were written, members. */
final class BrokerCase {
    private BrokerCase() {
    }

    static void record(Case transcript) throws Exception {
        transcript.add("broker-killed", "a commit after the last write of the offsets is lost, messages are not", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.log.create("%RETRY%g", 1);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 5);
            s.groups.awaitFlushed("g", "t", 5);
            s.groups.commit("g", "t", 0, 8);
            s.groups.query("g", "t", 0);
        }, s -> {
            s.groups.query("g", "t", 0);
            s.log.bounds("t", 0);
            s.log.send("t", 0, 1);
            s.groups.progress("g");
        });
        transcript.phase(0);
        transcript.event(BrokerCase::kill, "broker", "action", "kill and start");
        transcript.phase(1);
        transcript.end();

        transcript.add("broker-stopped", "a broker that is stopped writes its offsets first", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("g");
            s.groups.commit("g", "t", 0, 5);
            s.groups.awaitFlushed("g", "t", 5);
            s.groups.commit("g", "t", 0, 8);
        }, s -> {
            s.groups.query("g", "t", 0);
            s.log.bounds("t", 0);
            s.log.send("t", 0, 1);
        });
        transcript.add("broker-stopped-under-a-member", "a member goes on when the broker is back", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 5);
            s.members.start("m", "g", "t", Options.from("FIRST_OFFSET"));
            s.members.received("m", 5, 30);
            s.groups.await("g", "t", 0, 5, 30);
        }, s -> {
            s.log.send("t", 0, 3);
            s.members.received("m", 3, 90);
            s.groups.await("g", "t", 0, 8, 60);
        });
        transcript.phase(0);
        transcript.event(BrokerCase::stop, "broker", "action", "stop and start");
        transcript.phase(1);
        transcript.end();
    }

    private static void kill(Lab lab) throws Exception {
        lab.servers.killBroker();
        lab.servers.startBroker();
        lab.awaitBroker();
    }

    private static void stop(Lab lab) throws Exception {
        lab.servers.stopBroker();
        lab.servers.startBroker();
        lab.awaitBroker();
    }
}
