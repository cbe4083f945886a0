package io.curia.proof;

import java.util.Optional;

/**
 * One line that the command of the proof has written.
 *
 * @param what start, beat or stop
 * @param epoch under which mastership
 * @param node on which node
 * @param run the number of the run's first process
 * @param kind who of the run wrote it: main, child or daemon
 * @param upMillis when, since boot; to ten milliseconds
 * @param wallNanos when by the wall clock, of a start only
 */
record RunLine(String what, long epoch, String node, long run, String kind, long upMillis,
        Optional<Long> wallNanos) {

    private static final int FIELDS = 6;

    static RunLine parse(String line) {
        String[] fields = line.strip().split(" ");
        if (fields.length < FIELDS) {
            throw new IllegalArgumentException("line of the command: " + line);
        }
        return new RunLine(fields[0], Long.parseLong(fields[1]), fields[2], Long.parseLong(fields[3]), fields[4],
                Math.round(Double.parseDouble(fields[5]) * 1000),
                fields.length > FIELDS ? Optional.of(Long.parseLong(fields[FIELDS])) : Optional.empty());
    }

    boolean isStart() {
        return what.equals("start");
    }
}
