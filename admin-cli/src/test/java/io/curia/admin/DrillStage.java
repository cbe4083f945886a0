package io.curia.admin;

import io.curia.admin.drill.FakeProcesses;
import io.curia.admin.drill.Run;
import io.curia.admin.drill.Sightings;
import io.curia.admin.drill.Track;
import io.curia.admin.drill.Victim;
import io.curia.admin.drill.Watching;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A cluster in memory whose nodes are processes in the test's mind: killed or frozen, the master loses its session
 * and the next node is elected, during the pauses that follow; started or resumed, it joins again.
 */
final class DrillStage {

    final Desk desk = Desk.ofThree();
    final FakeProcesses processes = new FakeProcesses();
    private final Set<NodeId> silent = new HashSet<>();
    private final Set<NodeId> stale = new HashSet<>();
    boolean staleWhenResumed;
    boolean nobodyFollows;
    int interruptions;
    private Watching watching;

    DrillStage() {
        for (String id : List.of("n1", "n2", "n3")) {
            processes.running(member(id).orElseThrow().pid());
        }
        processes.whenActed(this::onAct);
        desk.drillGear = () -> new DrillGear(processes, this::watching);
        desk.interruptions = (thread, err) -> () -> interruptions++;
    }

    int drill(String... arguments) {
        List<String> line = new ArrayList<>(List.of("drill"));
        line.addAll(List.of(arguments));
        return desk.run(line.toArray(String[]::new));
    }

    Optional<Member> member(String id) {
        return desk.cluster.store().live(NodeId.of(id));
    }

    private Tenure tenure() {
        return desk.cluster.store().master().tenure().orElseThrow();
    }

    private void onAct(String act) {
        String master = tenure().id().value();
        if (act.startsWith("KILL") || act.startsWith("TERM") || act.startsWith("STOP") || act.contains("hurt")) {
            silent.add(NodeId.of(master));
            desk.time.then(() -> desk.cluster.crash(master));
            if (!nobodyFollows) {
                desk.time.then(() -> desk.cluster.elect(master.equals("n1") ? "n2" : "n1"));
            }
        } else {
            String victim = silent.iterator().next().value();
            desk.time.then(() -> {
                silent.clear();
                if (staleWhenResumed) {
                    stale.add(NodeId.of(victim));
                }
            }).then(() -> watching.sightings()).then(() -> watching.sightings()).then(() -> {
                processes.running(desk.cluster.join(victim).pid());
                stale.clear();
            });
        }
    }

    /** Everybody who is not silent answers in the moment in which somebody looks. */
    private Watching watching(ClusterStore store, Victim victim, Map<NodeId, Endpoint> nodes, long everyNanos) {
        Map<NodeId, Track> tracks = new HashMap<>();
        List<Sightings.Claim> claims = new ArrayList<>();
        watching = new Watching() {
            @Override
            public Sightings sightings() {
                long now = desk.time.nanos();
                Tenure tenure = tenure();
                if (tenure.epoch().isAfter(victim.epoch()) && claims.isEmpty()) {
                    claims.add(new Sightings.Claim(tenure.id(), tenure.epoch(), now));
                }
                nodes.keySet().stream().filter(id -> !silent.contains(id)).forEach(id -> {
                    boolean master = tenure.id().equals(id) || stale.contains(id);
                    Epoch epoch = stale.contains(id) ? victim.epoch() : tenure.epoch();
                    tracks.put(id, Track.append(tracks.get(id), new Run(victim.incarnation(), epoch, master,
                            now - 1, now, now - 1, now, 1)));
                });
                Map<NodeId, List<Run>> runs = new HashMap<>();
                tracks.forEach((id, track) -> runs.put(id, track.runs()));
                return new Sightings(runs, store.live(victim.id()).isPresent() ? OptionalLong.empty()
                        : OptionalLong.of(now), claims);
            }

            @Override
            public void follow(NodeId id, Endpoint address) {
                // Answers come from the stage, wherever they are asked for.
            }

            @Override
            public void close() {
                tracks.clear();
            }
        };
        return watching;
    }
}
