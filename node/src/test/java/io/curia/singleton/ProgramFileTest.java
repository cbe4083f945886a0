package io.curia.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFileTest {

    @TempDir
    private Path directory;

    @Test
    void aProgramIsFoundOnThePath() {
        assertThat(ProgramFile.objection("sh", "/nowhere:/bin")).isEmpty();
        assertThat(ProgramFile.objection("/bin/sh", "")).isEmpty();
    }

    @Test
    void whatCannotBeRunIsSaidSo() throws IOException {
        Path text = Files.createFile(directory.resolve("text"));

        assertThat(ProgramFile.objection("no-such-program", "/bin")).contains("no-such-program: command not found");
        assertThat(ProgramFile.objection(directory + "/none", "/bin")).contains(directory + "/none: no such file");
        assertThat(ProgramFile.objection(text.toString(), "")).contains(text + ": not an executable file");
        assertThat(ProgramFile.objection(directory.toString(), "")).isPresent();
    }
}
