package io.curia.process;

import io.curia.model.Endpoint;
import io.curia.runtime.ClusterNode;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.message.JournalRequest;
import io.curia.wire.message.MasterRequest;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Request;
import io.curia.wire.message.StatusRequest;
import io.curia.wire.message.WitnessRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the classes with which a node answers on its port, by asking it everything that operators ask, and what other
 * nodes do about one that they suspect: that may come while it is about to succeed.
 */
final class PortTraining {

    private static final List<Request> QUESTIONS = List.of(new Ping(), new StatusRequest(), new MasterRequest(),
            MembersRequest.first(), JournalRequest.first());
    private static final AskTimeouts PATIENCE = AskTimeouts.of(Duration.ofSeconds(10));

    private PortTraining() {
    }

    /** Has this node answer everything once. */
    static void of(ClusterNode node) {
        Endpoint address = node.state().address();
        List<Request> doubts = node.view().stream().flatMap(seen -> seen.live().stream())
                .flatMap(member -> member.live().stream())
                .<Request>map(member -> new WitnessRequest(member.id(), member.incarnation())).toList();
        Stream.concat(QUESTIONS.stream(), doubts.stream())
                .forEach(question -> BlockingNodeClient.ask(address, question, PATIENCE));
    }
}
