package io.curia.process;

import java.nio.file.Path;
import java.util.Map;

/** Where this user's programs keep what they keep, by the XDG base directory specification. */
final class UserDirectories {

    private UserDirectories() {
    }

    /** Returns the directory for what outlives a run, which may not exist yet. */
    static Path state(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // The specification says to ignore a relative path.
        Path base = Path.of(state).isAbsolute() ? Path.of(state) : home(environment).resolve(".local").resolve("state");
        return base.resolve("curia");
    }

    private static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home") : home).toAbsolutePath();
    }
}
