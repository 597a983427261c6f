package offsetlab.recorder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Builds and prints transcripts: objects from pairs, offsets as ranges, one step a line. */
final class Json {
    private Json() {
    }

    /** An object of alternating keys and values, in that order; null values are left out. */
    static JsonObject object(Object... pairs) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                object.add((String) pairs[i], value(pairs[i + 1]));
            }
        }
        return object;
    }

    /** Any value of a step as JSON. */
    static JsonElement value(Object value) {
        if (value instanceof JsonElement element) {
            return element;
        } else if (value instanceof Number number) {
            return new JsonPrimitive(number);
        } else if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        } else if (value instanceof Collection<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(item -> array.add(value(item)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((key, item) -> object.add(key.toString(), value(item)));
            return object;
        }
        return new JsonPrimitive(value.toString());
    }

    /** Numbers as [first, last] ranges, ascending, each number once. */
    static JsonArray ranges(Collection<Long> numbers) {
        List<long[]> found = new ArrayList<>();
        for (long number : new TreeSet<>(numbers)) {
            long[] last = found.isEmpty() ? null : found.get(found.size() - 1);
            if (last != null && last[1] + 1 == number) {
                last[1] = number;
            } else {
                found.add(new long[] {number, number});
            }
        }
        JsonArray array = new JsonArray();
        for (long[] range : found) {
            array.add(value(List.of(range[0], range[1])));
        }
        return array;
    }

    /** A whole transcript as text. */
    static String print(JsonObject transcript) {
        StringBuilder text = new StringBuilder("{\n");
        for (Map.Entry<String, JsonElement> entry : transcript.entrySet()) {
            if (!entry.getKey().equals("scenarios")) {
                text.append(" ").append(new JsonPrimitive(entry.getKey())).append(": ");
                line(text, entry.getValue());
                text.append(",\n");
            }
        }
        text.append(" \"scenarios\": [");
        String between = "\n";
        for (JsonElement scenario : transcript.getAsJsonArray("scenarios")) {
            text.append(between);
            scenario(text, scenario.getAsJsonObject());
            between = ",\n";
        }
        return text.append("\n ]\n}\n").toString();
    }

    private static void scenario(StringBuilder text, JsonObject scenario) {
        text.append("  {\n");
        for (Map.Entry<String, JsonElement> entry : scenario.entrySet()) {
            if (!entry.getKey().equals("steps")) {
                text.append("   ").append(new JsonPrimitive(entry.getKey())).append(": ");
                line(text, entry.getValue());
                text.append(",\n");
            }
        }
        text.append("   \"steps\": [");
        String between = "\n    ";
        for (JsonElement step : scenario.getAsJsonArray("steps")) {
            text.append(between);
            line(text, step);
            between = ",\n    ";
        }
        text.append("\n   ]\n  }");
    }

    private static void line(StringBuilder text, JsonElement element) {
        if (element.isJsonObject()) {
            String between = "{";
            for (Map.Entry<String, JsonElement> entry : element.getAsJsonObject().entrySet()) {
                text.append(between).append(new JsonPrimitive(entry.getKey())).append(": ");
                line(text, entry.getValue());
                between = ", ";
            }
            text.append(element.getAsJsonObject().size() == 0 ? "{}" : "}");
        } else if (element.isJsonArray()) {
            String between = "[";
            for (JsonElement item : element.getAsJsonArray()) {
                text.append(between);
                line(text, item);
                between = ", ";
            }
            text.append(element.getAsJsonArray().isEmpty() ? "[]" : "]");
        } else {
            text.append(element);
        }
    }
}
