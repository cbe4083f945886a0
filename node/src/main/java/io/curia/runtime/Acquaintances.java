package io.curia.runtime;

import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this node remembers of the registrations that it has met, so that it knows what a refused connection says of
 * one. On the thread of the watch, but for {@link #reachedAt}.
 *
 * <p>An address at which nobody ever was reached may be a wrong one, and a member is not to be removed again and again
 * for that. So what was never reached is suspected once an address, until somebody is reached there; and a master not
 * at all, because being wrong about it costs everybody a change of master.
 */
final class Acquaintances {

    /** A death that was reported is not reported again while the report may still be acted upon. */
    private static final long REPORT_NANOS = Duration.ofSeconds(2).toNanos();
    /** After how long another lifeline is held to one whose last ended: nothing new is to be had of the dead. */
    static final Duration REOPEN = Duration.ofMillis(500);
    private static final int MAX_DOUBTFUL = 256;

    private final String host;
    private final Map<Incarnation, InetSocketAddress> reached = new ConcurrentHashMap<>();
    private final Map<Incarnation, Long> reported = new HashMap<>();
    private final Map<Incarnation, Long> ended = new HashMap<>();
    private final Set<Incarnation> parted = new HashSet<>();
    private final Set<Incarnation> hungUp = new LinkedHashSet<>();
    private final Set<String> doubtful = new LinkedHashSet<>();

    /** @param host what this node's machine is called */
    Acquaintances(String host) {
        this.host = host;
    }

    /** A lifeline to it stands. */
    void reached(Member member, InetSocketAddress at) {
        reached.put(member.incarnation(), at);
        doubtful.remove(contact(member));
    }

    /** Returns where a lifeline to it stood, if one did. Any thread may ask. */
    Optional<InetSocketAddress> reachedAt(Incarnation incarnation) {
        return Optional.ofNullable(reached.get(incarnation));
    }

    /** It said goodbye: it ends, and what its address refuses from now on is no news. */
    void parted(Incarnation incarnation) {
        parted.add(incarnation);
    }

    /** A lifeline to it ended, or none could be had. */
    void ended(Incarnation incarnation, long nowNanos) {
        ended.put(incarnation, nowNanos);
    }

    /** Returns whether no lifeline is to be held to it, now or ever. */
    boolean isLeftAlone(Incarnation incarnation, long nowNanos) {
        Long last = ended.get(incarnation);
        return parted.contains(incarnation) || last != null && nowNanos - last < REOPEN.toNanos();
    }

    /** A lifeline that it held to this node was cut, and this node does not know yet where it is registered. */
    void hungUp(Incarnation incarnation) {
        hungUp.add(incarnation);
        trim(hungUp);
    }

    /** Returns whether it had hung up, and forgets that. */
    boolean forgetHungUp(Incarnation incarnation) {
        return hungUp.remove(incarnation);
    }

    /** It was reported dead. */
    void reported(Incarnation incarnation, long nowNanos) {
        reported.put(incarnation, nowNanos);
    }

    /** Returns whether it was reported dead so short a time ago that the report may still be acted upon. */
    boolean isReported(Incarnation incarnation, long nowNanos) {
        Long last = reported.get(incarnation);
        return last != null && nowNanos - last < REPORT_NANOS;
    }

    /** Returns why a member whose address refuses a lifeline is suspected to be dead; empty if it is not. */
    Optional<Grounds> whenRefused(Member member, boolean master, long nowNanos) {
        if (isReported(member.incarnation(), nowNanos)) {
            return Optional.empty();
        }
        if (reached.containsKey(member.incarnation())) {
            return Optional.of(Grounds.REFUSED_AGAIN);
        }
        if (master || isOfAnotherMachine(member) || !doubtful.add(contact(member))) {
            return Optional.empty();
        }
        trim(doubtful);
        return Optional.of(Grounds.NEVER_SEEN);
    }

    /** What is registered as 127.0.0.1 by another machine is not to be found at this one's. */
    private boolean isOfAnotherMachine(Member member) {
        String address = member.address().host();
        return (address.startsWith("127.") || address.equals("::1") || address.equals("localhost"))
                && !member.host().equals(host);
    }

    /** Forgets whoever is none of these any more. */
    void keepOnly(Collection<Incarnation> known) {
        reached.keySet().retainAll(known);
        reported.keySet().retainAll(known);
        ended.keySet().retainAll(known);
        parted.retainAll(known);
    }

    private static String contact(Member member) {
        Endpoint address = member.address();
        return member.id() + "@" + address;
    }

    private static <T> void trim(Set<T> bounded) {
        while (bounded.size() > MAX_DOUBTFUL) {
            bounded.remove(bounded.iterator().next());
        }
    }
}
