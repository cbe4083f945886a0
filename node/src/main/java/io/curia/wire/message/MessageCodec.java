package io.curia.wire.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Messages to and from lines of JSON in UTF-8. Stateless; any thread.
 *
 * <p>Whatever the bytes, decoding gives a message or throws {@link ProtocolException}, and nothing else.
 */
public final class MessageCodec {

    /** The protocol's version, the {@code v} of every message that has a type. */
    public static final int VERSION = 1;

    /** How many bytes a line may have, its line break not counted. */
    public static final int MAX_LINE = 64 * 1024;

    private MessageCodec() {}

    /**
     * Returns the line that says {@code request}, with its line break.
     *
     * @throws ProtocolException TOO_LONG if the message does not fit a line
     */
    public static byte[] encode(Request request) {
        return line(MessageEncoder.text(request));
    }

    /**
     * Returns the line that says {@code reply}, with its line break.
     *
     * @throws ProtocolException TOO_LONG if the message does not fit a line
     */
    public static byte[] encode(Reply reply) {
        return line(MessageEncoder.text(reply));
    }

    /**
     * Returns the line that says {@code notice}, with its line break.
     *
     * @throws ProtocolException TOO_LONG if the message does not fit a line
     */
    public static byte[] encode(Notice notice) {
        return line(MessageEncoder.text(notice));
    }

    /**
     * Returns the request that {@code line} says, a line break at its end or not.
     *
     * @throws ProtocolException if it says none
     */
    public static Request decodeRequest(byte[] line) {
        return MessageDecoder.request(json(line));
    }

    /**
     * Returns the reply that {@code line} says, a line break at its end or not.
     *
     * @throws ProtocolException if it says none
     */
    public static Reply decodeReply(byte[] line) {
        return MessageDecoder.reply(json(line));
    }

    /**
     * Returns what a client said with {@code line}: a {@link Request} or a {@link Notice}.
     *
     * @throws ProtocolException if it is neither
     */
    public static Message decodeFromClient(byte[] line) {
        JsonObject json = json(line);
        return MessageDecoder.isNotice(json) ? MessageDecoder.notice(json) : MessageDecoder.request(json);
    }

    /**
     * Returns what a server said with {@code line}: a {@link Reply} or a {@link Notice}.
     *
     * @throws ProtocolException if it is neither
     */
    public static Message decodeFromServer(byte[] line) {
        JsonObject json = json(line);
        return MessageDecoder.isNotice(json) ? MessageDecoder.notice(json) : MessageDecoder.reply(json);
    }

    /**
     * Returns normally if a line may begin with this byte, so that a browser, a TLS client or noise is answered
     * at its first byte, not after a wait for the end of its line.
     *
     * @throws ProtocolException NOT_JSON otherwise
     */
    public static void checkFirst(byte first) {
        if (first == '{' || first == ' ' || first == '\t' || first == '\r') {
            return;
        }
        String guess = switch (first) {
            case 0x16 -> "this looks like TLS";
            case 'G', 'P', 'H', 'D', 'O' -> "this looks like HTTP";
            default -> String.format("this begins with byte 0x%02x", first);
        };
        throw new ProtocolException(ErrorCode.NOT_JSON, "expected one JSON object a line, " + guess);
    }

    private static byte[] line(String text) {
        byte[] line = utf8(text + "\n");
        if (line.length - 1 > MAX_LINE) {
            throw new ProtocolException(ErrorCode.TOO_LONG,
                    "line: " + (line.length - 1) + " bytes (expected: at most " + MAX_LINE + ")");
        }
        return line;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject json(byte[] line) {
        if (line.length > MAX_LINE + 1) {
            throw new ProtocolException(ErrorCode.TOO_LONG,
                    "line: more than " + MAX_LINE + " bytes");
        }
        try {
            return JsonText.parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
        } catch (CharacterCodingException e) {
            throw new ProtocolException(ErrorCode.NOT_JSON, "not UTF-8", false, e);
        }
    }
}
