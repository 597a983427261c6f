package offsetlab.recorder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.selector.SelectMessageQueueByHash;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Steps on topics and queues: creating, sending, pulling, minimum and maximum, looking a time up. */
final class Log {
    private static final int ATTEMPTS = 60;
    /** The store's own word for what it found, which is the remark of an answer that is no error. */
    private static final Pattern STORE_STATUS = Pattern.compile("[A-Z_]+");
    private final Scenario scenario;
    private final Map<String, Integer> sent = new HashMap<>();
    private final Map<String, StoreTimes> times = new HashMap<>();

    Log(Scenario scenario) {
        this.scenario = scenario;
    }

    void create(String topic, int queues) throws Exception {
        scenario.lab.wire.createTopic(scenario.realTopic(topic), queues, queues);
        scenario.step("create_topic", "ok", "topic", topic, "queues", queues);
    }

    /** The same request with other counts of queues: what an operator does to a topic that exists. */
    void alter(String topic, int read, int write) throws Exception {
        scenario.lab.wire.createTopic(scenario.real(topic), read, write);
        scenario.step("alter_topic", "ok", "topic", topic, "read_queues", read, "write_queues", write);
    }

    void send(String topic, int queue, int count) throws Exception {
        send(topic, queue, count, "");
    }

    void send(String topic, int queue, int count, String tag) throws Exception {
        send(topic, queue, count, tag, null);
    }

    /** Bodies are `m0`, `m1`, … of the topic, filled up with dots to `size` bytes where a size is given. */
    void send(String topic, int queue, int count, String tag, Integer size) throws Exception {
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message message = message(topic, tag);
            if (size != null) {
                String body = new String(message.getBody());
                message.setBody((body + ".".repeat(size - body.length())).getBytes());
            }
            offsets.add(scenario.lab.producer.send(message, queue(topic, queue)).getQueueOffset());
        }
        awaitVisible(topic, queue, offsets.get(count - 1) + 1);
        scenario.step("send", Json.object("offsets", Json.ranges(offsets)),
            "topic", topic, "queue", queue, "count", count, "tag", tag.isEmpty() ? null : tag, "size", size);
    }

    /** Sends one message that the broker holds back: level 1 is 1 s, 2 is 5 s, 3 is 10 s. */
    void sendDelayed(String topic, int queue, int level) throws Exception {
        Message message = message(topic, "");
        message.setDelayTimeLevel(level);
        scenario.lab.producer.send(message, queue(topic, queue));
        scenario.step("send_delayed", "ok", "topic", topic, "queue", queue, "level", level);
    }

    /**
     * Sends one message per entry of `at`, in units of the transcript: message times are kept in proportion, equal times
     * are one batch (the broker stamps a batch once).
     */
    void sendAt(String topic, int queues, int queue, int millisPerUnit, long... at) throws Exception {
        sendAt(false, topic, queues, queue, millisPerUnit, at);
    }

    /** The same, with another topic until every gap is an even number of milliseconds, so that its middle exists. */
    void sendAtWithMiddles(String topic, int queues, int queue, int millisPerUnit, long... at) throws Exception {
        sendAt(true, topic, queues, queue, millisPerUnit, at);
    }

    private void sendAt(boolean middles, String topic, int queues, int queue, int millisPerUnit, long... at) throws Exception {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            scenario.replace(topic, attempt);
            scenario.lab.wire.createTopic(scenario.real(topic), queues, queues);
            sendBatches(topic, queue, millisPerUnit, at);
            awaitVisible(topic, queue, at.length);
            StoreTimes found = new StoreTimes(at, stored(topic, queue, 0, at.length));
            if (found.inOrder() && (!middles || found.even())) {
                times.put(topic, found);
                scenario.step("create_topic", "ok", "topic", topic, "queues", queues);
                scenario.step("send", Json.object("offsets", List.of(List.of(0, at.length - 1))),
                    "topic", topic, "queue", queue, "count", at.length, "at", Arrays.stream(at).boxed().toList());
                return;
            }
        }
        throw new IllegalStateException("no such times in " + ATTEMPTS + " attempts");
    }

    /** Sends more messages to a queue that exists, at these times; no middle is promised. */
    void sendMoreAt(String topic, int queue, int millisPerUnit, long... at) throws Exception {
        long first = offset(Wire.MAX_OFFSET, topic, queue);
        sendBatches(topic, queue, millisPerUnit, at);
        awaitVisible(topic, queue, first + at.length);
        times.put(topic, new StoreTimes(at, stored(topic, queue, first, at.length)));
        scenario.step("send", Json.object("offsets", List.of(List.of(first, first + at.length - 1))),
            "topic", topic, "queue", queue, "count", at.length, "at", Arrays.stream(at).boxed().toList());
    }

    private void sendBatches(String topic, int queue, int millisPerUnit, long... at) throws Exception {
        long start = System.currentTimeMillis();
        for (int i = 0; i < at.length; ) {
            List<Message> batch = new ArrayList<>();
            long due = start + (at[i] - at[0]) * millisPerUnit;
            for (long now = at[i]; i < at.length && at[i] == now; i++) {
                batch.add(message(topic, ""));
            }
            Thread.sleep(Math.max(0, due - System.currentTimeMillis()));
            scenario.lab.producer.send(batch, queue(topic, queue));
        }
    }

    private long[] stored(String topic, int queue, long first, int count) throws Exception {
        long[] found = new long[count];
        for (int i = 0; i < count; i++) {
            found[i] = message(topic, queue, first + i).getStoreTimestamp();
        }
        return found;
    }

    /** A message as the broker has it. */
    MessageExt message(String topic, int queue, long offset) throws Exception {
        RemotingCommand answer = scenario.lab.wire.pull(scenario.realTopic(topic), queue, "recorder-reads", offset, 1, "*", -1);
        List<MessageExt> found = Wire.messages(answer);
        return found.isEmpty() ? null : found.get(0);
    }

    /** The wall-clock milliseconds of a time given in the transcript's units. */
    long millis(String topic, long at) {
        return times.get(topic).millis(at);
    }

    void sendAny(String topic, int count) throws Exception {
        Map<Integer, Integer> queues = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            SendResult result = scenario.lab.producer.send(message(topic, ""));
            queues.merge(result.getMessageQueue().getQueueId(), 1, Integer::sum);
        }
        scenario.step("send_round_robin", queues, "topic", topic, "count", count);
    }

    void sendByKey(String topic, Object... keys) throws Exception {
        List<Integer> queues = new ArrayList<>();
        for (Object key : keys) {
            SendResult result = scenario.lab.producer.send(message(topic, ""), new SelectMessageQueueByHash(), key);
            queues.add(result.getMessageQueue().getQueueId());
        }
        List<Integer> hashes = Arrays.stream(keys).map(Object::hashCode).toList();
        scenario.step("send_by_key", queues, "topic", topic, "keys", Arrays.asList(keys), "hashes", hashes);
    }

    void pull(String topic, int queue, String group, long offset) throws Exception {
        pull(topic, queue, group, offset, 32, "*", -1);
    }

    void pull(String topic, int queue, String group, long offset, int max, String tags, long commit) throws Exception {
        RemotingCommand answer =
            scenario.lab.wire.pull(scenario.real(topic), queue, scenario.real(group), offset, max, tags, commit);
        Map<String, String> fields = answer.getExtFields() == null ? Map.of() : answer.getExtFields();
        JsonArray found = Json.ranges(Wire.messages(answer).stream().map(MessageExt::getQueueOffset).toList());
        JsonObject observed = Json.object("status", Wire.pullStatus(answer), "store_status", STORE_STATUS.matcher(String.valueOf(answer.getRemark())).matches() ? answer.getRemark() : null,
            "next", number(fields, "nextBeginOffset"), "min", number(fields, "minOffset"),
            "max", number(fields, "maxOffset"), "messages", found.isEmpty() ? null : found);
        scenario.step("pull", observed, "topic", topic, "queue", queue, "group", group, "offset", offset, "max", max,
            "tags", tags.equals("*") ? null : tags, "commit", commit < 0 ? null : commit);
    }

    private static Long number(Map<String, String> fields, String name) {
        return fields.containsKey(name) ? Long.parseLong(fields.get(name)) : null;
    }

    void min(String topic, int queue) throws Exception {
        scenario.step("min_offset", offset(Wire.MIN_OFFSET, topic, queue), "topic", topic, "queue", queue);
    }

    void max(String topic, int queue) throws Exception {
        scenario.step("max_offset", offset(Wire.MAX_OFFSET, topic, queue), "topic", topic, "queue", queue);
    }

    void bounds(String topic, int queue) throws Exception {
        min(topic, queue);
        max(topic, queue);
    }

    long offset(int code, String topic, int queue) throws Exception {
        return scenario.lab.wire.offset(code, "topic", scenario.realTopic(topic), "queueId", queue);
    }

    /** Looks a time up. `boundary` is 5.x's choice of side; null leaves the field out, as 4.x does. */
    void search(String topic, int queue, long at, String boundary) throws Exception {
        List<Object> fields = new ArrayList<>(List.of("topic", scenario.real(topic), "queueId", queue,
            "timestamp", millis(topic, at)));
        if (boundary != null) {
            fields.addAll(List.of("boundaryType", boundary));
        }
        scenario.step("search_offset", scenario.lab.wire.offset(Wire.SEARCH_OFFSET, fields.toArray()),
            "topic", topic, "queue", queue, "at", at, "boundary", boundary);
    }

    /** `mqadmin topicStatus`, its rows by queue; of Last Updated only whether it is there. */
    void status(String topic) {
        List<Object> rows = new ArrayList<>();
        for (String line : scenario.lab.admin.run("topicStatus", "-t", scenario.real(topic))) {
            String[] words = line.trim().split("\\s+");
            if (words[0].equals(Servers.BROKER)) {
                rows.add(Json.object("QID", Integer.parseInt(words[1]), "Min Offset", Long.parseLong(words[2]),
                    "Max Offset", Long.parseLong(words[3]), "Last Updated", words.length > 4));
            }
        }
        scenario.step("topic_status", rows, "topic", topic);
    }

    private Message message(String topic, String tag) {
        String body = "m" + (sent.merge(topic, 1, Integer::sum) - 1);
        return new Message(scenario.real(topic), tag, body.getBytes());
    }

    private MessageQueue queue(String topic, int queue) {
        return new MessageQueue(scenario.real(topic), Servers.BROKER, queue);
    }

    /** The consume queue is written behind the commit log: waits until it shows what was sent. */
    private void awaitVisible(String topic, int queue, long max) throws Exception {
        long deadline = System.currentTimeMillis() + 20_000;
        while (offset(Wire.MAX_OFFSET, topic, queue) < max) {
            if (System.currentTimeMillis() > deadline) {
                throw new IllegalStateException("messages stay invisible");
            }
            Thread.sleep(20);
        }
    }
}
