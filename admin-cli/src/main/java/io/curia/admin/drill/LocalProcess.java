package io.curia.admin.drill;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process on this host, told apart from a later one with the same pid.
 *
 * @param pid its number
 * @param startedAt when it started; empty if the system does not say
 * @param own whether it belongs to the user who runs this program
 * @param launch how to start its like again; empty if that cannot be read
 */
public record LocalProcess(long pid, Optional<Instant> startedAt, boolean own, Optional<Launch> launch) {

    /**
     * How a process was started.
     *
     * @param command its program and arguments
     * @param directory where it works
     * @param environment its variables
     */
    public record Launch(List<String> command, Path directory, Map<String, String> environment) {

        public Launch {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }
}
