package offsetlab.recorder;

import com.google.gson.JsonObject;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Steps on a group as the broker keeps it: its offsets, its lag, its resets. */
final class Groups {
    private static final int NOT_FOUND = 22;
    private final Scenario scenario;

    Groups(Scenario scenario) {
        this.scenario = scenario;
    }

    void create(String group) throws Exception {
        scenario.lab.wire.createGroup(scenario.real(group));
        scenario.step("create_group", "ok", "group", group);
    }

    void query(String group, String topic, int queue) throws Exception {
        Long offset = stored(group, topic, queue);
        scenario.step("query_offset", offset == null ? Json.object("code", "not_found")
            : Json.object("code", "ok", "offset", offset), "group", group, "topic", topic, "queue", queue);
    }

    private Long stored(String group, String topic, int queue) throws Exception {
        RemotingCommand answer = scenario.lab.wire.call(Wire.QUERY_OFFSET, null, "consumerGroup", scenario.real(group),
            "topic", scenario.realTopic(topic), "queueId", queue);
        if (answer.getCode() == NOT_FOUND) {
            return null;
        } else if (answer.getCode() != 0) {
            throw new IllegalStateException(answer.getCode() + " " + answer.getRemark());
        }
        return Long.parseLong(answer.getExtFields().get("offset"));
    }

    /** The request that a client's timer sends. */
    void commit(String group, String topic, int queue, long offset) throws Exception {
        RemotingCommand answer = scenario.lab.wire.call(Wire.UPDATE_OFFSET, null, "consumerGroup", scenario.real(group),
            "topic", scenario.real(topic), "queueId", queue, "commitOffset", offset);
        scenario.step("update_offset", answer.getCode() == 0 ? "ok" : "code " + answer.getCode(),
            "group", group, "topic", topic, "queue", queue, "offset", offset);
    }

    /** Waits until the stored offset is `offset`, and records what it is then. */
    void await(String group, String topic, int queue, long offset, int seconds) throws Exception {
        long deadline = System.currentTimeMillis() + seconds * 1000L;
        Long found = stored(group, topic, queue);
        while ((found == null || found != offset) && System.currentTimeMillis() < deadline) {
            Thread.sleep(50);
            found = stored(group, topic, queue);
        }
        scenario.step("await_offset", found == null ? Json.object("code", "not_found")
            : Json.object("code", "ok", "offset", found),
            "group", group, "topic", topic, "queue", queue, "offset", offset, "within_s", seconds);
    }

    /** Waits until the broker has written this offset to its file, as it does every 5 s. */
    void awaitFlushed(String group, String topic, long offset) throws Exception {
        String entry = "\"" + scenario.real(topic) + "@" + scenario.real(group) + "\":{0:" + offset;
        long deadline = System.currentTimeMillis() + 30_000;
        boolean flushed = false;
        while (!flushed && System.currentTimeMillis() < deadline) {
            Thread.sleep(20);
            flushed = scenario.lab.servers.flushedOffsets().replaceAll("\\s|\"(?=\\d+\":)|(?<=\\d)\"(?=:)", "").contains(entry);
        }
        scenario.step("await_flushed", flushed ? "ok" : "not in the file", "group", group, "topic", topic, "queue", 0,
            "offset", offset, "within_s", 30);
    }

    /**
     * `mqadmin consumerProgress`, its rows sorted. LastTime is given as the message whose store time it shows (the
     * tool prints seconds), Client IP is left out, Consume TPS too.
     */
    void progress(String group) throws Exception {
        List<JsonObject> rows = new ArrayList<>();
        Long total = null;
        boolean inflight = false;
        List<String> lines = scenario.lab.admin.run("consumerProgress", "-g", scenario.real(group));
        for (String line : lines) {
            String[] words = line.trim().split("\\s+");
            if (line.startsWith("#")) {
                inflight = line.contains("#Inflight");
            } else if (words.length > 5 && words[1].equals(Servers.BROKER)) {
                JsonObject row = row(words, inflight);
                // Whether the untouched retry topic is a row yet depends on a timer of the client.
                if (!untouchedRetry(row)) {
                    rows.add(row);
                }
            } else if (line.contains("Diff Total")) {
                total = Long.parseLong(line.replaceAll(".*Diff Total:\\s*(-?\\d+).*", "$1"));
            }
        }
        rows.sort(java.util.Comparator.comparing(row -> row.get("Topic") + " " + row.get("QID")));
        Object observed = rows.isEmpty() ? Json.object("error", Answers.error(lines))
            : Json.object("rows", rows, "Diff Total", total);
        scenario.step("consumer_progress", observed, "group", group);
    }

    private static boolean untouchedRetry(JsonObject row) {
        return row.get("Topic").getAsString().startsWith("%RETRY%") && row.get("Broker Offset").getAsLong() == 0;
    }

    private JsonObject row(String[] words, boolean inflight) throws Exception {
        int queue = Integer.parseInt(words[2]);
        long stored = Long.parseLong(words[4]);
        String topic = scenario.own(words[0]);
        int rest = inflight ? 7 : 6;
        String last = String.join(" ", Arrays.copyOfRange(words, rest, words.length));
        return Json.object("Topic", topic, "QID", queue, "Broker Offset", Long.parseLong(words[3]),
            "Consumer Offset", stored, "Diff", Long.parseLong(words[5]),
            "Inflight", inflight ? Long.parseLong(words[6]) : null, "LastTime", lastTime(topic, queue, stored, last));
    }

    private Object lastTime(String topic, int queue, long stored, String printed) throws Exception {
        if (stored > 0) {
            MessageExt message = scenario.log.message(topic, queue, stored - 1);
            if (message != null
                && new SimpleDateFormat("yyyy-MM-dd HH:mm:ss").format(new Date(message.getStoreTimestamp())).equals(printed)) {
                return Json.object("message", stored - 1);
            }
        }
        return printed.startsWith("1970") ? "1970" : printed.startsWith("20") ? "another time" : printed;
    }

    /** `mqadmin resetOffsetByTime`: `when` is a number in the transcript's units, or `now`. */
    void resetToTime(String group, String topic, Object when, boolean force) throws Exception {
        String time = when instanceof Number at ? Long.toString(scenario.log.millis(topic, at.longValue())) : when.toString();
        List<String> said = scenario.lab.admin.run("resetOffsetByTime", "-g", scenario.real(group),
            "-t", scenario.real(topic), "-s", time, "-f", Boolean.toString(force));
        scenario.step("reset_to_time", Answers.reset(said), "group", group, "topic", topic, "to", when, "force", force);
    }

    /** `mqadmin resetOffsetByTime -b BROKER -q QUEUE -o OFFSET`: 5.2 and later. */
    void resetToOffset(String group, String topic, int queue, long offset) throws Exception {
        List<String> said = scenario.lab.admin.run("resetOffsetByTime", "-g", scenario.real(group),
            "-t", scenario.real(topic), "-s", "-1", "-b", scenario.lab.servers.brokerAddress(), "-q",
            Integer.toString(queue), "-o", Long.toString(offset));
        scenario.step("reset_to_offset", Answers.reset(said), "group", group, "topic", topic, "queue", queue,
            "to", offset);
    }

    /** The broker's request behind the tool, which 4.x and 5.x both know. */
    void resetRequest(String group, String topic, Object when, boolean force) throws Exception {
        long time = when instanceof Number at ? scenario.log.millis(topic, at.longValue()) : -1;
        RemotingCommand answer = scenario.lab.wire.call(Wire.RESET_OFFSET, null, "topic", scenario.real(topic),
            "group", scenario.real(group), "timestamp", time, "isForce", force);
        scenario.step("reset_request", Answers.table(answer), "group", group, "topic", topic, "to", when, "force", force);
    }
}
