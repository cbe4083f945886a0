package io.curia.admin.drill;

import io.curia.admin.drill.Processes.Signal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How victims are hurt and put right: by the commands that were given, else as processes of this host. */
public final class Hands {

    private final Fault fault;
    private final Optional<CommandTemplate> hurt;
    private final Optional<CommandTemplate> right;
    private final Processes processes;
    private final Consumer<String> words;
    private final Map<String, Path> outputs = new HashMap<>();

    /**
     * @param hurt the command that does {@code fault} to a victim; empty: by a signal
     * @param right the command that starts or resumes it; empty: as it was started, or by a signal
     * @param words told what a person should know, like where a restarted node's output goes
     */
    public Hands(Fault fault, Optional<CommandTemplate> hurt, Optional<CommandTemplate> right, Processes processes,
            Consumer<String> words) {
        this.fault = fault;
        this.hurt = hurt;
        this.right = right;
        this.processes = processes;
        this.words = words;
    }

    /**
     * Returns a hold on {@code victim}, with all at hand that will be needed to put it right. Touches nothing.
     *
     * @throws DrillException if it could not be hurt, or not be put right afterwards
     */
    public Hold take(Victim victim) {
        Optional<String> hurtLine = hurt.map(template -> template.fillIn(victim));
        Optional<String> rightLine = right.map(template -> template.fillIn(victim));
        Optional<LocalProcess> process = hurtLine.isPresent() && rightLine.isPresent()
                ? Optional.empty() : Optional.of(localProcessOf(victim));
        Optional<LocalProcess.Launch> launch = process.flatMap(LocalProcess::launch);
        if (!fault.keepsProcess() && rightLine.isEmpty() && launch.isEmpty()) {
            throw new DrillException("how to start " + victim.id() + " again cannot be read from its process " +
                    victim.pid() + "; say it with --start-command (':' if something else restarts it)");
        }
        return new Hold(this, victim, hurtLine, rightLine, process);
    }

    private LocalProcess localProcessOf(Victim victim) {
        String option = fault.keepsProcess() ? "--freeze-command and --resume-command"
                : "--kill-command and --start-command";
        if (!processes.isHere(victim.host())) {
            throw new DrillException(victim.id() + " runs on '" + victim.host()
                    + "', which is not this machine; say how to reach it with " + option);
        }
        LocalProcess process = processes.find(victim.pid()).orElseThrow(() -> new DrillException("no process "
                + victim.pid() + " runs here, though " + victim.id() + " says so (in a container?); use " + option));
        if (process.startedAt().filter(start -> start.isAfter(victim.registeredAt().plusSeconds(2))).isPresent()) {
            throw new DrillException("process " + victim.pid() + " is younger than the registration of " + victim.id()
                    + ", so it is another one (in a container?); use " + option);
        }
        if (!process.own()) {
            throw new DrillException("process " + victim.pid() + " of " + victim.id()
                    + " belongs to another user; run this as that user, or use " + option);
        }
        return process;
    }

    /** Returns in words how a victim is hurt. */
    public String hurtWords() {
        return hurt.map(template -> "by the command '" + template.text() + "'").orElseGet(() -> "by " + signal());
    }

    /** Returns in words how a victim is put right. */
    public String rightWords() {
        return right.map(template -> "by the command '" + template.text() + "'")
                .orElse(fault.keepsProcess() ? "by SIGCONT" : "as it was started");
    }

    private String signal() {
        return "SIG" + hurtingSignal();
    }

    Signal hurtingSignal() {
        return switch (fault) {
            case KILL, RESTART -> Signal.KILL;
            case STOP -> Signal.TERM;
            case FREEZE -> Signal.STOP;
        };
    }

    Fault fault() {
        return fault;
    }

    Processes processes() {
        return processes;
    }

    /** Starts {@code id} as it was started before; all its runs in this drill share one file. */
    void start(String id, LocalProcess.Launch launch) {
        Path output = outputs.get(id);
        if (output == null) {
            output = processes.outputFileFor(id);
            outputs.put(id, output);
            words.accept("what " + id + " says when it is started again goes to " + output);
        }
        processes.start(launch, output);
    }
}
