package io.curia.runtime;

import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Pong;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.time.Duration;
import java.util.Optional;

/** Asks other nodes one question at a time; blocks, each time at most for its deadline. */
final class Dialler {

    private final AskTimeouts timeouts;

    private Dialler(AskTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    /** Two of these fit into the ten seconds that a port gives its own answers. */
    static Dialler forDiallingBack() {
        return new Dialler(AskTimeouts.of(Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    /** Waits for a member that dials back itself before it answers. */
    static Dialler forAsking() {
        return new Dialler(AskTimeouts.of(Duration.ofSeconds(2), Duration.ofSeconds(11)));
    }

    /** Returns the answer to {@code request}, or throws {@link NoAnswerException}. */
    Reply ask(Endpoint node, Request request) {
        return BlockingNodeClient.ask(node, request, timeouts);
    }

    /** Returns whether this very registration answers at its address. */
    boolean answersAs(Member member) {
        return whyNot(member.id(), member.incarnation(), member.address()).isEmpty();
    }

    /** Returns why the node could not be met at this address as this incarnation; empty if it was. */
    Optional<String> whyNot(NodeId id, Incarnation incarnation, Endpoint address) {
        try {
            Optional<Pong> pong = ask(address, new Ping()).as(Pong.class);
            if (pong.isEmpty()) {
                return Optional.of("what answers there is no node");
            }
            boolean itself = pong.get().id().equals(id) && pong.get().incarnation().equals(incarnation);
            return itself ? Optional.empty() : Optional.of("node " + pong.get().id() + " incarnation "
                    + pong.get().incarnation().abbreviated() + " answers there instead");
        } catch (NoAnswerException e) {
            return Optional.of(e.getMessage());
        }
    }
}
