package io.curia.wire;

import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.Pong;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Request handlers of tests. */
final class Handlers {

    static final Pong PONG =
            new Pong(NodeId.of("n1"), Incarnation.of(1, 2), "demo",
                    Optional.of("6f1d4c2e-8b7a-4f0e-9c3d-5a2b1e0f7d6c"));

    private Handlers() {}

    /** Answers everything with {@link #PONG}. */
    static CompletionStage<Reply> pong(Request request, Connection connection) {
        return CompletableFuture.completedFuture(PONG);
    }

    /** Answers a members request by the id it names, so that answers can be told apart. */
    static Reply named(Request request) {
        MembersRequest members = (MembersRequest) request;
        return new ErrorReply(ErrorCode.OTHER, members.after().orElseThrow().value());
    }

    /** Leaves every request for the test to answer. */
    static final class Held implements RequestHandler {
        private static final long DEADLINE_SECONDS = 20;
        private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

        /** A request that waits for its answer. */
        record Asked(Request request, Connection connection, CompletableFuture<Reply> answer) {}

        @Override
        public CompletionStage<? extends Reply> handle(Request request, Connection connection) {
            CompletableFuture<Reply> answer = new CompletableFuture<>();
            asked.add(new Asked(request, connection, answer));
            return answer;
        }

        Asked next() throws InterruptedException {
            Asked next = asked.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no request arrived");
            }
            return next;
        }

        int waiting() {
            return asked.size();
        }
    }
}
