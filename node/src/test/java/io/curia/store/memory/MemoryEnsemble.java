package io.curia.store.memory;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Endpoint;
import io.curia.model.Grounds;
import io.curia.model.Happening;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.store.ClusterStore.Eviction;
import io.curia.store.NodeSession.Claim;
import io.curia.store.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A coordination service in memory, for tests: one {@link RecordTree} behind a lock, sessions and stores on it, and
 * shorthand for the things that happen to a cluster. Safe for several threads.
 *
 * <pre>
 * MemoryEnsemble ensemble = MemoryEnsemble.cluster("demo");
 * ensemble.join("n1");
 * ensemble.elect("n1");
 * ClusterStore store = ensemble.store();
 * </pre>
 */
public final class MemoryEnsemble {

    private static final Duration GUARD = Duration.ofSeconds(3);

    private final SharedTree tree;
    private final Clock clock;
    private int joined;

    /** Makes a service without the cluster's tree: the first session or {@code init} makes it. */
    public MemoryEnsemble(String cluster, Clock clock) {
        this.tree = new SharedTree(cluster);
        this.clock = clock;
    }

    /** Returns a service with an initialised, empty cluster of this name. */
    public static MemoryEnsemble cluster(String name) {
        return cluster(name, Clock.systemUTC());
    }

    /** Returns a service with an initialised, empty cluster of this name, which reads this clock. */
    public static MemoryEnsemble cluster(String name, Clock clock) {
        MemoryEnsemble ensemble = new MemoryEnsemble(name, clock);
        ensemble.store().init();
        return ensemble;
    }

    /** Returns a new store, with a session of its own for its guests. */
    public MemoryClusterStore store() {
        return new MemoryClusterStore(tree, clock);
    }

    /** Returns a new session for a node, not opened yet. */
    public MemoryNodeSession session(String id) {
        return new MemoryNodeSession(tree, NodeId.of(id), clock);
    }

    /** Makes every call of every store fail as out of reach, until told otherwise. */
    public void reachable(boolean reachable) {
        tree.reachable(reachable);
    }

    /** Admits and registers a candidate in a session of its own and queues it in the latch. */
    public Member join(String id) {
        return join(id, MemberKind.CANDIDATE, Map.of());
    }

    /** Admits and registers a member in a session of its own; a candidate also queues in the latch. */
    public Member join(String id, MemberKind kind, Map<String, String> tags) {
        return tree.change(records -> {
            Instant now = clock.instant();
            NodeId node = NodeId.of(id);
            if (records.roster(node).isEmpty()) {
                records.put(RosterEntry.admitted(node, kind, id, "", now));
            }
            joined++;
            Member member = new Member(node, Incarnation.of(joined, node.value().hashCode()),
                    new Endpoint("127.0.0.1", 8000 + joined), kind, 4000L + joined, "host-" + id, "test", now, tags,
                    Optional.empty());
            long session = records.openSession();
            RosterEntry entry = records.roster(node).orElseThrow();
            Outcome registered = records.register(session, member, entry.registered(member));
            require(records.noting(registered, List.of(Happening.joined(member, entry)), now).isDone(),
                    id + " is registered already");
            if (member.isCandidate()) {
                records.enterLatch(session, node);
            }
            return member;
        });
    }

    /** Makes a joined candidate master, whoever was master before, with the next epoch. */
    public Tenure elect(String id) {
        return tree.change(records -> {
            Member member = records.live(NodeId.of(id)).orElseThrow();
            long session = records.holderOf(member.id()).orElseThrow();
            MasterRecord before = records.master();
            Tenure tenure = new Tenure(before.epoch().next(), member.id(), member.incarnation(), member.address(),
                    member.pid(), records.latch().placeOf(session).orElseThrow(), clock.instant(),
                    before.tenure().map(last -> last.ending().map(Ending::cause).orElse(Cause.SESSION_EXPIRED))
                            .orElse(Cause.FIRST), UUID.randomUUID().toString(), GUARD, Optional.empty());
            Outcome claimed = records.claim(new Claim(tenure, before.version(),
                    records.roster(member.id()).orElseThrow().version(), Grounds.of(records.intents())));
            require(records.noting(claimed, Happening.succession(before, tenure), clock.instant()).isDone(),
                    id + " cannot claim");
            return tenure;
        });
    }

    /** Has the master step aside for the switchover that is pending, and this candidate claim. */
    public void handOver(String to) {
        tree.change(records -> {
            MasterRecord before = records.master();
            Tenure tenure = before.tenure().orElseThrow();
            Versioned<Switchover> wish = records.intents().switchover();
            Instant now = clock.instant();
            Ending ending = new Ending(wish.what().orElseThrow().cause(), true, tenure.id().value(), "", now);
            Outcome aside = records.stepAside(tenure.ended(ending), before.version(),
                    Optional.of(wish.changed(asked -> asked.settled(new Switchover.Outcome(
                            Switchover.End.HANDED_OVER, "stepped aside", tenure.id().value(), now)))));
            require(aside.isDone(), tenure.id() + " cannot step aside");
            records.enterLatch(records.holderOf(tenure.id()).orElseThrow(), tenure.id());
            return aside;
        });
        elect(to);
    }

    /** Ends the session that holds a member's registration, as if its process had frozen or died. */
    public void crash(String id) {
        tree.change(records -> {
            records.endSession(records.holderOf(NodeId.of(id)).orElseThrow());
            return id;
        });
    }

    /** Evicts a node until it is readmitted, live or not, master or not. */
    public void evict(String id, String actor, String reason) {
        tree.change(records -> {
            NodeId node = NodeId.of(id);
            RosterEntry entry = records.roster(node).orElseThrow();
            Optional<Member> live = records.live(node);
            Instant now = clock.instant();
            Ending ending = new Ending(Cause.EVICTED, false, actor, reason, now);
            Optional<MasterRecord> ended = records.master().tenure()
                    .filter(tenure -> tenure.id().equals(node) && tenure.ending().isEmpty())
                    .map(tenure -> new MasterRecord(Optional.of(tenure.ended(ending)), records.master().version()));
            return records.evict(new Eviction(entry.evicted(actor, reason, now, Optional.empty()), live, ended),
                    records.latch().placesOf(node));
        });
    }

    /** Lets an evicted node in again. */
    public void readmit(String id, String actor) {
        tree.change(records -> {
            Instant now = clock.instant();
            RosterEntry entry = records.roster(NodeId.of(id)).orElseThrow().readmitted(actor, "", now);
            return records.noting(records.put(entry), List.of(Happening.standing(entry)), now);
        });
    }

    /** Removes a registration by hand, as a foolish operator would. */
    public void deleteLive(String id) {
        tree.change(records -> records.deleteLive(NodeId.of(id)));
    }

    /** Removes a node's latch place by hand, as a foolish operator would. */
    public void deleteLatch(String id) {
        tree.change(records -> records.latch().placesOf(NodeId.of(id)).stream().map(records::deleteLatch).toList());
    }

    /** Returns what {@code question} answers about the records now. */
    public <T> T read(Function<RecordTree, T> question) {
        return tree.read(question);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
