package io.curia.logging;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * The log of this process. Static, because the logging back end is: it asks for its configuration when the first logger
 * is made, whoever makes it.
 *
 * <p>Nothing here touches the back end before then, so that a command that logs nothing does not load it; and nothing
 * here configures a back end that somebody else has configured: the JVM's {@code logback.configurationFile} wins. Where
 * SLF4J is bound to something else than Logback, that is left as it is, and Logback need not be there.
 */
public final class ProgramLog {

    /** Names a file to the back end's own configuration. */
    static final String FILE_PROPERTY = "logback.configurationFile";

    /** What the program says to people rather than to a log; in JSON it has to be a line of JSON as well. */
    static final String CONSOLE = "io.curia.console";

    private static volatile Optional<LogSettings> settings = Optional.empty();
    private static volatile boolean configured;
    private static volatile Supplier<Optional<LogSubject>> subject = Optional::empty;

    private ProgramLog() {
    }

    /** Has this process log like this from its first logger on, or, if there was one, from now on. */
    public static synchronized void begin(LogSettings chosen) {
        settings = Optional.of(chosen);
        if (configured) {
            Backend.configureAnew(chosen, ProgramLog::subject);
        }
        if (System.getProperty(FILE_PROPERTY) == null) {
            chosen.levels().ifPresent(file -> LevelsFile.follow(file, further -> {
                if (isOurs()) {
                    Backend.setLevels(chosen, further);
                }
            }));
        } else if (chosen.format() != LogFormat.TEXT || chosen.levels().isPresent()) {
            LoggerFactory.getLogger(ProgramLog.class).warn("the log's format and levels are those of {}, not those of "
                    + "the command line", System.getProperty(FILE_PROPERTY));
        }
    }

    /** Has every line of JSON say who this is. */
    public static void isOf(Supplier<Optional<LogSubject>> who) {
        subject = who;
    }

    /**
     * Returns where to say what is meant for people who watch the program: {@code plain}, or, where every line is to be
     * JSON by then, the log.
     */
    public static Consumer<String> console(Consumer<String> plain) {
        return line -> {
            if (isJson()) {
                LoggerFactory.getLogger(CONSOLE).info(line);
            } else {
                plain.accept(line);
            }
        };
    }

    private static boolean isJson() {
        return settings.filter(chosen -> chosen.format() == LogFormat.JSON).isPresent() && isOurs();
    }

    /** Returns whether the log was configured here; has the back end ask for its configuration, if it has not yet. */
    private static boolean isOurs() {
        LoggerFactory.getILoggerFactory();
        return configured;
    }

    private static Optional<LogSubject> subject() {
        return subject.get();
    }

    static boolean isBegun() {
        return settings.isPresent();
    }

    /** The back end has asked for its configuration; gives it what it needs, through {@code configuration}. */
    static void configureBy(BiConsumer<LogSettings, Supplier<Optional<LogSubject>>> configuration) {
        configuration.accept(settings.orElse(LogSettings.DEFAULT), ProgramLog::subject);
        configured = true;
    }
}
