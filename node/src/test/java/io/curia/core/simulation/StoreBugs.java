package io.curia.core.simulation;

import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.store.memory.RecordTree;

/** Transactions without one of their conditions, and surroundings that break a promise. */
final class StoreBugs {

    private StoreBugs() {
    }

    static Mutation claimWithoutPlace() {
        return onTree(new RecordTree("sim") {
            @Override
            protected boolean hasPlace(Tenure tenure) {
                return true;
            }
        });
    }

    static Mutation claimWithoutAdmission() {
        return onTree(new RecordTree("sim") {
            @Override
            protected boolean isAdmitted(NodeId id, int rosterVersion) {
                return true;
            }
        });
    }

    static Mutation withoutMasterVersion() {
        return onTree(new RecordTree("sim") {
            @Override
            protected boolean isCurrent(int masterVersion) {
                return true;
            }
        });
    }

    private static Mutation onTree(RecordTree tree) {
        return new Mutation() {
            @Override
            public RecordTree tree(String name) {
                return tree;
            }
        };
    }

    static Mutation evictionLeavesTenure() {
        return new Mutation() {
            @Override
            public boolean evictionLeavesTenure() {
                return true;
            }
        };
    }

    static Mutation observationsOvertake() {
        return new Mutation() {
            @Override
            public boolean observationsOvertake() {
                return true;
            }
        };
    }

    static Mutation sessionNeverClosed() {
        return new Mutation() {
            @Override
            public boolean closesSession() {
                return false;
            }
        };
    }

    static Mutation dutiesStillRunning() {
        return new Mutation() {
            @Override
            public boolean saysStoppedTooEarly() {
                return true;
            }
        };
    }
}
