package io.curia.admin;

import io.curia.admin.drill.Processes;
import io.curia.admin.drill.SystemProcesses;
import io.curia.admin.drill.Watching;
import io.curia.admin.drill.Witnesses;

/**
 * What a drill touches of the world beyond what every command does.
 *
 * @param processes this host's processes
 * @param watching who watches
 */
record DrillGear(Processes processes, Watching.Start watching) {

    /** Returns the gear of the program. */
    static DrillGear real() {
        return new DrillGear(new SystemProcesses(), Witnesses::start);
    }
}
