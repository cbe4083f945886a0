package io.curia.wire;

import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.ProtocolException;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a line of answer out of a handler, whatever the handler does. */
final class Answering {

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private Answering() {}

    /** Hands the handler's answer to {@code out} when it is there, on any thread; a failure becomes INTERNAL. */
    static void ask(RequestHandler handler, Request request, Connection connection, Consumer<byte[]> out) {
        stage(handler, request, connection).whenComplete((reply, failure) ->
                out.accept(failure == null ? line(request, reply) : failed(request, connection, failure)));
    }

    /** Returns the answer to a line that is no request; the handler hears of it if it was meant to be one to join. */
    static byte[] refuse(RequestHandler handler, ProtocolException wrong) {
        Reply answer = wrong.answer();
        answer.as(Refused.class).ifPresent(handler::onRefused);
        return MessageCodec.encode(answer);
    }

    private static CompletionStage<? extends Reply> stage(RequestHandler handler, Request request,
            Connection connection) {
        try {
            CompletionStage<? extends Reply> stage = handler.handle(request, connection);
            return stage != null ? stage : CompletableFuture.failedFuture(new NullPointerException("no stage"));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static byte[] line(Request request, Reply reply) {
        if (reply == null) {
            LOG.warn("the answer to {} was null", request);
            return internal();
        }
        try {
            return MessageCodec.encode(reply);
        } catch (ProtocolException e) {
            LOG.warn("the answer to {} cannot be sent", request, e);
            return internal();
        }
    }

    private static byte[] failed(Request request, Connection connection, Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause() : failure;
        LOG.warn("{} of {} could not be answered", request, connection.remote(), cause);
        return internal();
    }

    private static byte[] internal() {
        return MessageCodec.encode(new ErrorReply(ErrorCode.INTERNAL, "the node failed; its log says why"));
    }
}
