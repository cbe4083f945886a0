package io.curia.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The end of what a process has written, however much that is. */
final class OutputTail {

    private static final int KEPT_BYTES = 4096;
    private static final int MOST_CHARS = 200;

    private byte[] kept = new byte[0];

    /** Takes what can be read without waiting. */
    void take(InputStream output) throws IOException {
        for (int ready = output.available(); ready > 0; ready = output.available()) {
            byte[] read = output.readNBytes(Math.min(ready, KEPT_BYTES));
            if (read.length == 0) {
                return;
            }
            byte[] all = Arrays.copyOf(kept, kept.length + read.length);
            System.arraycopy(read, 0, all, kept.length, read.length);
            kept = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT_BYTES), all.length);
        }
    }

    /** Returns the last line that says anything, made harmless and short; empty if none does. */
    String lastLine() {
        List<String> lines = new String(kept, StandardCharsets.UTF_8).lines().map(String::strip)
                .filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            return "";
        }
        String line = lines.get(lines.size() - 1).replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
        return line.length() <= MOST_CHARS ? line : line.substring(0, MOST_CHARS - 1) + "…";
    }
}
