package io.curia.cli;

import java.io.Console;

/**
 * Which of the process's three standard streams are terminals.
 *
 * <p>Java can say this only of all at once, and since Java 22 not even that without care. The launcher scripts know,
 * and say it in the system property {@code curia.terminals}, whose value names those that are: any of {@code in},
 * {@code out} and {@code err}.
 *
 * @param in whether a person may be asked
 * @param out whether a person reads the data
 * @param err whether a person reads the words
 */
public record Terminals(boolean in, boolean out, boolean err) {

    private static final String PROPERTY = "curia.terminals";

    /** Returns what is known of this process; without the launcher's word, the console's. */
    public static Terminals ofThisProcess() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new Terminals(named.contains("in"), named.contains("out"), named.contains("err"));
        }
        Console console = System.console();
        boolean all = console != null && Runtime.version().feature() < 22;
        return new Terminals(all, all, all);
    }
}
