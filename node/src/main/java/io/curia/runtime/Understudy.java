package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.core.Farewell;
import io.curia.core.Moment;
import io.curia.core.NodeCore;
import io.curia.core.Settings;
import io.curia.model.ClusterIdentity;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Decides as the node does, and does what it has decided as the node would, but for the writes: those succeed at once,
 * and nothing becomes of them. What was done once is linked, and what was done often is compiled, when the node does
 * it. For one thread.
 */
final class Understudy implements ActionRunner.Surroundings {

    /** Who is registered, in the rehearsal. */
    static final Incarnation SELF = Incarnation.of(0, 1);

    private final NodeConfig config;
    private final Settings settings;
    private final Clock clock;
    private final ClusterIdentity cluster;
    private final ActionRunner runner;
    private final Metering metering;
    private final Journal journal;
    private NodeCore core;

    Understudy(NodeConfig config, Settings settings, Clock clock) {
        this.config = config;
        this.settings = settings;
        this.clock = clock;
        this.cluster = new ClusterIdentity(config.zooKeeper().cluster(), "rehearsal", clock.instant());
        this.runner = new ActionRunner(config.id(), new RehearsedSession(),
                new ListenerThread("nobody", List.of()), this, new Accusations(config.id()),
                () -> Optional.of(cluster), Optional::empty, event -> { });
        this.metering = new Metering(NodeState.initial(config, SELF));
        this.journal = new Journal(clock.instant());
        begin();
    }

    /** Knows nothing any more, and has done nothing. */
    void begin() {
        core = new NodeCore(settings, () -> SELF, now());
    }

    /** Hears of {@code event}; returns what it has decided and done. */
    List<Action> step(Event event) {
        Moment now = now();
        List<Action> actions = core.step(event, now);
        // A change of role is only told to people, who would take it for one of the node's.
        actions.stream().filter(action -> !(action instanceof Action.RoleChanged))
                .forEach(action -> action.performBy(runner));
        journal.heard(event, now);
        actions.forEach(action -> journal.did(action, now));
        metering.state(NodeState.of(config, core, settings.address(), Optional.of(cluster)));
        metering.turned(event, actions, now, System.nanoTime());
        return actions;
    }

    private Moment now() {
        return new Moment(System.nanoTime(), clock.instant());
    }

    @Override
    public Member memberAs(Incarnation incarnation) {
        return config.member(incarnation, settings.address(), settings.pid(), clock.instant());
    }

    @Override
    public void askToJoin(Incarnation incarnation) {
        // Nobody is to be asked on the stage.
    }

    @Override
    public Optional<Candidature> candidature() {
        return Optional.empty();
    }

    @Override
    public void finish(Farewell farewell) {
        // What ends is the scene.
    }
}
