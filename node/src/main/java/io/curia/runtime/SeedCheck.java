package io.curia.runtime;

import io.curia.core.Farewell;
import io.curia.model.Endpoint;
import io.curia.model.RefusalReason;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Pong;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks whom a node was told to join which cluster that is, before the node touches ZooKeeper: one that is given a wrong
 * name of the cluster would make a new, empty one there, only to be refused by the members of the other.
 */
final class SeedCheck {

    private static final AskTimeouts PATIENCE = AskTimeouts.of(Duration.ofMillis(500));

    private SeedCheck() {
    }

    /**
     * Returns once a seed has said that it is in the cluster of {@code config}, or none has said anything: then the
     * join itself finds out. Blocks for half a second a seed at most.
     *
     * @throws NodeStartException WRONG_CLUSTER if a seed is in another cluster
     */
    static void refuseForeignSeeds(NodeConfig config) {
        String cluster = config.zooKeeper().cluster();
        for (Endpoint seed : config.seeds()) {
            Optional<Pong> pong = pongOf(seed);
            if (pong.isPresent()) {
                if (!pong.get().cluster().equals(cluster)) {
                    throw new NodeStartException(Farewell.refused(RefusalReason.WRONG_CLUSTER, pong.get().id() + " at "
                            + seed + " is in cluster " + pong.get().cluster() + ", not in " + cluster));
                }
                return;
            }
        }
    }

    private static Optional<Pong> pongOf(Endpoint seed) {
        try {
            return BlockingNodeClient.ask(seed, new Ping(), PATIENCE).as(Pong.class);
        } catch (NoAnswerException e) {
            // The join asks again, for longer, and says who did not answer.
            return Optional.empty();
        }
    }
}
