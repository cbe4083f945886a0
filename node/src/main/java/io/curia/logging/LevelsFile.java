package io.curia.logging;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log levels in a file that is read again when it changes, so that whoever may write it, and nobody else, can have a
 * running node say more. It can name levels and nothing else: no destination, no class, no format.
 *
 * <p>Read every other second rather than watched, because the files of configuration systems are swapped by links.
 */
final class LevelsFile {

    private static final Logger log = LoggerFactory.getLogger(LevelsFile.class);
    private static final int MAX_BYTES = 64 * 1024;
    private static final long EVERY_SECONDS = 2;
    private static final String ROOT = "root";

    private final Path file;
    private final Consumer<Map<String, LogLevel>> apply;
    /** What it said when it was last read: nothing, or that it could not be read. */
    private String known = "";
    private Optional<String> trouble = Optional.empty();

    LevelsFile(Path file, Consumer<Map<String, LogLevel>> apply) {
        this.file = file;
        this.apply = apply;
    }

    /** Reads the file now, and again for as long as the process lives. */
    static void follow(Path file, Consumer<Map<String, LogLevel>> apply) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, "log-levels");
            created.setDaemon(true);
            return created;
        });
        LevelsFile levels = new LevelsFile(file, apply);
        levels.look();
        thread.scheduleWithFixedDelay(levels::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Applies what the file says, if that is something else than before. A file that is not there says nothing. */
    void look() {
        try {
            String text = read();
            if (!text.equals(known)) {
                known = text;
                Map<String, LogLevel> levels = parse(text);
                apply.accept(levels);
                log.info("log levels by {}: {}", file, levels);
            }
            trouble = Optional.empty();
        } catch (IOException | RuntimeException e) {
            // The levels stay as they are; said once, not at every look.
            if (!trouble.equals(Optional.of(e.toString()))) {
                trouble = Optional.of(e.toString());
                log.warn("the log levels in {} cannot be read, and stay as they are: {}", file, e.toString());
            }
        }
    }

    private String read() throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("more than " + MAX_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private Map<String, LogLevel> parse(String text) throws IOException {
        Properties lines = new Properties();
        lines.load(new StringReader(text));
        Map<String, LogLevel> levels = new TreeMap<>();
        for (String name : lines.stringPropertyNames()) {
            String value = lines.getProperty(name);
            LogLevel.of(value).ifPresentOrElse(
                    level -> levels.put(name.equalsIgnoreCase(ROOT) ? Logger.ROOT_LOGGER_NAME : name, level),
                    () -> log.warn("{}: {}={} is no level (expected: TRACE, DEBUG, INFO, WARN, ERROR or OFF)", file,
                            name, value));
        }
        return levels;
    }
}
