package io.curia.singleton;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A shell beside the keeper that ends the command when the keeper cannot: because it is frozen and lets the command's
 * time pass, or because it was killed. Nobody depends on it, and a keeper that cannot have one goes on without.
 *
 * <p>It knows until when the command may run from a file, by the kernel's clock since boot, and sleeps until then; so
 * it costs next to nothing. It finds what belongs to the command by a mark that only this keeper has given. Used by
 * the keeper's thread.
 */
final class Sentinel {

    /** Standard input tells it of a run, and, by its end, of the keeper's death; unless that took its leave before. */
    private static final String WATCH = """
            trap '' HUP INT TERM
            mark=$1 lease=$2 keeper=$3
            end() {
                looks=0
                while found=$(grep -lsF -e "$mark" /proc/[0-9]*/environ); [ -n "$found" ]; do
                    for process in $found; do
                        process=${process%/environ}
                        kill -KILL "${process#/proc/}" 2>/dev/null
                    done
                    looks=$((looks + 1))
                    [ "$looks" -lt 100 ] || sleep 1
                done
            }
            late() {
                read -r until run <"$lease" && [ "$until" -gt 0 ] && [ "$run" = "$1" ] || exit 0
                read -r up idle </proc/uptime
                left=$((until - ${up%.*}${up#*.}))
                [ "$left" -le 0 ]
            }
            watch() {
                until late "$1" && late "$1"; do
                    sleep "$((left / 100)).$((left / 10 % 10))$((left % 10))" || sleep 1
                done
                echo "sentinel: the keeper has not ended the command in time; this does" >&2
                end
                sleep 1
                late "$1" && kill -KILL "$keeper"
            }
            while read -r word run; do
                [ "$word" = run ] || kill -KILL 0
                watch "$run" &
                jobs >/dev/null
            done
            end
            kill -KILL 0
            """;

    private static final long NANOS_PER_TICK = TimeUnit.SECONDS.toNanos(1) / 100;
    private static final int WIDTH = 19;

    private final Path file;
    private final String mark;
    private final long keeper;
    private Process process;
    private FileChannel lease;
    private long written;
    private int runs;

    /**
     * Makes one that is not there yet.
     *
     * @param mark what the command's processes have in their environment: {@code NAME=VALUE}, found nowhere else
     * @param keeper the process that is ended when it is frozen
     */
    Sentinel(Path directory, String mark, long keeper) {
        this.keeper = keeper;
        this.file = directory.resolve("keeper.lease");
        this.mark = mark;
    }

    /** Starts it; until then, and if that fails, nothing else here has an effect. */
    void post() {
        try {
            lease = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            write(0);
            ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", WATCH, "sentinel", mark, file.toString(),
                    Long.toString(keeper))
                    .redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT);
            // Above all not the mark by which it finds others.
            builder.environment().keySet().retainAll(Set.of("PATH", "LC_ALL"));
            process = builder.start();
        } catch (IOException e) {
            giveUp(e);
        }
    }

    /** A run goes on until then, by {@link System#nanoTime()}, and not longer. */
    void watch(long untilNanos) {
        if (process == null || untilNanos == written) {
            return;
        }
        try {
            boolean begins = written == 0;
            runs += begins ? 1 : 0;
            write(untilNanos);
            if (begins) {
                say("run " + runs);
            }
        } catch (IOException e) {
            giveUp(e);
        }
    }

    /** There is no run. */
    void rest() {
        if (process != null) {
            try {
                write(0);
            } catch (IOException e) {
                giveUp(e);
            }
        }
    }

    /** It is not needed any more: nothing of the command is left. */
    void dismiss() {
        if (process != null) {
            try {
                say("done");
            } catch (IOException e) {
                process.destroyForcibly();
            }
        }
    }

    /** A sentinel that is told nothing would end what it should not. */
    private void giveUp(IOException reason) {
        System.err.println("keeper: goes on without a sentinel: " + reason.getMessage());
        dismiss();
        process = null;
    }

    private void say(String word) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        input.flush();
    }

    private void write(long untilNanos) throws IOException {
        long until = untilNanos == 0 ? 0 : uptime() + (untilNanos - System.nanoTime()) / NANOS_PER_TICK;
        String line = padded(until) + padded(runs) + "\n";
        lease.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
        written = untilNanos;
    }

    /** Of one length, so that it always stands in the same place; and not with zeros, or a shell took it for octal. */
    private static String padded(long number) {
        String digits = Long.toString(number);
        return " ".repeat(WIDTH + 1 - digits.length()) + digits;
    }

    /** Returns the time since boot in hundredths of a second, which is what a shell can read too. */
    private static long uptime() throws IOException {
        String text = Files.readString(Path.of("/proc/uptime"));
        return Long.parseLong(text.substring(0, text.indexOf(' ')).replace(".", ""));
    }
}
