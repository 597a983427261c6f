package offsetlab.recorder;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.exception.RemotingConnectException;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/**
 * The broker's own requests, sent as they are: a code with named fields. The classes of request headers moved between
 * 4.x and 5.x, the codes and fields did not, so this compiles against every version.
 */
final class Wire implements AutoCloseable {
    static final int PULL = 11;
    static final int QUERY_OFFSET = 14;
    static final int UPDATE_OFFSET = 15;
    static final int CREATE_TOPIC = 17;
    static final int UPDATE_BROKER_CONFIG = 25;
    static final int SEARCH_OFFSET = 29;
    static final int MAX_OFFSET = 30;
    static final int MIN_OFFSET = 31;
    static final int ROUTE = 105;
    static final int CREATE_GROUP = 200;
    static final int RESET_OFFSET = 222;
    static final int POP = 200050;
    static final int ACK = 200051;

    private static final int ANSWER_MILLIS = 30_000;
    private static final int CONNECT_ATTEMPTS = 10;
    private static final Map<Integer, String> PULL_STATUS =
        Map.of(0, "FOUND", 19, "NO_NEW_MSG", 20, "NO_MATCHED_MSG", 21, "OFFSET_ILLEGAL");

    private final NettyRemotingClient client;
    private final String broker;
    private final String namesrv;

    Wire(String broker, String namesrv) {
        this.broker = broker;
        this.namesrv = namesrv;
        this.client = new NettyRemotingClient(new NettyClientConfig());
        client.start();
    }

    RemotingCommand call(int code, byte[] body, Object... fields) throws Exception {
        return call(broker, code, body, fields);
    }

    private RemotingCommand call(String address, int code, byte[] body, Object... fields) throws Exception {
        RemotingCommand request = RemotingCommand.createRequestCommand(code, null);
        HashMap<String, String> named = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            named.put((String) fields[i], fields[i + 1].toString());
        }
        request.setExtFields(named);
        request.setBody(body);
        for (int attempt = 1; ; attempt++) {
            try {
                return client.invokeSync(address, request, ANSWER_MILLIS);
            } catch (RemotingConnectException busy) {
                // Nothing was sent: a busy machine connects late.
                if (attempt == CONNECT_ATTEMPTS) {
                    throw busy;
                }
            }
        }
    }

    long offset(int code, Object... fields) throws Exception {
        RemotingCommand answer = call(code, null, fields);
        if (answer.getCode() != 0) {
            throw new IllegalStateException("request " + code + ": " + answer.getCode() + " " + answer.getRemark());
        }
        return Long.parseLong(answer.getExtFields().get("offset"));
    }

    /** A pull as a client sends it, without the long poll. `commit` above -1 rides along. */
    RemotingCommand pull(String topic, int queue, String group, long offset, int max, String tags, long commit)
        throws Exception {
        int flags = 0x4 | (commit >= 0 ? 0x1 : 0);
        return call(PULL, null, "consumerGroup", group, "topic", topic, "queueId", queue, "queueOffset", offset,
            "maxMsgNums", max, "sysFlag", flags, "commitOffset", Math.max(commit, 0), "suspendTimeoutMillis", 0,
            "subscription", tags, "subVersion", 0, "expressionType", "TAG");
    }

    static String pullStatus(RemotingCommand answer) {
        return PULL_STATUS.getOrDefault(answer.getCode(), "code " + answer.getCode());
    }

    static List<MessageExt> messages(RemotingCommand answer) {
        return answer.getCode() == 0 && answer.getBody() != null
            ? MessageDecoder.decodes(ByteBuffer.wrap(answer.getBody())) : List.of();
    }

    void createTopic(String topic, int read, int write) throws Exception {
        expect(call(CREATE_TOPIC, null, "topic", topic, "defaultTopic", "TBW102", "readQueueNums", read,
            "writeQueueNums", write, "perm", 6, "topicFilterType", "SINGLE_TAG", "topicSysFlag", 0, "order", false));
        awaitRoute(topic, "\"readQueueNums\":" + read);
    }

    /** Waits until the name server knows the topic (and this of it), for clients find queues only through it. */
    void awaitRoute(String topic, String part) throws Exception {
        long deadline = System.currentTimeMillis() + 60_000;
        while (true) {
            RemotingCommand answer = call(namesrv, ROUTE, null, "topic", topic);
            if (answer.getCode() == 0 && new String(answer.getBody(), StandardCharsets.UTF_8).contains(part)) {
                return;
            } else if (System.currentTimeMillis() > deadline) {
                throw new IllegalStateException("the name server does not know " + topic);
            }
            Thread.sleep(50);
        }
    }

    void createGroup(String group) throws Exception {
        JsonObject config = Json.object("groupName", group, "consumeEnable", true, "retryQueueNums", 1, "retryMaxTimes", 16);
        expect(call(CREATE_GROUP, config.toString().getBytes(StandardCharsets.UTF_8)));
    }

    void configure(String key, Object value) throws Exception {
        expect(call(UPDATE_BROKER_CONFIG, (key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static void expect(RemotingCommand answer) {
        if (answer.getCode() != 0) {
            throw new IllegalStateException(answer.getCode() + " " + answer.getRemark());
        }
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
