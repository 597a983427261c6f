package offsetlab.recorder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * One transcript: scenarios that are run beside each other on one broker, each with its own topics and groups. What
 * happens to the whole broker (its commit log rolls, it is killed) happens between the phases of all of them.
 */
final class Case {
    /** What a scenario does, or one phase of it. */
    interface Body {
        void run(Scenario scenario) throws Exception;
    }

    /** What happens to the broker between two phases. */
    interface Event {
        void happen(Lab lab) throws Exception;
    }

    private record Part(Scenario scenario, List<Body> phases) {
    }

    /** How many scenarios run at a time, of all cases together. */
    private static final Semaphore PLACES = new Semaphore(10);
    /** Where progress is said: the admin tool's runs take System.out away for their time. */
    private static final PrintStream OUT = System.out;
    private final Lab lab;
    private final String name;
    private final List<Part> done = new ArrayList<>();
    private final List<Part> added = new ArrayList<>();

    Case(Lab lab, String name) {
        this.lab = lab;
        this.name = name;
    }

    /** Adds a scenario: its phases, one more than there will be events. */
    void add(String id, String title, Body... phases) {
        added.add(new Part(new Scenario(lab, id, title), Arrays.asList(phases)));
    }

    /** Runs the scenarios added since the last run, none of which has phases. */
    void run() throws Exception {
        phase(0);
        end();
    }

    /** Runs one phase of the scenarios added since the last run. */
    void phase(int phase) throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Part part : added) {
                running.add(pool.submit(() -> {
                    PLACES.acquire();
                    try {
                        part.phases().get(phase).run(part.scenario());
                        if (part.phases().size() == 1) {
                            part.scenario().members.killAll();
                        }
                    } catch (Exception problem) {
                        throw new IllegalStateException("scenario " + part.scenario().id(), problem);
                    } finally {
                        PLACES.release();
                    }
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Lets something happen to the broker, and says so in every scenario added since the last run. */
    void event(Event event, String op, Object... arguments) throws Exception {
        event.happen(lab);
        added.forEach(part -> part.scenario().step(op, "ok", arguments));
    }

    /** Ends the scenarios added since the last run, and the members they left running. */
    void end() throws Exception {
        for (Part part : added) {
            part.scenario().members.killAll();
        }
        done.addAll(added);
        added.clear();
    }

    void write(Path folder, String version) throws Exception {
        JsonArray scenarios = new JsonArray();
        done.forEach(part -> scenarios.add(part.scenario().transcript()));
        JsonObject transcript = Json.object("case", name, "broker", "RocketMQ " + version,
            "client", "RocketMQ " + version, "java", System.getProperty("java.version"), "scenarios", scenarios);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + "." + version + ".json"), Json.print(transcript));
        OUT.println("recorded " + name + "." + version + ".json: " + scenarios.size() + " scenarios");
    }
}
