package offsetlab.recorder;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Reads what the admin tool printed and what the reset request answered. */
final class Answers {
    private static final Pattern CODE = Pattern.compile("CODE: (-?\\d+)\\s+DESC: (.*)");
    private static final Pattern QUEUE_OFFSET = Pattern.compile("\"queueId\":(\\d+)[^}]*\\}:(-?\\d+)");

    /** What the tool prints for a single queue, whether it asked the broker or not. */
    private static final String RESET_ONE = "reset consumer offset to ";

    private Answers() {
    }

    /**
     * What a reset printed: queue to offset where the broker did it; the table of the tool's fallback, which computes and
     * writes the offsets itself, where 4.x found no member online; its line for a single queue, which it prints whether the broker refuses or not; or the error.
     */
    static JsonObject reset(List<String> said) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String line : said) {
            String[] words = line.trim().split("\\s+");
            if (words.length == 3 && words[0].equals(Servers.BROKER)) {
                offsets.put(Integer.parseInt(words[1]), Long.parseLong(words[2]));
            }
        }
        if (!offsets.isEmpty()) {
            return Json.object("offsets", offsets);
        }
        boolean refused = said.stream().anyMatch(line -> CODE.matcher(line).find());
        for (String line : said) {
            if (line.startsWith(RESET_ONE) && !refused) {
                return Json.object("said", line.trim());
            }
        }
        List<JsonObject> rows = fallback(said);
        return rows.isEmpty() ? Json.object("error", error(said)) : Json.object("fallback", rows);
    }

    /** Rows `broker, queue, broker's offset, group's offset, offset of the time, offset set`. */
    private static List<JsonObject> fallback(List<String> said) {
        List<JsonObject> rows = new ArrayList<>();
        for (String line : said) {
            String[] words = line.trim().split("\\s+");
            if (words.length == 6 && words[0].equals(Servers.BROKER)) {
                rows.add(Json.object("queueId", Integer.parseInt(words[1]), "brokerOffset", Long.parseLong(words[2]),
                    "consumerOffset", Long.parseLong(words[3]), "timestampOffset", Long.parseLong(words[4]),
                    "resetOffset", Long.parseLong(words[5])));
            }
        }
        rows.sort(Comparator.comparing(row -> row.get("queueId").getAsInt()));
        return rows;
    }

    /** The request's body: a map whose keys are objects, which no JSON reader takes. */
    static JsonObject table(RemotingCommand answer) {
        if (answer.getCode() != 0) {
            return Json.object("error", "code " + answer.getCode());
        }
        Map<Integer, Long> offsets = new TreeMap<>();
        String body = answer.getBody() == null ? "" : new String(answer.getBody(), StandardCharsets.UTF_8);
        Matcher found = QUEUE_OFFSET.matcher(body);
        while (found.find()) {
            offsets.put(Integer.parseInt(found.group(1)), Long.parseLong(found.group(2)));
        }
        return Json.object("offsets", offsets);
    }

    /** The first error with a code, or the last line that was printed. */
    static String error(List<String> said) {
        for (String line : said) {
            Matcher found = CODE.matcher(line);
            if (found.find()) {
                return "code " + found.group(1);
            }
        }
        return said.isEmpty() ? "nothing printed" : said.get(said.size() - 1).trim();
    }
}
