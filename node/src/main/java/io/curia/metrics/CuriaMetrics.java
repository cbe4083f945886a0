package io.curia.metrics;

import io.curia.runtime.ClusterNode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The metrics of one node, each labelled with its cluster and id.
 *
 * <pre>{@code
 * CuriaMetrics metrics = new CuriaMetrics(node);
 * metrics.bindTo(registry);
 * node.start();
 * }</pre>
 *
 * <p>What is counted is counted from the binding on, so bind before the node is started. Levels are read from the node
 * when the registry asks for them, which costs microseconds and neither waits nor talks to anybody.
 *
 * <p>Safe for use by any thread.
 */
public final class CuriaMetrics implements MeterBinder, AutoCloseable {

    private final ClusterNode node;
    private final CopyOnWriteArrayList<Bound> bound = new CopyOnWriteArrayList<>();

    private record Bound(MeterRegistry registry, Tags tags, EventMeters events) {
    }

    /** Makes the metrics of this node, bound to nothing yet. */
    public CuriaMetrics(ClusterNode node) {
        this.node = Objects.requireNonNull(node, "node");
    }

    /** Registers the node's meters with the registry, and keeps them up to date from now on. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Tags tags = Tags.of("cluster", node.cluster(), "id", node.state().id().value());
        Vacancy vacancy = new Vacancy(System::nanoTime);
        EventMeters events = new EventMeters(registry, tags, vacancy);
        LevelMeters.register(registry, tags, node, vacancy);
        node.addMeter(events);
        bound.add(new Bound(registry, tags, events));
    }

    /** Takes every meter of this node out of every registry it was bound to. Idempotent. */
    @Override
    public void close() {
        for (Bound each : bound) {
            if (bound.remove(each)) {
                node.removeMeter(each.events());
                each.registry().getMeters().stream().filter(meter -> isOurs(meter, each.tags()))
                        .forEach(each.registry()::remove);
            }
        }
    }

    private static boolean isOurs(Meter meter, Tags tags) {
        return meter.getId().getName().startsWith(Names.PREFIX)
                && tags.stream().allMatch(tag -> tag.getValue().equals(meter.getId().getTag(tag.getKey())));
    }
}
