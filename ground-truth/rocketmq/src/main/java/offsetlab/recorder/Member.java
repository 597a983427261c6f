package offsetlab.recorder;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * One member of a group, a process of its own so that it can be killed: a real push consumer that prints what it is
 * handed and finishes messages when it is told to.
 *
 * It reads lines `finish QUEUE FIRST LAST ok|later`, `owns`, `stop` and prints `@got QUEUE OFFSET ATTEMPT BODY`,
 * `@owns QUEUE…`, `@ready`.
 */
public final class Member {
    private final String topic;
    private final boolean manual;
    private final Map<String, CompletableFuture<Boolean>> open = new ConcurrentHashMap<>();

    private Member(String topic, boolean manual) {
        this.topic = topic;
        this.manual = manual;
    }

    /** Arguments: name server, group, topic, member, FROM, FROM's time or -, tags, mode, listener, auto|manual. */
    public static void main(String[] arguments) throws Exception {
        Member member = new Member(arguments[2], arguments[9].equals("manual"));
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(arguments[1]);
        consumer.setNamesrvAddr(arguments[0]);
        consumer.setInstanceName(arguments[3]);
        consumer.setClientIP("127.0.0.1");
        consumer.setConsumeFromWhere(ConsumeFromWhere.valueOf("CONSUME_FROM_" + arguments[4]));
        if (!arguments[5].equals("-")) {
            consumer.setConsumeTimestamp(arguments[5]);
        }
        consumer.subscribe(arguments[2], arguments[6]);
        setMode(consumer, arguments[7]);
        consumer.setConsumeThreadMin(64);
        consumer.setConsumeThreadMax(64);
        if (arguments[8].equals("orderly")) {
            consumer.registerMessageListener((MessageListenerOrderly) (messages, context) ->
                member.outcome(messages.get(0))
                    ? ConsumeOrderlyStatus.SUCCESS : ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT);
        } else {
            consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) ->
                member.outcome(messages.get(0))
                    ? ConsumeConcurrentlyStatus.CONSUME_SUCCESS : ConsumeConcurrentlyStatus.RECONSUME_LATER);
        }
        consumer.start();
        say("@ready");
        member.obey(consumer);
    }

    /** The class of the mode moved between 4.x and 5.x; the setter's parameter names it. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void setMode(DefaultMQPushConsumer consumer, String mode) throws Exception {
        for (Method method : DefaultMQPushConsumer.class.getMethods()) {
            if (method.getName().equals("setMessageModel")) {
                method.invoke(consumer, Enum.valueOf((Class<Enum>) method.getParameterTypes()[0], mode));
            }
        }
    }

    private boolean outcome(MessageExt message) {
        String at = message.getQueueId() + " " + message.getQueueOffset();
        CompletableFuture<Boolean> finished = open.compute(at, (key, known) -> new CompletableFuture<>());
        say("@got " + at + " " + message.getReconsumeTimes() + " " + new String(message.getBody()).replace(".", ""));
        return !manual || finished.join();
    }

    private void obey(DefaultMQPushConsumer consumer) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("finish")) {
                for (long offset = Long.parseLong(words[2]); offset <= Long.parseLong(words[3]); offset++) {
                    open.get(words[1] + " " + offset).complete(words[4].equals("ok"));
                }
            } else if (words[0].equals("owns")) {
                say("@owns " + owned(consumer));
            } else {
                break;
            }
        }
        consumer.shutdown();
        System.exit(0);
    }

    private String owned(DefaultMQPushConsumer consumer) {
        TreeSet<Integer> queues = new TreeSet<>();
        for (MessageQueue queue : consumer.getDefaultMQPushConsumerImpl().getRebalanceImpl().getProcessQueueTable().keySet()) {
            if (queue.getTopic().equals(topic)) {
                queues.add(queue.getQueueId());
            }
        }
        return queues.toString().replaceAll("[\\[\\],]", "");
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
