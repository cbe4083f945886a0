package io.curia.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, as a running hash, and as text where somebody wants to read it. */
final class Trace {

    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private long hash = 1;

    Trace(boolean kept) {
        this.kept = kept;
    }

    void note(long now, int host, String what, long number, Supplier<?> detail) {
        hash = ((hash * 31 + now) * 31 + host) * 31 + what.hashCode() * 31L + number;
        if (kept) {
            lines.add(String.format("%12.6f  %s  %-14s %s", now / 1e9, host < 0 ? "--" : "n" + host, what,
                    detail.get()));
        }
    }

    long hash() {
        return hash;
    }

    List<String> lines() {
        return lines;
    }
}
