package io.curia.core.simulation;

import io.curia.core.Event;
import io.curia.core.Obituary;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Members that find others dead: rightly, or wrongly, several at once, more than once, late. A process that still
 * lives, frozen or not, is never proven dead; anybody may be taken for gone.
 */
final class Witnesses {

    /** How long evidence takes if nothing holds it up. */
    static final long PROMPT_NANOS = 20 * Climate.MILLI;
    private static final int MOST_COPIES = 3;
    private static final int STORM = 300;

    private final World world;
    private boolean ceased;

    /** A registration that is said to be dead. */
    record Suspect(NodeId id, Incarnation incarnation) {

        static Suspect of(NodeProcess process) {
            return new Suspect(process.host.id, process.core.incarnation());
        }
    }

    Witnesses(World world) {
        this.world = world;
    }

    /** What was said so far and has not been heard yet never will be. */
    void cease() {
        ceased = true;
    }

    /** Some members, one at least, find these dead; promptly, or at any time up to two sessions later. */
    void accuse(List<Suspect> suspects, boolean proven) {
        for (Host witness : someBut(suspects)) {
            for (Suspect suspect : suspects) {
                for (long copies = world.dice.between(1, MOST_COPIES + 1); copies > 0; copies--) {
                    long late = world.dice.chance(0.8) ? PROMPT_NANOS : 2 * world.climate.sessionTimeoutNanos();
                    world.agenda.after(world.dice.between(0, late), () -> {
                        if (!ceased) {
                            tell(witness, suspect, proven);
                        }
                    });
                }
            }
        }
    }

    /** Some members find these dead within this time, whatever else goes wrong or does not go wrong any more. */
    void accuseWithin(long nanos, List<Suspect> suspects, boolean proven) {
        for (Host witness : someBut(suspects)) {
            suspects.forEach(suspect -> world.agenda.after(world.dice.between(0, nanos),
                    () -> tell(witness, suspect, proven)));
        }
    }

    private List<Host> someBut(List<Suspect> suspects) {
        Set<NodeId> accused = Set.copyOf(suspects.stream().map(Suspect::id).toList());
        List<Host> others = world.hosts.stream().filter(host -> !accused.contains(host.id)).toList();
        List<Host> some = new ArrayList<>(others);
        some.removeIf(host -> world.dice.chance(0.5));
        return some.isEmpty() && !others.isEmpty() ? List.of(world.dice.pick(others)) : some;
    }

    /** A network gone mad makes one member find everybody dead, those that never lived included, within a second. */
    void storm(Host witness) {
        List<Host> others = world.hosts.stream().filter(host -> host != witness).toList();
        for (int i = 0; i < STORM; i++) {
            Host accused = world.dice.pick(others);
            boolean real = world.dice.chance(0.1);
            Incarnation invented = world.dice.incarnation();
            world.agenda.after(world.dice.between(0, Climate.SECOND), () -> {
                if (!ceased) {
                    Incarnation incarnation = real ? accused.process.map(process -> process.core.incarnation())
                            .orElse(invented) : invented;
                    tell(witness, new Suspect(accused.id, incarnation), false);
                }
            });
        }
    }

    private void tell(Host witness, Suspect suspect, boolean proven) {
        Obituary obituary = new Obituary(suspect.id(), suspect.incarnation(), proven, proven,
                proven ? "refused" : "unreachable", witness.localNanos(world.now()), witness.wall(world.now()));
        witness.process.ifPresent(process -> process.run(() -> process.tell(new Event.DeathVerified(obituary))));
    }
}
