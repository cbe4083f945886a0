package io.curia.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What all runs of the command have written into the one file that they append to, and what is wrong with it. The
 * order of lines in such a file needs no clock: once a run has begun, nothing of an earlier one may follow.
 */
record RunLog(List<RunLine> lines) {

    static RunLog read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new RunLog(List.of());
        }
        String text = Files.readString(file);
        // The last line may not be whole yet.
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        return new RunLog(whole.lines().map(RunLine::parse).toList());
    }

    Optional<RunLine> lastStart() {
        return starts().stream().reduce((one, next) -> next);
    }

    List<RunLine> starts() {
        return lines.stream().filter(RunLine::isStart).toList();
    }

    /** Returns a sentence for each line that a run wrote after a later one had begun. */
    List<String> overlaps() {
        List<String> found = new ArrayList<>();
        Set<Long> ended = new HashSet<>();
        Optional<RunLine> present = Optional.empty();
        for (RunLine line : lines) {
            if (line.isStart()) {
                present.ifPresent(before -> ended.add(before.run()));
                present = Optional.of(line);
            }
            if (ended.contains(line.run()) && present.filter(now -> now.run() == line.run()).isEmpty()) {
                RunLine now = present.orElseThrow();
                found.add(line + " after " + now + ": " + (line.upMillis() - now.upMillis()) + " ms");
            }
        }
        return found;
    }

    /** Returns a sentence for each run under an epoch lower than one before it. */
    List<String> epochsThatFell() {
        List<String> found = new ArrayList<>();
        long highest = 0;
        for (RunLine start : starts()) {
            if (start.epoch() < highest) {
                found.add(start + " after epoch " + highest);
            }
            highest = Math.max(highest, start.epoch());
        }
        return found;
    }
}
