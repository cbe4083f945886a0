package io.curia.runtime;

import io.curia.core.Settings;
import io.curia.health.HealthPlan;
import io.curia.model.Endpoint;
import io.curia.model.Member;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import io.curia.zookeeper.ZooKeeperSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything a node is told, validated, immutable.
 *
 * @param id its name
 * @param zooKeeper where the cluster's records are
 * @param bind the address its port listens on; port 0 takes a free one
 * @param advertise the address it tells others; empty: the bound one, or this host's name if bound to all
 * @param seeds members to ask to be let in; empty: find them in ZooKeeper
 * @param makeMasterOnError whether it begins a cluster of its own if none of the seeds answers
 * @param kind candidate or observer
 * @param tags free labels that others see
 * @param priority how much it is preferred among candidates
 * @param health what says whether it is fit to be master; empty: it always is
 * @param dataDirectory where it keeps its lock, its session ticket and the highest epoch seen; empty: nowhere, and
 *     a quick restart then waits for the old session to expire
 * @param joinSecret a secret that joiners must prove to know, and that this node proves when it joins
 * @param guests whether programs that speak only the tutorial's message are let in
 * @param failover whether dead members are found and removed, or left to their sessions
 * @param yieldGrace how long its duties may take to stop before its place is given up regardless
 * @param keeperPort where, on the same host, a process listens for as long as anything runs that must only run while
 *     this node is master, whatever becomes of the node; a death is proven only once that port refuses too
 * @param promotion who is asked before each promotion; empty: nobody
 */
public record NodeConfig(NodeId id, ZooKeeperSettings zooKeeper, Endpoint bind, Optional<Endpoint> advertise,
        List<Endpoint> seeds, boolean makeMasterOnError, MemberKind kind, Map<String, String> tags,
        Priority priority, Optional<HealthPlan> health, Optional<Path> dataDirectory,
        Optional<JoinSecret> joinSecret, boolean guests, Failover failover, Duration yieldGrace,
        Optional<Integer> keeperPort, Optional<PromotionPlan> promotion) {

    /** How long duties may take to stop unless told otherwise. */
    public static final Duration DEFAULT_YIELD_GRACE = Duration.ofSeconds(10);

    public NodeConfig {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(zooKeeper, "zooKeeper");
        Objects.requireNonNull(bind, "bind");
        Objects.requireNonNull(advertise, "advertise");
        seeds = List.copyOf(seeds);
        tags = Member.checkedTags(tags);
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(joinSecret, "joinSecret");
        Objects.requireNonNull(failover, "failover");
        if (kind == MemberKind.GUEST) {
            throw new IllegalArgumentException("kind: GUEST (expected: CANDIDATE or OBSERVER)");
        }
        if (advertise.isPresent() && advertise.get().port() == 0) {
            throw new IllegalArgumentException("advertised port: 0 (expected: 1-65535)");
        }
        if (yieldGrace.isNegative()) {
            throw new IllegalArgumentException("yield grace: " + yieldGrace + " (expected: >= 0)");
        }
    }

    /** A node without a process that outlives it. */
    public NodeConfig(NodeId id, ZooKeeperSettings zooKeeper, Endpoint bind, Optional<Endpoint> advertise,
            List<Endpoint> seeds, boolean makeMasterOnError, MemberKind kind, Map<String, String> tags,
            Priority priority, Optional<HealthPlan> health, Optional<Path> dataDirectory,
            Optional<JoinSecret> joinSecret, boolean guests, Failover failover, Duration yieldGrace) {
        this(id, zooKeeper, bind, advertise, seeds, makeMasterOnError, kind, tags, priority, health, dataDirectory,
                joinSecret, guests, failover, yieldGrace, Optional.empty(), Optional.empty());
    }

    /** Returns the same with a keeper's port, and at least this long for duties to stop. */
    public NodeConfig keptBy(int port, Duration atLeast) {
        return new NodeConfig(id, zooKeeper, bind, advertise, seeds, makeMasterOnError, kind, tags, priority, health,
                dataDirectory, joinSecret, guests, failover,
                yieldGrace.compareTo(atLeast) < 0 ? atLeast : yieldGrace, Optional.of(port), promotion);
    }

    /** Returns the same, with these labels. */
    public NodeConfig tagged(Map<String, String> labels) {
        return new NodeConfig(id, zooKeeper, bind, advertise, seeds, makeMasterOnError, kind, labels, priority, health,
                dataDirectory, joinSecret, guests, failover, yieldGrace, keeperPort, promotion);
    }

    /** Returns the same, with somebody who is asked before each promotion. */
    public NodeConfig promotedBy(PromotionPlan plan) {
        return new NodeConfig(id, zooKeeper, bind, advertise, seeds, makeMasterOnError, kind, tags, priority, health,
                dataDirectory, joinSecret, guests, failover, yieldGrace, keeperPort, Optional.of(plan));
    }

    /** Returns whether it may take over on a master's word: whoever is to be asked first cannot do so at once. */
    boolean isHeir() {
        return kind == MemberKind.CANDIDATE && promotion.isEmpty();
    }

    /** Returns what the decisions of a node depend on that is reached at {@code address} and runs as {@code pid}. */
    Settings settings(Endpoint address, long pid) {
        return new Settings(id, kind, priority, health.isPresent(), address, pid, !seeds.isEmpty(), makeMasterOnError,
                failover == Failover.FAST, yieldGrace, keeperPort, promotion.isPresent());
    }

    /** Returns how such a node registers. */
    Member member(Incarnation incarnation, Endpoint address, long pid, Instant at) {
        return new Member(id, incarnation, address, kind, pid, HostName.here(), Software.version(), at, tags,
                Optional.empty(), priority, keeperPort);
    }
}
