package io.curia.admin;

import java.io.PrintStream;
import java.util.Optional;

/**
 * Where data and words go. Data goes to {@link #out()}, words to {@link #err()}; both are UTF-8 whatever the locale,
 * because what is read by programs must not depend on it.
 */
interface Terminal {

    PrintStream out();

    PrintStream err();

    /** Returns whether a person sits before it who can be asked. */
    boolean canAsk();

    /** Returns whether {@link #out()} is a screen, on which one may draw. */
    boolean isScreen();

    /** Returns whether text may be coloured: on a terminal that can, unless {@code NO_COLOR} is set. */
    boolean isColoured();

    /** Returns how much fits on the screen now; empty when nobody looks at one. */
    Optional<TerminalSize> size();

    /** Prints {@code question} and returns the line typed in answer; empty at end of input. */
    Optional<String> ask(String question);
}
