package io.curia.bench;

import io.curia.bench.Candidates.Candidate;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hears which of the survivors becomes master, from the line that each prints at that moment; costs nothing while it
 * listens. A node that said so is then asked whether it is valid.
 */
final class Successor {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Map<Candidate, Integer> heard = new HashMap<>();

    private Successor() {
    }

    /** Listens to what these say from now on. */
    static Successor of(List<Candidate> survivors) {
        Successor successor = new Successor();
        survivors.forEach(survivor -> successor.heard.put(survivor, survivor.child().heard()));
        return successor;
    }

    /** Returns when the line of the first one had arrived. */
    long await(Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - deadline < 0) {
            for (Map.Entry<Candidate, Integer> survivor : heard.entrySet()) {
                Candidate candidate = survivor.getKey();
                Optional<Child.Line> line =
                        candidate.child().heardFirst(survivor.getValue(), candidate::announces);
                if (line.isPresent()) {
                    confirm(candidate, line.get());
                    return line.get().nanos();
                }
            }
            Pause.of(Pause.A_LOOK); // The time of the line's arrival is what counts.
        }
        throw new IOException("nobody became master within " + atMost + "; the survivors said last:\n"
                + String.join("\n", heard.keySet().stream().map(one -> one.child().tail()).toList()));
    }

    /** A line that the node's own answer does not bear out must not pass for a master. */
    private static void confirm(Candidate candidate, Child.Line line) throws IOException, InterruptedException {
        if (!candidate.arm().isCuria()) {
            return;
        }
        try (BlockingNodeClient client = BlockingNodeClient.connect(candidate.address(), ANSWER)) {
            StatusReply status = client.ask(new StatusRequest(), ANSWER).as(StatusReply.class).orElseThrow();
            if (!status.valid() || !line.value("epoch").orElseThrow().equals(status.epoch().toString())) {
                throw new IOException(candidate.id() + " said '" + line.text() + "', but answers " + status);
            }
        } catch (NoAnswerException e) {
            throw new IOException(candidate.id() + " said '" + line.text() + "', but does not answer", e);
        }
    }
}
