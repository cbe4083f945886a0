package io.curia.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine calls itself. */
public final class HostName {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {
    }

    /** Returns this machine's name. Asks the kernel where it can, because a resolver may take seconds to answer. */
    public static String here() {
        try {
            if (Files.isReadable(KERNEL)) {
                return Files.readString(KERNEL).strip();
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            // A machine without a usable name; nobody depends on it being there.
            return "localhost";
        }
    }
}
