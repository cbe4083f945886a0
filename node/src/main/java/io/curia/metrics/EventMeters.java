package io.curia.metrics;

import io.curia.model.Cause;
import io.curia.model.RefusalReason;
import io.curia.runtime.NodeMeter;
import io.curia.runtime.NodeState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Counts and times what a node tells of. Every series exists from the beginning, with all values that its labels can
 * have: the first event of a kind would be invisible to a rate otherwise.
 */
final class EventMeters implements NodeMeter {

    private static final Duration[] FAILOVER_BOUNDS =
            millis(5, 10, 20, 30, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000);
    private static final Duration[] REQUEST_BOUNDS = millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000);
    private static final Duration[] LOOP_BOUNDS = millis(1, 5, 10, 50, 100, 500, 1_000, 5_000);

    private final Vacancy vacancy;
    private final Map<Cause, Counter> elections;
    private final Map<Cause, Timer> failovers;
    private final Counter plannedEnds;
    private final Counter unplannedEnds;
    private final Timer renewals;
    private final Timer looks;
    private final Counter renewalsRefused;
    private final Counter renewalsLost;
    private final Map<Link, Counter> links;
    private final Timer turns;
    private final Timer lateness;
    private final Counter joins;
    private final Map<RefusalReason, Counter> refusals;

    EventMeters(MeterRegistry registry, Tags tags, Vacancy vacancy) {
        this.vacancy = vacancy;
        this.elections = each(Cause.class, cause -> counter(registry, Names.ELECTIONS,
                "Masterships that this node saw begin, its own or another's, by why the one before it ended",
                tags.and("cause", cause.name())));
        this.failovers = each(Cause.class, cause -> timer(registry, Names.FAILOVER,
                "From this node's first proof that the master was gone to its own mastership being valid",
                tags.and("cause", cause.name()), FAILOVER_BOUNDS));
        String ended = "Masterships of this node that ended; planned ones stayed valid until its duties had stopped";
        this.plannedEnds = counter(registry, Names.MASTERSHIPS_ENDED, ended, tags.and("planned", "true"));
        this.unplannedEnds = counter(registry, Names.MASTERSHIPS_ENDED, ended, tags.and("planned", "false"));
        String request = "How long ZooKeeper took to answer: a master's renewal by a quorum, a round of reads by any";
        this.renewals = timer(registry, Names.ZOOKEEPER_REQUEST, request, tags.and("operation", "renew"),
                REQUEST_BOUNDS);
        this.looks = timer(registry, Names.ZOOKEEPER_REQUEST, request, tags.and("operation", "look"),
                REQUEST_BOUNDS);
        String failed = "Renewals that failed: refused because the mastership is over, or the answer was lost";
        this.renewalsRefused = counter(registry, Names.RENEWALS_FAILED, failed, tags.and("how", "refused"));
        this.renewalsLost = counter(registry, Names.RENEWALS_FAILED, failed, tags.and("how", "lost"));
        this.links = each(Link.class, change -> counter(registry, nameOf(change),
                "How often the link to ZooKeeper was: " + change.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                tags));
        this.turns = timer(registry, Names.LOOP_TURN, "How long the thread that decides was at one event", tags,
                LOOP_BOUNDS);
        this.lateness = timer(registry, Names.LOOP_LATENESS,
                "How much later than it wanted the thread that decides went on by itself", tags, LOOP_BOUNDS);
        this.joins = counter(registry, Names.JOINS, "Programs that this node let in", tags);
        this.refusals = each(RefusalReason.class, reason -> counter(registry, Names.JOIN_REFUSALS,
                "Programs that this node did not let in", tags.and("reason", reason.name())));
    }

    private static String nameOf(Link change) {
        return switch (change) {
            case CONNECTED -> Names.ZOOKEEPER_CONNECTS;
            case DISCONNECTED -> Names.ZOOKEEPER_DISCONNECTS;
            case SESSION_LOST -> Names.ZOOKEEPER_SESSIONS_LOST;
        };
    }

    private static Duration[] millis(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description, Tags tags, Duration[] bounds) {
        return Timer.builder(name).description(description).tags(tags).serviceLevelObjectives(bounds)
                .register(registry);
    }

    private static <K extends Enum<K>, M> Map<K, M> each(Class<K> kind, Function<K, M> make) {
        Map<K, M> made = new EnumMap<>(kind);
        for (K key : kind.getEnumConstants()) {
            made.put(key, make.apply(key));
        }
        return made;
    }

    @Override
    public void onState(NodeState state) {
        vacancy.see(state);
    }

    @Override
    public void onElection(Cause cause) {
        elections.get(cause).increment();
    }

    @Override
    public void onFailover(Cause cause, Duration length) {
        failovers.get(cause).record(length);
    }

    @Override
    public void onMastershipEnding(boolean planned) {
        (planned ? plannedEnds : unplannedEnds).increment();
    }

    @Override
    public void onRenewal(Duration roundTrip) {
        renewals.record(roundTrip);
    }

    @Override
    public void onRenewalFailed(boolean refused) {
        (refused ? renewalsRefused : renewalsLost).increment();
    }

    @Override
    public void onLook(Duration roundTrip) {
        looks.record(roundTrip);
    }

    @Override
    public void onLink(Link change) {
        links.get(change).increment();
    }

    @Override
    public void onTurn(Duration length) {
        turns.record(length);
    }

    @Override
    public void onLateness(Duration late) {
        lateness.record(late);
    }

    @Override
    public void onJoinAnswered(Optional<RefusalReason> refusal) {
        refusal.map(refusals::get).orElse(joins).increment();
    }
}
