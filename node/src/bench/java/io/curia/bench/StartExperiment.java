package io.curia.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** From just before a process is started to the line that says it is a member. */
final class StartExperiment implements Experiment {

    private static final Duration SESSION = Duration.ofSeconds(10);

    private final Series first = new Series();
    private final Series joining = new Series();
    private final Series bareFirst = new Series();
    private final Series bareJoining = new Series();

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        for (int round = 1; round <= lab.rounds(); round++) {
            lab.say("start " + round + "/" + lab.rounds());
            startTwoNodes(lab);
            startTwoBare(lab);
        }
        return List.of(
                Row.of(Topic.START, "start of the first to its ready line", "ms", first, bareFirst, Goal.median(450)),
                Row.of(Topic.START, "start of a second to its ready line", "ms", joining, bareJoining,
                        Goal.median(450)).noted("let in by the first, over TCP and with a dial-back"));
    }

    /** A cluster of its own each time: the first makes its records and claims, the second is let in by the first. */
    private void startTwoNodes(Lab lab) throws IOException, InterruptedException {
        String cluster = lab.newCluster("start");
        Child one = lab.node(cluster, "n1");
        first.add(readyMillis(one));
        lab.settle();
        Child two = lab.node(cluster, "n2");
        joining.add(readyMillis(two));
        end(two);
        end(one);
    }

    private void startTwoBare(Lab lab) throws IOException, InterruptedException {
        String cluster = lab.newCluster("start");
        Child one = bare(lab, cluster, "b1");
        bareFirst.add(readyMillis(one));
        lab.settle();
        Child two = bare(lab, cluster, "b2");
        bareJoining.add(readyMillis(two));
        end(two);
        end(one);
    }

    private static Child bare(Lab lab, String cluster, String id) throws IOException {
        return lab.program("bare member", List.of(), BareMember.class, lab.connectString(), cluster, id,
                Long.toString(SESSION.toMillis()));
    }

    private static double readyMillis(Child child) throws IOException, InterruptedException {
        return Figures.millis(child.await("ready", Lab.PATIENCE).nanos() - child.startedNanos());
    }

    private static void end(Child child) throws IOException, InterruptedException {
        child.terminate();
        child.awaitEnd(Lab.PATIENCE);
    }
}
