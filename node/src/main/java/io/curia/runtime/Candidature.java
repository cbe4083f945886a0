package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.health.HealthGate;
import io.curia.model.ClusterView;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.store.ClusterStore;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a candidate has to know besides what its session sees: its own health, who else queues, whether they answer. */
final class Candidature implements AutoCloseable {

    private final Optional<HealthGate> gate;
    private final QueueWatch queue;
    private final Optional<PromotionGate> promotions;
    private final HeirCheck heirs;

    private Candidature(Optional<HealthGate> gate, QueueWatch queue, Optional<PromotionGate> promotions,
            HeirCheck heirs) {
        this.gate = gate;
        this.queue = queue;
        this.promotions = promotions;
        this.heirs = heirs;
    }

    /** Begins to check this program's health, if it is to be checked; empty for an observer. */
    static Optional<Candidature> open(NodeConfig config, ClusterStore store, NodeParts parts,
            Supplier<Optional<ClusterView>> view, Consumer<Event> post, Clock clock) {
        if (config.kind() != MemberKind.CANDIDATE) {
            return Optional.empty();
        }
        Optional<HealthGate> gate = config.health().map(plan -> HealthGate.open(config.id().value(), plan.check(),
                plan.settings(), problem -> post.accept(new Event.HealthReported(problem))));
        return Optional.of(new Candidature(gate, new QueueWatch(config, store, parts.chores(), view, post, clock),
                config.promotion().map(plan -> new PromotionGate(config.id(), plan, parts.chores(), post)),
                new HeirCheck(config.id(), store, new Sightings(parts.server().probe()), parts.chores(), post)));
    }

    /** The node wants to know whether the application lets it be promoted. */
    void asked(Action.AskPermission ask) {
        promotions.ifPresent(gatekeeper -> gatekeeper.ask(ask));
    }

    /** The node wants to know whether whoever is to follow it answers. */
    void askHeir(Action.AskHeir ask) {
        heirs.ask(ask);
    }

    /** The view of the cluster is another. */
    void viewChanged() {
        queue.changed();
    }

    /** The node has seen this. */
    void seen(Observation observation) {
        observation.roster().ifPresent(entry -> queue.noted(entry.notes()));
    }

    /** Has this program's health checked now, besides its usual times. */
    void checkHealth() {
        gate.ifPresent(HealthGate::checkNow);
    }

    @Override
    public void close() {
        gate.ifPresent(HealthGate::close);
        promotions.ifPresent(PromotionGate::close);
    }
}
