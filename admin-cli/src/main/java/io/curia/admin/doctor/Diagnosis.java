package io.curia.admin.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What follows from the evidence: every finding, the gravest first. A function without I/O.
 *
 * <p>A node is judged by what contradicts what: what ZooKeeper holds, what is found at its address, what it says of
 * itself, and what the others see of it. Each node has at most one finding that explains its state; beside it may stand
 * those on its clock and its guard.
 */
public final class Diagnosis {

    private Diagnosis() {
    }

    /** Returns what is to be found in {@code evidence}; empty if nothing is. */
    public static List<Finding> of(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(EnsembleDiagnosis.of(evidence));
        findings.addAll(ClusterDiagnosis.of(evidence));
        evidence.nodes().values().forEach(node -> findings.addAll(NodeDiagnosis.of(node, evidence)));
        findings.sort(Comparator.comparing((Finding finding) -> finding.kind().severity())
                .thenComparing(Finding::kind).thenComparing(Finding::subject));
        return List.copyOf(findings);
    }

    /** Returns whether any of them needs somebody to act. */
    public static boolean isDegraded(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.kind().severity() == Severity.FAULT);
    }
}
