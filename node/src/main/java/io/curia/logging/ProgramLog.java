package io.curia.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The log of this process. Static, because the logging back end is: it asks for its configuration when the first logger
 * is made, whoever makes it.
 *
 * <p>Nothing here touches the back end before then, so that a command that logs nothing does not load it; and nothing
 * here configures a back end that somebody else has configured: the JVM's {@code logback.configurationFile} wins.
 */
public final class ProgramLog {

    /** Names a file to the back end's own configuration. */
    static final String FILE_PROPERTY = "logback.configurationFile";

    /** What the program says to people rather than to a log; in JSON it has to be a line of JSON as well. */
    private static final String CONSOLE = "io.curia.console";
    /** The latch reports as an error what an eviction does on purpose; the node says it in its own words. */
    private static final String SILENCED = "org.apache.curator.framework.recipes.leader.LeaderLatch";

    private static volatile Optional<LogSettings> settings = Optional.empty();
    private static volatile boolean configured;
    private static volatile Supplier<Optional<LogSubject>> subject = Optional::empty;

    private ProgramLog() {
    }

    /** Has this process log like this from its first logger on, or, if there was one, from now on. */
    public static synchronized void begin(LogSettings chosen) {
        settings = Optional.of(chosen);
        if (configured) {
            LoggerContext context = context().orElseThrow();
            context.reset();
            configure(context);
        }
        if (System.getProperty(FILE_PROPERTY) == null) {
            chosen.levels().ifPresent(file -> LevelsFile.follow(file,
                    further -> context().ifPresent(context -> setLevels(context, chosen, further))));
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
        return settings.filter(chosen -> chosen.format() == LogFormat.JSON).isPresent() && context().isPresent()
                && configured;
    }

    static boolean isBegun() {
        return settings.isPresent();
    }

    /** Configures a fresh context as chosen. */
    static void configure(LoggerContext context) {
        LogSettings chosen = settings.orElse(LogSettings.DEFAULT);
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("err");
        appender.setTarget("System.err");
        appender.setEncoder(switch (chosen.format()) {
            case TEXT -> new TextLines();
            case JSON -> new JsonLines(() -> subject.get());
        });
        Repeats repeats = new Repeats();
        repeats.start();
        appender.addFilter(repeats);
        appender.getEncoder().setContext(context);
        appender.getEncoder().start();
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        setLevels(context, chosen, Map.of());
        configured = true;
    }

    /** Sets every level anew: what the program does by itself, then these. */
    static void setLevels(LoggerContext context, LogSettings chosen, Map<String, LogLevel> further) {
        context.getLoggerList().stream().filter(logger -> !logger.getName().equals(Logger.ROOT_LOGGER_NAME))
                .forEach(logger -> logger.setLevel(null));
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger("io.curia").setLevel(chosen.level().asLogback());
        context.getLogger(SILENCED).setLevel(Level.OFF);
        further.forEach((name, level) -> context.getLogger(name).setLevel(level.asLogback()));
        context.getLogger(CONSOLE).setLevel(chosen.format() == LogFormat.JSON ? Level.INFO : null);
    }

    /** Returns the back end's context; empty if another back end is in its place. */
    static Optional<LoggerContext> context() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        return factory instanceof LoggerContext context ? Optional.of(context) : Optional.empty();
    }
}
