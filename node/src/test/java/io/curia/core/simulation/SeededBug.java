package io.curia.core.simulation;

import java.util.function.Supplier;

/** Bugs that somebody could have made, each of which the simulation has to notice. */
enum SeededBug {

    CLAIM_WITHOUT_LATCH_PLACE(StoreBugs::claimWithoutPlace),
    CLAIM_WITHOUT_ADMISSION(StoreBugs::claimWithoutAdmission),
    WRITES_WITHOUT_MASTER_VERSION(StoreBugs::withoutMasterVersion),
    EVICTION_LEAVES_TENURE(StoreBugs::evictionLeavesTenure),
    STALE_OBSERVATION_ACCEPTED(StoreBugs::observationsOvertake),
    SESSION_NEVER_CLOSED(StoreBugs::sessionNeverClosed),
    DUTIES_STILL_RUNNING_AT_RELEASE(StoreBugs::dutiesStillRunning),

    VALID_FROM_THE_REPLY(SightBugs::validFromReply),
    GUARD_LONGER_THAN_SESSION(SightBugs::guardTooLong),
    NO_WAIT_AFTER_UNCONFIRMED_ENDING(SightBugs::noWait),
    REFUSED_RENEWAL_COUNTS(SightBugs::refusedRenewalCounts),
    LOST_RENEWAL_COUNTS(SightBugs::lostRenewalCounts),
    BLIND_TO_OWN_REGISTRATION(SightBugs::blindToOwnRegistration),
    BLIND_TO_OWN_LATCH_PLACE(SightBugs::blindToOwnPlace),
    BLIND_TO_THE_MASTER_RECORD(SightBugs::blindToRecord),
    BLIND_TO_EVICTION(SightBugs::blindToEviction),
    BLIND_TO_AN_OVERLOOKED_LEAD(SightBugs::blindToOverlookedLead),
    BLIP_IS_A_LOSS(SightBugs::blipIsLoss),
    DEAF_TO_STOPPED_DUTIES(SightBugs::deafToStoppedDuties),

    EPOCH_REUSED(DeedBugs::epochReused),
    INCARNATION_REUSED(DeedBugs::incarnationReused),
    STEP_DOWN_NOT_CONFIRMED(DeedBugs::stepDownNotConfirmed),
    REVOCATION_FORGOTTEN(DeedBugs::revocationForgotten),
    LATCH_ENTERED_ONLY_ONCE(DeedBugs::latchEnteredOnce),
    REGISTERED_ONLY_ONCE(DeedBugs::registeredOnce),
    NEVER_RENEWED(DeedBugs::neverRenewed),
    EVICTED_AND_STAYS(DeedBugs::evictedStays),
    ENDED_TENURE_NEVER_RECORDED(DeedBugs::endingNeverRecorded),
    ACTIONS_REPEATED_EVERY_STEP(DeedBugs::actionStorm),

    REMOVAL_IGNORES_INCARNATION(StoreBugs::removalIgnoresIncarnation),
    REMOVAL_LEAVES_TENURE(StoreBugs::removalLeavesTenure),
    REMOVAL_WITHOUT_MASTER_VERSION(StoreBugs::removalWithoutMasterVersion),
    REMOVAL_CLAIMS_OUT_OF_TURN(StoreBugs::claimOutOfTurn),
    YIELDED_BEFORE_IT_IS_OVER(TakeoverBugs::saysItTooEarly),
    YIELDED_AND_STILL_VALID(TakeoverBugs::staysValid),
    WORD_OF_ANOTHER_TENURE_HEEDED(TakeoverBugs::heedsAnyWord),
    TAKEOVER_FROM_FAR_BEHIND(TakeoverBugs::alwaysRightBehind),
    TAKEOVER_SETTLES_NOTHING(TakeoverBugs::settlesNothing),
    DOUBT_RECORDED_AS_PROOF(DeathBugs::doubtAsProof),
    STALE_EVIDENCE_USED(DeathBugs::staleEvidence),
    OBITUARIES_DROPPED(DeathBugs::dropped),
    REMOVALS_WITHOUT_RATION(DeathBugs::unrationed),
    EVIDENCE_DOES_NOT_AGE(DeathBugs::ageless),
    CLAIM_OF_A_REMOVAL_UNHEARD(DeathBugs::claimUnheard),

    OPINION_IGNORED(InquestBugs::opinionIgnored),
    RESET_TAKEN_FOR_CLOSED(InquestBugs::resetIsClosed),
    SILENCE_BLOCKS(InquestBugs::silenceBlocks, Bias.SILENT_WITNESSES),
    DOUBT_CLEARS(InquestBugs::doubtClears, Bias.DOUBTFUL_WITNESSES),
    STANDSTILL_UNNOTICED(InquestBugs::standstillUnnoticed),
    ACCUSES_WITHOUT_ZOOKEEPER(InquestBugs::accusesWithoutZooKeeper),
    ACCUSES_WITHOUT_NETWORK(InquestBugs::accusesWithoutNetwork),

    BLIND_TO_A_DRAIN(CandidacyBugs::blindToDrain),
    DEAF_TO_ILLNESS(CandidacyBugs::deafToIllness),
    NEVER_WITHDRAWS(CandidacyBugs::neverWithdraws),
    DRAIN_FORGOTTEN_AT_REGISTRATION(CandidacyBugs::forgottenAtRegistration),
    NOTHING_HEARD_OF_THE_QUEUE(CandidacyBugs::hearsNothing),
    NOTES_NEVER_WRITTEN(CandidacyBugs::neverNotes),
    PENALTY_FOR_STEPPING_DOWN(CandidacyBugs::blamedForStoppingDuties),
    NO_PENALTY_FOR_A_CRASH(CandidacyBugs::forgetsProbation),
    DEAF_TO_A_VETO(CandidacyBugs::deafToRefusals),

    CLAIM_WITHOUT_PAUSE_VERSION(IntentBugs::claimWithoutPauseVersion),
    CLAIM_WITHOUT_SWITCHOVER_VERSION(IntentBugs::claimWithoutSwitchoverVersion),
    STEP_ASIDE_WITHOUT_SWITCHOVER_VERSION(IntentBugs::withoutSwitchoverVersion),
    BLIND_TO_THE_PAUSE(IntentBugs::blindToPause),
    PAUSE_NEVER_LIFTED(IntentBugs::pauseNeverLifted),
    SWITCHOVER_OF_ANY_EPOCH(IntentBugs::switchoverOfAnyEpoch),
    SWITCHOVER_NOT_SETTLED(IntentBugs::switchoverNotSettled),
    NOBODY_GIVES_WAY(IntentBugs::nobodyGivesWay),
    MASTER_NEVER_HANDS_OVER(IntentBugs::masterNeverHandsOver),
    COOLDOWN_IGNORED(IntentBugs::withoutCooldown),
    DEAD_TARGET_WAITED_FOR(IntentBugs::targetNeverMissed),
    DEAF_TO_HANGING_UP(IntentBugs::deafToHangingUp),
    SILENT_HEIR_BELIEVED(IntentBugs::heirBelieved);

    private final Supplier<Mutation> maker;
    private final Bias bias;

    SeededBug(Supplier<Mutation> maker) {
        this(maker, Bias.NONE);
    }

    SeededBug(Supplier<Mutation> maker, Bias bias) {
        this.maker = maker;
        this.bias = bias;
    }

    /** Returns the bug, fresh for one run. */
    Mutation mutation() {
        return maker.get();
    }

    /** Returns what makes the coincidence likely that it takes to show this bug. */
    Bias bias() {
        return bias;
    }
}
