package io.curia.admin;

import java.io.PrintWriter;

/** Where a failure came from, for whoever asked to see it. */
final class StackTrace {

    private static final int MOST_CAUSES = 10;

    private StackTrace() {
    }

    /** Prints {@code failure} and what caused it, each with the calls that led there. */
    static void print(Throwable failure, PrintWriter out) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            out.println((depth == 0 ? "" : "caused by ") + cause);
            for (StackTraceElement call : cause.getStackTrace()) {
                out.println("\tat " + call);
            }
            cause = cause.getCause();
        }
    }
}
