package io.curia.core.simulation;

import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Claim;
import io.curia.store.NodeSession.Removal;
import io.curia.store.NodeSession.Removed;
import io.curia.store.memory.RecordTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Transactions without one of their conditions, and surroundings that break a promise. */
final class StoreBugs {

    private StoreBugs() {
    }

    static Mutation claimWithoutPlace() {
        return Mutation.onTree(new RecordTree("sim") {
            @Override
            protected boolean hasPlace(Tenure tenure) {
                return true;
            }
        });
    }

    static Mutation claimWithoutAdmission() {
        return Mutation.onTree(new RecordTree("sim") {
            @Override
            protected boolean isAdmitted(NodeId id, int rosterVersion) {
                return true;
            }
        });
    }

    static Mutation withoutMasterVersion() {
        return Mutation.onTree(new RecordTree("sim") {
            @Override
            protected boolean isCurrent(int masterVersion) {
                return true;
            }
        });
    }

    static Mutation removalIgnoresIncarnation() {
        return Mutation.onTree(new RecordTree("sim") {
            @Override
            public Removed remove(NodeId self, List<Removal> removals, Optional<Claim> claim) {
                Map<NodeId, Removal> byId = new TreeMap<>();
                removals.forEach(removal -> byId.put(removal.id(), live(removal.id())
                        .map(member -> new Removal(removal.id(), member.incarnation(), removal.proven(),
                                removal.evidence(), removal.at())).orElse(removal)));
                return super.remove(self, List.copyOf(byId.values()), claim);
            }
        });
    }

    static Mutation removalLeavesTenure() {
        return Mutation.onTree(new RecordTree("sim") {
            @Override
            public Removed remove(NodeId self, List<Removal> removals, Optional<Claim> claim) {
                return new Removed(SimulatedRemoval.takeDown(this, removals), false);
            }
        });
    }

    /** Whoever removes a dead master claims with it, whoever else queues ahead. */
    static Mutation claimOutOfTurn() {
        return Mutation.onTree(new RecordTree("sim") {
            @Override
            protected boolean isNext(Claim claim, List<String> going) {
                return true;
            }
        });
    }

    static Mutation removalWithoutMasterVersion() {
        return new Mutation() {
            @Override
            public boolean removalOverlooksClaims() {
                return true;
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
