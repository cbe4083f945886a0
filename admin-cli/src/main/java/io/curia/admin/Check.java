package io.curia.admin;

import io.curia.document.Fields;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that must hold before a node may be stopped.
 *
 * @param name what it is called in documents; never changes
 * @param passed whether it holds
 * @param detail what was found, for a person
 * @param advice what to do if it does not hold; empty if it does
 */
record Check(String name, boolean passed, String detail, String advice) {

    Check {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(detail, "detail");
        if (passed != advice.isEmpty()) {
            throw new IllegalArgumentException("advice: \"" + advice
                    + "\" (expected: some exactly if the check failed)");
        }
    }

    static Check passed(String name, String detail) {
        return new Check(name, true, detail, "");
    }

    static Check failed(String name, String detail, String advice) {
        return new Check(name, false, detail, advice);
    }

    /** Returns the fields of this check in a document. */
    Map<String, Object> fields() {
        return new Fields().add("check", name).add("passed", passed).add("detail", detail)
                .add("advice", passed ? null : advice).build();
    }
}
