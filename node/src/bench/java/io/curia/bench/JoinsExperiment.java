package io.curia.bench;

import java.io.IOException;
import java.util.List;

/** Many members in one JVM, each with a session of its own, joining as fast as they can. */
final class JoinsExperiment implements Experiment {

    private static final int MOST_RUNS = 5;
    /** Of both kinds. A node alone gets 6 MB for what is young; here it is about what the JVM takes by itself. */
    private static final List<String> LARGE_JVM = List.of("-Xmx1g", "-Xmn256m");

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        Crowds hundred = new Crowds(100);
        Crowds fiveHundred = new Crowds(500);
        int runs = Math.min(MOST_RUNS, lab.rounds());
        for (int run = 1; run <= runs; run++) {
            lab.say("joins " + run + "/" + runs);
            hundred.run(lab);
            fiveHundred.run(lab);
        }
        return List.of(hundred.listed(1.5), hundred.ownView(), fiveHundred.listed(6), fiveHundred.ownView());
    }

    /** What is measured of crowds of one size. */
    private static final class Crowds {

        private final int size;
        private final Series listed = new Series();
        private final Series bareListed = new Series();
        private final Series viewed = new Series();
        private final Series bareViewed = new Series();

        Crowds(int size) {
            this.size = size;
        }

        void run(Lab lab) throws IOException, InterruptedException {
            run(lab, Crowd.Kind.NODES, listed, viewed);
            run(lab, Crowd.Kind.BARE, bareListed, bareViewed);
        }

        private void run(Lab lab, Crowd.Kind kind, Series toList, Series toView)
                throws IOException, InterruptedException {
            Child crowd = lab.program("crowd of " + size, LARGE_JVM, Crowd.class, kind.name(), lab.connectString(),
                    lab.newCluster("crowd"), Integer.toString(size));
            toList.add(seconds(crowd, "listed "));
            toView.add(seconds(crowd, "viewed "));
            crowd.kill();
            crowd.awaitEnd(Lab.PATIENCE);
        }

        private static double seconds(Child crowd, String event) throws IOException, InterruptedException {
            return Double.parseDouble(crowd.await(event, Lab.PATIENCE.multipliedBy(2)).value("seconds").orElseThrow());
        }

        Row listed(double goalSeconds) {
            return Row.of(Topic.JOINS, size + " join in one JVM, all ready and listed", "s", listed, bareListed,
                    Goal.median(goalSeconds)).noted("8 at a time; each with its own session, admitted over TCP");
        }

        Row ownView() {
            return Row.of(Topic.JOINS, size + " join, until the first one's own view shows all", "s", viewed,
                    bareViewed);
        }
    }
}
