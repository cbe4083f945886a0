package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.ClusterIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Output as it was reviewed. With {@code UPDATE_GOLDEN} in the environment what is printed now replaces it, to be
 * reviewed as a change of the contract.
 */
final class Golden {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private Golden() {
    }

    /** Returns what was printed, without the random uuid, which YAML quotes or not, as its first digit has it. */
    static String withoutUuid(String printed, ClusterIdentity cluster) {
        String uuid = cluster.uuid();
        return printed.replace("uuid: \"" + uuid + "\"\n", "uuid: " + uuid + "\n")
                .replace(uuid, "UUID-OF-THE-CLUSTER");
    }

    static void assertPrints(String file, String printed) throws IOException {
        Path golden = DIRECTORY.resolve(file);
        if (System.getenv("UPDATE_GOLDEN") != null) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(golden, printed);
        }
        assertThat(printed).as(file).isEqualTo(Files.readString(golden));
    }
}
