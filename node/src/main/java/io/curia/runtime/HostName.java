package io.curia.runtime;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine calls itself. */
public final class HostName {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
    /** No Linux gives its host a longer name than 64. */
    private static final int MOST_BYTES = 256;

    private HostName() {
    }

    /** Returns this machine's name. Asks the kernel where it can, because a resolver may take seconds to answer. */
    public static String here() {
        try {
            if (Files.isReadable(KERNEL)) {
                return read();
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            // A machine without a usable name; nobody depends on it being there.
            return "localhost";
        }
    }

    /** A node asks some times as it starts; a channel, or a file of unknown size, takes buffers many times as large. */
    private static String read() throws IOException {
        try (InputStream in = new FileInputStream(KERNEL.toFile())) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
        }
    }
}
