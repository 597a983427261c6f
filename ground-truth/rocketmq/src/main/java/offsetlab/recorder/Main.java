package offsetlab.recorder;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        // The admin tool's runs take System.err away for their time.
        PrintStream err = System.err;
        Path folder = Path.of(arguments[0]);
        String version = arguments[1];
        List<String> wanted = Arrays.asList(arguments).subList(2, arguments.length);
        System.setProperty("rocketmq.remoting.version", Integer.toString(MQVersion.CURRENT_VERSION));
        boolean five = version.startsWith("5");
        boolean boundaries = five && !version.startsWith("5.0") && !version.equals("5.1.0");
        boolean toOffsets = five && !version.startsWith("5.0") && !version.startsWith("5.1");

        // These share the broker at the same time.
        Map<String, Recording> together = new LinkedHashMap<>();
        together.put("a_pull", PullCase::record);
        together.put("b_offsets", OffsetsCase::record);
        together.put("c_times", transcript -> TimesCase.record(transcript, boundaries));
        together.put("d_starts", StartsCase::record);
        together.put("e_members", MembersCase::record);
        together.put("f_rebalance", RebalanceCase::record);
        together.put("g_lag", LagCase::record);
        together.put("h_resets", transcript -> ResetsCase.record(transcript, toOffsets));
        if (five) {
            together.put("i_pop", PopCase::record);
        }
        // These change the whole broker, so each has it alone.
        Map<String, Recording> alone = new LinkedHashMap<>();
        alone.put("j_cold", ColdCase::record);
        alone.put("k_expiry", transcript -> ExpiryCase.record(transcript, toOffsets));
        alone.put("l_broker", BrokerCase::record);
        together.keySet().removeIf(name -> !wanted.isEmpty() && !wanted.contains(name));
        alone.keySet().removeIf(name -> !wanted.isEmpty() && !wanted.contains(name));

        ExecutorService pool = Executors.newCachedThreadPool();
        try (Lab lab = new Lab(Path.of(System.getProperty("user.home")))) {
            List<Future<?>> running = new ArrayList<>();
            together.forEach((name, recording) -> running.add(pool.submit(() -> {
                record(lab, name, recording, folder, version);
                return null;
            })));
            for (Future<?> future : running) {
                future.get();
            }
            for (Map.Entry<String, Recording> entry : alone.entrySet()) {
                record(lab, entry.getKey(), entry.getValue(), folder, version);
            }
        } catch (Exception problem) {
            problem.printStackTrace(err);
            Path said = Path.of(System.getProperty("user.home"), "member.err");
            err.println(Files.exists(said) ? Files.readString(said) : "");
            System.exit(1);
        }
        System.exit(0);
    }

    private static void record(Lab lab, String name, Recording recording, Path folder, String version) throws Exception {
        Case transcript = new Case(lab, name);
        recording.record(transcript);
        transcript.write(folder, version);
    }
}
