package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UserDirectoriesTest {

    @Test
    void theStateDirectoryIsTheOneThatXdgNames() {
        assertThat(UserDirectories.state(Map.of("XDG_STATE_HOME", "/state", "HOME", "/home/a")))
                .isEqualTo(Path.of("/state/curia"));
    }

    @Test
    void withoutXdgOrWithARelativePathItIsBelowTheHome() {
        assertThat(UserDirectories.state(Map.of("HOME", "/home/a"))).isEqualTo(Path.of("/home/a/.local/state/curia"));
        assertThat(UserDirectories.state(Map.of("HOME", "/home/a", "XDG_STATE_HOME", "relative")))
                .isEqualTo(Path.of("/home/a/.local/state/curia"));
    }
}
