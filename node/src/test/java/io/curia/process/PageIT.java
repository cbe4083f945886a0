package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The page for people, in a real browser, before real nodes. Only where {@code -Dcuria.chromium=/usr/bin/chromium}
 * names one; {@code -Dcuria.pictures=DIRECTORY} has pictures made, those of the documentation.
 */
@EnabledIfSystemProperty(named = "curia.chromium", matches = ".+")
class PageIT {

    private static final Pattern HTTP = Pattern.compile("(?m)^http id=\\S+ address=(\\S+)$");
    private static final String EVIL = "<img src=x onerror=\"document.title='hacked'\">";

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.start();
    private Browser browser;

    @BeforeEach
    void startBrowser() throws Exception {
        browser = Browser.start(Path.of(System.getProperty("curia.chromium")), cluster.scratch());
    }

    @AfterEach
    void stopBrowser() {
        browser.close();
    }

    private RunningNode member(String id, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--cluster", "orders", "--http-port", "0"));
        arguments.addAll(List.of(more));
        return cluster.member(id, arguments.toArray(String[]::new));
    }

    private void open(RunningNode node) {
        browser.open(node.awaitSaid(HTTP).group(1));
    }

    private void awaitText(String selector, String expected) {
        Awaitility.await().atMost(RunningNode.PATIENCE)
                .untilAsserted(() -> assertThat(browser.text(selector)).contains(expected));
    }

    private void picture(String name, boolean whole) throws IOException {
        Optional<String> directory = Optional.ofNullable(System.getProperty("curia.pictures"));
        if (directory.isPresent()) {
            browser.picture(Path.of(directory.get(), name + ".png"), whole);
        }
    }

    private void pictures(String name) throws IOException {
        browser.screen(1180, 900, 1.5, false);
        picture(name + "-light", true);
        browser.screen(1180, 900, 1.5, true);
        picture(name + "-dark", true);
        browser.screen(390, 844, 2, false);
        picture(name + "-phone-light", false);
        browser.screen(390, 844, 2, true);
        picture(name + "-phone-dark", false);
    }

    @Test
    void aFailoverIsSeenByWhoeverHasThePageOpen() throws Exception {
        RunningNode master = member("billing-1", "--tag", "zone=a").awaitMaster();
        RunningNode witness = member("billing-2", "--tag", "zone=b");
        member("billing-3", "--tag", "zone=c");
        member("reports", "--observer");
        browser.screen(1180, 900, 1, false);
        open(witness);
        awaitText("#who", "billing-1");
        awaitText("#count", "4 live");
        awaitText("#log", "billing-1 became master, epoch 1");
        awaitText("#linewords", "3 of 3 stand");
        pictures("page");
        browser.screen(1180, 900, 1, false);
        browser.evaluate("window.never = 'reloaded'");

        master.signal("KILL");

        awaitText("#epoch", "2");
        assertThat(browser.text("#who")).isIn("billing-2", "billing-3");
        awaitText("#say", "is master now, epoch 2");
        awaitText("#log", "billing-1 crashed");
        awaitText("#story", "after billing-1 crashed");
        awaitText("#count", "3 live, 1 not");
        awaitText("#pulse", "Live");
        assertThat(browser.evaluate("window.never")).isEqualTo("reloaded");
        pictures("page-after");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatIsNotTrueAnyMoreIsCalledSo() throws Exception {
        RunningNode node = member("n1").awaitMaster();
        browser.screen(1180, 900, 1, false);
        open(node);
        awaitText("#who", "n1");
        awaitText("#valid", "Valid for another");

        node.signal("KILL");

        awaitText("#pulse", "Unreachable");
        awaitText("#notices", "n1 does not answer");
        awaitText("#label", "Master when last heard of");
        assertThat(browser.text("#who")).isEqualTo("n1");
        picture("page-cut", false);
    }

    /** A member's tags are anybody's words. The page's policy would refuse a script, but none must get that far. */
    @Test
    void whatMembersSayIsShownAsText() throws Exception {
        RunningNode node = member("n1", "--tag", "note=" + EVIL, "--tag", "http=javascript:alert(1)").awaitMaster();
        browser.screen(1180, 900, 1, false);

        open(node);

        awaitText("#members", "note=" + EVIL);
        assertThat(browser.evaluate("String(document.querySelectorAll('img, #members a').length)")).isEqualTo("0");
        assertThat(browser.evaluate("document.title")).doesNotContain("hacked");
        assertThat(browser.complaints()).isEmpty();
    }
}
