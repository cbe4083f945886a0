package io.curia.wire;

import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.util.concurrent.CompletionStage;

/** What a node answers. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Returns the answer to {@code request}, now or later.
     *
     * <p>Called on the port's only thread: it must not block. The stage may be completed on any thread. If it fails,
     * or this method throws, the asker is told INTERNAL and the log why; if it is not completed within
     * {@link ServerLimits#answer()} the asker is told TIMEOUT and a later answer is dropped. The connection stands in
     * both cases.
     */
    CompletionStage<? extends Reply> handle(Request request, Connection connection);

    /**
     * Is told of a request to join that was refused before it got here, because it was not well formed or of another
     * version. Called on the port's only thread; must neither block nor throw.
     */
    default void onRefused(Refused refusal) {
    }
}
