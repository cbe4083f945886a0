package io.curia.http;

import io.curia.document.Fields;
import io.curia.document.Json;
import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.model.Member;
import io.curia.model.MemberView;
import io.curia.model.Tenure;
import io.curia.runtime.HostName;
import io.curia.runtime.NodeState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where the live members answer over HTTP, in the form of Prometheus's HTTP service discovery. A member is listed by
 * the address in its tag {@value NodeHttp#TAG}; one that only its own host can reach is listed to that host alone.
 *
 * <p>Labels are {@code __meta_…}, which Prometheus drops unless it is told to keep them: a role or an epoch among the
 * labels of a series would begin another series at every change of master.
 */
record DiscoveryResource(Subject subject) implements Resource {

    private static final String LABEL = "__meta_curia_";

    @Override
    public CompletionStage<Answer> answer(Question question) {
        Optional<String> role = question.parameter("role").map(word -> word.toUpperCase(Locale.ROOT));
        return subject.view().map(view -> listed(view, role))
                .orElseGet(() -> Answer.error(503, "UNAVAILABLE",
                        subject.state().id() + " has not seen the cluster yet")).now();
    }

    private Answer listed(ClusterView view, Optional<String> wanted) {
        List<Map<String, Object>> groups = view.live().stream().flatMap(member -> member.live().stream()
                .filter(live -> live.tags().containsKey(NodeHttp.TAG) && isReachable(live))
                .filter(live -> wanted.map(role(member)::equals).orElse(true))
                .map(live -> group(view, member, live))).toList();
        return Answer.of(200, "application/json", (Json.line(groups) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isReachable(Member live) {
        String address = live.tags().get(NodeHttp.TAG);
        return !HostRule.isLoopback(address) || live.host().equals(HostName.here());
    }

    /** The master record is seen long before the view of the whole cluster is read again. */
    private String role(MemberView member) {
        NodeState now = subject.state();
        boolean master = now.currentMaster().map(Tenure::id).filter(member.id()::equals).isPresent();
        return master ? "MASTER" : member.role().name().equals("MASTER") ? "STANDBY" : member.role().name();
    }

    private Map<String, Object> group(ClusterView view, MemberView member, Member live) {
        Epoch epoch = NodeDocument.of(subject).epoch();
        return new Fields().add("targets", List.of(live.tags().get(NodeHttp.TAG)))
                .add("labels", new Fields().add(LABEL + "id", live.id().value()).add(LABEL + "role", role(member))
                        .add(LABEL + "epoch", epoch.toString()).add(LABEL + "cluster", view.cluster().name())
                        .add(LABEL + "uuid", view.cluster().uuid()).add(LABEL + "kind", live.kind().name())
                        .add(LABEL + "address", live.address().toString()).build())
                .build();
    }
}
