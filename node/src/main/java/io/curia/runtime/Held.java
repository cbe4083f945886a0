package io.curia.runtime;

import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.wire.Lifeline;
import io.curia.wire.message.LifelineReply;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A lifeline to one registration. It is opened and closed on the watch's thread; whether it stands is known to
 * everybody.
 */
final class Held {

    private final Member member;
    private volatile Lifeline line;
    private volatile Optional<InetSocketAddress> at = Optional.empty();
    private volatile boolean witness;
    private volatile boolean cut;

    Held(Member member) {
        this.member = member;
    }

    /** Returns to whom those of these lifelines lead that stand, or those that do not, by id. */
    static List<NodeId> ids(Collection<Held> lifelines, boolean standing) {
        return lifelines.stream().filter(line -> line.at().isPresent() == standing).map(Held::id).sorted().toList();
    }

    Member member() {
        return member;
    }

    NodeId id() {
        return member.id();
    }

    boolean isOf(Incarnation incarnation) {
        return member.incarnation().equals(incarnation);
    }

    /** Returns where it stands; empty if it does not. */
    Optional<InetSocketAddress> at() {
        return at;
    }

    /** Returns whether the other end can be asked what it sees of others. */
    boolean isWitness() {
        return at.isPresent() && witness;
    }

    Lifeline line() {
        return line;
    }

    void opening(Lifeline opened) {
        line = opened;
    }

    /** It stands. */
    void opened(LifelineReply reply, InetSocketAddress reached) {
        witness = reply.witness();
        at = Optional.of(reached);
    }

    /** It has ended; returns where it stood, if it did. */
    Optional<InetSocketAddress> ended(boolean wasCut) {
        Optional<InetSocketAddress> stood = at;
        cut = wasCut && stood.isPresent();
        at = Optional.empty();
        return stood;
    }

    /** Returns whether it tells of its member's death: it stands, or it was cut and is about to be looked into. */
    boolean tells() {
        return at.isPresent() || cut;
    }
}
