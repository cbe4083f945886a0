package io.curia.wire;

import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.ProtocolException;
import java.util.Arrays;

/**
 * Bytes as they arrive, taken out again line by line. Holds no memory between lines; one thread only.
 *
 * <p>Lines are pulled, never pushed: a sender of a thousand tiny requests makes no more objects than are worked on.
 */
final class LineBuffer {

    private static final byte[] NOTHING = new byte[0];

    private final MemoryBudget.Share share;
    private byte[] bytes = NOTHING;
    private int start;
    private int end;
    private int searched;

    LineBuffer(MemoryBudget.Share share) {
        this.share = share;
    }

    /** Where bytes come from: writes exactly {@code length} of them into {@code target} from {@code offset} on. */
    interface Source {
        void read(byte[] target, int offset, int length);
    }

    /**
     * Adds {@code length} bytes from {@code source}.
     *
     * @throws ProtocolException BUSY if the budget is used up
     */
    void append(int length, Source source) {
        if (end + length > bytes.length) {
            resize(Math.max(end - start + length, Math.min(2 * (end - start), MessageCodec.MAX_LINE)));
        }
        source.read(bytes, end, length);
        end += length;
    }

    private void resize(int capacity) {
        if (!share.hold(capacity)) {
            throw new ProtocolException(ErrorCode.BUSY, "too many long lines are being received, try again");
        }
        byte[] larger = new byte[capacity];
        System.arraycopy(bytes, start, larger, 0, end - start);
        bytes = larger;
        searched -= start;
        end -= start;
        start = 0;
    }

    /** Ends the last line, if it has begun and its sender has ended without a line feed. */
    void finish() {
        if (!isEmpty() && bytes[end - 1] != '\n') {
            append(1, (target, offset, length) -> target[offset] = '\n');
        }
    }

    /** Returns whether every byte that arrived was taken out as part of a line. */
    boolean isEmpty() {
        return start == end;
    }

    /**
     * Returns the next line without its line feed, or null if it has not ended yet.
     *
     * @throws ProtocolException TOO_LONG or NOT_JSON as soon as it is certain that no good line will come of it
     */
    byte[] next() {
        while (searched < end && bytes[searched] != '\n') {
            searched++;
        }
        if (start < searched) {
            MessageCodec.checkFirst(bytes[start]);
        }
        if (searched - start > MessageCodec.MAX_LINE) {
            throw new ProtocolException(ErrorCode.TOO_LONG, "line: more than " + MessageCodec.MAX_LINE + " bytes");
        }
        if (searched == end) {
            return null;
        }
        byte[] line = Arrays.copyOfRange(bytes, start, searched);
        start = searched + 1;
        searched = start;
        if (start == end) {
            clear();
        }
        return line;
    }

    /** Forgets what it holds and gives its memory back. */
    void clear() {
        share.hold(0);
        bytes = NOTHING;
        start = 0;
        end = 0;
        searched = 0;
    }
}
