package io.curia.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What can be measured, in the order in which it is. */
enum Topic {
    START(new StartExperiment()),
    IDLE(new IdleExperiment()),
    CLI(new CliExperiment()),
    FAILOVER(new FailoverExperiment()),
    COST(new CostExperiment()),
    FREEZE(new FreezeExperiment()),
    EVICT(new EvictExperiment()),
    SWITCHOVER(new SwitchoverExperiment()),
    TARGET(new LostTargetExperiment()),
    GATE(new HealthGateExperiment()),
    JOINS(new JoinsExperiment());

    private final Experiment experiment;

    Topic(Experiment experiment) {
        this.experiment = experiment;
    }

    List<Row> measure(Lab lab) throws IOException, InterruptedException {
        return experiment.run(lab);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
