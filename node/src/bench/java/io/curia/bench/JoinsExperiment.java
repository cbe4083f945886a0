package io.curia.bench;

import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Many members in one JVM, each with a session of its own, joining as fast as they can: against one ZooKeeper server,
 * so that what is measured is the members, and against three that share the processors with them.
 */
final class JoinsExperiment implements Experiment {

    private static final int HUNDRED = 100;
    private static final int FIVE_HUNDRED = 500;
    /** Until the first of five hundred sees all of them in its own view, it may take most of a minute. */
    private static final int MOST_RUNS_TO_VIEW = 5;
    /** Of both kinds. A node alone gets 6 MB for what is young; here it is about what the JVM takes by itself. */
    private static final List<String> LARGE_JVM = List.of("-Xmx1g", "-Xmn256m");

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>(againstOne(lab));
        int runs = Math.min(MOST_RUNS_TO_VIEW, lab.rounds());
        Crowds hundred = new Crowds(lab, lab.connectString(), HUNDRED, true);
        Crowds fiveHundred = new Crowds(lab, lab.connectString(), FIVE_HUNDRED, true);
        hundred.run("three servers", runs);
        fiveHundred.run("three servers", runs);
        rows.addAll(List.of(hundred.listed("three servers"), hundred.ownView(), fiveHundred.listed("three servers"),
                fiveHundred.ownView()));
        return rows;
    }

    /** The rivals' figures, from which the goals come, are of one server. */
    private static List<Row> againstOne(Lab lab) throws IOException, InterruptedException {
        EnsembleSettings one = EnsembleSettings.of(lab.dataDirectory("joins", "zookeeper"), 1);
        try (LocalEnsemble server = LocalEnsemble.start(one)) {
            server.awaitServing(Lab.PATIENCE);
            WarmServers.behind(server.connectString());
            Crowds hundred = new Crowds(lab, server.connectString(), HUNDRED, false);
            Crowds fiveHundred = new Crowds(lab, server.connectString(), FIVE_HUNDRED, false);
            hundred.run("one server", lab.rounds());
            fiveHundred.run("one server", lab.rounds());
            return List.of(hundred.listed("one server", Goal.median(1.5)),
                    fiveHundred.listed("one server", Goal.median(6)));
        } catch (ExecutionException e) {
            throw new IOException("warming up the one server: " + e.getCause(), e);
        }
    }

    /** What is measured of crowds of one size. */
    private static final class Crowds {

        private final Lab lab;
        private final String connectString;
        private final int size;
        private final boolean untilViewed;
        private final Series listed = new Series();
        private final Series bareListed = new Series();
        private final Series viewed = new Series();
        private final Series bareViewed = new Series();

        Crowds(Lab lab, String connectString, int size, boolean untilViewed) {
            this.lab = lab;
            this.connectString = connectString;
            this.size = size;
            this.untilViewed = untilViewed;
        }

        /**
         * Both kinds by turns, all crowds of this size before any of another: the sessions of a crowd that was killed
         * expire half a minute later, and five hundred that do are work for the server of a hundred who join.
         */
        void run(String servers, int runs) throws IOException, InterruptedException {
            for (int run = 1; run <= runs; run++) {
                lab.say(size + " join, " + servers + " " + run + "/" + runs);
                run(Crowd.Kind.NODES, listed, viewed);
                run(Crowd.Kind.BARE, bareListed, bareViewed);
            }
        }

        private void run(Crowd.Kind kind, Series toList, Series toView) throws IOException, InterruptedException {
            Child crowd = lab.program("crowd of " + size, LARGE_JVM, Crowd.class, kind.name(), connectString,
                    lab.newCluster("crowd"), Integer.toString(size));
            toList.add(seconds(crowd, "listed "));
            if (untilViewed) {
                toView.add(seconds(crowd, "viewed "));
            }
            crowd.kill();
            crowd.awaitEnd(Lab.PATIENCE);
        }

        private static double seconds(Child crowd, String event) throws IOException, InterruptedException {
            return Double.parseDouble(crowd.await(event, Lab.PATIENCE.multipliedBy(2)).value("seconds").orElseThrow());
        }

        Row listed(String servers, Goal... goals) {
            return Row.of(Topic.JOINS, size + " join in one JVM, " + servers + ", all ready and listed", "s", listed,
                    bareListed, goals).noted("8 at a time; each with its own session, admitted over TCP");
        }

        Row ownView() {
            return Row.of(Topic.JOINS, size + " join, until the first one's own view shows all", "s", viewed,
                    bareViewed);
        }
    }
}
