package offsetlab.recorder;

import com.google.gson.JsonObject;
import java.util.List;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Pop, as a 5.x client's proxy asks for it: where a group begins, and what its offset then says. */
final class PopCase {
    private static final int MODE_MIN = 0;
    private static final int MODE_MAX = 1;

    private PopCase() {
    }

    static void record(Case transcript) throws Exception {
        transcript.add("pop-starts", "a new group's first pop, from the maximum and from the minimum", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("max");
            s.groups.create("min");
            pop(s, "max", "t", 0, 32, MODE_MAX);
            s.groups.query("max", "t", 0);
            pop(s, "min", "t", 0, 32, MODE_MIN);
            s.groups.query("min", "t", 0);
        });
        transcript.add("pop-moves-the-cursor", "three pops of four without any acknowledgement", s -> {
            s.log.create("t", 1);
            s.log.send("t", 0, 10);
            s.groups.create("g");
            for (int i = 0; i < 4; i++) {
                pop(s, "g", "t", 0, 4, MODE_MIN);
                s.groups.query("g", "t", 0);
            }
            s.groups.progress("g");
        });
        transcript.add("pop-empty", "a first pop on an empty queue, then messages", s -> {
            s.log.create("t", 1);
            s.groups.create("g");
            pop(s, "g", "t", 0, 32, MODE_MAX);
            s.groups.query("g", "t", 0);
            s.log.send("t", 0, 3);
            pop(s, "g", "t", 0, 32, MODE_MAX);
            s.groups.query("g", "t", 0);
        });
        transcript.run();
    }

    static void pop(Scenario s, String group, String topic, int queue, int max, int mode) throws Exception {
        RemotingCommand answer = s.lab.wire.call(Wire.POP, null, "consumerGroup", s.real(group), "topic", s.real(topic),
            "queueId", queue, "maxMsgNums", max, "invisibleTime", 600_000, "pollTime", 0, "bornTime",
            System.currentTimeMillis(), "initMode", mode, "expType", "TAG", "exp", "*", "order", false);
        List<MessageExt> found = Wire.messages(answer);
        JsonObject observed = found.isEmpty() ? Json.object("code", answer.getCode())
            : Json.object("messages", Json.ranges(found.stream().map(MessageExt::getQueueOffset).toList()));
        s.step("pop", observed, "group", group, "topic", topic, "queue", queue, "max", max,
            "start", mode == MODE_MIN ? "min" : "max");
        // The broker moves the group's offset a moment behind its answer.
        s.sleep(1);
    }
}
