package io.curia.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.JournalEntry;
import io.curia.model.NodeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalReplyTest {

    private static final JournalEntry WORST = new JournalEntry(Long.MAX_VALUE, Samples.NOON, Long.MIN_VALUE,
            JournalEntry.Kind.RENEWAL_REFUSED, Optional.of(NodeId.of("x".repeat(64))),
            Optional.of(new Epoch(Long.MAX_VALUE)), Optional.of(Duration.ofMillis(Long.MAX_VALUE)),
            "\u0001".repeat(JournalEntry.MAX_WORDS + 1));

    private static JournalReply reply(int entries) {
        return new JournalReply(NodeId.of("n1"), Incarnation.of(1, 2), Samples.NOON, Samples.NOON, Long.MAX_VALUE,
                Collections.nCopies(entries, WORST));
    }

    @Test
    void aFullPageFitsALineWhateverItsWords() {
        byte[] line = MessageCodec.encode(reply(JournalReply.MAX_ENTRIES));

        assertThat(line).hasSizeLessThan(MessageCodec.MAX_LINE);
        assertThat(MessageCodec.decodeReply(line)).isEqualTo(reply(JournalReply.MAX_ENTRIES));
    }

    @Test
    void aPageThatIsTooLongIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> reply(JournalReply.MAX_ENTRIES + 1));
    }

    /** What a later version takes down is told in its words. */
    @Test
    void aKindOfEntryThatIsUnknownHereIsAnother() {
        String later = new String(MessageCodec.encode(reply(1)), StandardCharsets.UTF_8)
                .replace("RENEWAL_REFUSED", "DREAMT");

        JournalReply read = MessageCodec.decodeReply(later.getBytes(StandardCharsets.UTF_8)).as(JournalReply.class)
                .orElseThrow();

        assertThat(read.entries().get(0).kind()).isEqualTo(JournalEntry.Kind.OTHER);
    }
}
