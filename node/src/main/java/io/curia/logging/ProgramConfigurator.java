package io.curia.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Configures the logging back end, which finds this as a service, without a file to be parsed: that took longer than
 * most of what a node does before it is a member. In a program that only embeds a node, or where a file is named to the
 * JVM, it leaves everything to what comes after it.
 */
public final class ProgramConfigurator extends ContextAwareBase implements Configurator {

    /** Called by the back end. */
    public ProgramConfigurator() {
        super();
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (!ProgramLog.isBegun() || System.getProperty(ProgramLog.FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ProgramLog.configureBy((settings, subject) -> Backend.configure(context, settings, subject));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
