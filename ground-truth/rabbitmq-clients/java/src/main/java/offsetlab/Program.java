// A consumer or a producer of the Java client, told what to do by its environment and its standard input. See ../README.md.
package offsetlab;

import com.rabbitmq.stream.BackOffDelayPolicy;
import com.rabbitmq.stream.Consumer;
import com.rabbitmq.stream.ConsumerFlowStrategy;
import com.rabbitmq.stream.Environment;
import com.rabbitmq.stream.NoOffsetException;
import com.rabbitmq.stream.OffsetSpecification;
import com.rabbitmq.stream.Producer;
import com.rabbitmq.stream.Resource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

public final class Program {
  private static final String STREAM = System.getenv("STREAM");
  private static final String NAME = told("NAME", null);

  private Program() {}

  private static String told(String key, String unset) {
    String value = System.getenv(key);
    return value == null || value.isEmpty() ? unset : value;
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }

  private static OffsetSpecification spec(String text) {
    String[] words = text.split(" ");
    return switch (words[0]) {
      case "first" -> OffsetSpecification.first();
      case "last" -> OffsetSpecification.last();
      case "next" -> OffsetSpecification.next();
      case "offset" -> OffsetSpecification.offset(Long.parseUnsignedLong(words[1]));
      default -> throw new IllegalArgumentException(text);
    };
  }

  public static void main(String[] arguments) throws Exception {
    String port = told("PORT", "5552");
    String jar = Environment.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    say("version com.rabbitmq:stream-client " + jar.replaceAll(".*stream-client-|\\.jar", ""));
    try (Environment environment =
        Environment.builder()
            .uri("rabbitmq-stream://guest:guest@localhost:" + port)
            .recoveryBackOffDelayPolicy(BackOffDelayPolicy.fixed(Duration.ofMillis(500)))
            .build()) {
      if (arguments[0].equals("produce")) {
        produce(environment);
      } else {
        consume(environment);
      }
    } catch (Exception error) {
      say("failed " + error);
    }
    System.exit(0);
  }

  private static void sayClosed(Resource.Context context) {
    if (context.currentState() == Resource.State.CLOSED) {
      say("closed");
    }
  }

  private static void consume(Environment environment) throws Exception {
    long takes = Long.parseLong(told("TAKES_MS", "0"));
    var builder = environment.consumerBuilder().stream(STREAM);
    if (NAME != null) {
      builder.name(NAME);
    }
    if (told("FROM", null) != null) {
      builder.offset(spec(told("FROM", null)));
    }
    if (told("CREDIT", null) != null) {
      int credit = Integer.parseInt(told("CREDIT", null));
      builder.flow().strategy(ConsumerFlowStrategy.creditOnChunkArrival(credit));
    }
    if (told("SINGLE_ACTIVE", null) != null) {
      builder.singleActiveConsumer();
    }
    String[] policy = told("STORE", "never").split(" ");
    int every = policy[0].equals("every") ? Integer.parseInt(policy[1]) : 0;
    switch (policy[0]) {
      case "every", "manual" -> builder.manualTrackingStrategy();
      case "auto" ->
          builder.autoTrackingStrategy().messageCountBeforeStorage(Integer.parseInt(policy[1]));
      case "default" -> {
        // Nothing is said of tracking.
      }
      default -> builder.noTrackingStrategy();
    }
    builder.listeners(Program::sayClosed);
    if (told("FILTER", null) != null) {
      String value = told("FILTER", null);
      builder
          .filter()
          .values(value)
          .postFilter(m -> new String(m.getBodyAsBinary(), StandardCharsets.UTF_8).equals(value));
    }
    AtomicLong count = new AtomicLong();
    Consumer consumer =
        builder
            .messageHandler(
                (context, message) -> {
                  pause(takes / 2);
                  say("got " + Long.toUnsignedString(context.offset()));
                  if (every > 0 && count.incrementAndGet() % every == 0) {
                    context.storeOffset();
                  }
                  pause(takes / 2);
                })
            .build();
    say("ready");
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "store" -> {
            try {
              consumer.store(Long.parseUnsignedLong(words[1]));
              say("stored");
            } catch (UnsupportedOperationException refused) {
              say("stored " + refused);
            }
          }
          case "query" -> {
            try {
              say("answer " + consumer.storedOffset());
            } catch (NoOffsetException none) {
              say("answer " + none);
            } catch (UnsupportedOperationException refused) {
              say("answer " + refused);
            }
          }
          case "stop" -> {
            consumer.close();
            say("stopped");
            return;
          }
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  private static void produce(Environment environment) throws Exception {
    // A fixed batch instead of the dynamic one: which messages share a frame is then no race.
    Producer producer =
        environment.producerBuilder().stream(STREAM)
            .name(NAME)
            .subEntrySize(Integer.parseInt(told("SUB_BATCH", "1")))
            .dynamicBatch(false)
            .batchPublishingDelay(Duration.ofMillis(200))
            .listeners(Program::sayClosed)
            .build();
    say("ready");
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        switch (words[0]) {
          case "publish" -> {
            for (int i = 0; i < Integer.parseInt(words[1]); i++) {
              byte[] body = ("m" + i).getBytes(StandardCharsets.UTF_8);
              var message = producer.messageBuilder().addData(body);
              if (words.length > 2) {
                message.publishingId(Long.parseLong(words[2]) + i);
              }
              producer.send(
                  message.build(),
                  status -> say("confirmed " + status.isConfirmed() + " " + status.getCode()));
            }
          }
          case "stop" -> {
            producer.close();
            say("stopped");
            return;
          }
          default -> throw new IllegalArgumentException(Arrays.toString(words));
        }
      }
    }
  }
}
