package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows and columns are shown, and in which order. */
class SelectionTest {

    private final Desk desk = new Desk();

    @BeforeEach
    void show() {
        desk.store.showing(SampleCluster.view());
    }

    @Test
    void columnsStandInTheOrderInWhichTheyAreNamedAndMayBeThoseOfWide() {
        assertThat(desk.run("members", "--columns", "host,id", "--filter", "status=live")).as(desk.said()).isZero();

        assertThat(desk.printed()).startsWith("HOST    ID\n").contains("host-1  n1\n");
    }

    @ParameterizedTest
    @CsvSource({"status=LIVE,12345 n1 n2 watcher", "role=master,n1", "status!=live,n3 n4 n5 n6 n7 n8 n9 yes",
        "id=n*,n1 n2 n3 n4 n5 n6 n7 n8 n9", "tags.zone=a,n2", "kind=OBSERVER,watcher", "reason=*session*,n5",
        "sponsor=n2,12345", "id=nobody,''"})
    void filtersKeepTheRowsThatFulfilThemInNamesAndDocuments(String filter, String expected) {
        assertThat(desk.run("members", "--filter", filter, "-o", "name")).as(desk.said()).isZero();
        Desk other = new Desk();
        other.store.showing(SampleCluster.view());
        other.run("members", "--filter", filter, "-o", "json");

        assertThat(desk.printed().strip().replace('\n', ' ')).isEqualTo(expected);
        long listed = other.printed().lines().filter(line -> line.contains("\"status\":")).count();
        assertThat(listed).isEqualTo(expected.isEmpty() ? 0 : expected.split(" ").length);
    }

    @Test
    void severalFiltersMustAllBeFulfilledAndTheHeadlineSaysThatThereIsMore() {
        desk.run("members", "--filter", "status=down", "--filter", "id!=n4");

        assertThat(desk.printed()).contains("n3", "n5").doesNotContain("n4", "n1 ");
        assertThat(desk.said()).contains("(4 of 12 shown)");
    }

    @ParameterizedTest
    @CsvSource({"id,12345 n1 n2", "-id,yes watcher n9", "age,n7 12345 n3"})
    void rowsAreSortedAsAPersonWouldSort(String column, String first) {
        assertThat(desk.run("members", "--sort", column, "-o", "name")).as(desk.said()).isZero();

        assertThat(desk.printed().replace('\n', ' ')).startsWith(first);
    }

    @ParameterizedTest
    @CsvSource({"n2,n10", "5s,3m", "59m,1h", "900ms,1s", "2h,2h5m", "2h59m,1d", "a,-", "a2b,a10b", "9,10", "a,b"})
    void naturalOrderIsThatOfPeople(String less, String more) {
        assertThat(NaturalOrder.INSTANCE.compare(less, more)).isNegative();
        assertThat(NaturalOrder.INSTANCE.compare(more, less)).isPositive();
        assertThat(NaturalOrder.INSTANCE.compare(more, more)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--columns nope", "--sort nope", "--filter nope=1", "--filter status", "--filter =x"})
    void whatIsNotThereIsWrongUsageAndNamesWhatIs(String options) {
        assertThat(desk.run(("members " + options).split(" "))).isEqualTo(2);

        assertThat(desk.said()).contains("expected: ", "--help");
        assertThat(desk.printed()).isEmpty();
    }

    @Test
    void aSortedTableOfAMasterIsThatTable() {
        assertThat(desk.run("master", "--columns", "epoch,host")).isZero();

        assertThat(desk.printed()).isEqualTo("EPOCH  HOST\n7      host-1\n");
    }
}
