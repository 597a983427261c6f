package offsetlab.recorder;

import com.google.gson.JsonObject;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Steps on members of a group: starting and ending them, what they are handed, what they finish, what they own. */
final class Members {
    private final Scenario scenario;
    private final Map<String, MemberProcess> running = new TreeMap<>();

    Members(Scenario scenario) {
        this.scenario = scenario;
    }

    /** How a member is started; what is not set is the client's default. */
    static final class Options {
        String from = "LAST_OFFSET";
        Long time;
        String tags = "*";
        String mode = "CLUSTERING";
        String listener = "concurrent";
        String finishes = "auto";
        boolean awaitQueue = true;

        static Options from(String where) {
            Options options = new Options();
            options.from = where;
            return options;
        }

        Options manual() {
            finishes = "manual";
            return this;
        }

        Options orderly() {
            listener = "orderly";
            return this;
        }

        /** Does not wait until the member has a queue. */
        Options maybeIdle() {
            awaitQueue = false;
            return this;
        }

        Options time(long at) {
            time = at;
            return this;
        }

        Options tags(String expression) {
            tags = expression;
            return this;
        }

        Options broadcasting() {
            mode = "BROADCASTING";
            return this;
        }
    }

    void start(String member, String group, String topic, Options options) throws Exception {
        String time = options.time == null ? "-"
            : new SimpleDateFormat("yyyyMMddHHmmss").format(new Date(scenario.log.millis(topic, options.time)));
        MemberProcess process = new MemberProcess(scenario.lab.servers.java("offsetlab.recorder.Member", 128, "member",
            scenario.lab.servers.namesrvAddress(), scenario.real(group), scenario.real(topic), member, options.from, time,
            options.tags, options.mode, options.listener, options.finishes));
        running.put(member, process);
        process.awaitReady();
        long deadline = System.currentTimeMillis() + 40_000;
        while (options.awaitQueue && process.owned().isEmpty() && System.currentTimeMillis() < deadline) {
            Thread.sleep(100);
        }
        scenario.step("start_member", null, "member", member, "group", group, "topic", topic, "from", options.from,
            "time", options.time, "tags", options.tags.equals("*") ? null : options.tags,
            "mode", options.mode.equals("CLUSTERING") ? null : "broadcasting",
            "listener", options.listener.equals("concurrent") ? null : options.listener, "finishes", options.finishes);
    }

    /** What the member was handed since the last look, by queue; retries by message, for their order is another queue's. */
    void received(String member, int count, int seconds) throws Exception {
        Map<Integer, List<Long>> queues = new TreeMap<>();
        Map<Integer, List<Long>> again = new TreeMap<>();
        List<JsonObject> retries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (MemberProcess.Got got : running.get(member).take(count, seconds)) {
            if (got.attempt() > 0) {
                retries.add(Json.object("message", got.body(), "attempt", got.attempt(), "queue", got.queue(),
                    "offset", got.offset()));
            } else if (seen.add(got.queue() + " " + got.offset())) {
                queues.computeIfAbsent(got.queue(), key -> new ArrayList<>()).add(got.offset());
            } else {
                again.computeIfAbsent(got.queue(), key -> new ArrayList<>()).add(got.offset());
            }
        }
        retries.sort(java.util.Comparator.comparing(retry -> retry.get("offset").getAsLong()));
        JsonObject observed = Json.object("queues", ranges(queues), "again", again.isEmpty() ? null : ranges(again),
            "retries", retries.isEmpty() ? null : retries);
        scenario.step("received", observed, "member", member, "await", count, "within_s", seconds);
    }

    private static JsonObject ranges(Map<Integer, List<Long>> queues) {
        JsonObject object = new JsonObject();
        queues.forEach((queue, offsets) -> object.add(queue.toString(), Json.ranges(offsets)));
        return object;
    }

    void finish(String member, int queue, long first, long last, String outcome) {
        running.get(member).finish(queue, first, last, outcome);
        scenario.step("finish", null, "member", member, "queue", queue,
            "offsets", List.of(List.of(first, last)), "outcome", outcome);
    }

    /** The queues each member holds, once two looks a second apart agree and all of `queues` are held. */
    void owns(int queues, int seconds) throws Exception {
        long deadline = System.currentTimeMillis() + seconds * 1000L;
        Map<String, List<Integer>> owned = look();
        while (System.currentTimeMillis() < deadline) {
            Thread.sleep(1000);
            Map<String, List<Integer>> now = look();
            long held = now.values().stream().flatMap(List::stream).distinct().count();
            long sum = now.values().stream().mapToLong(List::size).sum();
            if (now.equals(owned) && held == queues && sum == queues) {
                break;
            }
            owned = now;
        }
        scenario.step("owned_queues", owned, "within_s", seconds);
    }

    private Map<String, List<Integer>> look() throws InterruptedException {
        Map<String, List<Integer>> owned = new TreeMap<>();
        for (Map.Entry<String, MemberProcess> entry : running.entrySet()) {
            owned.put(entry.getKey(), entry.getValue().owned());
        }
        return owned;
    }

    void stop(String member) throws Exception {
        running.remove(member).stop();
        scenario.step("stop_member", null, "member", member);
    }

    void kill(String member) throws Exception {
        running.remove(member).kill();
        scenario.step("kill_member", null, "member", member);
    }

    /** Ends what the scenario left running; no step. */
    void killAll() throws InterruptedException {
        for (MemberProcess process : running.values()) {
            process.kill();
        }
        running.clear();
    }
}
