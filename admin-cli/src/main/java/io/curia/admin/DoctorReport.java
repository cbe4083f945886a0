package io.curia.admin;

import io.curia.admin.doctor.Diagnosis;
import io.curia.admin.doctor.Evidence;
import io.curia.admin.doctor.Finding;
import io.curia.admin.doctor.NodeEvidence;
import io.curia.admin.doctor.Severity;
import io.curia.admin.witness.Testimony;
import io.curia.document.Fields;
import io.curia.model.ClusterView;
import io.curia.model.Incarnation;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.wire.message.StatusReply;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What two witnesses say of every node and server, side by side, and what is to be made of it. */
final class DoctorReport implements Report {

    private static final List<String> COLUMNS = List.of("NODE", "ZOOKEEPER", "ITSELF", "PEERS", "DIAGNOSIS");
    private static final List<String> WIDE_COLUMNS = List.of("NODE", "ADDRESS", "ZOOKEEPER", "ITSELF", "PEERS", "TOOK",
            "DIAGNOSIS", "DETAIL");

    private final Evidence evidence;
    private final List<Finding> findings;

    DoctorReport(Evidence evidence, List<Finding> findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    @Override
    public String headline() {
        String cluster = evidence.view().map(view -> "cluster " + view.cluster().name() + ", epoch "
                + view.master().epoch() + ", " + view.currentMaster().map(member -> "master " + member.id())
                .orElse("NO MASTER")).orElse("ZooKeeper does not answer");
        return cluster + ": " + (Diagnosis.isDegraded(findings) ? "DEGRADED, " : "healthy, ")
                + count(Severity.FAULT, "fault") + ", " + count(Severity.RISK, "risk");
    }

    private String count(Severity severity, String what) {
        long number = findings.stream().filter(finding -> finding.kind().severity() == severity).count();
        return number + " " + what + (number == 1 ? "" : "s");
    }

    @Override
    public Map<String, Object> document() {
        Optional<ClusterView> view = evidence.view();
        return Fields.document().add("cluster", view.map(seen -> seen.cluster().name()).orElse(null))
                .add("uuid", view.map(seen -> seen.cluster().uuid()).orElse(null))
                .add("epoch", view.map(seen -> seen.master().epoch().number()).orElse(null))
                .add("master", view.flatMap(ClusterView::currentMaster).map(MemberView::id).map(NodeId::value)
                        .orElse(null))
                .add("at", Fields.timestamp(evidence.at())).add("degraded", Diagnosis.isDegraded(findings))
                .add("findings", findings.stream().map(DoctorReport::fields).toList())
                .add("nodes", evidence.nodes().values().stream().map(DoctorReport::fields).toList())
                .add("servers", evidence.servers().stream().map(DoctorReport::fields).toList())
                .add("ensemble", fields(evidence.ensemble())).build();
    }

    private static Map<String, Object> fields(Finding finding) {
        return new Fields().add("severity", finding.kind().severity().name()).add("finding", finding.kind().name())
                .add("subject", finding.subject()).add("detail", finding.detail()).add("advice", finding.advice())
                .build();
    }

    private static Map<String, Object> fields(NodeEvidence node) {
        NodeEvidence.Listed listed = node.listed();
        Map<String, Object> peers = new LinkedHashMap<>();
        node.peers().forEach((id, sight) -> peers.put(id.value(), sight.name()));
        return new Fields().add("id", listed.id().value())
                .add("zookeeper", new Fields().add("status", listed.status().name()).add("role", listed.role())
                        .add("address", listed.address().toString())
                        .add("incarnation", listed.incarnation().map(Incarnation::value).orElse(null))
                        .add("pid", listed.pid().orElse(null)).add("reason", listed.reason().orElse(null)).build())
                .add("itself", itself(node.said())).add("peers", peers).build();
    }

    private static Map<String, Object> itself(Testimony said) {
        Fields fields = new Fields().add("sight", said.sight().name()).add("tookMillis", said.took().toMillis());
        Optional<StatusReply> status = said.status();
        return fields.add("id", status.map(it -> it.id().value()).orElse(null))
                .add("role", status.map(it -> it.role().name()).orElse(null))
                .add("epoch", status.map(it -> it.epoch().number()).orElse(null))
                .add("valid", status.map(StatusReply::valid).orElse(null))
                .add("guardRemainingMillis", status.map(StatusReply::guardRemainingMillis).orElse(null))
                .add("master", status.flatMap(StatusReply::master).map(NodeId::value).orElse(null))
                .add("incarnation", status.map(it -> it.incarnation().value()).orElse(null))
                .add("connected", status.map(StatusReply::connected).orElse(null))
                .add("pid", status.map(StatusReply::pid).orElse(null))
                .add("detail", said.detail().isEmpty() ? null : said.detail()).build();
    }

    private static Map<String, Object> fields(ServerSight server) {
        return new Fields().add("address", server.address()).add("state", server.state().name())
                .add("version", server.version().orElse(null))
                .add("detail", server.detail().isEmpty() ? null : server.detail()).build();
    }

    private static Map<String, Object> fields(EnsembleSight ensemble) {
        return new Fields().add("servers", ensemble.servers().isPresent() ? ensemble.servers().getAsInt() : null)
                .add("shortestSessionMillis", ensemble.shortestSession().map(Duration::toMillis).orElse(null))
                .add("longestSessionMillis", ensemble.longestSession().map(Duration::toMillis).orElse(null))
                .add("openTo", ensemble.openTo()).build();
    }

    @Override
    public Table table(boolean wide) {
        Table table = new Table(wide ? WIDE_COLUMNS : COLUMNS);
        Set<String> rest = new LinkedHashSet<>(findings.stream().map(Finding::subject).toList());
        evidence.nodes().values().forEach(node -> {
            rest.remove(node.listed().id().value());
            table.row(row(node.listed().id().value(), node.listed().address().toString(), listed(node.listed()),
                    itself(node), peers(node), node.said().took().toMillis() + "ms", wide));
        });
        evidence.servers().forEach(server -> {
            rest.remove(server.address());
            table.row(row(server.address(), server.address(), "server", server.state().name()
                    .toLowerCase(Locale.ROOT).replace('_', ' '), "", "", wide));
        });
        rest.forEach(subject -> table.row(row(subject, "", "", "", "", "", wide)));
        return table;
    }

    private static String listed(NodeEvidence.Listed listed) {
        return listed.status() == MemberStatus.LIVE ? listed.role() : listed.status().name();
    }

    private static String itself(NodeEvidence node) {
        return node.said().status().map(status -> status.role() + " " + status.epoch()
                + (status.valid() ? ", valid " + status.guardRemainingMillis() + "ms" : "")
                + (status.connected() ? "" : ", no ZooKeeper")).orElse(node.said().sight().words());
    }

    private static String peers(NodeEvidence node) {
        return node.peers().isEmpty() ? "" : node.seenBy() + " of " + node.lookedAtBy();
    }

    private List<Table.Cell> row(String subject, String address, String listed, String itself, String peers,
            String took, boolean wide) {
        List<Finding> about = findings.stream().filter(finding -> finding.subject().equals(subject)).toList();
        List<Table.Cell> cells = new ArrayList<>(List.of(new Table.Cell(subject, Table.Style.BOLD)));
        if (wide) {
            cells.add(Table.Cell.of(address));
        }
        cells.add(Table.Cell.of(listed));
        cells.add(Table.Cell.of(itself));
        cells.add(Table.Cell.of(peers));
        if (wide) {
            cells.add(Table.Cell.of(took));
        }
        cells.add(diagnosis(about));
        if (wide) {
            cells.add(Table.Cell.of(String.join("; ", about.stream().map(Finding::detail).toList())));
        }
        return cells;
    }

    private static Table.Cell diagnosis(List<Finding> about) {
        if (about.isEmpty()) {
            return new Table.Cell("ok", Table.Style.GOOD);
        }
        Table.Style style = Diagnosis.isDegraded(about) ? Table.Style.BAD : Table.Style.WARNING;
        return new Table.Cell(String.join(", ", about.stream().map(finding -> finding.kind().name()).toList()), style);
    }

    @Override
    public List<String> names() {
        return findings.stream().filter(finding -> finding.kind().severity() == Severity.FAULT)
                .map(Finding::subject).distinct().toList();
    }

    /** Returns what a person should read below the table: every finding, and what to do about it. */
    List<String> words() {
        return findings.stream().map(finding -> finding.kind().severity() + " " + finding.subject() + " "
                + finding.kind() + ": " + finding.detail() + "\n  -> " + finding.advice()).toList();
    }
}
