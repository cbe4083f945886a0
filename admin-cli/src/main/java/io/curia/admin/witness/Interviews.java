package io.curia.admin.witness;

import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.MasterReply;
import io.curia.wire.message.MasterRequest;
import io.curia.wire.message.Reply;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks nodes what they believe of themselves and of the cluster, many at a time. */
public final class Interviews {

    private final NodeLine.Dialler dialler;
    private final Duration patience;

    /** @param patience how long one connection, and how long one answer, is waited for */
    public Interviews(NodeLine.Dialler dialler, Duration patience) {
        this.dialler = dialler;
        this.patience = patience;
    }

    /** Returns the testimony of everybody in {@code nodes}, in that order. */
    public Map<NodeId, Testimony> of(Map<NodeId, Endpoint> nodes) throws InterruptedException {
        Map<NodeId, Abreast.Question<Testimony>> questions = new LinkedHashMap<>();
        nodes.forEach((id, address) -> questions.put(id, () -> interview(address)));
        // Looking up a host name is the one thing that nobody bounds: whoever is not back by then is not reached.
        return Abreast.ask(questions, patience.multipliedBy(4), id -> Testimony.none(nodes.get(id), Sight.UNREACHABLE,
                patience.multipliedBy(4), "no connection in time"));
    }

    /** Returns what the node at {@code address} says. Never fails: to say nothing says something, too. */
    Testimony interview(Endpoint address) {
        long start = System.nanoTime();
        NodeLine line;
        try {
            line = dialler.dial(address, patience);
        } catch (NoAnswerException e) {
            return Testimony.none(address, Sight.ofDialling(e.kind()), since(start), e.getMessage());
        }
        try (line) {
            Reply status = line.ask(new StatusRequest(), patience);
            Optional<StatusReply> itself = status.as(StatusReply.class);
            if (itself.isEmpty()) {
                return Testimony.none(address, Sight.HUNG_UP, since(start), address + ": did not say who it is: "
                        + status);
            }
            Optional<MasterReply> master = line.ask(new MasterRequest(), patience).as(MasterReply.class);
            return new Testimony(address, Sight.ANSWERED, itself, master, since(start), "");
        } catch (NoAnswerException e) {
            return Testimony.none(address, Sight.ofAsking(e.kind()), since(start), e.getMessage());
        }
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
