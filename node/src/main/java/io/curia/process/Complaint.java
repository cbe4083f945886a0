package io.curia.process;

import java.util.Objects;

/**
 * What is wrong with a node's settings, and what to do about it.
 *
 * @param isError whether the node would not start, or not be of use; otherwise it is a warning
 * @param text for a person
 */
record Complaint(boolean isError, String text) {

    Complaint {
        Objects.requireNonNull(text, "text");
    }

    static Complaint error(String text) {
        return new Complaint(true, text);
    }

    static Complaint warning(String text) {
        return new Complaint(false, text);
    }

    @Override
    public String toString() {
        return (isError ? "error: " : "warning: ") + text;
    }
}
