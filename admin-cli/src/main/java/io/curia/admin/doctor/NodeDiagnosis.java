package io.curia.admin.doctor;

import io.curia.admin.doctor.Finding.Kind;
import io.curia.admin.witness.Sight;
import io.curia.admin.witness.Testimony;
import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.wire.message.StatusReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is wrong with one node. */
final class NodeDiagnosis {

    private static final Duration TOLERATED_SKEW = Duration.ofSeconds(2);

    private final NodeEvidence node;
    private final NodeEvidence.Listed listed;
    private final Testimony said;
    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    private NodeDiagnosis(NodeEvidence node, Evidence evidence) {
        this.node = node;
        this.listed = node.listed();
        this.said = node.said();
        this.evidence = evidence;
    }

    static List<Finding> of(NodeEvidence node, Evidence evidence) {
        NodeDiagnosis diagnosis = new NodeDiagnosis(node, evidence);
        switch (node.listed().status()) {
            case LIVE -> diagnosis.live();
            case DOWN -> diagnosis.down();
            case EVICTED -> diagnosis.evicted();
        }
        return diagnosis.findings;
    }

    private void live() {
        switch (said.sight()) {
            case ANSWERED -> answers(said.status().orElseThrow());
            case REFUSED -> refuses();
            case SILENT -> silent();
            case HUNG_UP -> add(Kind.FOREIGN_PROCESS, "what listens at " + listed.address()
                    + " hangs up without an answer", "see what holds that port: ss -ltnp; a node that is dying does so "
                    + "for an instant, so look again first");
            case STRANGER -> add(Kind.FOREIGN_PROCESS, "what listens at " + listed.address()
                    + " is no node of Curia (" + said.detail() + ")", "the node's process is gone and something else "
                    + "has its port: stop that, or start the node on another port");
            case UNREACHABLE -> unreachable();
        }
    }

    private void refuses() {
        if (isSeen()) {
            fromHere("refuses connections from here");
            return;
        }
        add(Kind.GHOST, "registered, but nobody listens at " + listed.address() + process(),
                "its process is dead: start it again under its id and data directory, which takes its place back at "
                        + "once, or wait for its session to expire; 'admin-cli evict' frees the place now");
    }

    private void silent() {
        if (isSeen()) {
            fromHere("accepts connections from here and says nothing");
            return;
        }
        add(Kind.FROZEN, listed.address() + " accepts connections and says nothing" + process(),
                "see what holds the process up: stopped (kill -CONT), swapping, a long pause of the JVM (jstack); if "
                        + "it is master and must be replaced now: admin-cli evict " + listed.id());
    }

    private void unreachable() {
        if (isSeen()) {
            fromHere("cannot be reached from here (" + said.detail() + ")");
            return;
        }
        add(Kind.UNREACHABLE_ADDRESS, "nothing leads to " + listed.address() + " (" + said.detail() + ")",
                "if its host is up: correct --advertise, --host and the firewall; else its session will expire");
    }

    private boolean isSeen() {
        return node.seenBy() > 0 && node.seenBy() >= node.missedBy();
    }

    private void fromHere(String what) {
        add(Kind.UNREACHABLE_FROM_HERE, what + "; " + node.seenBy() + " of " + node.lookedAtBy()
                + " nodes that looked reach it", "open the way from this machine to " + listed.address()
                + ", or ask from one that has it");
    }

    private void answers(StatusReply status) {
        if (!isTheRegisteredRun(status)) {
            return;
        }
        if (isElsewhere(status)) {
            add(Kind.VIEWS_DIFFER, "it is in cluster " + status.cluster() + " with uuid "
                    + status.uuid().orElse("not known"), "it found another ZooKeeper: compare its --zookeeper and "
                    + "--cluster with what you give here");
        } else if (!status.connected()) {
            cutOffFromZooKeeper(status);
        } else if (isCutOffFromPeers()) {
            add(Kind.CUT_OFF_FROM_PEERS, peersWords(), "look at the network and firewall between it and the others: "
                    + "joins through it fail, and its death, or theirs, would not be noticed at once");
        } else {
            evidence.view().ifPresent(view -> agrees(status, view));
        }
        if (findings.isEmpty()) {
            member().flatMap(member -> CandidacyDiagnosis.of(member, evidence.at())).ifPresent(findings::add);
        }
        guard(status);
        clock();
    }

    private Optional<MemberView> member() {
        return evidence.view().flatMap(view -> view.member(listed.id()));
    }

    /** Whoever answers at the registered address should be who is registered. */
    private boolean isTheRegisteredRun(StatusReply status) {
        if (!status.id().equals(listed.id())) {
            add(Kind.ADDRESS_TAKEN, listed.address() + " is answered by " + status.id() + process(),
                    "two nodes advertise one address, or the registered one is gone: give each its own --advertise");
            return false;
        }
        boolean same = listed.incarnation().filter(status.incarnation()::equals).isPresent();
        boolean sameProcess = listed.pid().filter(pid -> pid == status.pid()).isPresent();
        if (!same && !sameProcess) {
            add(Kind.DUPLICATE_ID, "registered is another run" + process() + " than the one that answers (pid "
                    + status.pid() + ", " + status.role() + ")", "if the registered one is dead, its session must "
                    + "expire first, unless the new one has its data directory; if both run, stop one, and give it an "
                    + "--id of its own");
            return false;
        }
        return true;
    }

    private boolean isElsewhere(StatusReply status) {
        return evidence.view().map(ClusterView::cluster).filter(cluster -> !cluster.name().equals(status.cluster())
                || status.uuid().filter(uuid -> !uuid.equals(cluster.uuid())).isPresent()).isPresent();
    }

    private void cutOffFromZooKeeper(StatusReply status) {
        if (evidence.view().isEmpty()) {
            return; // Everybody is: that is the ensemble's finding, and no node's.
        }
        String guard = status.valid() ? "; it is valid for another " + status.guardRemainingMillis() + " ms" : "";
        add(Kind.CUT_OFF_FROM_ZOOKEEPER, "it answers, and has lost ZooKeeper" + guard,
                "look at the network and firewall between it and the servers in its --zookeeper; it comes back by "
                        + "itself");
    }

    /** It is missed by most who looked, or it misses most of those that others reach. */
    private boolean isCutOffFromPeers() {
        return node.missedBy() > 0 && node.missedBy() >= node.seenBy() && lookedElsewhere() || missesOthers();
    }

    /** One witness who misses everybody says something of the witness. */
    private boolean lookedElsewhere() {
        return node.peers().entrySet().stream().filter(entry -> entry.getValue().isAbsence())
                .anyMatch(entry -> evidence.nodes().values().stream().filter(other -> other != node)
                        .anyMatch(other -> other.peers().get(entry.getKey()) == PeerSight.ALIVE))
                || node.missedBy() > 1;
    }

    private boolean missesOthers() {
        List<Map.Entry<NodeEvidence, PeerSight>> looks = evidence.nodes().values().stream()
                .filter(other -> other != node && other.said().sight() == Sight.ANSWERED)
                .filter(other -> other.peers().containsKey(listed.id()))
                .map(other -> Map.entry(other, other.peers().get(listed.id()))).toList();
        return !looks.isEmpty() && looks.stream().allMatch(look -> look.getValue().isAbsence())
                && looks.stream().anyMatch(look -> look.getKey().seenBy() > 0);
    }

    private String peersWords() {
        List<String> missing = node.peers().entrySet().stream().filter(entry -> entry.getValue().isAbsence())
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")").toList();
        return missing.isEmpty() ? "it answers here, and reaches none of the others"
                : "it answers here, and is not reached by " + String.join(", ", missing);
    }

    private void agrees(StatusReply status, ClusterView view) {
        Epoch epoch = view.master().epoch();
        Optional<NodeId> master = view.currentMaster().map(MemberView::id);
        boolean isMaster = master.filter(listed.id()::equals).isPresent();
        if (status.valid() && !(isMaster && status.epoch().equals(epoch))) {
            add(Kind.TWO_MASTERS, "it says that it may act as master in epoch " + status.epoch() + ", and ZooKeeper "
                    + "has " + master.map(id -> id + " in epoch " + epoch).orElse("nobody"), "look again: a change may "
                    + "be under way; if it lasts, evict it");
        } else if (epoch.isAfter(status.epoch())) {
            add(Kind.STALE_EPOCH, "it knows epoch " + status.epoch() + ", ZooKeeper has " + epoch,
                    "look again; if it lasts, it does not hear from ZooKeeper as it should: restart it");
        } else if (status.epoch().isAfter(epoch)) {
            add(Kind.RECORDS_WENT_BACK, "it remembers epoch " + status.epoch() + ", ZooKeeper has only " + epoch,
                    "was ZooKeeper restored from an old copy? Keep this node running: epochs go on from what it knows");
        } else if (!status.master().equals(master)) {
            add(Kind.VIEWS_DIFFER, "it sees " + status.master().map(id -> "master " + id).orElse("no master")
                    + ", ZooKeeper has " + master.map(NodeId::value).orElse("none"),
                    "look again: a change may be under way; if it lasts, restart it");
        } else if (isMaster && !status.valid()) {
            add(Kind.MASTER_NOT_VALID, "it is master by the record, and not valid by its own clock (" + status.role()
                    + ")", "look again: it steps down by itself; if it lasts: admin-cli evict " + listed.id());
        }
    }

    /** A guard is renewed six times over; one that is more than half spent has missed several renewals. */
    private void guard(StatusReply status) {
        Optional<Duration> guard = evidence.view().flatMap(view -> view.master().tenure())
                .filter(tenure -> tenure.id().equals(status.id())).map(Tenure::guard);
        guard.filter(length -> status.valid() && status.guardRemainingMillis() * 2 < length.toMillis())
                .ifPresent(length -> add(Kind.GUARD_NEAR_END, "its guard of " + length.toMillis() + " ms ends in "
                        + status.guardRemainingMillis() + " ms unless it can renew", "look at ZooKeeper's load and at "
                        + "the way there; when the guard ends it lays mastership down, and another is elected"));
    }

    private void clock() {
        said.master().filter(told -> said.status().orElseThrow().connected()).ifPresent(told -> {
            Instant earliest = node.askedAt();
            Duration skew = told.asOf().isBefore(earliest) ? Duration.between(told.asOf(), earliest)
                    : Duration.between(earliest.plus(said.took()), told.asOf());
            if (skew.compareTo(TOLERATED_SKEW) > 0) {
                add(Kind.CLOCK_SKEW, "its wall clock is " + skew.toSeconds() + " s "
                        + (told.asOf().isBefore(earliest) ? "behind" : "ahead of") + " this machine's",
                        "run a time service on both; bans end, and times are shown, by these clocks; nothing else is");
            }
        });
    }

    private void down() {
        Optional<StatusReply> itself = said.status().filter(status -> status.id().equals(listed.id()));
        if (itself.filter(status -> !status.connected()).isPresent()) {
            cutOffFromZooKeeper(itself.get());
        } else if (itself.isPresent()) {
            add(Kind.VIEWS_DIFFER, "it is down in ZooKeeper, and answers as " + itself.get().role(),
                    "look again: it may be registering; its last lines say what it waits for");
        } else if (said.sight() == Sight.SILENT) {
            add(Kind.FROZEN, "its session has expired, and " + listed.address()
                    + " accepts connections and says nothing",
                    "see what holds its process up; it registers anew when it runs again");
        } else if (member().flatMap(CandidacyDiagnosis::drained).isPresent()) {
            // Whoever drained it meant to work on it.
            member().flatMap(CandidacyDiagnosis::drained).ifPresent(findings::add);
        } else if (!listed.leftInOrder() && listed.incarnation().isPresent()) {
            add(Kind.NODE_DOWN, listed.reason().orElse("gone"), "look at its log and host, and start it; or, if it is "
                    + "gone for good: admin-cli forget " + listed.id());
        }
    }

    /** Kept out, so that it should not act. */
    private void evicted() {
        said.status().filter(status -> status.id().equals(listed.id()) && status.valid()).ifPresent(status ->
                add(Kind.TWO_MASTERS, "it is evicted, and says that it may act as master in epoch " + status.epoch(),
                        "it must have lost ZooKeeper; its guard ends in " + status.guardRemainingMillis() + " ms"));
    }

    private String process() {
        return listed.pid().map(pid -> " (pid " + pid + listed.host().map(host -> " on " + host).orElse("") + ")")
                .orElse("");
    }

    private void add(Kind kind, String detail, String advice) {
        findings.add(new Finding(kind, Objects.toString(listed.id()), detail, advice));
    }
}
