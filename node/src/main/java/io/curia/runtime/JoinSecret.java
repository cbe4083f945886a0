package io.curia.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret shared by the members of a cluster. It never goes over the wire: a joiner sends a keyed hash of what it
 * asks for, which is worth nothing for another id, incarnation or address. Never printed.
 */
public final class JoinSecret {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_LENGTH = 16;
    private static final int MAX_LENGTH = 4096;

    private final byte[] key;

    private JoinSecret(byte[] key) {
        this.key = key;
    }

    /** Returns the secret with this text, or throws {@link IllegalArgumentException} if it is too short to be one. */
    public static JoinSecret of(String text) {
        byte[] key = text.strip().getBytes(StandardCharsets.UTF_8);
        if (key.length < MIN_LENGTH || key.length > MAX_LENGTH) {
            throw new IllegalArgumentException("join secret: " + key.length + " bytes (expected: " + MIN_LENGTH
                    + "-" + MAX_LENGTH + ")");
        }
        return new JoinSecret(key);
    }

    /** Returns the secret that stands in this file, surrounding white space dropped. */
    public static JoinSecret read(Path file) throws IOException {
        if (Files.size(file) > MAX_LENGTH) {
            throw new IOException(file + " is too large for a join secret (expected: at most " + MAX_LENGTH
                    + " bytes)");
        }
        return of(Files.readString(file));
    }

    /** Returns the proof of knowing this secret for these facts. */
    String prove(String... facts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (String fact : facts) {
                // The length first, so that no two lists of facts run together into the same bytes.
                byte[] bytes = fact.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " (expected: in every Java runtime)", e);
        }
    }

    /** Returns whether {@code proof} proves these facts; takes as long for a wrong one as for a right one. */
    boolean verifies(String proof, String... facts) {
        return MessageDigest.isEqual(prove(facts).getBytes(StandardCharsets.US_ASCII),
                proof.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "JoinSecret[…]";
    }
}
