package offsetlab.recorder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** One scenario: its steps as they are recorded, with topics, groups and members of its own. */
final class Scenario {
    final Lab lab;
    final Log log;
    final Groups groups;
    final Members members;
    private final String id;
    private final String title;
    private final JsonArray steps = new JsonArray();
    private final Map<String, String> physical = new HashMap<>();

    Scenario(Lab lab, String id, String title) {
        this.lab = lab;
        this.id = id;
        this.title = title;
        this.log = new Log(this);
        this.groups = new Groups(this);
        this.members = new Members(this);
    }

    String id() {
        return id;
    }

    /** What a topic or group of this scenario is called on the broker, which all scenarios share. */
    String real(String name) {
        return physical.getOrDefault(name, id + "-" + name);
    }

    /** The same for a topic, which may be a group's retry topic. */
    String realTopic(String topic) {
        return topic.startsWith("%RETRY%") ? "%RETRY%" + real(topic.substring("%RETRY%".length())) : real(topic);
    }

    /** Takes a new topic under the same name, for a scenario that has to begin anew. */
    void replace(String name, int attempt) {
        physical.put(name, id + "-" + name + "-" + attempt);
    }

    /** The scenario's own name for what the broker calls `real`. */
    String own(String real) {
        if (real.startsWith("%RETRY%")) {
            return "%RETRY%" + own(real.substring("%RETRY%".length()));
        }
        for (Map.Entry<String, String> entry : physical.entrySet()) {
            if (entry.getValue().equals(real)) {
                return entry.getKey();
            }
        }
        return real.startsWith(id + "-") ? real.substring(id.length() + 1) : real;
    }

    /** Records a step: its operation, its arguments in pairs, and what was observed (null where nothing is). */
    <T> T step(String op, T observed, Object... arguments) {
        JsonObject step = Json.object("op", op);
        Json.object(arguments).entrySet().forEach(entry -> step.add(entry.getKey(), entry.getValue()));
        if (observed != null) {
            step.add("observed", Json.value(observed));
        }
        steps.add(step);
        return observed;
    }

    /** Waits, as a step of the scenario. */
    void sleep(int seconds) throws InterruptedException {
        Thread.sleep(seconds * 1000L);
        step("sleep", null, "seconds", seconds);
    }

    JsonElement transcript() {
        return Json.object("id", id, "title", title, "steps", steps);
    }
}
