package io.curia.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, decoding gives a message or a ProtocolException whose answer can be sent. */
final class CodecFuzzTest {

    private static final int ROUNDS = 5_000;
    private static final byte[][] TOKENS = tokens("{", "}", "[", "]", ":", ",", "\"", "null", "true", "-1", "1e999",
            "9223372036854775808", "\\u0000", "\\ud83d", "\"v\"", "\"type\"", "\"source\"", "\"join\"", "\"\"", "\n");

    private static byte[][] tokens(String... texts) {
        return Arrays.stream(texts).map(MessageCodec::utf8).toArray(byte[][]::new);
    }

    private static List<byte[]> corpus() {
        List<byte[]> lines = new ArrayList<>();
        Samples.requests().values().forEach(request -> lines.add(MessageCodec.encode(request)));
        Samples.replies().values().forEach(reply -> lines.add(MessageCodec.encode(reply)));
        Samples.notices().values().forEach(notice -> lines.add(MessageCodec.encode(notice)));
        return lines;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noBytesConfuseTheDecoder(long seed) {
        Random random = new Random(seed);
        List<byte[]> corpus = corpus();
        int understood = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] line = random.nextInt(10) == 0 ? noise(random) : corpus.get(random.nextInt(corpus.size()));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                line = mutated(line, random);
            }
            understood += understood(line, seed, round) ? 1 : 0;
        }
        assertThat(understood).as("lines that were still messages").isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    private static boolean understood(byte[] line, long seed, int round) {
        boolean request = decodes(() -> MessageCodec.encode(MessageCodec.decodeRequest(line)), seed, round, line);
        boolean reply = decodes(() -> MessageCodec.encode(MessageCodec.decodeReply(line)), seed, round, line);
        boolean fromClient = decodes(() -> MessageCodec.decodeFromClient(line), seed, round, line);
        boolean fromServer = decodes(() -> MessageCodec.decodeFromServer(line), seed, round, line);
        assertThat(fromClient || !request).as("a request is what clients say").isTrue();
        assertThat(fromServer || !reply).as("a reply is what servers say").isTrue();
        return fromClient || fromServer;
    }

    private static boolean decodes(Runnable decoding, long seed, int round, byte[] line) {
        try {
            decoding.run();
            return true;
        } catch (ProtocolException e) {
            assertThat(MessageCodec.encode(e.answer())).isNotEmpty();
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ", round " + round + ": "
                    + new String(line, StandardCharsets.ISO_8859_1), e);
        }
    }

    private static byte[] noise(Random random) {
        byte[] line = new byte[random.nextInt(200)];
        random.nextBytes(line);
        return line;
    }

    private static byte[] mutated(byte[] line, Random random) {
        int at = line.length == 0 ? 0 : random.nextInt(line.length);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(line, at);
            case 1 -> flipped(line, at, random);
            case 2 -> spliced(line, at, at, TOKENS[random.nextInt(TOKENS.length)]);
            case 3 -> spliced(line, at, Math.min(line.length, at + random.nextInt(8)), new byte[0]);
            default -> spliced(line, at, Math.min(line.length, at + random.nextInt(8)),
                    TOKENS[random.nextInt(TOKENS.length)]);
        };
    }

    private static byte[] flipped(byte[] line, int at, Random random) {
        byte[] copy = line.clone();
        if (copy.length > 0) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    /** Returns the line with what stands from {@code from} up to {@code to} replaced. */
    private static byte[] spliced(byte[] line, int from, int to, byte[] with) {
        byte[] result = new byte[from + with.length + line.length - to];
        System.arraycopy(line, 0, result, 0, from);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(line, to, result, from + with.length, line.length - to);
        return result;
    }
}
