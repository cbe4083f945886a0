package io.curia.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Logback, where that is what logs; the only class that {@link ProgramLog} knows it by. */
final class Backend {

    /** The latch reports as an error what an eviction does on purpose; the node says it in its own words. */
    private static final String SILENCED = "org.apache.curator.framework.recipes.leader.LeaderLatch";

    private Backend() {
    }

    /** Configures the context anew. */
    static void configureAnew(LogSettings chosen, Supplier<Optional<LogSubject>> subject) {
        context().ifPresent(context -> {
            context.reset();
            configure(context, chosen, subject);
        });
    }

    /** Configures a fresh context as chosen. */
    static void configure(LoggerContext context, LogSettings chosen, Supplier<Optional<LogSubject>> subject) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("err");
        appender.setTarget("System.err");
        appender.setEncoder(switch (chosen.format()) {
            case TEXT -> new TextLines();
            case JSON -> new JsonLines(subject);
        });
        Repeats repeats = new Repeats();
        repeats.start();
        appender.addFilter(repeats);
        appender.getEncoder().setContext(context);
        appender.getEncoder().start();
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        setLevels(context, chosen, Map.of());
    }

    /** Sets every level anew: what the program does by itself, then these. */
    static void setLevels(LogSettings chosen, Map<String, LogLevel> further) {
        context().ifPresent(context -> setLevels(context, chosen, further));
    }

    private static void setLevels(LoggerContext context, LogSettings chosen, Map<String, LogLevel> further) {
        context.getLoggerList().stream().filter(logger -> !logger.getName().equals(Logger.ROOT_LOGGER_NAME))
                .forEach(logger -> logger.setLevel(null));
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger("io.curia").setLevel(asLogback(chosen.level()));
        context.getLogger(SILENCED).setLevel(Level.OFF);
        further.forEach((name, level) -> context.getLogger(name).setLevel(asLogback(level)));
        context.getLogger(ProgramLog.CONSOLE).setLevel(chosen.format() == LogFormat.JSON ? Level.INFO : null);
    }

    private static Level asLogback(LogLevel level) {
        return Level.valueOf(level.name());
    }

    private static Optional<LoggerContext> context() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        return factory instanceof LoggerContext context ? Optional.of(context) : Optional.empty();
    }
}
