package io.curia.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Levels that are read again when their file changes. */
class LevelsFileTest {

    @TempDir
    private Path directory;
    private final List<Map<String, LogLevel>> applied = new ArrayList<>();

    private Path file() {
        return directory.resolve("levels");
    }

    private LevelsFile levels() {
        return new LevelsFile(file(), applied::add);
    }

    @Test
    void aFileIsAppliedWhenItChangesAndNotAtEveryLook() throws IOException {
        LevelsFile levels = levels();
        levels.look();
        assertThat(applied).isEmpty();

        Files.writeString(file(), "# more, please\nio.curia = debug\nroot=ERROR\n");
        levels.look();
        levels.look();

        assertThat(applied).containsExactly(Map.of("io.curia", LogLevel.DEBUG, "ROOT", LogLevel.ERROR));
    }

    @Test
    void whatIsTakenOutOfTheFileOrGoneWithItIsAsBefore() throws IOException {
        LevelsFile levels = levels();
        Files.writeString(file(), "io.curia=DEBUG\n");
        levels.look();
        Files.delete(file());
        levels.look();

        assertThat(applied).containsExactly(Map.of("io.curia", LogLevel.DEBUG), Map.of());
    }

    @Test
    void aLineThatIsNoLevelCostsItselfOnly() throws IOException {
        Files.writeString(file(), "io.curia=LOUD\norg.apache.zookeeper=INFO\n");
        levels().look();

        assertThat(applied).containsExactly(Map.of("org.apache.zookeeper", LogLevel.INFO));
    }

    @Test
    void aFileThatCannotBeReadChangesNothing() throws IOException {
        LevelsFile levels = levels();
        Files.writeString(file(), "io.curia=DEBUG\n");
        levels.look();
        Files.writeString(file(), "x".repeat(70_000));
        levels.look();
        Files.delete(file());
        Files.createDirectory(file());
        levels.look();

        assertThat(applied).hasSize(1);
    }
}
