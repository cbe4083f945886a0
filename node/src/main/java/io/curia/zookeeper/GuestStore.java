package io.curia.zookeeper;

import io.curia.model.Member;
import io.curia.model.RosterEntry;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.zookeeper.Reads.Found;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.zookeeper.CreateMode;

/** The records of guests, which their sponsor's session holds. */
final class GuestStore {

    private static final int RELEASE_ATTEMPTS = 3;

    private final ZnodePaths paths;
    private final Calls calls;
    private final Supplier<Transaction> transaction;
    private final Consumer<Transaction> write;

    GuestStore(ZnodePaths paths, Calls calls, Supplier<Transaction> transaction, Consumer<Transaction> write) {
        this.paths = paths;
        this.calls = calls;
        this.transaction = transaction;
        this.write = write;
    }

    void register(Member guest, RosterEntry entry) {
        write.accept(ZkNodeSession.put(transaction.get(), paths, entry)
                .create(paths.live(guest.id()), RecordCodec.encode(guest), CreateMode.EPHEMERAL));
    }

    void release(Member guest) {
        for (int attempt = 1; ; attempt++) {
            try {
                tryRelease(guest);
                return;
            } catch (StoreException e) {
                if (e.kind() != Kind.CONFLICT || attempt == RELEASE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The roster's version, read before the registration, keeps the removal from hitting a later one. */
    private void tryRelease(Member guest) {
        record Held(Optional<RosterEntry> entry, Found live, long session) {
        }

        Held held = calls.read(zk -> Reads.data(zk, paths.roster(guest.id()), null)
                .thenCombine(Reads.data(zk, paths.live(guest.id()), null), (roster, live) ->
                        new Held(ZkClusterStore.entry(roster), live.orThrow(), zk.getSessionId())));
        boolean ours = held.live.isThere() && held.live.stat().getEphemeralOwner() == held.session
                && ZkClusterStore.member(held.live).filter(member ->
                        member.incarnation().equals(guest.incarnation())).isPresent();
        if (ours && held.entry.isPresent()) {
            calls.write(transaction.get()
                    .delete(paths.roster(guest.id()), held.entry.get().version())
                    .delete(paths.live(guest.id())));
        }
    }
}
