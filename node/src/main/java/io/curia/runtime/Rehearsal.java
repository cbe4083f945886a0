package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Obituary;
import io.curia.core.Settings;
import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.model.YieldedTenure;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Yielded;
import io.curia.zookeeper.SuccessionRehearsal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes, soon after the start and many times, through what a standby does when it succeeds and leaves. That happens once
 * in the life of most nodes, and the first time takes several times as long as the hundredth: classes are loaded and
 * linked on the way, and the JVM compiles only what has run often. Only those rehearse who are about to succeed, the
 * first few of the queue; whoever is not waits until it is. While many join, it waits for a {@link Lull}.
 *
 * <p>The decisions are made and done by an {@link Understudy}; the transactions are those of a succession on a stage of
 * the node's own. The rounds are spaced, and the more so the more rehearse, so that all nodes together are no burden to
 * the ensemble.
 */
final class Rehearsal {

    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
    /** Late enough not to slow down the start, of this node or of others on the host. */
    private static final long DELAY_MILLIS = 4_000;
    /** Measured: from one round to thirty, SIGTERM to the next master took a third less; beyond, little more. */
    private static final int ROUNDS = 30;
    /** What costs others nothing is done more often: the JVM compiles what has run two hundred times. */
    private static final int DECISIONS = 7;
    private static final long MIN_SPACING_MILLIS = 50;
    /** So that a cluster rehearses some hundred times a second at most, however many of its nodes start at once. */
    private static final long SPACING_MILLIS_PER_REHEARSING = 10;
    /** Whoever has more candidates before it than this does not rehearse. */
    private static final int MOST_BEFORE = 8;
    private static final long ASK_AGAIN_MILLIS = 10_000;
    private static final String PLACE = "/no-such-place";
    private static final String PLACE_BEFORE = "/no-such-place-either";

    private final Settings settings;
    private final NodeParts parts;
    private final Clock clock;
    private final Understudy understudy;
    private final RosterEntry entry;
    private final Roll roll;
    private final Optional<DeathWatch> watch;
    private final Member nobody;
    private final SuccessionRehearsal stage;
    private final Lull lull;
    private boolean begun;
    private InetSocketAddress deserted;
    private int round;

    private Rehearsal(NodeConfig config, Settings settings, NodeParts parts, Roll roll, Optional<DeathWatch> watch,
            Clock clock) {
        this.settings = settings;
        this.understudy = new Understudy(config, settings, clock);
        this.parts = parts;
        this.clock = clock;
        this.roll = roll;
        this.watch = watch;
        this.nobody = new Member(NodeId.of("another"), Incarnation.of(0, 2), settings.address(), MemberKind.CANDIDATE,
                0, "", "", clock.instant(), Map.of(), Optional.empty());
        this.stage = parts.zooKeeper().rehearsal(settings.self(), nobody);
        this.lull = new Lull(parts.zooKeeper().store());
        this.entry = RosterEntry.admitted(settings.self(), MemberKind.CANDIDATE, "rehearsal", "", clock.instant());
    }

    /**
     * Has it done by the thread for chores; returns at once.
     *
     * @param roll who there is; rehearsed is once it is known how many candidates come before this one
     * @param watch what it does about the deaths of others; empty if nothing
     */
    static void soon(NodeParts parts, NodeConfig config, long pid, Roll roll, Optional<DeathWatch> watch,
            Clock clock) {
        if (config.kind() != MemberKind.CANDIDATE) {
            return;
        }
        Settings settings = new Settings(config.id(), MemberKind.CANDIDATE, config.priority(), false,
                parts.address(), pid, false, false, true, Duration.ZERO);
        new Rehearsal(config, settings, parts, roll, watch, clock).next(DELAY_MILLIS - Lull.PAUSE.toMillis());
    }

    private void next(long delayMillis) {
        try {
            parts.chores().schedule(this::goThrough, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("{}: ending already, nothing more to rehearse", settings.self(), e);
        }
    }

    private void goThrough() {
        OptionalInt others = roll.before();
        if (others.isEmpty() || others.getAsInt() > MOST_BEFORE) {
            next(ASK_AGAIN_MILLIS);
            return;
        }
        begun = begun || lull.hasCome();
        if (!begun) {
            next(Lull.PAUSE.toMillis());
            return;
        }
        boolean more = false;
        try {
            if (deserted == null) {
                deserted = deserted();
            }
            more = run() && ++round < ROUNDS;
        } catch (RuntimeException e) {
            // Nothing depends on it: the node goes on, and its first succession is slower.
            log.warn("{}: a rehearsal failed", settings.self(), e);
        }
        if (more) {
            next(Math.max(MIN_SPACING_MILLIS, SPACING_MILLIS_PER_REHEARSING * (others.getAsInt() + 1)));
        } else {
            stage.close();
            log.debug("{}: rehearsed {} times", settings.self(), round);
        }
    }

    /** Returns whether to go on. */
    private boolean run() {
        for (int time = 1; time < DECISIONS; time++) {
            afterDeparture();
            afterDeath();
            hearOfDeath(false);
        }
        Optional<Tenure> first = afterDeparture();
        Optional<Tenure> second = afterDeath();
        if (first.isEmpty() || second.isEmpty()) {
            log.warn("{}: the rehearsal went another way than a succession does", settings.self());
            return false;
        }
        // Others are to be asked no more often than the servers are.
        hearOfDeath(true);
        return stage.round(ended(tenureOfAnother()), second.get());
    }

    /** It hears, in both ways, that a lifeline ended, and looks into the death of whoever was at its other end. */
    private void hearOfDeath(boolean doubtful) {
        watch.ifPresent(real -> {
            real.rehearse(nobody);
            new InquestRehearsal(parts, settings.self(), nobody, real, clock).begin(deserted, doubtful);
        });
    }

    /** Another says that it leaves, and this node takes over, reigns, says the same, and leaves; returns its claim. */
    private Optional<Tenure> afterDeparture() {
        Tenure others = standBy();
        YieldedTenure word = new YieldedTenure(others.epoch(), others.claimId(), Cause.LEFT, "", Optional.empty());
        Yielded heard = (Yielded) MessageCodec.decodeFromServer(MessageCodec.encode(new Yielded(word)));
        Optional<Tenure> claimed = claimed(step(new Event.TenureYielded(nobody.incarnation(), heard.tenure())));
        claimed.ifPresent(tenure -> {
            reign(tenure);
            step(new Event.Renewed(tenure.claimId(), System.nanoTime()));
            step(new Event.StopRequested("rehearsal"));
            step(new Event.DutiesStopped(tenure.epoch()));
            step(new Event.NobodyHeard(tenure.epoch()));
            step(new Event.Completed(ActionKind.LEAVE, Event.Result.DONE, ""));
        });
        return claimed;
    }

    /** Another, who was never there, dies, and this node takes over and removes it; returns its claim. */
    private Optional<Tenure> afterDeath() {
        standBy();
        Optional<Tenure> claimed = claimed(step(new Event.DeathVerified(new Obituary(nobody.id(),
                nobody.incarnation(), true, true, "", System.nanoTime(), clock.instant()))));
        claimed.ifPresent(tenure -> {
            reign(tenure);
            step(new Event.Completed(ActionKind.REMOVE, Event.Result.DONE, ""));
        });
        return claimed;
    }

    private static Optional<Tenure> claimed(List<Action> actions) {
        return actions.stream().filter(Action.Claim.class::isInstance).map(action -> (Action.Claim) action)
                .filter(claim -> claim.takeover().isPresent() && !Claiming.told(claim).isEmpty())
                .map(Action.Claim::tenure).findFirst();
    }

    /** The claim of {@code tenure} is committed, and this node leads. */
    private void reign(Tenure tenure) {
        step(new Event.Claimed(tenure.claimId(), 2, System.nanoTime()));
        see(new MasterRecord(Optional.of(tenure), 2), Optional.of(Understudy.SELF), true, true);
    }

    /** Begins anew, as a standby right behind another, whose tenure this returns. */
    private Tenure standBy() {
        understudy.begin();
        step(new Event.EpochSeen(Epoch.NONE));
        MasterRecord other = new MasterRecord(Optional.of(tenureOfAnother()), 1);
        see(other, Optional.empty(), false, true);
        see(other, Optional.of(Understudy.SELF), false, true);
        see(other, Optional.of(Understudy.SELF), false, true);
        return other.tenure().orElseThrow();
    }

    /** Returns an address of this host that refuses: its port was free a moment ago. */
    private static InetSocketAddress deserted() {
        try (ServerSocket given = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(given.getInetAddress(), given.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a rehearsal", e);
        }
    }

    private List<Action> see(MasterRecord master, Optional<Incarnation> live, boolean leading, boolean holderLive) {
        return step(new Event.Observed(new Observation(true, 1, Duration.ofSeconds(10), Optional.of(entry),
                live.map(found -> new Observation.Registration(found, true)),
                live.map(found -> new Observation.LatchPlace(PLACE, leading, leading ? 0 : 1,
                        leading ? Optional.empty() : Optional.of(PLACE_BEFORE))), master, holderLive,
                Intents.NONE)));
    }

    private List<Action> step(Event event) {
        return understudy.step(event);
    }

    private Tenure tenureOfAnother() {
        Instant now = clock.instant();
        return new Tenure(Epoch.NONE.next(), nobody.id(), nobody.incarnation(), settings.address(),
                settings.pid(), PLACE_BEFORE, now, Cause.FIRST, "rehearsal", Duration.ofSeconds(5), Optional.empty());
    }

    private Tenure ended(Tenure tenure) {
        return tenure.ended(new Ending(Cause.LEFT, true, "another", "", clock.instant()));
    }
}
