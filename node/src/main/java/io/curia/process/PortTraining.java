package io.curia.process;

import io.curia.model.Endpoint;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.message.JournalRequest;
import io.curia.wire.message.MasterRequest;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Request;
import io.curia.wire.message.StatusRequest;
import java.time.Duration;
import java.util.List;

/** Loads the classes with which a node answers on its port, by asking it everything that operators ask. */
final class PortTraining {

    private static final List<Request> QUESTIONS = List.of(new Ping(), new StatusRequest(), new MasterRequest(),
            MembersRequest.first(), JournalRequest.first());
    private static final AskTimeouts PATIENCE = AskTimeouts.of(Duration.ofSeconds(10));

    private PortTraining() {
    }

    /** Has the node at {@code address} answer everything once. */
    static void of(Endpoint address) {
        QUESTIONS.forEach(question -> BlockingNodeClient.ask(address, question, PATIENCE));
    }
}
