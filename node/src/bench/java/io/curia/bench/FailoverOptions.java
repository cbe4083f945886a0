package io.curia.bench;

import io.curia.bench.Setup.Pages;
import io.curia.cli.DurationConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the topic {@code failover} tries on whom. */
final class FailoverOptions {

    private static final String LAUNCHERS = "launcher";

    @Option(names = "--faults", paramLabel = "FAULT", split = ",", converter = FaultConverter.class,
            description = "kill, fresh (kill, all processes new), again (kill, the successor was master before), "
                + "double (kill the master and the next), standby (kill one), term, stop (and continue); also blink "
                + "(stop for 2 s), restart (kill, and start again at once), slander (remove a live master as dead), "
                + "cut (off from ZooKeeper). Default: the first seven.")
    private List<Fault> faults = List.copyOf(EnumSet.range(Fault.KILL, Fault.STOP));

    @Option(names = "--arms", paramLabel = "ARM", split = ",", converter = ArmConverter.class,
            description = "fast, session (nodes with --failover session), bare (plain Curator). Default: all.")
    private List<Arm> arms = List.of(Arm.values());

    @Option(names = "--candidates", paramLabel = "N", split = ",", defaultValue = "3",
            description = "How many to a cluster; several numbers are tried in turn (default: ${DEFAULT-VALUE}).")
    private List<Integer> candidates;

    @Option(names = "--heap", paramLabel = "SIZE", split = ",", defaultValue = LAUNCHERS,
            converter = HeapConverter.class,
            description = "Heap of every candidate, like 512m or 2g, resident from its start; '" + LAUNCHERS + "' for "
                + "what node/bin/node gives it (default: ${DEFAULT-VALUE}).")
    private List<Integer> heapMib;

    @Option(names = "--pages", paramLabel = "KIND", split = ",", converter = PagesConverter.class,
            description = "small, huge (transparent huge pages): in which the heaps of --heap lie. Default: small.")
    private List<Pages> pages = List.of(Pages.SMALL);

    @Option(names = "--session", paramLabel = "TIME", defaultValue = "10s", converter = DurationConverter.class,
            description = "Session timeout of all candidates (default: ${DEFAULT-VALUE}).")
    private Duration session;

    @Option(names = "--slow-rounds", paramLabel = "N", defaultValue = "4",
            description = "At most how often what waits for a session (default: ${DEFAULT-VALUE}).")
    private int slowRounds;

    @Option(names = "--beside", paramLabel = "N", defaultValue = "4",
            description = "So many clusters of each kind are kept side by side and hurt in turn, to share the waiting "
                + "between rounds (default: ${DEFAULT-VALUE}).")
    private int beside;

    @Option(names = "--check-witness",
            description = "Also ask the survivors once a millisecond, and say by how much the two accounts differ.")
    private boolean checkWitness;

    /** Returns what is wrong with them; empty if nothing. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (candidates.stream().anyMatch(count -> count < 2)) {
            complaints.add("--candidates " + candidates + " (expected: at least 2)");
        }
        if (faults.contains(Fault.DOUBLE) && candidates.contains(2)) {
            complaints.add("--candidates 2 (expected: at least 3 where two die)");
        }
        if (slowRounds < 0 || beside < 1) {
            complaints.add("--slow-rounds " + slowRounds + ", --beside " + beside + " (expected: at least 0, and 1)");
        }
        return complaints;
    }

    List<Fault> faults() {
        return faults;
    }

    List<Arm> arms() {
        return arms;
    }

    Duration session() {
        return session;
    }

    int slowRounds() {
        return slowRounds;
    }

    int beside() {
        return beside;
    }

    boolean checkWitness() {
        return checkWitness;
    }

    /** Returns every combination that was asked for; which pages the launcher's own heap lies in is not asked. */
    List<Setup> setups() {
        return candidates.stream().flatMap(count -> heapMib.stream().flatMap(heap -> pages.stream()
                .map(kind -> new Setup(count, heap, heap == 0 ? Pages.SMALL : kind)))).distinct().toList();
    }

    private static <T extends Enum<T>> T named(Class<T> kind, String value) {
        return Arrays.stream(kind.getEnumConstants()).filter(each -> each.name().equalsIgnoreCase(value)).findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' (expected some of: "
                        + Arrays.toString(kind.getEnumConstants()).toLowerCase(Locale.ROOT) + ")"));
    }

    /** Faults are written in small letters. */
    static final class FaultConverter implements ITypeConverter<Fault> {
        @Override
        public Fault convert(String value) {
            return named(Fault.class, value);
        }
    }

    /** So are arms. */
    static final class ArmConverter implements ITypeConverter<Arm> {
        @Override
        public Arm convert(String value) {
            return named(Arm.class, value);
        }
    }

    /** And pages. */
    static final class PagesConverter implements ITypeConverter<Pages> {
        @Override
        public Pages convert(String value) {
            return named(Pages.class, value);
        }
    }

    /** Sizes as JVMs spell them. */
    static final class HeapConverter implements ITypeConverter<Integer> {
        private static final Set<String> UNITS = Set.of("m", "g");

        @Override
        public Integer convert(String value) {
            if (value.equals(LAUNCHERS)) {
                return 0;
            }
            String unit = value.isEmpty() ? "" : value.substring(value.length() - 1);
            String number = value.isEmpty() ? "" : value.substring(0, value.length() - 1);
            if (!UNITS.contains(unit) || !number.matches("[1-9][0-9]{0,4}")) {
                throw new TypeConversionException("'" + value + "' (expected: " + LAUNCHERS + ", or like 512m or 2g)");
            }
            return Integer.parseInt(number) * (unit.equals("g") ? 1024 : 1);
        }
    }
}
