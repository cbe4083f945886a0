package io.curia.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * How the benchmark talks to its member programs: {@code clock} and {@code report} on standard input, which also keeps
 * them alive.
 */
final class MemberConsole {

    private MemberConsole() {
    }

    /** Answers until standard input ends, then ends the process at once: whoever started it is gone. */
    static void serve(BooleanSupplier claim, boolean sampling) throws IOException {
        ClaimSampler sampler = new ClaimSampler(claim);
        if (sampling) {
            sampler.start();
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "clock" -> System.out.println("clock at=" + System.nanoTime());
                case "report" -> sampler.report(System.out);
                default -> System.out.println("what? " + line);
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
