package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Issue;
import org.lama.core.store.Node;

class BacktestIssuesTest {
    @TempDir
    private Path folder;

    /** Three symbols, each with two rows whose high is below the low: they are left out, as gaps. */
    private Backtest run() throws IOException {
        for (String symbol : List.of("AUSD", "BUSD", "CUSD")) {
            List<String> rows = BarTexts.walk(3, 60);
            for (int row : new int[] {20, 40}) {
                rows = BarTexts.spoiled(rows, row, 2, "1");
            }
            BarTexts.write(Files.createDirectories(folder.resolve("bars")).resolve(symbol + ".csv"), rows);
        }
        return Lama.backtest(BacktestRequest.of(folder.resolve("bars"), "buy-and-hold"));
    }

    @Test
    void whatOfTheDataCouldNotBeUsedStandsInTextDocumentAndReport() throws IOException {
        Backtest run = run();
        assertThat(run.issues()).hasSize(9);
        assertThat(run.explain())
                .contains(
                        "Data that could not be used as they are: 9 findings",
                        "  AUSD, rows of the data: 2 times, the first 2020-01-21T00:00:00Z (row 22)",
                        "high or low does not enclose open and close; the bar is left out as a gap",
                        "  and 6 more in result.json")
                .doesNotContain("CUSD, column");
        Node manifest = run.manifest();
        assertThat(manifest.get("issues").size()).isEqualTo(9);
        assertThat(manifest.get("issues").at(0).get("reason").asText()).isEqualTo("OHLC_VIOLATION");
        assertThat(manifest.get("issues").at(3).get("detail").asText()).startsWith("2 of 60 rows are NaN or infinite");
        OutputFolder out = OutputFolder.prepare(folder.resolve("out"), "backtest", false);
        run.write(out);
        assertThat(Files.readString(out.file("report.html")))
                .contains("Data that could not be used as they are", "CUSD, column close");
        Backtest opened = Backtest.open(out.path());
        assertThat(opened.issues()).isEqualTo(run.issues());
        assertThat(opened.explain()).isEqualTo(run.explain());
    }

    @Test
    void cleanDataHaveNone() throws IOException {
        Path bars = BarTexts.write(folder.resolve("AUSD.csv"), new ArrayList<>(BarTexts.walk(3, 60)));
        Backtest run = Lama.backtest(BacktestRequest.of(bars, "buy-and-hold"));
        assertThat(run.issues()).isEmpty();
        assertThat(run.explain()).doesNotContain("could not be used");
    }

    @Test
    void rowsThatWereDroppedOrSortedAreCounted() throws IOException {
        List<String> rows = new ArrayList<>(BarTexts.walk(3, 60));
        rows.add(31, rows.get(30));
        rows.add(42, rows.get(41));
        Path bars = BarTexts.write(folder.resolve("AUSD.csv"), rows);
        Backtest run = Lama.backtest(BacktestRequest.of(bars, "buy-and-hold"));
        assertThat(run.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.reason()).isEqualTo(Issue.Reason.DUPLICATE_EQUAL);
            assertThat(issue.where()).isEqualTo("AUSD, rows of the data");
            assertThat(issue.detail())
                    .startsWith("2 times, the first ")
                    .endsWith("a row repeats the time and the values of another; one of them is kept.");
        });
        assertThat(run.explain()).contains("Data that could not be used as they are: 1 finding");
        String moved = rows.remove(10);
        rows.add(12, moved);
        run = Lama.backtest(BacktestRequest.of(BarTexts.write(folder.resolve("BUSD.csv"), rows), "buy-and-hold"));
        assertThat(run.issues().stream().map(Issue::reason))
                .containsExactlyInAnyOrder(Issue.Reason.DUPLICATE_EQUAL, Issue.Reason.OUT_OF_ORDER);
    }

    /** Rises, or falls, by a hundredth of its start each day. */
    private BacktestRequest line(String name, int direction) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int day = 0; day < 50; day++) {
            double price = 100 + direction * day;
            rows.add(1_577_836_800_000L + day * 86_400_000L + "," + price + "," + price + "," + price + "," + price
                    + ",1e9");
        }
        return BacktestRequest.of(BarTexts.write(folder.resolve(name + ".csv"), rows), "buy-and-hold");
    }

    private static String reason(BacktestRequest request, double commission) throws IOException {
        Backtest run = Lama.backtest(request.withSettings(request.settings().withCosts(commission, 0)));
        assertThat(run.manifest().get("metrics").get("breakEvenCost").isNull()).isTrue();
        String why = run.manifest().get("reasons").get("breakEvenCost").asText();
        assertThat(run.explain()).contains("Break-even cost: n/a, " + why);
        return why;
    }

    @Test
    void aMissingBreakEvenCostHasItsReason() throws IOException {
        BacktestRequest up = line("UPUSD", 1);
        assertThat(reason(up, 0)).isEqualTo("no costs were paid");
        assertThat(reason(up, 0.001)).isEqualTo("more than 10 times the costs are borne");
        assertThat(reason(line("DOWNUSD", -1), 0.001)).isEqualTo("nothing is earned even without costs");
        Backtest dear = Lama.backtest(up.withSettings(up.settings().withCosts(0.4, 0)));
        // three times 0.4 is more than all: the multiple is that of the same trades, only dearer
        assertThat(dear.metrics().get("breakEvenCost"))
                .isEqualTo(dear.record().orElseThrow().linearBreakEven())
                .isPositive();
        assertThat(dear.manifest().get("reasons").names()).isEmpty();
        assertThat(dear.explain()).contains(" times the assumed costs");
    }

    /** The same bars without the column of the volume, or with another one. */
    private Path bars(String name, String volume) throws IOException {
        List<String> rows = BarTexts.walk(3, 60);
        for (int row = 0; row < rows.size(); row++) {
            rows = BarTexts.spoiled(rows, row, 5, volume);
        }
        return BarTexts.write(folder.resolve(name), rows);
    }

    @Test
    void withoutVolumesTheSlippageIsSaidToBeALowerBoundAndThereIsNoCapacity() throws IOException {
        Backtest run = Lama.backtest(BacktestRequest.of(bars("AUSD.csv", ""), "buy-and-hold"));
        assertThat(run.issues()).extracting(Issue::reason).containsExactly(Issue.Reason.NO_VOLUME);
        assertThat(run.explain())
                .contains(
                        "60 of 60 rows have no volume: slippage there is without the impact",
                        "Capital at which the mean return is 0: n/a. No volume is known");
        assertThat(run.manifest()
                        .get("checks")
                        .get("capacity")
                        .get("notAvailable")
                        .asText())
                .startsWith("No volume is known where most was traded");
    }

    @Test
    void whereNobodyTradesNothingFillsAndThereIsNoCapacity() throws IOException {
        Backtest run = Lama.backtest(BacktestRequest.of(bars("AUSD.csv", "0"), "buy-and-hold"));
        assertThat(run.explain())
                .contains(
                        "0 fills",
                        "60 of 60 rows have the volume 0",
                        "Capital at which the mean return is 0: n/a. Nothing was traded.");
    }

    @Test
    void inATinyMarketEvenALittleCapitalIsTooMuch() throws IOException {
        Backtest run = Lama.backtest(BacktestRequest.of(bars("AUSD.csv", "1"), "buy-and-hold"));
        Node capacity = run.manifest().get("checks").get("capacity");
        assertThat(run.explain()).doesNotContain("above all that were tried");
        assertThat(capacity.has("notAvailable")).isFalse();
    }

    @Test
    void aStrategyOfTwoLegsIsRefusedWhereNothingCanBeSoldShort() throws IOException {
        for (String symbol : List.of("AUSD", "BUSD")) {
            BarTexts.write(
                    Files.createDirectories(folder.resolve("two")).resolve(symbol + ".csv"), BarTexts.walk(3, 60));
        }
        assertThatThrownBy(() -> Lama.backtest(BacktestRequest.of(folder.resolve("two"), "pairs")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "strategy pairs sells short, which spot does not allow; trade perpetuals: --kind perp");
    }

    @Test
    void shortTargetsOnSpotStandAmongWhatWasNotDoneAsAsked() throws IOException {
        Path bars = BarTexts.write(folder.resolve("AUSD.csv"), BarTexts.walk(3, 60));
        BacktestRequest request = BacktestRequest.of(bars, Shorting.class, parameters -> new Shorting());
        Backtest run = Lama.backtest(request);
        assertThat(run.explain())
                .contains(
                        "short target on spot taken as 0, AUSD, first 2020-01-02T00:00:00Z: trade perpetuals to sell short"
                                + " (--kind perp): 60 times");
        assertThat(run.manifest().get("events").names())
                .anySatisfy(name -> assertThat(name).startsWith("short target on spot taken as 0, AUSD"));
    }

    private static final class Shorting implements Strategy {
        @Override
        public void onBar(Context context) {
            context.target(0, -0.5);
        }
    }
}
