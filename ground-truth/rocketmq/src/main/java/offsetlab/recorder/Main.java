package offsetlab.recorder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.LinkedHashMap;
import org.apache.rocketmq.common.MQVersion;

/** Records every case against the RocketMQ of this class path: `Main FOLDER VERSION [CASE…]`. */
public final class Main {
    /** A case as it is recorded. */
    private interface Recording {
        void record(Case transcript) throws Exception;
    }

    private Main() {
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String version = arguments[1];
        List<String> wanted = Arrays.asList(arguments).subList(2, arguments.length);
        System.setProperty("rocketmq.remoting.version", Integer.toString(MQVersion.CURRENT_VERSION));
        boolean five = version.startsWith("5");

        Map<String, Recording> cases = new LinkedHashMap<>();
        cases.put("a_pull", PullCase::record);

        Path home = Path.of(System.getProperty("user.home"));
        try (Lab lab = new Lab(home)) {
            for (Map.Entry<String, Recording> entry : cases.entrySet()) {
                if (wanted.isEmpty() || wanted.contains(entry.getKey())) {
                    Case transcript = new Case(lab, entry.getKey());
                    entry.getValue().record(transcript);
                    transcript.write(folder, version);
                }
            }
        }
        System.exit(0);
    }
}
