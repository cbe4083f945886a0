package io.curia.core.simulation;

import io.curia.core.simulation.Witnesses.Suspect;
import java.util.ArrayList;
import java.util.List;

/** A master, and sometimes somebody with it, is found dead while nothing else goes wrong; or it is only said to be. */
final class DeathDrill {

    private final World world;
    private final Chaos chaos;

    DeathDrill(World world, Chaos chaos) {
        this.world = world;
        this.chaos = chaos;
    }

    /** Returns who was found dead. */
    List<Suspect> perform(Host master, boolean dies, boolean proven) {
        List<Host> victims = new ArrayList<>(List.of(master));
        Host another = world.dice.pick(world.hosts);
        if (dies && another != master && world.hosts.size() > 2) {
            victims.add(another);
        }
        List<Suspect> accused = victims.stream().map(host -> Suspect.of(host.process.orElseThrow())).toList();
        if (dies) {
            victims.forEach(chaos::crash);
        }
        world.witnesses.accuseWithin(Witnesses.PROMPT_NANOS, accused, proven);
        return accused;
    }
}
