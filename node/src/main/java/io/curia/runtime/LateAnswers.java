package io.curia.runtime;

import io.curia.wire.Connection;
import io.curia.wire.RequestHandler;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What a port answers that is open before there is anybody who knows the answers.
 *
 * @param present who answers just now
 */
record LateAnswers(Supplier<RequestHandler> present) implements RequestHandler {

    @Override
    public CompletionStage<? extends Reply> handle(Request request, Connection connection) {
        return present.get().handle(request, connection);
    }

    @Override
    public void onRefused(Refused refusal) {
        present.get().onRefused(refusal);
    }
}
