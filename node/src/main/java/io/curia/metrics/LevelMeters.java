package io.curia.metrics;

import io.curia.model.ClusterView;
import io.curia.model.MemberKind;
import io.curia.model.MemberStatus;
import io.curia.model.Role;
import io.curia.runtime.ClusterNode;
import io.curia.runtime.NodeState;
import io.curia.runtime.Software;
import io.curia.wire.message.Vigil;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What is read from the node when somebody looks. */
final class LevelMeters {

    private static final String SECONDS = "seconds";

    private final MeterRegistry registry;
    private final Tags tags;
    private final ClusterNode node;

    private LevelMeters(MeterRegistry registry, Tags tags, ClusterNode node) {
        this.registry = registry;
        this.tags = tags;
        this.node = node;
    }

    static void register(MeterRegistry registry, Tags tags, ClusterNode node, Vacancy vacancy) {
        LevelMeters meters = new LevelMeters(registry, tags, node);
        meters.state();
        meters.mastership();
        meters.cluster();
        meters.watch();
        meters.machinery();
        FunctionCounter.builder(Names.WITHOUT_MASTER, vacancy, Vacancy::seconds).baseUnit(SECONDS).tags(tags)
                .description("For how long, in all, this node saw that there was no master").register(registry);
    }

    private void state() {
        gauge(Names.BUILD_INFO, "Which software runs, always 1", tags.and("version", Software.version()), is -> 1);
        for (Role role : Role.values()) {
            gauge(Names.ROLE, "1 for the role that this node is in, 0 for all others", tags.and("role", role.name()),
                    is -> truth(is.state().role() == role));
        }
        gauge(Names.CANDIDATE,
                "Whether this node stands for election: 0 for an observer, and while something keeps it aside", tags,
                is -> truth(stands(is.state())));
        gauge(Names.EPOCH, "The highest epoch that this node knows of", tags, is -> is.state().epoch().number());
        gauge(Names.MASTER_SEEN, "Whether this node sees a master, itself or another, by what it last read", tags,
                is -> truth(is.state().currentMaster().isPresent()));
    }

    private static boolean stands(NodeState state) {
        return state.kind() == MemberKind.CANDIDATE && state.isMember() && state.aside().isEmpty();
    }

    private void mastership() {
        gauge(Names.MASTER_VALID, "Whether this node holds a valid mastership now, by its own clock", tags,
                is -> truth(is.mastership().isPresent()));
        seconds(Names.MASTER_VALIDITY, "For how long its mastership stays valid if no renewal succeeds; 0 if none is",
                is -> is.mastership().map(held -> held.remaining()).orElse(Duration.ZERO));
        seconds(Names.MASTER_GUARD, "For how long one renewal keeps its mastership valid; 0 if it holds none",
                is -> is.mastership().map(held -> held.tenure().guard()).orElse(Duration.ZERO));
    }

    private void cluster() {
        for (MemberStatus status : MemberStatus.values()) {
            gauge(Names.MEMBERS, "Members of the cluster, as this node last read it", tags.and("status", status.name()),
                    is -> is.view().map(view -> count(view, status)).orElse(0L));
        }
        seconds(Names.VIEW_AGE, "How old that reading is; 0 before the first",
                is -> is.view().map(view -> Duration.between(view.readAt(), Instant.now())).orElse(Duration.ZERO));
    }

    private static long count(ClusterView view, MemberStatus status) {
        return view.members().stream().filter(member -> member.status() == status).count();
    }

    private void watch() {
        lifelines("wanted", Vigil::wanted);
        lifelines("standing", vigil -> vigil.watched().size());
        lifelines("callers", Vigil::callers);
        accusations("made", "Members that this node reported dead", Vigil::made);
        accusations("accepted", "Members that this node removed as dead", Vigil::accepted);
        accusations("cleared", "Members whose lifeline was cut and that this node left alone", Vigil::cleared);
        accusations("refuted", "Members that this node removed as dead and that lived: it was wrong", Vigil::refuted);
        accusations("suffered", "How often this node was removed as dead while it lived", Vigil::suffered);
    }

    private void lifelines(String state, ToDoubleFunction<Vigil> value) {
        gauge(Names.LIFELINES, "Lifelines: those this node means to hold, those of them that stand, "
                + "those that others hold to it", tags.and("state", state), is -> value.applyAsDouble(vigil(is)));
    }

    private void accusations(String what, String description, ToDoubleFunction<Vigil> value) {
        FunctionCounter.builder(Names.ACCUSATIONS + "." + what, node, is -> value.applyAsDouble(vigil(is)))
                .description(description).tags(tags).register(registry);
    }

    private static Vigil vigil(ClusterNode node) {
        return node.vitals().vigil();
    }

    private void machinery() {
        gauge(Names.ZOOKEEPER_CONNECTED, "Whether this node can talk to ZooKeeper", tags,
                is -> truth(is.state().connected()));
        seconds(Names.ZOOKEEPER_SESSION_TIMEOUT, "The session timeout that was negotiated; 0 before any was",
                is -> is.vitals().sessionTimeout());
        seconds(Names.LOOP_BUSY, "How long the thread that decides has been at the present event; 0 while it waits",
                ClusterNode::busy);
        gauge(Names.LOOP_EVENTS, "Events that wait for the thread that decides", tags,
                is -> is.vitals().eventsWaiting());
        seconds(Names.LISTENER_OLDEST_CALL, "How long the oldest call to the application has not returned",
                is -> is.vitals().oldestCall());
    }

    private void seconds(String name, String description, Function<ClusterNode, Duration> value) {
        Gauge.builder(name, node, is -> seconds(value.apply(is))).baseUnit(SECONDS).description(description).tags(tags)
                .register(registry);
    }

    private void gauge(String name, String description, Tags labels, ToDoubleFunction<ClusterNode> value) {
        Gauge.builder(name, node, value).description(description).tags(labels).register(registry);
    }

    private static double seconds(Duration length) {
        return (double) length.toNanos() / TimeUnit.SECONDS.toNanos(1);
    }

    private static double truth(boolean holds) {
        return holds ? 1 : 0;
    }
}
