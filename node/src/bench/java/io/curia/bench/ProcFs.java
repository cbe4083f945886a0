package io.curia.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What Linux knows of a process. */
final class ProcFs {

    /** The kernel's unit of process times as user space sees it, the same on every Linux of the last decades. */
    private static final double MILLIS_PER_TICK = 10;
    private static final int KIB_PER_MIB = 1024;
    /** utime and stime, counted from the field after the name, which may hold spaces itself. */
    private static final int UTIME = 11;
    private static final int STIME = 12;

    /** The place of the idle time among a processor's times, and how many of these do not count others twice. */
    private static final int IDLE = 4;
    private static final int STEAL = 8;
    private static final double GUESS_MIB = 4096;

    private ProcFs() {
    }

    static boolean isThere() {
        return Files.isReadable(Path.of("/proc/self/stat"));
    }

    /** Returns the processor time that the process has used, user and system. */
    static double cpuMillis(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MILLIS_PER_TICK;
    }

    /** Returns the resident memory in MiB. */
    static double residentMib(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB;
            }
        }
        throw new IOException("process " + pid + " has no VmRSS");
    }

    /** Returns the share of all processors' time, in percent, that was used during the next moment. */
    static double busyPercent(Duration moment) throws IOException, InterruptedException {
        long[] before = processors();
        Pause.of(moment);
        long[] after = processors();
        long all = after[0] - before[0];
        return all == 0 ? 0 : 100.0 * (all - after[1] + before[1]) / all;
    }

    /** All ticks, and the idle ones among them, those waiting for disks included. */
    private static long[] processors() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
        long all = Arrays.stream(fields).skip(1).limit(STEAL).mapToLong(Long::parseLong).sum();
        return new long[] {all, Long.parseLong(fields[IDLE]) + Long.parseLong(fields[IDLE + 1])};
    }

    /** Returns how much memory can be had without anybody's harm, in MiB; a guess where the system does not say. */
    static double availableMib() throws IOException {
        Path meminfo = Path.of("/proc/meminfo");
        if (!Files.isReadable(meminfo)) {
            return GUESS_MIB;
        }
        for (String line : Files.readAllLines(meminfo)) {
            if (line.startsWith("MemAvailable:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB;
            }
        }
        return GUESS_MIB;
    }

    /** Returns the words of the command line. */
    static List<String> commandLine(long pid) throws IOException {
        String raw = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        return new ArrayList<>(List.of(raw.split("\0")));
    }
}
