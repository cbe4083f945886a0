package io.curia.runtime;

import io.curia.core.Event;
import io.curia.core.Finding;
import io.curia.core.Fitness;
import io.curia.core.Verification;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.WitnessReply;
import io.curia.wire.message.WitnessRequest;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An inquest into a member that was never there, with a report that nobody hears of. It looks, asks and judges as the
 * node itself would.
 */
final class InquestRehearsal implements Inquest.Surroundings {

    private static final Logger log = LoggerFactory.getLogger(InquestRehearsal.class);
    private static final NodeId WITNESS = NodeId.of("witness");
    private static final long LONG_AGO_NANOS = TimeUnit.HOURS.toNanos(1);

    private final NodeParts parts;
    private final Inquest.Surroundings real;
    private final Member nobody;
    private final Testimony testimony;
    private final Inquest inquest;
    private boolean lingering;

    InquestRehearsal(NodeParts parts, NodeId self, Member nobody, Inquest.Surroundings real, Clock clock) {
        this.parts = parts;
        this.real = real;
        this.nobody = nobody;
        this.testimony = new Testimony(new Sightings(parts.server().probe()));
        this.inquest = new Inquest(self + " (rehearsing)", this, new Accusations(self),
                new WatchThread(self.value(), parts.watch()), System::nanoTime, clock);
    }

    /**
     * Has it held on the watch's thread; returns at once.
     *
     * @param doubtful whether the first look is said to have found the port still open, and others are asked
     */
    void begin(InetSocketAddress at, boolean doubtful) {
        Grounds grounds = doubtful ? Grounds.RESET : Grounds.CLOSED;
        WitnessRequest question = new WitnessRequest(nobody.id(), nobody.incarnation());
        testimony.about(Optional.of(nobody), question, Optional.of(at)).thenAccept(reply -> {
            MessageCodec.decodeFromClient(MessageCodec.encode(question));
            MessageCodec.decodeFromServer(MessageCodec.encode(reply));
        });
        try {
            parts.watch().execute(() -> {
                lingering = doubtful;
                inquest.into(nobody, Optional.of(at), 0, grounds, Optional.empty());
                inquest.told(WITNESS, nobody.incarnation(), Sightings.heard(WitnessReply.Seen.REFUSED));
            });
        } catch (RejectedExecutionException e) {
            log.debug("{}: ending already, nothing to rehearse", nobody.id(), e);
        }
    }

    @Override
    public CompletionStage<Finding> look(Member suspect, Optional<InetSocketAddress> at) {
        boolean first = lingering;
        lingering = false;
        return real.look(suspect, at).thenApply(found -> first ? Finding.HUNG_UP : found);
    }

    @Override
    public boolean isWorthAGlance(Member suspect) {
        return real.isWorthAGlance(suspect);
    }

    @Override
    public Set<NodeId> askWitnesses(Member suspect) {
        // Whoever is asked knows of no such member, and what it says is heard by nobody.
        log.debug("{}: rehearsed: asked {}", nobody.id(), real.askWitnesses(suspect));
        return Set.of(WITNESS);
    }

    /** Unfit or not: a node that does not accuse says so, which would be a lie here. */
    @Override
    public Fitness fitness(int othersInDoubt) {
        long now = System.nanoTime();
        Verification begun = Verification.begun(true, now);
        log.debug("{}: rehearsed: {}", nobody.id(), real.fitness(othersInDoubt).objection(begun, now));
        return new Fitness(true, true, true, now - LONG_AGO_NANOS, 0);
    }

    @Override
    public boolean isRemoved(Member suspect) {
        return real.isRemoved(suspect);
    }

    @Override
    public void post(Event.DeathVerified found) {
        log.debug("{}: rehearsed: {}", nobody.id(), found);
    }
}
