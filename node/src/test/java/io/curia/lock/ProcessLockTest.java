package io.curia.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

    private static final OptionalLong SELF = OptionalLong.of(ProcessHandle.current().pid());

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nobodyHoldsIt() {
        file = ProcessLock.of(directory);
    }

    @Test
    void whatWasNeverHeldIsNobodys() throws IOException {
        assertThat(ProcessLock.holder(file)).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void isHeldByOneAtATime() throws IOException {
        try (ProcessLock lock = ProcessLock.take(file).orElseThrow()) {
            assertThat(lock.isHeld()).isTrue();
            assertThat(ProcessLock.take(file)).isEmpty();
            assertThat(ProcessLock.take(directory.resolve("../" + directory.getFileName() + "/lock"))).isEmpty();
            assertThat(ProcessLock.holder(file)).isEqualTo(SELF);
        }

        assertThat(ProcessLock.holder(file)).isEmpty();
        assertThat(ProcessLock.take(file).orElseThrow().isHeld()).isTrue();
    }

    @Test
    void thatItIsClosedTwiceTakesItFromNobody() throws IOException {
        ProcessLock first = ProcessLock.take(file).orElseThrow();
        first.close();
        try (ProcessLock second = ProcessLock.take(file).orElseThrow()) {
            first.close();

            assertThat(second.isHeld()).isTrue();
            assertThat(ProcessLock.take(file)).isEmpty();
        }
    }

    @Test
    void isFreedByTheEndOfItsHolder() throws Exception {
        try (OtherProcess other = OtherProcess.holding(file)) {
            assertThat(ProcessLock.take(file)).isEmpty();
            assertThat(ProcessLock.holder(file)).isEqualTo(OptionalLong.of(other.pid()));

            other.kill();

            assertThat(ProcessLock.holder(file)).isEmpty();
        }
        assertThat(ProcessLock.take(file)).isPresent();
    }

    /** On POSIX systems that takes a lock away from a process that closes the file a second time. */
    @Test
    void isKeptFromOthersWhateverThisProcessAsksMeanwhile() throws Exception {
        try (ProcessLock lock = ProcessLock.take(file).orElseThrow()) {
            ProcessLock.take(file);
            ProcessLock.holder(file);

            assertThat(OtherProcess.triesToTake(file)).isFalse();
            assertThat(lock.isHeld()).isTrue();
        }
        assertThat(OtherProcess.triesToTake(file)).isTrue();
    }

    @Test
    void whoHasNotSaidWhoItIsIsNobodyKnown() throws Exception {
        try (OtherProcess other = OtherProcess.holding(file)) {
            assertThat(ProcessLock.holder(file)).isEqualTo(OptionalLong.of(other.pid()));
            Files.writeString(file, "half of what");

            assertThat(ProcessLock.holder(file)).isEqualTo(OptionalLong.of(0));
        }
    }

    @Test
    void isFreeAgainWhereItCouldNotBeTaken() throws IOException {
        Path elsewhere = Files.createDirectory(file);
        assertThat(thrownBy(elsewhere)).isPresent();
        Files.delete(elsewhere);

        assertThat(ProcessLock.take(file)).isPresent();
    }

    private static Optional<IOException> thrownBy(Path file) {
        try {
            ProcessLock.take(file);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }
}
