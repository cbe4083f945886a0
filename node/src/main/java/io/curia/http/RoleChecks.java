package io.curia.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Questions that a status answers: 200 for yes, 503 for no, and in either case what the node says of itself. For load
 * balancers ({@code /master}, {@code /standby}, …) and for supervisors ({@code /livez}, …).
 */
final class RoleChecks {

    /** A loop that is at one thing for longer is not going to finish it. */
    static final Duration STUCK = Duration.ofSeconds(5);

    private RoleChecks() {
    }

    /** Returns the checks of this node, by path. */
    static Map<String, Resource> of(Subject subject) {
        return Map.of(
                "/master", check(subject, NodeDocument::isValidMaster),
                "/standby", check(subject, node -> node.isCandidate() && !node.isValidMaster()),
                "/candidate", check(subject, NodeDocument::isCandidate),
                "/member", check(subject, NodeDocument::isMember),
                "/readyz", check(subject, node -> node.isMember() && node.state().connected() && !node.isEnding()),
                "/startupz", check(subject, node -> subject.hasStarted()),
                "/livez", check(subject, node -> !node.isStopped() && subject.busy().compareTo(STUCK) < 0));
    }

    private static Resource check(Subject subject, Predicate<NodeDocument> holds) {
        return new Check(subject, holds);
    }

    /**
     * One of them.
     *
     * @param subject the node
     * @param holds what must hold of it
     */
    record Check(Subject subject, Predicate<NodeDocument> holds) implements Resource {

        @Override
        public CompletionStage<Answer> answer(Question question) {
            NodeDocument node = NodeDocument.of(subject);
            return Answer.json(holds.test(node) ? 200 : 503, node.fields())
                    .with("Curia-Epoch", node.epoch().toString()).now();
        }
    }
}
