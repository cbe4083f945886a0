package io.curia.runtime;

import io.curia.core.Event;
import io.curia.core.Finding;
import io.curia.core.Fitness;
import io.curia.model.ClusterView;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.YieldedTenure;
import io.curia.wire.AskTimeouts;
import io.curia.wire.Connection;
import io.curia.wire.Lifeline;
import io.curia.wire.Lifelines;
import io.curia.wire.NoAnswerException;
import io.curia.wire.NodeServer;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Peer;
import io.curia.wire.message.WitnessReply;
import io.curia.wire.message.WitnessRequest;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the processes of a few other members over lifelines, those that it holds and those that others hold to it,
 * and looks closer when one is cut.
 *
 * <p>One thread owns who is wanted and who is suspected. What cannot wait for it, the first look at a suspect and the
 * question to a witness, is done on the port's thread, which hears first.
 */
final class DeathWatch implements Inquest.Surroundings {

    private static final Logger log = LoggerFactory.getLogger(DeathWatch.class);
    private static final AskTimeouts OPENING = AskTimeouts.of(Duration.ofSeconds(1), Duration.ofSeconds(2));

    private final NodeConfig config;
    private final Supplier<NodeState> state;
    private final Roll roll;
    private final Lifelines lifelines;
    private final Sightings sightings;
    private final SecondOpinions opinions;
    private final Inquest inquest;
    private final Accusations accusations;
    private final Runnable observing;
    private final Consumer<Event> post;
    private final WatchThread thread;
    private final Relinking relinking;
    private final Acquaintances acquaintances = new Acquaintances(HostName.here());
    private final Map<NodeId, Held> held = new ConcurrentHashMap<>();
    private final Runnable readjusting = this::adjust;
    private final Callers callers;
    private volatile int wantedNow;
    private volatile boolean listening = true;
    private final Soundness soundness = new Soundness();

    DeathWatch(NodeConfig config, NodeServer server, ScheduledThreadPoolExecutor thread, Supplier<NodeState> state,
            Supplier<Optional<ClusterView>> view, Accusations accusations, Runnable observing, Consumer<Event> post,
            Clock clock) {
        this.config = config;
        this.state = state;
        this.roll = new Roll(config.id(), state, view);
        this.accusations = accusations;
        this.observing = observing;
        this.post = post;
        this.callers = new Callers(state, post);
        this.lifelines = server.lifelines();
        this.sightings = new Sightings(server.probe());
        this.opinions = new SecondOpinions(held, roll, acquaintances, new Testimony(sightings), state);
        this.thread = new WatchThread(config.id().value(), thread);
        this.relinking = new Relinking(this.thread, this::adjust);
        this.inquest = new Inquest(config.id().value(), this, accusations, this.thread, System::nanoTime, clock);
        server.listenerClosed().thenRun(() -> listening = false);
    }

    /** The cluster, or this node's place in it, looks different: hold the lifelines that are needed now. */
    void changed() {
        soundness.see(state.get());
        thread.run(() -> inquest.reconsider(roll::turnOf));
        relinking.after(state.get());
    }

    private void adjust() {
        long now = System.nanoTime();
        Map<NodeId, Member> wanted = roll.wanted(incarnation -> acquaintances.isLeftAlone(incarnation, now));
        wantedNow = wanted.size();
        Map<Incarnation, Member> registered = roll.registered();
        acquaintances.keepOnly(Stream.concat(wanted.values().stream().map(Member::incarnation),
                registered.keySet().stream()).collect(Collectors.toSet()));
        for (Held line : List.copyOf(held.values())) {
            Member member = wanted.get(line.id());
            if (member == null || !line.isOf(member.incarnation())) {
                held.remove(line.id());
                line.line().close("not needed any more");
            }
        }
        wanted.values().stream().filter(member -> !held.containsKey(member.id())).forEach(this::open);
        registered.values().stream().filter(member -> acquaintances.forgetHungUp(member.incarnation()))
                .forEach(this::suspectCaller);
    }

    private void open(Member member) {
        NodeState now = state.get();
        Held line = new Held(member);
        held.put(member.id(), line);
        LifelineRequest request = new LifelineRequest(config.zooKeeper().cluster(),
                now.cluster().orElseThrow().uuid(), new Peer(config.id(), now.address()), now.incarnation(),
                now.epoch(), config.isHeir());
        line.opening(lifelines.open(member.address(), request, OPENING, new Ear(line)));
    }

    /** Hears of one lifeline, on the port's thread. */
    private final class Ear implements Lifeline.Listener {

        private final Held line;

        Ear(Held line) {
            this.line = line;
        }

        @Override
        public void onOpen(LifelineReply reply, InetSocketAddress at) {
            if (line.isOf(reply.incarnation())) {
                line.opened(reply, at);
            }
            thread.run(() -> opened(line, reply, at));
        }

        @Override
        public void onGoodbye(String reason) {
            thread.run(() -> acquaintances.parted(line.member().incarnation()));
        }

        /** At once, because nobody is master meanwhile. A switchover's target may be about to learn that it is next. */
        @Override
        public void onYielded(YieldedTenure tenure) {
            if (roll.isNext() || tenure.switchover().isPresent()) {
                post.accept(new Event.TenureYielded(line.member().incarnation(), tenure));
            }
        }

        @Override
        public void onWitness(WitnessReply reply) {
            thread.run(() -> inquest.told(line.id(), reply.incarnation(), Sightings.heard(reply.seen())));
        }

        @Override
        public void onClosed(Lifeline.Ending ending, NoAnswerException cause) {
            boolean cut = ending == Lifeline.Ending.CUT;
            Optional<InetSocketAddress> stood = line.ended(cut);
            boolean mine = cut && stood.isPresent() && roll.turnOf(line.id()) <= 0;
            Optional<CompletionStage<Finding>> look = mine ? Optional.of(look(line.member(), stood)) : Optional.empty();
            thread.run(() -> ended(line, ending, cause, stood, look));
        }
    }

    private void opened(Held line, LifelineReply reply, InetSocketAddress at) {
        post.accept(new Event.EpochSeen(reply.epoch()));
        accusations.heardOf(reply.source().id(), reply.formerly());
        if (line.isOf(reply.incarnation())) {
            acquaintances.reached(line.member(), at);
        } else {
            // Somebody else by now, whom the next view will show.
            line.line().close("meant for another registration");
        }
    }

    private void ended(Held line, Lifeline.Ending ending, NoAnswerException cause, Optional<InetSocketAddress> stood,
            Optional<CompletionStage<Finding>> look) {
        boolean current = held.remove(line.id(), line);
        Member member = line.member();
        log.debug("{}: lifeline to {} ended {}: {}", config.id(), member.id(), ending, String.valueOf(cause));
        if (ending == Lifeline.Ending.CUT && stood.isPresent()) {
            inquire(member, stood, Grounds.ofCut(cause), look);
        } else if (current && ending == Lifeline.Ending.NEVER_OPENED
                && cause.kind() == NoAnswerException.Kind.REFUSED) {
            acquaintances.whenRefused(member, roll.isMaster(member), System.nanoTime()).ifPresent(grounds ->
                    suspect(member, grounds));
        }
        inquest.lost(line.id());
        if (current) {
            acquaintances.ended(member.incarnation(), System.nanoTime());
            thread.run(readjusting, Acquaintances.REOPEN.toMillis());
        }
    }

    /** Somebody holds a lifeline to this node now. On the port's thread. */
    void called(LifelineRequest caller, Connection connection) {
        callers.add(caller, connection, () -> hungUp(caller.source().id(), caller.incarnation()));
    }

    /** Returns who holds a lifeline to this node. */
    Callers callers() {
        return callers;
    }

    /** Only the registered address counts: what a caller says of itself may be a lie. */
    private void hungUp(NodeId caller, Incarnation as) {
        thread.run(() -> roll.find(caller, as).ifPresentOrElse(this::suspectCaller, () -> acquaintances.hungUp(as)));
    }

    private void suspectCaller(Member caller) {
        Held line = held.get(caller.id());
        boolean told = line != null && line.tells();
        if (!told && state.get().isMember() && caller.kind() != MemberKind.GUEST) {
            suspect(caller, Grounds.HUNG_UP);
        }
    }

    private void suspect(Member member, Grounds grounds) {
        inquire(member, acquaintances.reachedAt(member.incarnation()), grounds, Optional.empty());
    }

    /** The end of each of its connections tells of a death; whoever is about to succeed has use for one of them. */
    private void inquire(Member member, Optional<InetSocketAddress> at, Grounds grounds,
            Optional<CompletionStage<Finding>> look) {
        if (!acquaintances.isReported(member.incarnation(), System.nanoTime())) {
            int turn = roll.turnOf(member.id());
            if (turn > 0 && roll.isNearlyNext() && !roll.isMaster(member)) {
                observing.run(); // It may have become master a moment ago, and then it is this node's turn.
            }
            inquest.into(member, at, turn, grounds, look);
        }
    }

    @Override
    public CompletionStage<Finding> look(Member suspect, Optional<InetSocketAddress> at) {
        return sightings.look(suspect, at);
    }

    /** Elsewhere a port can vanish with its network; and of one that is no master yet it may soon be wanted. */
    @Override
    public boolean isWorthAGlance(Member suspect) {
        return !roll.isMaster(suspect) || !suspect.address().host().equals(state.get().address().host());
    }

    @Override
    public Set<NodeId> askWitnesses(Member suspect) {
        return opinions.ask(suspect);
    }

    @Override
    public Fitness fitness(int othersInDoubt) {
        NodeState now = state.get();
        return new Fitness(now.isMember(), now.connected(), listening, soundness.sinceNanos(), othersInDoubt);
    }

    @Override
    public boolean isRemoved(Member suspect) {
        return roll.isRemoved(suspect);
    }

    @Override
    public void post(Event.DeathVerified found) {
        post.accept(found);
        acquaintances.reported(found.obituary().incarnation(), System.nanoTime());
        thread.run(() -> accusations.made(found.obituary()), Relinking.AFTERWARDS_MILLIS);
    }

    /** Hears of the end of a lifeline to somebody who was never there, and of one that it held: nothing follows. */
    void rehearse(Member nobody) {
        new Ear(new Held(nobody)).onClosed(Lifeline.Ending.CUT,
                new NoAnswerException(NoAnswerException.Kind.CLOSED, nobody.address(), "never stood", null));
        hungUp(nobody.id(), nobody.incarnation());
        log.debug("{}: rehearsed: turn {}, next {}", config.id(), roll.turnOf(nobody.id()), roll.isNext());
    }

    /** Returns what this node sees of a member, for another that suspects it. On the port's thread. */
    CompletionStage<WitnessReply> testify(WitnessRequest question) {
        return opinions.give(question);
    }

    /** Returns how it watches and what came of it. */
    WatchState standing() {
        return new WatchState(accusations.vigil(wantedNow, Held.ids(held.values(), true), callers.count()),
                Held.ids(held.values(), false));
    }
}
