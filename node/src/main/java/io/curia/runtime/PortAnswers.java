package io.curia.runtime;

import io.curia.model.ClusterView;
import io.curia.model.RefusalReason;
import io.curia.wire.Connection;
import io.curia.wire.RequestHandler;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.JoinRequest;
import io.curia.wire.message.JournalReply;
import io.curia.wire.message.JournalRequest;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.MasterReply;
import io.curia.wire.message.MasterRequest;
import io.curia.wire.message.MembersReply;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Pong;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import io.curia.wire.message.TutorialJoin;
import io.curia.wire.message.Wishes;
import io.curia.wire.message.WitnessRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * What a node answers on its port. Questions are answered at once from what was last published, with or without
 * ZooKeeper; joins go to the threads for joins.
 */
final class PortAnswers implements RequestHandler {

    private final NodeConfig config;
    private final long pid;
    private final Supplier<NodeState> state;
    private final Supplier<Optional<Mastership>> mastership;
    private final Supplier<Optional<ClusterView>> view;
    private final Supplier<Optional<DeathWatch>> watch;
    private final Accusations accusations;
    private final Sponsor sponsor;
    private final Guests guests;
    private final Executor joins;
    private final Journal journal;
    private final Metering metering;
    private final Clock clock;

    PortAnswers(NodeConfig config, long pid, Supplier<NodeState> state, Supplier<Optional<Mastership>> mastership,
            Supplier<Optional<ClusterView>> view, Supplier<Optional<DeathWatch>> watch, Accusations accusations,
            Sponsor sponsor, Guests guests, Executor joins, Journal journal, Metering metering, Clock clock) {
        this.config = config;
        this.pid = pid;
        this.state = state;
        this.mastership = mastership;
        this.view = view;
        this.watch = watch;
        this.accusations = accusations;
        this.sponsor = sponsor;
        this.guests = guests;
        this.joins = joins;
        this.journal = journal;
        this.metering = metering;
        this.clock = clock;
    }

    @Override
    public CompletionStage<? extends Reply> handle(Request request, Connection connection) {
        return request.accept(new Answers(connection));
    }

    @Override
    public void onRefused(Refused refusal) {
        metering.answered(refusal);
    }

    private final class Answers implements Request.Visitor<CompletionStage<? extends Reply>> {

        private final Connection connection;

        Answers(Connection connection) {
            this.connection = connection;
        }

        @Override
        public CompletionStage<? extends Reply> join(JoinRequest request) {
            return onJoinThread(() -> sponsor.answer(request));
        }

        @Override
        public CompletionStage<? extends Reply> tutorialJoin(TutorialJoin request) {
            return onJoinThread(() -> guests.answer(request, connection));
        }

        private CompletionStage<Reply> onJoinThread(Supplier<Reply> answer) {
            CompletionStage<Reply> reply;
            try {
                reply = CompletableFuture.supplyAsync(answer, joins);
            } catch (RejectedExecutionException e) {
                reply = CompletableFuture.completedStage(Refused.of(RefusalReason.BUSY,
                        config.id() + " has too many joins under way; try again, or ask another member"));
            }
            reply.thenAccept(metering::answered);
            return reply;
        }

        @Override
        public CompletionStage<? extends Reply> ping(Ping request) {
            NodeState now = state.get();
            return CompletableFuture.completedStage(new Pong(config.id(), now.incarnation(),
                    config.zooKeeper().cluster(), now.cluster().map(cluster -> cluster.uuid())));
        }

        @Override
        public CompletionStage<? extends Reply> members(MembersRequest request) {
            return CompletableFuture.completedStage(view.get()
                    .<Reply>map(seen -> MembersReply.to(request, seen))
                    .orElseGet(() -> new ErrorReply(ErrorCode.UNAVAILABLE,
                            config.id() + " has not seen the cluster yet")));
        }

        @Override
        public CompletionStage<? extends Reply> master(MasterRequest request) {
            NodeState now = state.get();
            return CompletableFuture.completedStage(MasterReply.of(config.zooKeeper().cluster(), now.master(),
                    now.masterLive(), wishes(now), asOf(now)));
        }

        private Wishes wishes(NodeState now) {
            return view.get().map(seen -> Wishes.of(seen.intents(), now.master().epoch(), clock.instant()))
                    .orElse(Wishes.NONE);
        }

        /** Without a connection it was seen at the latest when it was lost, which was after the last view was read. */
        private Instant asOf(NodeState now) {
            return now.connected() ? clock.instant()
                    : view.get().map(ClusterView::readAt).orElse(Instant.EPOCH);
        }

        @Override
        public CompletionStage<? extends Reply> status(StatusRequest request) {
            NodeState now = state.get();
            Optional<Mastership> held = mastership.get().filter(Mastership::isValid);
            return CompletableFuture.completedStage(new StatusReply(config.id(), now.role(),
                    held.map(Mastership::epoch).orElse(now.epoch()), held.isPresent(),
                    held.map(valid -> valid.remaining().toMillis()).orElse(0L),
                    held.map(valid -> config.id()).or(() -> now.currentMaster().map(tenure -> tenure.id())),
                    now.incarnation(), now.cluster().map(cluster -> cluster.uuid()), config.zooKeeper().cluster(),
                    now.connected(), pid, now.address(),
                    watch.get().map(DeathWatch::standing).map(WatchState::vigil)
                            .orElseGet(() -> accusations.vigil(0, List.of(), 0))));
        }

        @Override
        public CompletionStage<? extends Reply> witness(WitnessRequest request) {
            return watch.get().<CompletionStage<? extends Reply>>map(watching -> watching.testify(request))
                    .orElseGet(() -> CompletableFuture.completedStage(new ErrorReply(ErrorCode.UNAVAILABLE,
                            config.id() + " leaves deaths to the sessions")));
        }

        @Override
        public CompletionStage<? extends Reply> lifeline(LifelineRequest request) {
            return CompletableFuture.completedStage(lifelineReply(request));
        }

        @Override
        public CompletionStage<? extends Reply> journal(JournalRequest request) {
            // The last number first: entries that come meanwhile are asked for again, not missed.
            long last = journal.lastNumber();
            return CompletableFuture.completedStage(new JournalReply(config.id(), state.get().incarnation(),
                    journal.begun(), clock.instant(), last, journal.after(request.after(), JournalReply.MAX_ENTRIES)));
        }

        /** The asker stakes the end of this connection on the registration that is named here. */
        private Reply lifelineReply(LifelineRequest request) {
            NodeState now = state.get();
            Optional<String> uuid = now.cluster().map(cluster -> cluster.uuid());
            if (!request.cluster().equals(config.zooKeeper().cluster()) || !Optional.of(request.uuid()).equals(uuid)) {
                return new ErrorReply(ErrorCode.INVALID, "this is a member of cluster " + config.zooKeeper().cluster()
                        + " with uuid " + uuid.orElse("not known yet"));
            }
            if (!now.isMember()) {
                return new ErrorReply(ErrorCode.UNAVAILABLE, config.id() + " is not a member now");
            }
            connection.keep();
            watch.get().ifPresent(watching -> watching.called(request, connection));
            return new LifelineReply(request.cluster(), request.uuid(), new Peer(config.id(), now.address()),
                    now.incarnation(), now.epoch(), accusations.formerly(), watch.get().isPresent());
        }
    }
}
