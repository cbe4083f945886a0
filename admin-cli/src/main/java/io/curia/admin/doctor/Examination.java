package io.curia.admin.doctor;

import io.curia.admin.doctor.NodeEvidence.Listed;
import io.curia.admin.witness.Abreast;
import io.curia.admin.witness.Interviews;
import io.curia.admin.witness.NodeLine;
import io.curia.admin.witness.Testimony;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.MemberKind;
import io.curia.model.MemberStatus;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import io.curia.zookeeper.EnsembleInspection;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import io.curia.zookeeper.ZooKeeperSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Gathers the evidence: ZooKeeper's servers, ZooKeeper's records, every node. Whatever does not answer is evidence too;
 * nobody is waited for longer than the patience allows.
 */
public final class Examination {

    private final ZooKeeperSettings settings;
    private final EnsembleLook ensemble;
    private final NodeLine.Dialler dialler;
    private final Duration patience;
    private final Supplier<Instant> clock;
    private final Consumer<String> progress;

    /**
     * @param patience how long one server or node is waited for, at each step
     * @param clock this machine's wall clock
     * @param progress told in a few words what is waited for
     */
    public Examination(ZooKeeperSettings settings, EnsembleLook ensemble, NodeLine.Dialler dialler, Duration patience,
            Supplier<Instant> clock, Consumer<String> progress) {
        this.settings = settings;
        this.ensemble = ensemble;
        this.dialler = dialler;
        this.patience = patience;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Returns what is seen and heard now.
     *
     * @param others lists the nodes when ZooKeeper does not; empty if nobody else can
     * @throws StoreException if ZooKeeper answered that there is no such cluster, or that it is not to be read
     */
    public Evidence take(ClusterStore store, Supplier<List<Listed>> others) throws InterruptedException {
        List<String> addresses = EnsembleInspection.servers(settings);
        progress.accept("asking " + count(addresses.size(), "ZooKeeper server"));
        Map<String, ServerSight> servers = Abreast.ask(addresses.stream().collect(Collectors.toMap(Function.identity(),
                address -> () -> ensemble.server(address, patience), (a, b) -> a, LinkedHashMap::new)),
                patience.multipliedBy(4), address -> new ServerSight(address, ServerSight.State.UNREACHABLE,
                        Optional.empty(), Map.of(), "no answer in time"));
        progress.accept("reading the cluster's records");
        Optional<ClusterView> view = Optional.empty();
        String trouble = "";
        try {
            view = Optional.of(store.view());
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.UNAVAILABLE) {
                throw e;
            }
            trouble = String.valueOf(e.getMessage());
        }
        EnsembleSight sight = view.isPresent() ? ensemble.ensemble(settings) : EnsembleSight.NOTHING;
        List<Listed> listed = view.map(Examination::listed).orElseGet(others);
        return new Evidence(view, trouble, nodes(listed), List.copyOf(servers.values()), sight, clock.get());
    }

    /** Guests have no port of ours, and who left in order has none any more. */
    private static List<Listed> listed(ClusterView view) {
        return view.members().stream()
                .filter(member -> member.live().map(live -> live.kind() != MemberKind.GUEST)
                        .orElse(member.roster().kind() != MemberKind.GUEST))
                .flatMap(member -> Listed.of(member).stream())
                .filter(node -> node.status() != MemberStatus.DOWN || !node.leftInOrder()).toList();
    }

    private Map<NodeId, NodeEvidence> nodes(List<Listed> listed) throws InterruptedException {
        Map<NodeId, Endpoint> addresses = new LinkedHashMap<>();
        listed.forEach(node -> addresses.put(node.id(), node.address()));
        progress.accept("asking " + count(listed.size(), "node"));
        Instant askedAt = clock.get();
        Map<NodeId, Testimony> heard = new Interviews(dialler, patience).of(addresses);
        Map<NodeId, Map<NodeId, PeerSight>> seen = eachOther(listed, heard);
        Map<NodeId, NodeEvidence> nodes = new LinkedHashMap<>();
        listed.forEach(node -> nodes.put(node.id(), new NodeEvidence(node, heard.get(node.id()),
                seen.getOrDefault(node.id(), Map.of()), askedAt)));
        return nodes;
    }

    private Map<NodeId, Map<NodeId, PeerSight>> eachOther(List<Listed> listed, Map<NodeId, Testimony> heard)
            throws InterruptedException {
        List<Listed> live = listed.stream().filter(node -> node.status() == MemberStatus.LIVE).toList();
        List<Listed> witnesses = live.stream().filter(node -> heard.get(node.id()).answered()).toList();
        if (witnesses.size() < 2 && live.size() < 2) {
            return Map.of();
        }
        progress.accept("having " + count(witnesses.size(), "node") + " look at each other");
        return new MutualLooks(dialler, patience).of(witnesses, live);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
