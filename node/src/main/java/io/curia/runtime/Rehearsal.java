package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Moment;
import io.curia.core.NodeCore;
import io.curia.core.Obituary;
import io.curia.core.Settings;
import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Happening;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.NodeSession;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once, soon after the start, through what a standby does when it succeeds and leaves. That happens once in the
 * life of most nodes, and the first time takes several times as long, because classes are loaded and linked on the way.
 *
 * <p>The decisions are made by a core of its own, whose actions nobody performs. The transactions are a claim and a
 * leave that must fail, as their place in the latch does not exist and no record ever has their version; the queue is
 * one that nobody else looks at.
 */
final class Rehearsal {

    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
    /** Late enough not to slow down the start, of this node or of others on the host. */
    private static final long DELAY_MILLIS = 4_000;
    private static final String PLACE = "/no-such-place";
    private static final int NO_VERSION = Integer.MAX_VALUE;

    private final Settings settings;
    private final NodeParts parts;
    private final NodeSession session;
    private final Clock clock;
    private final Incarnation self = Incarnation.of(0, 1);
    private final NodeCore core;
    private final Journal journal;
    private final RosterEntry entry;

    private Rehearsal(Settings settings, NodeParts parts, NodeSession session, Clock clock) {
        this.settings = settings;
        this.parts = parts;
        this.session = session;
        this.clock = clock;
        Supplier<Incarnation> always = () -> self;
        this.core = new NodeCore(settings, always, now());
        this.journal = new Journal(clock.instant());
        this.entry = RosterEntry.admitted(settings.self(), MemberKind.CANDIDATE, "rehearsal", "", clock.instant());
    }

    /** Has it done by the thread for chores, for a candidate; returns at once. */
    static void soon(NodeParts parts, NodeConfig config, long pid, NodeSession session, Clock clock) {
        if (config.kind() != MemberKind.CANDIDATE) {
            return;
        }
        Settings settings = new Settings(config.id(), MemberKind.CANDIDATE, parts.address(), pid, false, false,
                true, Duration.ZERO);
        try {
            parts.chores().schedule(() -> new Rehearsal(settings, parts, session, clock).run(), DELAY_MILLIS,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("{}: ending already, nothing to rehearse", config.id(), e);
        }
    }

    private void run() {
        step(new Event.EpochSeen(Epoch.NONE));
        MasterRecord other = new MasterRecord(Optional.of(tenureOfAnother()), 1);
        see(other, Optional.empty(), false, true);
        see(other, Optional.of(self), false, true);
        see(other, Optional.of(self), false, true);
        MasterRecord vacant = new MasterRecord(other.tenure().map(this::ended), 2);
        Optional<Tenure> claimed = see(vacant, Optional.of(self), true, false).stream()
                .filter(Action.Claim.class::isInstance).map(action -> ((Action.Claim) action).tenure()).findFirst();
        if (claimed.isEmpty()) {
            log.warn("{}: the rehearsal went another way than a succession does", settings.self());
            return;
        }
        Tenure tenure = claimed.get();
        step(new Event.Claimed(tenure.claimId(), 3, System.nanoTime()));
        see(new MasterRecord(Optional.of(tenure), 3), Optional.of(self), true, true);
        step(new Event.Renewed(tenure.claimId(), System.nanoTime()));
        step(new Event.StopRequested("rehearsal"));
        step(new Event.DutiesStopped(tenure.epoch()));
        step(new Event.Completed(ActionKind.LEAVE, Event.Result.DONE, ""));
        session.claim(tenure, NO_VERSION, NO_VERSION, Happening.succession(other, tenure))
                .thenAccept(outcome -> log.debug("{}: rehearsed: {}", settings.self(), outcome));
        session.leave(new NodeSession.Leaving(entry.withVersion(NO_VERSION), Optional.of(PLACE),
                        Optional.of(new NodeSession.EndedTenure(ended(tenure), NO_VERSION)),
                        Happening.ending(ended(tenure), true)))
                .thenAccept(outcome -> log.debug("{}: rehearsed: {}", settings.self(), outcome));
        buryNobody();
        parts.zooKeeper().rehearse(settings.self());
    }

    /** Looks at an address where it finds itself alive, and removes a member that was never there. */
    private void buryNobody() {
        Member nobody = new Member(NodeId.of("another"), Incarnation.of(0, 2), settings.address(),
                MemberKind.CANDIDATE, 0, "", "", clock.instant(), Map.of(), Optional.empty());
        Endpoint here = parts.server().address();
        new Sightings(parts.server().probe()).look(nobody, new InetSocketAddress(here.host(), here.port()))
                .thenAccept(finding -> log.debug("{}: rehearsed: {}", settings.self(), finding));
        step(new Event.DeathVerified(new Obituary(nobody.id(), nobody.incarnation(), true, "", clock.instant())));
        session.remove(List.of(new NodeSession.Removal(nobody.id(), nobody.incarnation(), true, "", clock.instant())))
                .thenAccept(outcome -> log.debug("{}: rehearsed: {}", settings.self(), outcome));
    }

    private List<Action> see(MasterRecord master, Optional<Incarnation> live, boolean leading, boolean holderLive) {
        return step(new Event.Observed(new Observation(true, 1, Duration.ofSeconds(10), Optional.of(entry),
                live.map(found -> new Observation.Registration(found, true)),
                live.map(found -> new Observation.LatchPlace(PLACE, leading, leading)), master, holderLive)));
    }

    private List<Action> step(Event event) {
        Moment now = now();
        List<Action> actions = core.step(event, now);
        journal.heard(event, now);
        actions.forEach(action -> journal.did(action, now));
        return actions;
    }

    private Moment now() {
        return new Moment(System.nanoTime(), clock.instant());
    }

    private Tenure tenureOfAnother() {
        Instant now = clock.instant();
        return new Tenure(Epoch.NONE.next(), NodeId.of("another"), Incarnation.of(0, 2), settings.address(),
                settings.pid(), PLACE, now, Cause.FIRST, "rehearsal", Duration.ofSeconds(5), Optional.empty());
    }

    private Tenure ended(Tenure tenure) {
        return tenure.ended(new Ending(Cause.LEFT, true, "another", "", clock.instant()));
    }
}
