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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            diagnosis.wishes(view);
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
        String last = view.master().tenure().map(ClusterDiagnosis::words).orElse("there never was one");
        List<String> ready = candidates(view).filter(member -> obstacle(member).isEmpty())
                .map(member -> member.id().value()).toList();
        if (candidates(view).findAny().isEmpty()) {
            add(Kind.NO_MASTER, "nobody is master, and nobody could be; " + last,
                    "start a candidate, or readmit one: admin-cli members shows who is missing");
        } else if (ready.isEmpty()) {
            add(Kind.NO_MASTER, "nobody is master, and nobody could be: " + obstacles(view, id -> true) + "; " + last,
                    "undrain one, or mend what keeps the others out");
        } else if (paused(view).isPresent()) {
            add(Kind.NO_MASTER, "nobody is master, because the cluster is " + paused(view).get() + "; "
                    + String.join(", ", ready) + " could be; " + last, "admin-cli resume, or name one: admin-cli "
                    + "switchover --force --to " + ready.get(0));
        } else {
            add(Kind.NO_MASTER, "nobody is master though " + String.join(", ", ready) + " could be; " + last,
                    "look again after one session timeout; if it lasts, repair or evict those that are named here too");
        }
    }

    private static Stream<MemberView> candidates(ClusterView view) {
        return view.live().stream().filter(MemberView::isLiveCandidate);
    }

    private Optional<String> obstacle(MemberView member) {
        return CandidacyDiagnosis.obstacle(member, evidence.at());
    }

    private String obstacles(ClusterView view, Predicate<NodeId> whose) {
        return candidates(view).filter(member -> whose.test(member.id())).flatMap(member -> obstacle(member)
                .map(why -> member.id() + " (" + why + ")").stream()).collect(Collectors.joining(", "));
    }

    private Optional<String> paused(ClusterView view) {
        return view.intents().pause().what().filter(pause -> pause.holds(evidence.at()))
                .map(pause -> "paused until " + CandidacyDiagnosis.seconds(pause.until()) + " by " + pause.actor()
                        + (pause.reason().isEmpty() ? "" : ": " + pause.reason()));
    }

    /** What operators want, for whoever wonders why nothing happens, or why something is about to. */
    private void wishes(ClusterView view) {
        paused(view).filter(words -> view.currentMaster().isPresent()).ifPresent(words -> add(Kind.PAUSED, words
                + ": should the master go, nobody follows until then", "when the work is done: admin-cli resume"));
        view.intents().switchover().what().filter(wish -> wish.stands(view.master().epoch(), evidence.at()))
                .ifPresent(wish -> add(Kind.SWITCHOVER_PENDING, "a switchover from " + wish.from()
                        + wish.target().map(id -> " to " + id).orElse("") + " was asked for by " + wish.actor()
                        + (wish.reason().isEmpty() ? "" : ": " + wish.reason()) + "; it may begin between "
                        + CandidacyDiagnosis.seconds(wish.notBefore()) + " and "
                        + CandidacyDiagnosis.seconds(wish.deadline()), "withdraw it with: admin-cli switchover "
                        + "--cancel"));
    }

    private static String words(Tenure last) {
        return "the last was " + last.id() + " in epoch " + last.epoch()
                + last.ending().map(ending -> ", ended by " + ending.cause()).orElse(", which went without a word");
    }

    private void standby(ClusterView view) {
        Optional<NodeId> master = view.currentMaster().map(MemberView::id);
        boolean alone = candidates(view).filter(member -> obstacle(member).isEmpty())
                .allMatch(member -> Optional.of(member.id()).equals(master));
        if (master.isPresent() && alone) {
            String others = obstacles(view, id -> !id.equals(master.get()));
            add(Kind.NO_STANDBY, "nobody could follow " + master.get() + " as master"
                    + (others.isEmpty() ? "" : ": " + others), others.isEmpty()
                    ? "start another candidate on another machine" : "undrain one, or mend what keeps the others out");
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
