package io.curia.runtime;

import io.curia.health.HealthCheck;
import io.curia.health.HealthPlan;
import io.curia.health.HealthSettings;
import io.curia.model.Endpoint;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import io.curia.zookeeper.ZooKeeperSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Collects what a {@link ClusterNode} is told. Each method replaces what was said before, unless it says it adds. */
public final class ClusterNodeBuilder {

    private final String id;
    private final List<NodeListener> listeners = new ArrayList<>();
    private final Map<String, String> tags = new TreeMap<>();
    private ZooKeeperSettings zooKeeper = ZooKeeperSettings.of(ZooKeeperSettings.DEFAULT_CONNECT,
            ZooKeeperSettings.DEFAULT_CLUSTER);
    private Endpoint bind = new Endpoint("127.0.0.1", 0);
    private Optional<Endpoint> advertise = Optional.empty();
    private List<Endpoint> seeds = List.of();
    private boolean makeMasterOnError;
    private MemberKind kind = MemberKind.CANDIDATE;
    private Priority priority = Priority.DEFAULT;
    private Optional<HealthPlan> health = Optional.empty();
    private Optional<PromotionPlan> promotion = Optional.empty();
    private Optional<Path> dataDirectory = Optional.empty();
    private Optional<JoinSecret> joinSecret = Optional.empty();
    private Optional<Boolean> guests = Optional.empty();
    private Failover failover = Failover.FAST;
    private Duration yieldGrace = NodeConfig.DEFAULT_YIELD_GRACE;

    ClusterNodeBuilder(String id) {
        this.id = Objects.requireNonNull(id, "id");
    }

    /** Where ZooKeeper is, as a connect string; default {@code 127.0.0.1:2181}. */
    public ClusterNodeBuilder zooKeeper(String connect) {
        zooKeeper = zooKeeper.withConnect(connect);
        return this;
    }

    /** Everything about ZooKeeper and the cluster at once. */
    public ClusterNodeBuilder zooKeeper(ZooKeeperSettings settings) {
        zooKeeper = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** The cluster's name; default {@code curia}. */
    public ClusterNodeBuilder cluster(String name) {
        zooKeeper = zooKeeper.withCluster(name);
        return this;
    }

    /** The ZooKeeper session timeout to ask for; default 10 s. Failures that leave no evidence take this long. */
    public ClusterNodeBuilder sessionTimeout(Duration timeout) {
        zooKeeper = zooKeeper.withSessionTimeout(timeout);
        return this;
    }

    /** The address to listen on, {@code HOST:PORT}; port 0, the default, takes a free one on the loopback. */
    public ClusterNodeBuilder bind(String address) {
        bind = Endpoint.parse(address);
        return this;
    }

    /** The address to tell others, {@code HOST:PORT}, if it is not the one listened on. */
    public ClusterNodeBuilder advertise(String address) {
        advertise = Optional.of(Endpoint.parse(address));
        return this;
    }

    /** Adds a member to ask to be let in; without any, members are found in ZooKeeper. */
    public ClusterNodeBuilder join(String address) {
        List<Endpoint> more = new ArrayList<>(seeds);
        more.add(Endpoint.parse(address));
        seeds = more;
        return this;
    }

    /** Begin a cluster of one's own if none of the members asked answers. */
    public ClusterNodeBuilder makeMasterOnError() {
        makeMasterOnError = true;
        return this;
    }

    /** Never stand for election. */
    public ClusterNodeBuilder observer() {
        kind = MemberKind.OBSERVER;
        return this;
    }

    /** How much this node is preferred among candidates, 1 to 1000; default 100. Nobody steps down for it. */
    public ClusterNodeBuilder priority(int value) {
        priority = new Priority(value, false);
        return this;
    }

    /** Like {@link #priority(int)}; a master of lower priority steps down for it once it has queued for 10 s. */
    public ClusterNodeBuilder preemptingPriority(int value) {
        priority = new Priority(value, true);
        return this;
    }

    /**
     * Stand for election only while {@code check} finds this program fit, and give up mastership in order when it does
     * not. Before the first check it is not.
     */
    public ClusterNodeBuilder health(HealthCheck check, HealthSettings settings) {
        health = Optional.of(new HealthPlan(check, settings));
        return this;
    }

    /** Like {@link #health(HealthCheck, HealthSettings)}, every two seconds. */
    public ClusterNodeBuilder health(HealthCheck check) {
        return health(check, HealthSettings.DEFAULT);
    }

    /**
     * Ask {@code check} before each promotion, and be no candidate for a while if it says no or does not answer in
     * time. Nobody is master while it is asked.
     */
    public ClusterNodeBuilder promotionCheck(PromotionCheck check, Duration timeout) {
        promotion = Optional.of(new PromotionPlan(check, timeout));
        return this;
    }

    /** Adds a label that others see. */
    public ClusterNodeBuilder tag(String key, String value) {
        tags.put(key, value);
        return this;
    }

    /** Where to keep the lock, the session ticket and the highest epoch; without it a quick restart is slower. */
    public ClusterNodeBuilder dataDirectory(Path directory) {
        dataDirectory = Optional.of(directory);
        return this;
    }

    /** The secret that members share. Guests cannot know it, so they are let in only if {@link #guests} says so. */
    public ClusterNodeBuilder joinSecret(JoinSecret secret) {
        joinSecret = Optional.of(secret);
        return this;
    }

    /** Whether programs that speak only the tutorial's message are let in; default: if there is no join secret. */
    public ClusterNodeBuilder guests(boolean allowed) {
        guests = Optional.of(allowed);
        return this;
    }

    /** Whether dead members are found and removed within milliseconds, the default, or left to their sessions. */
    public ClusterNodeBuilder failover(Failover how) {
        failover = Objects.requireNonNull(how, "how");
        return this;
    }

    /** How long duties may take to stop before the place is given up regardless; default 10 s. */
    public ClusterNodeBuilder yieldGrace(Duration grace) {
        yieldGrace = Objects.requireNonNull(grace, "grace");
        return this;
    }

    /** Adds a listener. */
    public ClusterNodeBuilder listener(NodeListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Returns the node, or throws {@link IllegalArgumentException} naming what is wrong with what it was told. */
    public ClusterNode build() {
        NodeConfig config = new NodeConfig(NodeId.of(id), zooKeeper, bind, advertise, seeds, makeMasterOnError,
                kind, tags, priority, health, dataDirectory, joinSecret, guests.orElse(joinSecret.isEmpty()), failover,
                yieldGrace);
        return ClusterNode.of(promotion.map(config::promotedBy).orElse(config), listeners);
    }
}
