package io.curia.runtime;

import io.curia.model.Member;
import io.curia.wire.message.WitnessReply;
import io.curia.wire.message.WitnessReply.Seen;
import io.curia.wire.message.WitnessRequest;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at a suspect for another member. Any thread may use it. */
final class Testimony {

    /** How many such looks may be under way: whoever asks makes this node connect. */
    private static final int MAX_AT_ONCE = 16;

    private final Sightings sightings;
    private final AtomicInteger underWay = new AtomicInteger();

    Testimony(Sightings sightings) {
        this.sightings = sightings;
    }

    /** Completes with what this node sees of the suspect, from one look begun now; UNKNOWN if it knows of none. */
    CompletionStage<WitnessReply> about(Optional<Member> suspect, WitnessRequest question,
            Optional<InetSocketAddress> at) {
        if (suspect.isEmpty()) {
            return CompletableFuture.completedStage(reply(question, Seen.UNKNOWN));
        }
        if (underWay.incrementAndGet() > MAX_AT_ONCE) {
            underWay.decrementAndGet();
            return CompletableFuture.completedStage(reply(question, Seen.UNKNOWN));
        }
        return sightings.look(suspect.get(), at).thenApply(finding -> {
            underWay.decrementAndGet();
            return reply(question, Sightings.told(finding));
        });
    }

    private static WitnessReply reply(WitnessRequest question, Seen seen) {
        return new WitnessReply(question.suspect(), question.incarnation(), seen);
    }
}
