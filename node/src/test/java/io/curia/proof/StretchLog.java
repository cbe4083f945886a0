package io.curia.proof;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stretches in which one process was valid master, in memory shared with whoever maps the same file: what was
 * noted survives {@code kill -9}, and can be read while the process runs. One thread writes.
 */
final class StretchLog {

    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int COUNT = 0;
    private static final int HEADER_BYTES = 64;
    private static final int SLOT_BYTES = 32;
    private static final int EPOCH = 0;
    private static final int FROM = 8;
    private static final int TO = 16;
    private static final int UNTIL = 24;
    private static final int SLOTS = 4000;
    private static final int BYTES = HEADER_BYTES + SLOTS * SLOT_BYTES;

    private final ByteBuffer memory;

    private StretchLog(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Maps {@code file}, which is made if it does not exist. */
    static StretchLog map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return new StretchLog(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    private static int at(int slot, int field) {
        return HEADER_BYTES + slot * SLOT_BYTES + field;
    }

    private void put(int index, long value) {
        LONG.setRelease(memory, index, value);
    }

    private long get(int index) {
        return (long) LONG.getAcquire(memory, index);
    }

    private int count() {
        return (int) get(COUNT);
    }

    /** Begins a stretch and returns its number. */
    int begin(long epoch, long fromNanos, long untilNanos) {
        int slot = count();
        if (slot == SLOTS) {
            throw new IllegalStateException("stretches: more than " + SLOTS + " in one process");
        }
        put(at(slot, EPOCH), epoch);
        put(at(slot, FROM), fromNanos);
        put(at(slot, TO), fromNanos);
        put(at(slot, UNTIL), untilNanos);
        put(COUNT, slot + 1L);
        return slot;
    }

    /** A stretch lasts. */
    void extend(int slot, long toNanos, long untilNanos) {
        put(at(slot, UNTIL), untilNanos);
        put(at(slot, TO), toNanos);
    }

    /** Returns what was noted so far by that process. */
    List<Stretch> read(String node, int run) {
        List<Stretch> stretches = new ArrayList<>();
        for (int slot = 0; slot < count(); slot++) {
            stretches.add(stretch(slot, node, run));
        }
        return stretches;
    }

    /** Returns the last stretch, which may still last. */
    Optional<Stretch> last(String node, int run) {
        int count = count();
        return count == 0 ? Optional.empty() : Optional.of(stretch(count - 1, node, run));
    }

    private Stretch stretch(int slot, String node, int run) {
        return new Stretch(node, run, get(at(slot, EPOCH)), get(at(slot, FROM)), get(at(slot, TO)),
                get(at(slot, UNTIL)));
    }
}
