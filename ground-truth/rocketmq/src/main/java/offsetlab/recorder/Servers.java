package offsetlab.recorder;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real name server and a real broker as processes of their own, with their files in a temporary folder. */
final class Servers implements AutoCloseable {
    static final String BROKER = "lab";
    /** Bytes of a commit-log file. */
    static final int COMMIT_LOG_FILE = 256 * 1024;
    private static final long HOURS_BACK = 73;

    final Path home;
    final int namesrvPort;
    final int brokerPort;
    private Process namesrv;
    private Process broker;

    Servers(Path home) throws IOException {
        this.home = home;
        this.namesrvPort = freePort();
        this.brokerPort = freePort();
    }

    String namesrvAddress() {
        return "127.0.0.1:" + namesrvPort;
    }

    String brokerAddress() {
        return "127.0.0.1:" + brokerPort;
    }

    void start() throws Exception {
        Files.createDirectories(home.resolve("conf"));
        String quiet = "<configuration><root level=\"OFF\"/></configuration>\n";
        for (String name : List.of("logback_broker", "logback_namesrv", "logback_tools")) {
            Files.writeString(home.resolve("conf").resolve(name + ".xml"), quiet);
        }
        Files.writeString(home.resolve("namesrv.conf"), "listenPort=" + namesrvPort + "\n");
        Files.writeString(home.resolve("broker.conf"), String.join("\n",
            "brokerClusterName=Lab",
            "brokerName=" + BROKER,
            "brokerId=0",
            "brokerIP1=127.0.0.1",
            "listenPort=" + brokerPort,
            "autoCreateTopicEnable=true",
            "storePathRootDir=" + home.resolve("store"),
            "storePathCommitLog=" + commitLog(),
            "mappedFileSizeCommitLog=" + COMMIT_LOG_FILE,
            "mappedFileSizeConsumeQueue=2000",
            "fileReservedTime=72",
            "deleteWhen=00;01;02;03;04;05;06;07;08;09;10;11;12;13;14;15;16;17;18;19;20;21;22;23",
            "diskMaxUsedSpaceRatio=95",
            // A busy machine is no reason to refuse a message.
            "waitTimeMillsInSendQueue=20000",
            "osPageCacheBusyTimeOutMills=20000",
            "") + "\n");
        namesrv = java("org.apache.rocketmq.namesrv.NamesrvStartup", 512, "namesrv",
            "-c", home.resolve("namesrv.conf").toString());
        awaitPort(namesrvPort);
        startBroker();
    }

    void startBroker() throws Exception {
        broker = java("org.apache.rocketmq.broker.BrokerStartup", 512, "broker",
            "-n", namesrvAddress(), "-c", home.resolve("broker.conf").toString());
        awaitPort(brokerPort);
    }

    /** Ends the broker without any chance to write: SIGKILL. */
    void killBroker() throws InterruptedException {
        broker.destroyForcibly().waitFor();
    }

    /** Ends the broker as an operator does: SIGTERM, which runs its shutdown hook. */
    void stopBroker() throws InterruptedException {
        broker.destroy();
        if (!broker.waitFor(60, TimeUnit.SECONDS)) {
            broker.destroyForcibly().waitFor();
        }
    }

    /** A Java process with this class path whose home, logs and client files lie in the temporary folder. */
    Process java(String main, int megabytes, String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms" + Math.min(megabytes, 64) + "m", "-Xmx" + megabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-Duser.home=" + home, "-Drocketmq.home.dir=" + home,
            "-Drocketmq.client.logRoot=" + home.resolve("logs"),
            "-Drocketmq.client.localOffsetStoreDir=" + home.resolve("broadcast"),
            "-Dcom.rocketmq.sendMessageWithVIPChannel=false"));
        for (String opened : List.of("java.nio", "sun.nio.ch", "java.lang", "java.util", "java.util.concurrent")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(home.resolve(name + ".err").toFile()));
        if (!name.startsWith("member")) {
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve(name + ".out").toFile()));
        }
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    Path commitLog() {
        return home.resolve("store").resolve("commitlog");
    }

    List<Path> commitLogFiles() throws IOException {
        try (Stream<Path> files = Files.list(commitLog())) {
            return files.sorted(Comparator.comparing(Path::getFileName)).toList();
        }
    }

    /** Sets the last write of every commit-log file whose bytes all lie before `position` beyond fileReservedTime. */
    int age(long position) throws IOException {
        FileTime old = FileTime.fromMillis(System.currentTimeMillis() - TimeUnit.HOURS.toMillis(HOURS_BACK));
        int aged = 0;
        for (Path file : commitLogFiles()) {
            if (Long.parseLong(file.getFileName().toString()) + COMMIT_LOG_FILE <= position) {
                Files.setLastModifiedTime(file, old);
                aged++;
            }
        }
        return aged;
    }

    /** What the broker has written of a group's offsets: the text of consumerOffset.json, empty where there is none. */
    String flushedOffsets() throws IOException {
        Path file = home.resolve("store").resolve("config").resolve("consumerOffset.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Override
    public void close() throws Exception {
        for (Process process : Arrays.asList(broker, namesrv)) {
            if (process != null) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static int freePort() throws IOException {
        // The broker also takes the two ports around its own (port - 2 and port + 1).
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws Exception {
        long deadline = System.currentTimeMillis() + 90_000;
        while (true) {
            try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
                return;
            } catch (IOException refused) {
                if (System.currentTimeMillis() > deadline) {
                    throw new IllegalStateException("nothing listens on port " + port + " after 90 s");
                }
                Thread.sleep(100);
            }
        }
    }
}
