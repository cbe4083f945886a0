package io.curia.runtime;

import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.wire.message.WitnessReply;
import io.curia.wire.message.WitnessRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What others are asked about a suspect over the lifelines held to them, and what they are told when they ask. */
final class SecondOpinions {

    /** As many witnesses as are still of use within a few milliseconds. */
    private static final int MOST = 2;

    private final Map<NodeId, Held> held;
    private final Roll roll;
    private final Acquaintances acquaintances;
    private final Testimony testimony;
    private final Supplier<NodeState> state;

    SecondOpinions(Map<NodeId, Held> held, Roll roll, Acquaintances acquaintances, Testimony testimony,
            Supplier<NodeState> state) {
        this.held = held;
        this.roll = roll;
        this.acquaintances = acquaintances;
        this.testimony = testimony;
        this.state = state;
    }

    /** Asks some of them, those on other machines first, because they see it from elsewhere; returns whom. */
    Set<NodeId> ask(Member suspect) {
        String here = state.get().address().host();
        List<Held> asked = held.values().stream()
                .filter(line -> line.isWitness() && !line.id().equals(suspect.id()))
                .sorted(Comparator.comparing(line -> line.member().address().host().equals(here)))
                .limit(MOST).toList();
        WitnessRequest question = new WitnessRequest(suspect.id(), suspect.incarnation());
        asked.forEach(line -> line.line().ask(question));
        return asked.stream().map(Held::id).collect(Collectors.toSet());
    }

    /** Returns what this node sees of the member that it is asked about. On the port's thread. */
    CompletionStage<WitnessReply> give(WitnessRequest question) {
        Optional<Member> suspect = Optional.ofNullable(held.get(question.suspect())).map(Held::member)
                .filter(member -> member.incarnation().equals(question.incarnation()))
                .or(() -> roll.find(question.suspect(), question.incarnation()));
        return testimony.about(suspect, question, acquaintances.reachedAt(question.incarnation()));
    }
}
