package io.curia.admin.doctor;

import io.curia.admin.doctor.NodeEvidence.Listed;
import io.curia.admin.witness.Abreast;
import io.curia.admin.witness.NodeLine;
import io.curia.model.NodeId;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.WitnessReply;
import io.curia.wire.message.WitnessRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Has nodes look at each other: what is in the way between two of them, nobody else can see. */
final class MutualLooks {

    /** In a large cluster each looks at those that follow it in the order of ids, and is so looked at by as many. */
    private static final int MOST_A_WITNESS = 8;

    private final NodeLine.Dialler dialler;
    private final Duration patience;

    MutualLooks(NodeLine.Dialler dialler, Duration patience) {
        this.dialler = dialler;
        this.patience = patience;
    }

    /**
     * Returns what is seen of each node, by who looked. Nodes that cannot say, because they do not watch others, are
     * left out.
     *
     * @param witnesses who can be asked
     * @param subjects whom they are asked about, in the order of ids
     */
    Map<NodeId, Map<NodeId, PeerSight>> of(List<Listed> witnesses, List<Listed> subjects) throws InterruptedException {
        Map<NodeId, Abreast.Question<Map<NodeId, PeerSight>>> questions = new LinkedHashMap<>();
        witnesses.forEach(witness -> {
            List<Listed> others = othersOf(witness, subjects);
            questions.put(witness.id(), () -> ask(witness, others));
        });
        Map<NodeId, Map<NodeId, PeerSight>> seen = new HashMap<>();
        Abreast.ask(questions, patience.multipliedBy(MOST_A_WITNESS), id -> Map.of()).forEach((witness, sights) ->
                sights.forEach((subject, sight) ->
                        seen.computeIfAbsent(subject, id -> new TreeMap<>()).put(witness, sight)));
        return seen;
    }

    private static List<Listed> othersOf(Listed witness, List<Listed> subjects) {
        List<Listed> ring = new ArrayList<>(subjects.stream()
                .filter(subject -> subject.id().compareTo(witness.id()) > 0).toList());
        subjects.stream().filter(subject -> subject.id().compareTo(witness.id()) < 0).forEach(ring::add);
        return ring.subList(0, Math.min(MOST_A_WITNESS, ring.size()));
    }

    private Map<NodeId, PeerSight> ask(Listed witness, List<Listed> others) {
        Map<NodeId, PeerSight> seen = new LinkedHashMap<>();
        try (NodeLine line = dialler.dial(witness.address(), patience)) {
            for (Listed other : others) {
                if (other.incarnation().isPresent()) {
                    line.ask(new WitnessRequest(other.id(), other.incarnation().get()), patience)
                            .as(WitnessReply.class)
                            .ifPresent(reply -> seen.put(other.id(), PeerSight.valueOf(reply.seen().name())));
                }
            }
        } catch (NoAnswerException e) {
            // It answered a moment ago: whatever it has said until now is all that it will say.
            return seen;
        }
        return seen;
    }
}
