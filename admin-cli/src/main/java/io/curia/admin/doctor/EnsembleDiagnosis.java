package io.curia.admin.doctor;

import io.curia.admin.doctor.Finding.Kind;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import io.curia.zookeeper.ServerSight.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is wrong with ZooKeeper itself, or risky in how it is set up. */
final class EnsembleDiagnosis {

    /** What a node asks for unless it is told otherwise. */
    private static final Duration USUAL_SESSION = Duration.ofSeconds(10);
    private static final int[] OLDEST_SUPPORTED = {3, 9, 4};
    private static final double NEARLY_FULL = 0.8;

    private final Evidence evidence;
    private final EnsembleSight ensemble;
    private final List<Finding> findings = new ArrayList<>();

    private EnsembleDiagnosis(Evidence evidence) {
        this.evidence = evidence;
        this.ensemble = evidence.ensemble();
    }

    static List<Finding> of(Evidence evidence) {
        EnsembleDiagnosis diagnosis = new EnsembleDiagnosis(evidence);
        diagnosis.quorum();
        diagnosis.servers();
        diagnosis.size();
        diagnosis.sessions();
        diagnosis.connections();
        diagnosis.access();
        return diagnosis.findings;
    }

    private void quorum() {
        if (evidence.view().isEmpty()) {
            List<ServerSight> servers = evidence.servers();
            long up = servers.stream().filter(server -> server.state().serves() || waits(server)).count();
            String seen = servers.stream().map(server -> server.address() + " " + words(server.state()))
                    .collect(Collectors.joining(", "));
            add(Kind.NO_QUORUM, Finding.ENSEMBLE, "ZooKeeper does not answer (" + evidence.trouble() + "): " + seen,
                    up == 0 ? "start the servers, or correct --zookeeper; running nodes wait for them"
                            : "a majority of all servers must run and reach each other: start the others");
        }
    }

    /** A server that runs serves nobody while there is no quorum: that is said already, and it is not to be started. */
    private boolean waits(ServerSight server) {
        return server.state() == State.NOT_SERVING && evidence.view().isEmpty();
    }

    private void servers() {
        for (ServerSight server : evidence.servers()) {
            if (!server.state().serves() && !waits(server)) {
                add(Kind.SERVER_DOWN, server.address(), "the server " + words(server.state())
                        + (server.detail().isEmpty() ? "" : " (" + server.detail() + ")"),
                        "start it again, or take it out of the ensemble and of --zookeeper; its log says why it went");
            }
            server.version().filter(EnsembleDiagnosis::isTooOld).ifPresent(version -> add(Kind.OLD_SERVER,
                    server.address(), "it runs ZooKeeper " + version, "upgrade it to 3.9.4 or newer"));
        }
        List<String> mute = evidence.servers().stream().filter(server -> server.state() == State.MUTE
                || server.state().serves() && server.settings().isEmpty()).map(ServerSight::address).toList();
        if (!mute.isEmpty()) {
            add(Kind.SERVERS_MUTE, Finding.ENSEMBLE, "not all could be asked for their settings: "
                    + String.join(", ", mute), "to have them checked as well, allow the words: "
                    + "4lw.commands.whitelist=srvr,conf");
        }
    }

    private void size() {
        int named = evidence.servers().size();
        int voters = ensemble.servers().orElse(named);
        if (voters > named && evidence.view().isPresent()) {
            add(Kind.SERVERS_NOT_NAMED, Finding.ENSEMBLE, "it has " + voters + " servers, the connect string names "
                    + named, "name all of them in --zookeeper, here and where nodes are started");
        }
        if (voters == 1 && evidence.view().isPresent()) {
            add(Kind.ENSEMBLE_SIZE, Finding.ENSEMBLE, "it is a single server",
                    "run three: with one, ZooKeeper is away whenever that machine is");
        } else if (voters % 2 == 0 && voters > 0) {
            add(Kind.ENSEMBLE_SIZE, Finding.ENSEMBLE, "it has " + voters + " servers",
                    "run an odd number: the last one adds a way to fail and no tolerance");
        }
    }

    private void sessions() {
        Optional<Duration> shortest = ensemble.shortestSession().filter(least -> least.compareTo(USUAL_SESSION) > 0);
        Optional<Duration> longest = ensemble.longestSession().filter(most -> most.compareTo(USUAL_SESSION) < 0);
        shortest.ifPresent(least -> add(Kind.SESSION_BOUNDS, Finding.ENSEMBLE, "no session is shorter than "
                + least.toMillis() + " ms: faults that leave no evidence last that long",
                "lower minSessionTimeout (or tickTime, of which it is twice) on every server"));
        longest.ifPresent(most -> add(Kind.SESSION_BOUNDS, Finding.ENSEMBLE, "no session is longer than "
                + most.toMillis() + " ms, whatever nodes ask for: pauses of three quarters of it cost the mastership",
                "raise maxSessionTimeout on every server, or make sure that no node pauses for that long"));
    }

    /** Connections are counted for each client address: nodes that share a host share the limit. */
    private void connections() {
        long crowd = evidence.nodes().values().stream().map(node -> node.listed().host())
                .flatMap(Optional::stream).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values().stream().mapToLong(Long::longValue).max().orElse(0);
        for (ServerSight server : evidence.servers()) {
            server.setting("maxClientCnxns").filter(limit -> limit.matches("[1-9]\\d{0,8}")).map(Integer::parseInt)
                    .filter(limit -> crowd > NEARLY_FULL * limit).ifPresent(limit -> add(Kind.CONNECTION_LIMIT,
                            server.address(), "it takes " + limit + " connections from one host, and " + crowd
                                    + " nodes share one",
                            "raise maxClientCnxns, which is 60 unless set, or set it to 0"));
        }
    }

    private void access() {
        if (!ensemble.openTo().isEmpty()) {
            add(Kind.OPEN_ACLS, Finding.ENSEMBLE, "anybody who reaches ZooKeeper may change " + String.join(", ",
                    ensemble.openTo()), "make the cluster with --auth-file, or keep ZooKeeper in a trusted network");
        }
    }

    private static boolean isTooOld(String version) {
        int[] parts = Arrays.stream(version.split("\\.")).filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt).toArray();
        return Arrays.compare(parts, OLDEST_SUPPORTED) < 0;
    }

    /** Words for every state, so that a new one must be given some. */
    private static String words(State state) {
        return Map.of(State.STANDALONE, "serves", State.LEADER, "leads", State.FOLLOWER, "follows",
                State.OBSERVER, "observes", State.NOT_SERVING, "runs and does not serve", State.MUTE, "is there",
                State.SILENT, "accepts connections and is silent", State.REFUSED, "does not run",
                State.UNREACHABLE, "cannot be reached").get(state);
    }

    private void add(Kind kind, String subject, String detail, String advice) {
        findings.add(new Finding(kind, subject, detail, advice));
    }
}
