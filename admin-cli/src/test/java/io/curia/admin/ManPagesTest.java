package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manual pages that a distribution has: those that the program would write. With {@code UPDATE_GOLDEN} in the
 * environment they are written anew.
 */
class ManPagesTest {

    private static final Path PAGES = Path.of("src", "dist", "share", "man", "man1");

    private static List<String> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theDistributionHasThePagesThatTheProgramWrites(@TempDir Path written) throws IOException {
        Path into = System.getenv("UPDATE_GOLDEN") == null ? written : PAGES;
        assertThat(new Desk().run("man", "--directory", into.toString())).isZero();

        assertThat(in(PAGES)).isEqualTo(in(into)).contains("admin-cli.1", "admin-cli-switchover.1");
        for (String page : in(into)) {
            assertThat(Files.readString(PAGES.resolve(page))).as(page)
                    .isEqualTo(Files.readString(into.resolve(page)));
        }
    }
}
