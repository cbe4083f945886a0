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
import java.util.function.BiPredicate;

/**
 * Waits for the line that a candidate prints at the moment at which it becomes master, or is one no longer; costs
 * nothing while it listens. A node that says it is master is asked at once, and must answer that it is valid.
 */
final class Announcement {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Map<Candidate, Integer> heard = new HashMap<>();
    private final BiPredicate<Candidate, String> wanted;
    private final boolean ofMaster;

    private Announcement(List<Candidate> candidates, BiPredicate<Candidate, String> wanted, boolean ofMaster) {
        candidates.forEach(candidate -> heard.put(candidate, candidate.child().heard()));
        this.wanted = wanted;
        this.ofMaster = ofMaster;
    }

    /** Listens from now on for one of these to become master. */
    static Announcement ofMaster(List<Candidate> candidates) {
        return new Announcement(candidates, Candidate::announces, true);
    }

    /** Listens from now on for this one to say that it is master no longer. */
    static Announcement ofYielding(Candidate master) {
        return new Announcement(List.of(master), Candidate::renounces, false);
    }

    /** Returns when the line of the first one had arrived. */
    long await(Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - deadline < 0) {
            for (Map.Entry<Candidate, Integer> each : heard.entrySet()) {
                Candidate candidate = each.getKey();
                Optional<Child.Line> line =
                        candidate.child().heardFirst(each.getValue(), text -> wanted.test(candidate, text));
                if (line.isPresent()) {
                    confirm(candidate, line.get());
                    return line.get().nanos();
                }
            }
            Pause.of(Pause.A_LOOK); // The time of the line's arrival is what counts.
        }
        throw new IOException("nobody " + (ofMaster ? "became master" : "gave up") + " within " + atMost
                + "; last was said:\n" + String.join("\n", heard.keySet().stream().map(one -> one.child().tail())
                .toList()));
    }

    /** A line that the node's own answer does not bear out must not pass for a master. */
    private void confirm(Candidate candidate, Child.Line line) throws IOException, InterruptedException {
        if (!ofMaster || !candidate.arm().isCuria()) {
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
