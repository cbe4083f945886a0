package io.curia.runtime;

import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.wire.message.WitnessRequest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Those of the lifelines held at whose other end somebody can be asked what it sees of a suspect. */
final class Witnesses {

    /** As many as are still of use within a few milliseconds. */
    private static final int MOST = 2;

    private final Collection<Held> held;
    private final Supplier<NodeState> state;

    Witnesses(Collection<Held> held, Supplier<NodeState> state) {
        this.held = held;
        this.state = state;
    }

    /** Asks some of them, those on other machines first, because they see it from elsewhere; returns whom. */
    Set<NodeId> ask(Member suspect) {
        String here = state.get().address().host();
        List<Held> asked = held.stream()
                .filter(line -> line.isWitness() && !line.id().equals(suspect.id()))
                .sorted(Comparator.comparing(line -> line.member().address().host().equals(here)))
                .limit(MOST).toList();
        WitnessRequest question = new WitnessRequest(suspect.id(), suspect.incarnation());
        asked.forEach(line -> line.line().ask(question));
        return asked.stream().map(Held::id).collect(Collectors.toSet());
    }
}
