package offsetlab.recorder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The recorder's side of one member: its process, and what it has said. */
final class MemberProcess {
    /** A message handed to the member. `attempt` is 0 at first and counts the retries. */
    record Got(int queue, long offset, int attempt, String body) {
    }

    private final Process process;
    private final PrintStream commands;
    private final List<Got> received = new ArrayList<>();
    private String owned;
    private boolean ready;

    MemberProcess(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true);
        Thread reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line);
            }
        } catch (IOException ended) {
            // A killed process closes its pipe; what it said before has been read.
        }
    }

    private synchronized void hear(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "@ready" -> ready = true;
            case "@owns" -> owned = line.substring("@owns".length()).trim();
            case "@got" -> received.add(new Got(Integer.parseInt(words[1]), Long.parseLong(words[2]),
                Integer.parseInt(words[3]), words[4]));
            default -> {
                // The client's own lines.
            }
        }
        notifyAll();
    }

    synchronized void awaitReady() throws InterruptedException {
        long deadline = System.currentTimeMillis() + 120_000;
        while (!ready) {
            if (System.currentTimeMillis() > deadline || !process.isAlive()) {
                throw new IllegalStateException(process.isAlive() ? "the member is slow to start"
                    : "the member ended with " + process.exitValue());
            }
            wait(200);
        }
    }

    /** Takes everything handed over since the last call, once there are `count` messages or `seconds` have passed, and a second more. */
    List<Got> take(int count, int seconds) throws InterruptedException {
        long deadline = System.currentTimeMillis() + seconds * 1000L;
        synchronized (this) {
            while (received.size() < count && System.currentTimeMillis() < deadline) {
                wait(100);
            }
        }
        Thread.sleep(1000);
        synchronized (this) {
            List<Got> taken = new ArrayList<>(received);
            received.clear();
            return taken;
        }
    }

    synchronized List<Integer> owned() throws InterruptedException {
        owned = null;
        commands.println("owns");
        long deadline = System.currentTimeMillis() + 10_000;
        while (owned == null && System.currentTimeMillis() < deadline) {
            wait(100);
        }
        List<Integer> queues = new ArrayList<>();
        for (String queue : owned == null ? new String[0] : owned.split(" ")) {
            if (!queue.isEmpty()) {
                queues.add(Integer.parseInt(queue));
            }
        }
        return queues;
    }

    void finish(int queue, long first, long last, String outcome) {
        commands.println("finish " + queue + " " + first + " " + last + " " + outcome);
    }

    void stop() throws InterruptedException {
        commands.println("stop");
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
