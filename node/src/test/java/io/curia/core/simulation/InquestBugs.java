package io.curia.core.simulation;

import io.curia.core.Finding;
import io.curia.core.Fitness;
import io.curia.core.Verification;
import io.curia.core.Verification.Verdict;
import java.util.Optional;

/** Inquests that judge wrongly, or by nodes that had better not. */
final class InquestBugs {

    private InquestBugs() {
    }

    /** The opinion of others is asked for and not listened to. */
    static Mutation opinionIgnored() {
        return new Mutation() {
            @Override
            public Optional<Verdict> verdict(Verification known) {
                return known(known, known.latestNanos(), Optional.empty()).verdict();
            }
        };
    }

    /** A lifeline that was reset is taken for one that its host closed. */
    static Mutation resetIsClosed() {
        return new Mutation() {
            @Override
            public Verification awake(Verification known, long nowNanos) {
                return new Verification(known.startedNanos(), true, known.freshNanos(), known.latestNanos(),
                        known.looks(), known.own(), known.opinion(), known.awaited(), known.awaitedUntilNanos());
            }
        };
    }

    /** Nothing is decided before everybody who was asked has answered. */
    static Mutation silenceBlocks() {
        return new Mutation() {
            @Override
            public Optional<Verdict> verdict(Verification known) {
                return known.verdict().filter(verdict -> known.awaited() == 0);
            }
        };
    }

    /** A witness that cannot tell is taken for one that sees it alive. */
    static Mutation doubtClears() {
        return new Mutation() {
            @Override
            public Optional<Verdict> verdict(Verification known) {
                return known.opinion().filter(opinion -> opinion != Finding.REFUSED && opinion != Finding.NEWER)
                        .map(opinion -> Verdict.ALIVE).or(known::verdict);
            }
        };
    }

    static Mutation standstillUnnoticed() {
        return new Mutation() {
            @Override
            public Verification awake(Verification known, long nowNanos) {
                return known(known, nowNanos, known.opinion());
            }
        };
    }

    private static Verification known(Verification known, long latestNanos, Optional<Finding> opinion) {
        return new Verification(known.startedNanos(), known.closed(), known.freshNanos(), latestNanos, known.looks(),
                known.own(), opinion, opinion.isEmpty() ? 0 : known.awaited(), known.awaitedUntilNanos());
    }

    static Mutation accusesWithoutZooKeeper() {
        return new Mutation() {
            @Override
            public Optional<String> objection(Fitness fitness, Verification known, long nowNanos) {
                return new Fitness(fitness.member(), true, fitness.listening(), known.freshNanos(),
                        fitness.othersInDoubt()).objection(known, nowNanos);
            }
        };
    }

    static Mutation accusesWithoutNetwork() {
        return new Mutation() {
            @Override
            public Optional<String> objection(Fitness fitness, Verification known, long nowNanos) {
                return new Fitness(fitness.member(), fitness.connected(), fitness.listening(),
                        fitness.soundSinceNanos(), 0).objection(known, nowNanos);
            }
        };
    }
}
