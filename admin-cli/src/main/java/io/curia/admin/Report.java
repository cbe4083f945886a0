package io.curia.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a command found, ready for every format. A report knows its fields and columns and no format. */
interface Report {

    /** Returns the one line that a person reads above the table; it goes to stderr, or on top of a watched screen. */
    String headline();

    /**
     * Returns the document for programs: keys in the order in which they are printed; values are null, strings,
     * numbers, booleans, lists and maps of the same. It is a contract: fields may be added, never changed.
     */
    Map<String, Object> document();

    /**
     * Returns what of the document says that something has changed, for whoever watches; all of it, unless some of it
     * changes with every look, like the time of the look.
     */
    default Map<String, Object> essence() {
        return document();
    }

    /**
     * Returns which field of the document lists what the table has as rows, one element a row in the same order;
     * empty if none does. With it {@code --filter} and {@code --sort} reach the documents too.
     */
    default Optional<String> listed() {
        return Optional.empty();
    }

    /** Returns the table for people, with every column if {@code wide}. */
    Table table(boolean wide);

    /** Returns the names alone, for loops in a shell. */
    List<String> names();
}
