package offsetlab.recorder;

import java.nio.file.Path;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;

/** One broker with everything that speaks to it: raw requests, the admin tool and a real producer. */
final class Lab implements AutoCloseable {
    final Servers servers;
    final Wire wire;
    final Admin admin;
    final DefaultMQProducer producer;

    Lab(Path home) throws Exception {
        servers = new Servers(home);
        servers.start();
        wire = new Wire(servers.brokerAddress(), servers.namesrvAddress());
        wire.awaitRoute("TBW102", "");
        admin = new Admin(servers.namesrvAddress());
        producer = new DefaultMQProducer("recorder");
        producer.setNamesrvAddr(servers.namesrvAddress());
        producer.setInstanceName("recorder");
        producer.setClientIP("127.0.0.1");
        // A large body is to be large in the log too.
        producer.setCompressMsgBodyOverHowmuch(Integer.MAX_VALUE);
        producer.start();
    }

    /** Waits until the broker answers and the name server knows it again. */
    void awaitBroker() throws Exception {
        long deadline = System.currentTimeMillis() + 90_000;
        while (true) {
            try {
                wire.createTopic("after-the-restart", 1, 1);
                producer.send(new Message("after-the-restart", new byte[1]));
                return;
            } catch (Exception away) {
                if (System.currentTimeMillis() > deadline) {
                    throw away;
                }
                Thread.sleep(500);
            }
        }
    }

    @Override
    public void close() throws Exception {
        producer.shutdown();
        wire.close();
        servers.close();
    }
}
