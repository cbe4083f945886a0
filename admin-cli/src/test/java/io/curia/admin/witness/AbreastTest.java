package io.curia.admin.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Questions asked side by side. */
class AbreastTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void everyQuestionIsAnsweredInTheOrderOfTheQuestions() throws InterruptedException {
        Map<Integer, Abreast.Question<String>> questions = new LinkedHashMap<>();
        IntStream.range(0, 200).forEach(i -> questions.put(i, () -> "answer " + i));

        Map<Integer, String> answers = Abreast.ask(questions, LONG, i -> "late");

        assertThat(answers.keySet()).containsExactlyElementsOf(questions.keySet());
        assertThat(answers.get(137)).isEqualTo("answer 137");
    }

    @Test
    void theQuestionsReallyWaitSideBySide() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(8);
        Map<Integer, Abreast.Question<Boolean>> questions = new LinkedHashMap<>();
        IntStream.range(0, 8).forEach(i -> questions.put(i, () -> {
            all.countDown();
            return waitFor(all);
        }));

        assertThat(Abreast.ask(questions, LONG, i -> false)).doesNotContainValue(false);
    }

    @Test
    void whoNeverAnswersIsAnsweredForAndNobodyElse() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Map<String, Abreast.Question<String>> questions = new LinkedHashMap<>();
        questions.put("dumb", () -> String.valueOf(waitFor(never)));
        questions.put("quick", () -> "here");

        Map<String, String> answers = Abreast.ask(questions, Duration.ofMillis(300), id -> id + " was late");

        assertThat(answers.get("dumb")).isEqualTo("dumb was late");
        assertThat(answers.get("quick")).isEqualTo("here");
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
