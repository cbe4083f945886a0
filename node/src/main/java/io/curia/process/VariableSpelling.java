package io.curia.process;

import io.curia.cli.EnvironmentDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Environment variables that look like one of ours and are none, which nothing else would ever notice.
 *
 * <p>Only near misses are reported: other programs of Curia hear of variables too.
 */
final class VariableSpelling {

    private static final String PREFIX = "CURIA_";
    private static final int NEAR = 2;
    /** Those that are no options. */
    private static final Set<String> OTHERS = Set.of("CURIA_JAVA_OPTS", "CURIA_NO_BUILD", "CURIA_CLASS_ARCHIVE");

    private final Set<String> known = new TreeSet<>(OTHERS);

    VariableSpelling(List<OptionSpec> options) {
        options.forEach(option -> known.add(EnvironmentDefaults.variableOf(option)));
    }

    List<Complaint> complaints(Map<String, String> environment) {
        List<Complaint> found = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(PREFIX) && !known.contains(name)) {
                nearest(name).ifPresent(meant -> found.add(Complaint.warning(
                        name + " (environment): nothing is called that; is " + meant + " meant?")));
            }
        }
        return found;
    }

    private Optional<String> nearest(String name) {
        return known.stream().filter(each -> distance(name, each) <= NEAR).findFirst();
    }

    /** How many letters must be put in, left out or changed to make one of the other. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int changed = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
