package io.curia.process;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Role;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.Reply;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asks nodes themselves, one after the other, whether they may act as master. One thread only. */
final class MasterWatch implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final List<BlockingNodeClient> clients;

    private MasterWatch(List<BlockingNodeClient> clients) {
        this.clients = clients;
    }

    /** Returns a watch connected to these nodes. */
    static MasterWatch connect(Collection<Endpoint> nodes) {
        List<BlockingNodeClient> clients = new ArrayList<>();
        try {
            for (Endpoint address : nodes) {
                clients.add(BlockingNodeClient.connect(address, TIMEOUT));
            }
        } catch (NoAnswerException e) {
            clients.forEach(BlockingNodeClient::close);
            throw e;
        }
        return new MasterWatch(clients);
    }

    /** Returns the status of the node that is a valid master of a later epoch than {@code epoch}, if one is now. */
    Optional<StatusReply> masterAfter(Epoch epoch) {
        for (BlockingNodeClient client : clients) {
            Reply reply = client.ask(new StatusRequest(), TIMEOUT);
            if (reply instanceof StatusReply status && status.role() == Role.MASTER && status.valid()
                    && status.epoch().isAfter(epoch)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        clients.forEach(BlockingNodeClient::close);
    }
}
