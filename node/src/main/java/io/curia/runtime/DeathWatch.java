package io.curia.runtime;

import io.curia.core.Event;
import io.curia.core.WatchRing;
import io.curia.model.ClusterView;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.wire.AskTimeouts;
import io.curia.wire.Lifeline;
import io.curia.wire.Lifelines;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Peer;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the processes of a few other members over lifelines, and looks closer when one is cut.
 *
 * <p>One thread owns what is held and who is suspected; the port's thread only hands over what happened.
 */
final class DeathWatch {

    private static final Logger log = LoggerFactory.getLogger(DeathWatch.class);
    private static final AskTimeouts OPENING = AskTimeouts.of(Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final long REOPEN_MILLIS = 500;

    private final NodeConfig config;
    private final Supplier<NodeState> state;
    private final Supplier<Optional<ClusterView>> view;
    private final Lifelines lifelines;
    private final Inquest inquest;
    private final Consumer<Event> post;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<NodeId, Held> held = new HashMap<>();

    /** A lifeline to one registration; {@code at} is where it was reached, once it was. */
    private static final class Held {
        private final Member member;
        private Lifeline line;
        private Optional<InetSocketAddress> at = Optional.empty();

        Held(Member member) {
            this.member = member;
        }
    }

    DeathWatch(NodeConfig config, Supplier<NodeState> state, Supplier<Optional<ClusterView>> view,
            Lifelines lifelines, Inquest inquest, Consumer<Event> post, ScheduledThreadPoolExecutor thread) {
        this.config = config;
        this.state = state;
        this.view = view;
        this.lifelines = lifelines;
        this.inquest = inquest;
        this.post = post;
        this.thread = thread;
    }

    /** Returns the watch of a node with these parts; empty if deaths are to be left to the sessions. */
    static Optional<DeathWatch> ifWanted(NodeConfig config, NodeParts parts, Supplier<NodeState> state,
            Supplier<Optional<ClusterView>> view, Consumer<Event> post, Clock clock) {
        if (config.failover() == Failover.SESSION) {
            return Optional.empty();
        }
        Sightings sightings = new Sightings(parts.server().probe());
        Inquest inquest = new Inquest(config.id().value(), sightings::look, state, parts.watch(), post, clock);
        return Optional.of(new DeathWatch(config, state, view, parts.server().lifelines(), inquest, post,
                parts.watch()));
    }

    /** The cluster, or this node's place in it, looks different: hold the lifelines that are needed now. */
    void changed() {
        onThread(this::adjust, 0);
    }

    private void onThread(Runnable task, long delayMillis) {
        try {
            thread.schedule(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    log.error("{}: a fault in the watch over other members", config.id(), e);
                }
            }, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("{}: ending, nobody is watched any more", config.id());
        }
    }

    private void adjust() {
        Map<NodeId, Member> wanted = wanted().stream().collect(Collectors.toMap(Member::id, member -> member));
        for (Held line : List.copyOf(held.values())) {
            Member member = wanted.get(line.member.id());
            if (member == null || !member.incarnation().equals(line.member.incarnation())) {
                held.remove(line.member.id());
                line.line.close("not needed any more");
            }
        }
        wanted.values().stream().filter(member -> !held.containsKey(member.id())).forEach(this::open);
    }

    private List<Member> wanted() {
        NodeState now = state.get();
        if (!now.isMember()) {
            return List.of();
        }
        // The master is known from its record long before the next view of the whole cluster is read.
        List<Member> wanted = new ArrayList<>(now.currentMaster().filter(tenure -> !tenure.id().equals(config.id()))
                .map(DeathWatch::holderOf).stream().toList());
        view.get().map(seen -> WatchRing.of(seen).watchedBy(config.id(), seen.currentMaster())).orElse(List.of())
                .stream().filter(member -> wanted.stream().noneMatch(other -> other.id().equals(member.id())))
                .forEach(wanted::add);
        return wanted;
    }

    private static Member holderOf(Tenure tenure) {
        return new Member(tenure.id(), tenure.incarnation(), tenure.address(), MemberKind.CANDIDATE, tenure.pid(), "",
                "", tenure.since(), Map.of(), Optional.empty());
    }

    private void open(Member member) {
        NodeState now = state.get();
        Held line = new Held(member);
        held.put(member.id(), line);
        LifelineRequest request = new LifelineRequest(config.zooKeeper().cluster(),
                now.cluster().orElseThrow().uuid(), new Peer(config.id(), now.address()), now.incarnation(),
                now.epoch());
        line.line = lifelines.open(member.address(), request, OPENING, new Lifeline.Listener() {
            @Override
            public void onOpen(LifelineReply reply, InetSocketAddress at) {
                onThread(() -> opened(line, reply, at), 0);
            }

            @Override
            public void onClosed(Lifeline.Ending ending, NoAnswerException cause) {
                onThread(() -> ended(line, ending, cause), 0);
            }
        });
    }

    private void opened(Held line, LifelineReply reply, InetSocketAddress at) {
        post.accept(new Event.EpochSeen(reply.epoch()));
        if (reply.incarnation().equals(line.member.incarnation())) {
            line.at = Optional.of(at);
        } else {
            // Somebody else by now, whom the next view will show.
            line.line.close("meant for another registration");
        }
    }

    private void ended(Held line, Lifeline.Ending ending, NoAnswerException cause) {
        boolean current = held.remove(line.member.id(), line);
        log.debug("{}: lifeline to {} ended {}", config.id(), line.member.id(), ending, cause);
        if (ending == Lifeline.Ending.CUT && line.at.isPresent()) {
            inquest.into(line.member, line.at.get(), turnOf(line.member.id()));
        }
        if (current) {
            onThread(this::adjust, REOPEN_MILLIS);
        }
    }

    private int turnOf(NodeId dead) {
        return view.get().map(seen -> WatchRing.of(seen).turnOf(config.id(), dead)).orElse(0);
    }
}
