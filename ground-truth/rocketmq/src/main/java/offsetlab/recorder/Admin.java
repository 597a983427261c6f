package offsetlab.recorder;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.rocketmq.tools.command.MQAdminStartup;

/** `mqadmin`, run in this process, and its tables read back. */
final class Admin {
    private final String namesrv;

    Admin(String namesrv) {
        this.namesrv = namesrv;
    }

    /** Runs a command and returns the lines it printed. One at a time, for it prints to the one standard output. */
    List<String> run(String command, String... arguments) {
        synchronized (Admin.class) {
            PrintStream out = System.out;
            PrintStream err = System.err;
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            try (PrintStream capture = new PrintStream(said, true)) {
                System.setOut(capture);
                System.setErr(capture);
                List<String> all = new ArrayList<>(List.of(command, "-n", namesrv));
                all.addAll(Arrays.asList(arguments));
                MQAdminStartup.main0(all.toArray(new String[0]), null);
            } finally {
                System.setOut(out);
                System.setErr(err);
            }
            return said.toString().lines().filter(line -> !line.isBlank()).toList();
        }
    }
}
