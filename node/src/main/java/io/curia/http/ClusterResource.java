package io.curia.http;

import io.curia.document.MembersDocument;
import io.curia.model.ClusterView;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The cluster as this node last read it: what {@code admin-cli members -o json} says, when it was read, by whom. */
record ClusterResource(Subject subject, Clock clock) implements Resource {

    @Override
    public CompletionStage<Answer> answer(Question question) {
        Instant now = clock.instant();
        NodeDocument node = NodeDocument.of(subject);
        return subject.view().map(view -> Answer.json(200, MembersDocument.of(view, now).fields()
                .add("asOf", Optional.of(view).map(ClusterView::readAt)).add("now", Optional.of(now))
                .add("stale", !node.state().connected()).add("node", node.fields())
                .add("lifelines", NodeDocument.lifelines(subject.watch())).build()))
                .orElseGet(() -> Answer.error(503, "UNAVAILABLE",
                        node.state().id() + " has not seen the cluster yet")).now();
    }
}
