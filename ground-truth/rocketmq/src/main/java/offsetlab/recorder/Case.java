package offsetlab.recorder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One transcript: scenarios that are run beside each other on one broker, each with its own topics and groups. */
final class Case {
    /** What a scenario does. */
    interface Body {
        void run(Scenario scenario) throws Exception;
    }

    private record Part(Scenario scenario, Body body) {
    }

    private static final int BESIDE_EACH_OTHER = 4;
    private final Lab lab;
    private final String name;
    private final List<Part> parts = new ArrayList<>();

    Case(Lab lab, String name) {
        this.lab = lab;
        this.name = name;
    }

    Lab lab() {
        return lab;
    }

    void add(String id, String title, Body body) {
        parts.add(new Part(new Scenario(lab, id, title), body));
    }

    /** A scenario in phases, which the case runs itself between things that happen to the whole broker. */
    Scenario phased(String id, String title) {
        Scenario scenario = new Scenario(lab, id, title);
        parts.add(new Part(scenario, null));
        return scenario;
    }

    /** Runs what was added; a scenario that fails is named, and everything ends. */
    void run() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(BESIDE_EACH_OTHER);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Part part : parts) {
                if (part.body() != null) {
                    running.add(pool.submit(() -> {
                        try {
                            part.body().run(part.scenario());
                        } finally {
                            part.scenario().members.killAll();
                        }
                        return null;
                    }));
                }
            }
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    void write(Path folder, String version) throws Exception {
        JsonArray scenarios = new JsonArray();
        parts.forEach(part -> scenarios.add(part.scenario().transcript()));
        JsonObject transcript = Json.object("case", name, "broker", "RocketMQ " + version,
            "client", "RocketMQ " + version, "java", System.getProperty("java.version"), "scenarios", scenarios);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + "." + version + ".json"), Json.print(transcript));
        System.out.println(name + "." + version + ".json: " + scenarios.size() + " scenarios");
    }
}
