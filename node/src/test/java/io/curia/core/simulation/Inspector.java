package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Guard;
import io.curia.model.Incarnation;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.store.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows what must be true after every step, from a view of everything that no node has. */
final class Inspector {

    private static final int MOST_ACTIONS_A_STEP = 12;
    private static final int MOST_ACTIONS_A_SECOND = 120;
    private static final long WATCH_NANOS = Climate.SECOND / 4;
    private static final Map<Role, Set<Role>> TRANSITIONS = transitions();

    private final World world;
    private final EpochLedger ledger;
    private final Set<Incarnation> registered = new HashSet<>();
    private final List<Finished> finished = new ArrayList<>();
    private final long[] secondOf = new long[16];
    private final int[] actionsInSecond = new int[16];
    private final long[] orphanSince = new long[16];
    private final long[] barredSince = new long[16];
    private final long[] asideSince = new long[16];

    /** A session that must be gone by then, because its node is done. */
    private record Finished(long session, long goneBy) {
    }

    Inspector(World world) {
        this.world = world;
        this.ledger = new EpochLedger(world);
        world.agenda.after(WATCH_NANOS, this::watch);
    }

    private static Map<Role, Set<Role>> transitions() {
        Map<Role, Set<Role>> allowed = new EnumMap<>(Role.class);
        allowed.put(Role.DETACHED, EnumSet.of(Role.JOINING, Role.STOPPED));
        allowed.put(Role.JOINING, EnumSet.of(Role.STANDBY, Role.EVICTED, Role.STOPPED));
        allowed.put(Role.STANDBY, EnumSet.of(Role.ELECTED, Role.JOINING, Role.LEAVING, Role.EVICTED));
        allowed.put(Role.ELECTED,
                EnumSet.of(Role.STANDBY, Role.MASTER, Role.JOINING, Role.LEAVING, Role.EVICTED));
        allowed.put(Role.MASTER, EnumSet.of(Role.YIELDING));
        allowed.put(Role.YIELDING, EnumSet.of(Role.STANDBY, Role.LEAVING));
        allowed.put(Role.LEAVING, EnumSet.of(Role.STOPPED));
        allowed.put(Role.EVICTED, EnumSet.of(Role.STOPPED));
        allowed.put(Role.STOPPED, EnumSet.noneOf(Role.class));
        return allowed;
    }

    void require(boolean condition, String what) {
        if (!condition) {
            throw new Violation(what);
        }
    }

    /** The records changed: what operators asked for, or the master's, may be as it must not be. */
    void onRecords() {
        world.steward.onRecords();
        ledger.onRecords();
    }

    void onRegistration(NodeProcess process, Incarnation incarnation, boolean barred, Outcome outcome) {
        if (outcome.isDone()) {
            require(!barred, process.host.id + " is evicted and registered");
            require(registered.add(incarnation), process.host.id + " registered twice as " + incarnation);
            RosterEntry entry = world.tree.roster(process.host.id).orElseThrow();
            require(entry.incarnation().equals(Optional.of(incarnation)), "registration not noted in the roster");
        }
    }

    void onStep(NodeProcess process, List<Action> actions) {
        require(actions.size() <= MOST_ACTIONS_A_STEP, actions.size() + " actions in one step");
        int host = process.host.number;
        long second = world.now() / Climate.SECOND;
        if (secondOf[host] != second) {
            secondOf[host] = second;
            actionsInSecond[host] = 0;
        }
        actionsInSecond[host] += actions.size();
        require(actionsInSecond[host] <= MOST_ACTIONS_A_SECOND, "action storm at " + process.host.id);
    }

    void onRole(NodeProcess process, Action.RoleChanged change) {
        require(change.to() == Role.STOPPED || TRANSITIONS.get(change.from()).contains(change.to()),
                process.host.id + " went from " + change.from() + " to " + change.to());
        boolean registered = world.tree.holderOf(process.host.id).filter(s -> s == process.session.id()).isPresent();
        require(change.to() != Role.JOINING || change.from() == Role.DETACHED || !registered,
                process.host.id + " took its standing registration for gone");
        boolean masterly = change.to() == Role.MASTER || change.to() == Role.YIELDING;
        require(masterly || !process.isValidMaster(), process.host.id + " is valid as " + change.to());
    }

    /** What the application was not asked about, or has refused, is not claimed; and not twice on one word. */
    void onClaimSent(NodeProcess process, String claimId) {
        ledger.onClaimSent(process, claimId);
        require(!process.host.asked || process.permitted, process.host.id + " claims without permission");
    }

    void onMandate(NodeProcess process, Mandate mandate) {
        require(ledger.isOf(mandate.epoch, mandate.claimId),
                process.host.id + " is master of epoch " + mandate.epoch + ", which it did not claim");
        onValidity(process, mandate);
        for (Host host : world.hosts) {
            host.running().filter(other -> other != process).flatMap(other -> other.mandate).ifPresent(other ->
                    require(!other.dutiesRunning || other.slow || other.disturbed,
                            "duties run at " + host.id + " and " + process.host.id));
        }
    }

    void onValidity(NodeProcess process, Mandate mandate) {
        Long sent = process.confirmedSends.get(mandate.claimId);
        long guard = Guard.lengthFor(world.climate.sessionTimeout()).toNanos();
        require(sent != null && mandate.validUntilLocalNanos - sent <= guard,
                process.host.id + " is valid past its guard");
        if (process.isValidMaster()) {
            for (Host host : world.hosts) {
                require(host == process.host || host.process.filter(NodeProcess::isValidMaster).isEmpty(),
                        "two valid masters: " + host.id + " and " + process.host.id);
            }
        }
    }

    /** A fenced write under this mandate was committed. */
    void onFencedWrite(Mandate mandate) {
        require(world.tree.master().epoch().equals(mandate.epoch),
                "a write of epoch " + mandate.epoch + " was committed in epoch " + world.tree.master().epoch());
        require(world.tree.master().tenure().orElseThrow().ending().isEmpty(), "a write after its tenure ended");
    }

    void onFinish(NodeProcess process) {
        require(!process.isValidMaster(), process.host.id + " is done and still valid");
        // It ends as soon as the server hears of it, or expires.
        finished.add(new Finished(process.session.id(),
                world.now() + world.climate.sessionTimeoutNanos() + 5 * Climate.SECOND));
    }

    /** From time to time: what must have become true within a bound. */
    private void watch() {
        world.agenda.after(WATCH_NANOS, this::watch);
        finished.removeIf(done -> {
            boolean due = world.now() > done.goneBy();
            require(!due || !world.tree.hasSession(done.session()), "a node is done and its session goes on");
            return due;
        });
        for (Host host : world.hosts) {
            boolean well = host.linkUp && host.running().filter(NodeProcess::isConnected).isPresent();
            if (!well) {
                host.wellSince = world.now();
            }
            barredSince[host.number] = since(barredSince[host.number], isBarred(host));
            asideSince[host.number] = since(asideSince[host.number], isAside(host));
            orphanSince[host.number] = since(orphanSince[host.number], isOrphan(host));
            // A withdrawal that is lost right before all calms down is known to be a straggle later, and then repeated.
            world.steward.watch(host, well, 4 * Climate.SECOND + 8 * world.climate.straggleNanos());
            if (well) {
                watch(host, host.process.orElseThrow());
            }
        }
    }

    private void watch(Host host, NodeProcess process) {
        long noticed = 2 * Climate.SECOND + 8 * world.climate.straggleNanos();
        long given = Climate.SECOND * 3 + world.climate.yieldGraceNanos();
        long barred = world.now() - Math.max(barredSince[host.number], host.wellSince);
        if (barredSince[host.number] > 0 && barred > noticed + given) {
            // By now it must have exited; what it held went with its session.
            require(false, host.id + " is evicted and still there");
        }
        if (barredSince[host.number] > 0 && barred > noticed) {
            require(!process.isValidMaster(), host.id + " is evicted and valid");
        }
        long aside = world.now() - Math.max(asideSince[host.number], host.wellSince);
        if (asideSince[host.number] > 0 && aside > noticed + given) {
            require(!process.isValidMaster(), host.id + " is drained or sick, and valid");
            require(world.tree.latch().placeOf(process.session.id()).isEmpty(),
                    host.id + " is drained or sick, and queues");
        }
        if (orphanSince[host.number] > 0
                && world.now() - Math.max(orphanSince[host.number], host.wellSince) > noticed) {
            require(!process.isValidMaster(), host.id + " is valid and has lost its place");
        }
    }

    private long since(long before, boolean now) {
        return now ? before > 0 ? before : world.now() : 0;
    }

    /** This host's node is to be a candidate again, or none from now on. */
    void onAside(Host host) {
        asideSince[host.number] = 0;
    }

    /** Whether this host's node is to be no candidate. */
    boolean isAside(Host host) {
        return host.sick
                || world.tree.roster(host.id).filter(entry -> entry.notes().drain().isPresent()).isPresent();
    }

    boolean isBarred(Host host) {
        return world.tree.roster(host.id).filter(entry -> entry.bars(host.wall(world.now()))).isPresent();
    }

    /** Whether what this host's mandate stands on is gone: registration, latch place, or the record. */
    private boolean isOrphan(Host host) {
        Optional<NodeProcess> valid = host.process.filter(NodeProcess::isValidMaster);
        return valid.isPresent() && (world.tree.live(host.id).isEmpty()
                || world.tree.latch().placeOf(valid.get().session.id()).isEmpty()
                || world.tree.master().version() != valid.get().mandate.orElseThrow().masterVersion);
    }
}
