package io.curia.proof;

import io.curia.proof.Write.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one process tried to write and what it was told, one line each, handed to the kernel line by line: what was
 * noted survives {@code kill -9}. Safe for use by several threads.
 */
final class WriteLog {

    private static final String TRIED = "try";
    private static final String GAP = "gap";

    private final FileChannel channel;

    private WriteLog(FileChannel channel) {
        this.channel = channel;
    }

    static WriteLog create(Path file) throws IOException {
        return new WriteLog(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND));
    }

    void tried(long epoch, long number, long nanos) {
        line(TRIED + " " + epoch + " " + number + " " + nanos);
    }

    void told(long epoch, long number, Outcome outcome, long nanos) {
        line(outcome + " " + epoch + " " + number + " " + nanos);
    }

    /** Nothing of this process ran between the two, or hardly anything. */
    void gap(long fromNanos, long toNanos) {
        line(GAP + " " + fromNanos + " " + toNanos);
    }

    private void line(String text) {
        try {
            channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a log holds. */
    record Content(List<Write> writes, List<Stall> gaps) {
    }

    /** Returns what a process noted; a line that it did not finish when it was killed does not count. */
    static Content read(Path file, String node, int run) throws IOException {
        Map<Long, Write> writes = new LinkedHashMap<>();
        List<Stall> gaps = new ArrayList<>();
        if (Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().map(line -> line.split(" ")).forEach(words -> {
                if (words[0].equals(GAP)) {
                    gaps.add(new Stall(node + "/" + run, Long.parseLong(words[1]), Long.parseLong(words[2])));
                } else {
                    note(writes, words, node, run);
                }
            });
        }
        return new Content(List.copyOf(writes.values()), gaps);
    }

    private static void note(Map<Long, Write> writes, String[] words, String node, int run) {
        long epoch = Long.parseLong(words[1]);
        long number = Long.parseLong(words[2]);
        long nanos = Long.parseLong(words[3]);
        if (words[0].equals(TRIED)) {
            writes.put(number, new Write(node, run, epoch, number, nanos, Outcome.NOTHING, OptionalLong.empty()));
        } else {
            writes.computeIfPresent(number, (key, tried) -> tried.told(Outcome.valueOf(words[0]), nanos));
        }
    }
}
