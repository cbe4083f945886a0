package io.curia.singleton;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a command can be run at all, found out before anything depends on it. */
public final class ProgramFile {

    private ProgramFile() {
    }

    /**
     * Returns why {@code word} cannot be run; empty if it can.
     *
     * @param path the directories that a name without a slash is looked for in, with colons between them
     */
    public static Optional<String> objection(String word, String path) {
        try {
            if (word.contains("/")) {
                Path file = Path.of(word);
                if (!Files.exists(file)) {
                    return Optional.of(word + ": no such file");
                }
                return isProgram(file) ? Optional.empty() : Optional.of(word + ": not an executable file");
            }
            for (String directory : path.split(":")) {
                if (isProgram(Path.of(directory.isEmpty() ? "." : directory, word))) {
                    return Optional.empty();
                }
            }
            return Optional.of(word + ": command not found");
        } catch (InvalidPathException e) {
            return Optional.of(word + ": " + e.getReason());
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
