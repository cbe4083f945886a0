package io.curia.proof;

import java.time.Duration;
import java.util.List;

/**
 * Everything that is known of one run of the proof when it is over.
 *
 * @param runs every process
 * @param writes every write that was tried, by every process
 * @param stretches every time in which a process called itself valid master
 * @param commits every write that ZooKeeper committed
 * @param sightings the master record, each version that was seen
 * @param register the register at the end
 * @param faults what was injected, in order; they do not overlap
 * @param stalls what did not run although nobody had stopped it
 * @param oddities what processes said that ended although nobody had ended them
 * @param guard for how long a renewal keeps a master valid
 * @param withoutMaster for how long at most there may be no valid master while a candidate is healthy
 * @param fromNanos from when on there was to be a master
 * @param toNanos until when
 */
record History(List<Run> runs, List<Write> writes, List<Stretch> stretches, List<Commit> commits,
        List<Sighting> sightings, Register register, List<Fault> faults, List<Stall> stalls,
        List<String> oddities, Duration guard, Duration withoutMaster, long fromNanos, long toNanos) {

    History {
        runs = List.copyOf(runs);
        writes = List.copyOf(writes);
        stretches = List.copyOf(stretches);
        commits = List.copyOf(commits);
        sightings = List.copyOf(sightings);
        faults = List.copyOf(faults);
        stalls = List.copyOf(stalls);
        oddities = List.copyOf(oddities);
    }
}
