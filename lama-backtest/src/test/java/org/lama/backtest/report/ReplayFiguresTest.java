package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lama.backtest.replay.MarketResult;
import org.lama.backtest.replay.MidPath;
import org.lama.backtest.replay.PnlSplit;
import org.lama.backtest.replay.RandomFeed;
import org.lama.backtest.replay.Replay;
import org.lama.backtest.replay.ReplayMarket;
import org.lama.backtest.replay.ReplayRecorder;
import org.lama.backtest.replay.ReplaySettings;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.base.Tabular;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;

class ReplayFiguresTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);

    private static ReplayRun run(String queue, BookEvents events) throws IOException {
        ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(events));
        ReplayRecorder recorder = ReplayRecorder.of(
                Strategies.maker("touch-quoter").create(Map.of("quantity", "0.01", "inventory", "0.05")));
        MarketResult result =
                Replay.run(recorder, market, ReplaySettings.DEFAULT).market(0);
        PnlSplit split = PnlSplit.of(SCALE, recorder.fills(0), MidPath.of(market.feed()), 1_000_000_000L);
        return new ReplayRun(queue, result, split, recorder.fills(0), recorder.quotes(0), recorder.lengthNanos());
    }

    @Test
    void quotesFillsAndTheMidStandOnOneAxis() throws IOException {
        ReplayRun run = run("risk-averse", RandomFeed.of(SCALE, 3, 120));
        Figure figure = ReplayFigures.quotes(run, 0, 60);
        assertThat(figure.title()).isEqualTo("Quotes and fills");
        assertThat(figure.description()).contains(" fills and ", " quotes in 60 seconds.");
        assertThat(figure.svg()).contains("seconds", "risk-averse", Tone.GREEN.fill(), Tone.VERMILLION.fill());
        assertThat(figure.at(360).svg()).contains("<svg");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplayFigures.quotes(run, 0, 0))
                .withMessageContaining("seconds must be");
        // beyond the end there is nothing
        assertThat(ReplayFigures.quotes(run, 1000, 60).svg()).contains("no mid price to draw");
    }

    @Test
    void profitAndItsPartsAreDrawnWithTheirEnd() throws IOException {
        ReplayRun run = run("power", RandomFeed.of(SCALE, 4, 700));
        assertThat(ReplayFigures.profit(run).description()).startsWith("The profit ends at ");
        assertThat(ReplayFigures.profit(run).svg()).contains("minutes", "held");
        String parts = ReplayFigures.parts(List.of(run, run)).svg();
        assertThat(parts).contains("spread captured", "inventory", "fees", "power, profit: ");
        assertThatIllegalArgumentException().isThrownBy(() -> ReplayFigures.parts(List.of()));
    }

    @Test
    void aFeedWithoutRowsGivesFiguresThatSaySo() throws IOException {
        ReplayRun run = run("risk-averse", new BookEvents(SCALE, 0));
        assertThat(ReplayFigures.profit(run).svg()).contains("no mid price to draw");
        assertThat(ReplayFigures.quotes(run, 0, 60).svg()).contains("no mid price to draw");
        assertThat(run.bothQuoted()).isNaN();
        assertThat(run.anyQuoted()).isNaN();
        Tabular words = ReplayReport.words(List.of(run));
        assertThat(words.columns().get(1).cells().stream().map(String::valueOf)).contains("n/a", "0");
        String page = ReplayReport.of(
                        new ReplayReport.Title("nothing", false, "no rows\n"), Map.of(), List.of(run), Optional.empty())
                .html();
        assertThat(page).contains("0 minutes are too few: an interval needs 30", "decide nothing");
    }

    @Test
    void aLongRunHasItsIntervalsOnThePageAndTheFictionBesideThem() throws IOException {
        ReplayRun run = run("risk-averse", RandomFeed.of(SCALE, 6, 31 * 60));
        String page = ReplayReport.of(
                        new ReplayReport.Title("long", true, "rows\n"),
                        Map.of("maker fee", "0"),
                        List.of(run),
                        Optional.of(run))
                .html();
        assertThat(page).contains("SYNTHETIC", "are a fiction", "the intervals know nothing of other days", " to ");
        assertThat(page).doesNotContain("an interval needs");
        assertThat(ReplayFigures.parts(List.of(run)).svg()).contains("risk-averse, spread captured: ");
    }

    @Test
    void moreFillsThanFitAreThinnedOverTheWholeStretch() throws IOException {
        List<Integer> all = IntStream.range(0, 5_369).boxed().toList();
        assertThat(ReplayFigures.thinned(all, 1_000))
                .hasSize(1_000)
                .startsWith(0)
                .endsWith(5_368);
        assertThat(ReplayFigures.thinned(all, 5_369)).isEqualTo(all);
        ReplayRun run = run("risk-averse", RandomFeed.of(SCALE, 6, 31 * 60));
        double seconds = run.lengthNanos() / 1e9;
        assertThat(run.fills().size()).isGreaterThan(1_000);
        Figure figure = ReplayFigures.quotes(run, 0, seconds + 1);
        assertThat(figure.description()).contains("1000 of " + run.fills().size() + " fills shown");
        assertThat(figure.svg()).contains("1000 of " + run.fills().size() + " fills shown");
    }

    @Test
    void aRunWithoutFillsHasNoFigureOfItsProfit() throws IOException {
        BookEvents events = new BookEvents(SCALE, 4);
        events.add(BookEvents.BID, 0, 0, 100, 5);
        events.add(BookEvents.ASK, 0, 0, 102, 5);
        events.add(BookEvents.WHOLE, 0, 0, 0, 0);
        events.add(BookEvents.BID, 50_000_000_000L, 50_000_000_000L, 99, 5);
        ReplayRun run = run("risk-averse", events);
        assertThat(run.fills().size()).isZero();
        String page = ReplayReport.of(
                        new ReplayReport.Title("quiet", false, "rows\n"), Map.of(), List.of(run), Optional.empty())
                .html();
        assertThat(page).contains("Quotes and fills", "Nothing filled", "1 minute is too few");
        assertThat(page).doesNotContain("Inventory and profit", "bars: 95 % intervals", "e-9", "E-9");
    }
}
