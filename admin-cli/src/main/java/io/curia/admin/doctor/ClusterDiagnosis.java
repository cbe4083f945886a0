package io.curia.admin.doctor;

import io.curia.admin.doctor.Finding.Kind;
import io.curia.model.ClusterView;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.wire.message.StatusReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is wrong with the cluster as a whole. */
final class ClusterDiagnosis {

    private final Evidence evidence;
    private final List<Finding> findings = new ArrayList<>();

    private ClusterDiagnosis(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Finding> of(Evidence evidence) {
        ClusterDiagnosis diagnosis = new ClusterDiagnosis(evidence);
        diagnosis.twoMasters();
        evidence.view().ifPresent(view -> {
            diagnosis.master(view);
            diagnosis.standby(view);
        });
        diagnosis.versions();
        return diagnosis.findings;
    }

    private void twoMasters() {
        List<String> claimants = evidence.nodes().values().stream().flatMap(node -> node.said().status().stream())
                .filter(StatusReply::valid).map(said -> said.id() + " (epoch " + said.epoch() + ")").toList();
        if (claimants.size() > 1) {
            add(Kind.TWO_MASTERS, "more than one node says that it may act as master: " + String.join(", ", claimants),
                    "take out the one of the lower epoch at once: admin-cli evict ID; and report this as a bug");
        }
    }

    private void master(ClusterView view) {
        if (view.currentMaster().isPresent()) {
            return;
        }
        List<String> candidates = view.live().stream().filter(MemberView::isLiveCandidate)
                .map(member -> member.id().value()).toList();
        String last = view.master().tenure().map(ClusterDiagnosis::words).orElse("there never was one");
        if (candidates.isEmpty()) {
            add(Kind.NO_MASTER, "nobody is master, and nobody could be; " + last,
                    "start a candidate, or readmit one: admin-cli members shows who is missing");
        } else {
            add(Kind.NO_MASTER, "nobody is master though " + String.join(", ", candidates) + " could be; " + last,
                    "look again after one session timeout; if it lasts, repair or evict those that are named here too");
        }
    }

    private static String words(Tenure last) {
        return "the last was " + last.id() + " in epoch " + last.epoch()
                + last.ending().map(ending -> ", ended by " + ending.cause()).orElse(", which went without a word");
    }

    private void standby(ClusterView view) {
        Optional<NodeId> master = view.currentMaster().map(MemberView::id);
        boolean alone = view.live().stream().filter(MemberView::isLiveCandidate)
                .allMatch(member -> Optional.of(member.id()).equals(master));
        if (master.isPresent() && alone) {
            add(Kind.NO_STANDBY, "nobody could follow " + master.get() + " as master",
                    "start another candidate on another machine");
        }
    }

    private void versions() {
        Set<String> versions = evidence.nodes().values().stream().flatMap(node -> node.listed().version().stream())
                .filter(version -> !version.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
        if (versions.size() > 1) {
            add(Kind.MIXED_VERSIONS, "members run " + String.join(", ", versions),
                    "finish the upgrade: admin-cli members -o wide shows who runs what");
        }
    }

    private void add(Kind kind, String detail, String advice) {
        findings.add(new Finding(kind, Finding.CLUSTER, detail, advice));
    }
}
