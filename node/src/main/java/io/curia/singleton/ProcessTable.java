package io.curia.singleton;

import io.curia.singleton.ReapingPlan.Origin;
import io.curia.singleton.ReapingPlan.Trace;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All processes of this machine that {@code /proc} shows to this one, and the end of some of them. */
final class ProcessTable {

    private static final File PROC = new File("/proc");
    private static final int LONGEST_STAT = 1024;
    private static final int LONGEST_ENVIRONMENT = 4 * 1024 * 1024;

    private final byte[] mark;
    private final long self = ProcessHandle.current().pid();

    /** @param mark what the command's processes have in their environment: {@code NAME=VALUE}, found nowhere else */
    ProcessTable(String mark) {
        this.mark = mark.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns this process as it is now; empty if it has ended. */
    static Optional<ProcessRow> find(long pid) {
        try (InputStream stat = new FileInputStream("/proc/" + pid + "/stat")) {
            byte[] text = new byte[LONGEST_STAT];
            // The kernel gives all of it at once; a successor waits while these are read.
            int length = Math.max(0, stat.read(text));
            return ProcessRow.parse(new String(text, 0, length, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // It has ended: whether before the file was opened or while it was read is all the same.
            return Optional.empty();
        }
    }

    /** Returns whether this very process may still run. */
    static boolean isThere(ProcessRow row) {
        return find(row.pid()).filter(now -> now.start() == row.start() && !now.isDead()).isPresent();
    }

    private static List<ProcessRow> all() {
        String[] names = PROC.list((directory, name) -> Character.isDigit(name.charAt(0)));
        List<ProcessRow> rows = new ArrayList<>();
        for (String name : names == null ? new String[0] : names) {
            find(Long.parseLong(name)).ifPresent(rows::add);
        }
        return rows;
    }

    /** Returns who belongs to the command that {@code origin} began. */
    ReapingPlan plan(Origin origin) {
        return ReapingPlan.of(all(), origin, self, this::traceOf);
    }

    /** Nothing can be read of others' processes, which are not ours, nor for a moment of one that becomes another. */
    private Trace traceOf(ProcessRow row) {
        try (InputStream environment = new FileInputStream("/proc/" + row.pid() + "/environ")) {
            byte[] read = environment.readNBytes(LONGEST_ENVIRONMENT);
            if (read.length == 0) {
                return row.isEnding() && row.threads() <= 1 ? Trace.NOT_CARRIED : Trace.UNREADABLE;
            }
            return contains(read) ? Trace.CARRIED : Trace.NOT_CARRIED;
        } catch (IOException e) {
            return Trace.NOT_CARRIED;
        }
    }

    private boolean contains(byte[] environment) {
        for (int at = 0; at + mark.length <= environment.length; at++) {
            int same = 0;
            while (same < mark.length && environment[at + same] == mark[same]) {
                same++;
            }
            if (same == mark.length) {
                return true;
            }
        }
        return false;
    }

    /** Ends these with SIGKILL, or asks them to end with SIGTERM. Whoever has their numbers now instead is spared. */
    static void signal(Iterable<ProcessRow> doomed, boolean kill) {
        for (ProcessRow row : doomed) {
            // The handle remembers the start time of the process that it stands for, and hits no other.
            Optional<ProcessHandle> handle = ProcessHandle.of(row.pid());
            boolean same = find(row.pid()).filter(now -> now.start() == row.start()).isPresent();
            if (handle.isPresent() && same) {
                if (kill) {
                    handle.get().destroyForcibly();
                } else {
                    handle.get().destroy();
                }
            }
        }
    }
}
