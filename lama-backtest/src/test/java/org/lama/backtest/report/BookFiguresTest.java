package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.lama.backtest.api.SharedFolder;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.features.BookFrames;
import org.lama.core.features.BookSampling;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.ModelProvider;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.SignalModel;
import org.lama.core.sources.BinanceMarket;
import org.lama.core.sources.BookTape;
import org.lama.core.sources.BookTapes;
import org.lama.core.sources.TapeSettings;

class BookFiguresTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000L * SECOND;

    /** A minute: bids at 99 and 95, asks at 101 and 105, one trade of each side; the ask moves to 102 in the middle. */
    private static BookEvents minute() {
        BookEvents events = new BookEvents(new BookScale(1, 0.1), 20);
        events.add(BookEvents.BID, START, START, 99, 10);
        events.add(BookEvents.BID, START, START, 95, 40);
        events.add(BookEvents.ASK, START, START, 101, 20);
        events.add(BookEvents.ASK, START, START, 105, 40);
        events.add(BookEvents.WHOLE, START, START, 0, 0);
        events.add(BookEvents.BUY, START + 10 * SECOND, START + 10 * SECOND, 101, 5);
        events.add(BookEvents.ASK, START + 30 * SECOND, START + 30 * SECOND, 101, 0);
        events.add(BookEvents.ASK, START + 30 * SECOND, START + 30 * SECOND, 102, 20);
        events.add(BookEvents.SELL, START + 50 * SECOND, START + 50 * SECOND, 99, 20);
        events.add(BookEvents.BID, START + 60 * SECOND, START + 60 * SECOND, 90, 1);
        return events;
    }

    private static BookChart scored() {
        Frame rows = Frame.of(
                "X",
                TimeIndex.regular(START, 10 * SECOND, 6),
                10 * SECOND,
                new Provenance(Provenance.Kind.SYNTHETIC, "generated", "", ""));
        double[] scores = {Double.NaN, 0.4, 0.5, 0.45, 0.7, 0.5};
        return BookChart.of("X", minute())
                .withScores("anomaly", rows, scores, new boolean[] {false, false, false, false, true, false});
    }

    @Test
    void aSmallBookReadsAsWritten() {
        String drawn = Figures.book(scored()).inline();
        assertThat(drawn.lines().map(String::strip))
                .contains("<title>Order book of X</title>")
                .contains("<desc>Best prices between 99 and 102 over 60 seconds; anomaly gives 1 alarm.</desc>")
                .anyMatch(line -> line.endsWith(">seconds from 2023-11-14T22:13:20 UTC</text>"))
                .anyMatch(line -> line.contains("60 seconds of one market show what happens and decide nothing"))
                .anyMatch(line -> line.endsWith(">score of anomaly</text>"));
        // one dot a side, and one in the legend for each
        assertThat(Samples.count(drawn, "<circle")).isEqualTo(4);
        // an alarm is a band through both panels at 50 s and a triangle on top
        assertThat(Samples.count(drawn, "fill-opacity")).isEqualTo(2);
        assertThat(drawn).doesNotContain("<script");
        assertThat(Figures.book(scored()).inline()).isEqualTo(drawn);
    }

    @Test
    void neighbouringAlarmsAreOneBandBehindThePrices() {
        Frame rows = Frame.of(
                "X",
                TimeIndex.regular(START, 5 * SECOND, 12),
                5 * SECOND,
                new Provenance(Provenance.Kind.SYNTHETIC, "generated", "", ""));
        boolean[] alarms = new boolean[12];
        for (int row : new int[] {2, 3, 4, 8}) {
            alarms[row] = true;
        }
        String drawn = Figures.book(BookChart.of("X", minute()).withScores("anomaly", rows, new double[12], alarms))
                .inline();
        assertThat(drawn).contains("anomaly gives 4 alarms");
        assertThat(Samples.count(drawn, "fill-opacity"))
                .as("two runs in two panels")
                .isEqualTo(4);
        assertThat(drawn.indexOf("fill-opacity")).isLessThan(drawn.lastIndexOf("<circle"));
    }

    @Test
    void depthLiesInTheRowOfItsPriceAsLongAsItStood() {
        BookChart chart = BookChart.of("X", minute());
        double[] range = chart.range(); // 99 to 102 and at least 20 ticks on either side
        assertThat(range).containsExactly(79, 122);
        int row = (int) ((101 - 79) / 43.0 * BookChart.ROWS);
        assertThat(chart.depth()[0][row]).isEqualTo(2);
        assertThat(chart.depth()[BookChart.COLUMNS - 1][row]).isZero();
        assertThat(chart.bid()).containsOnly(99);
        assertThat(chart.ask()[BookChart.COLUMNS / 2 - 2]).isEqualTo(101);
        assertThat(chart.ask()[BookChart.COLUMNS / 2 + 1]).isEqualTo(102);
        assertThat(chart.trades().quantity()[1][124]).isEqualTo(2);
    }

    @Test
    void aTapeWithoutAValidBookSaysSo() {
        BookEvents events = new BookEvents(new BookScale(1, 1), 2);
        events.add(BookEvents.BID, START, START, 99, 10);
        events.add(BookEvents.BUY, START, START, 99, 10);
        Figure figure = Figures.book(BookChart.of("X", events));
        assertThat(figure.description()).isEqualTo("The tape has no valid book to draw.");
        assertThat(figure.inline()).contains("no valid book");
        assertThat(figure.at(300).inline()).contains("no valid book");
    }

    @Test
    void aDayNeedsNoWarning() {
        BookChart chart = BookChart.of("X", minute(), START, START + 90_000 * SECOND);
        assertThat(Figures.book(chart).inline())
                .doesNotContain("decide nothing")
                .contains("over 25 hours");
    }

    @Test
    void chartsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BookChart.of("X", new BookEvents(new BookScale(1, 1), 0)))
                .withMessageContaining("at least one row");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BookChart.of("X", minute(), START, START))
                .withMessageContaining("toNanos must be > fromNanos");
    }

    @Test
    void theModelFindsItsProfileInRecordedBooksAndItsAlarmsAreDrawn() throws IOException {
        check("BTCUSDT spot", "data/l2/raw_spot_btcusdt_20240808.gz", BinanceMarket.SPOT, new BookScale(0.01, 0.00001));
        check("BTCUSDT USD-M", "data/l2/raw_usdm_btcusdt_20240808.gz", BinanceMarket.USD_M, new BookScale(0.1, 0.001));
        check("BTCUSD COIN-M", "data/l2/raw_cm_btcusd_perp_20240808.gz", BinanceMarket.COIN_M, new BookScale(0.1, 1));
    }

    private static void check(String name, String file, BinanceMarket market, BookScale scale) throws IOException {
        Path path = SharedFolder.require(file);
        BookTape tape = BookTapes.binance(path, market, scale, TapeSettings.DEFAULT);
        BookSampling sampling = BookSampling.DEFAULT
                .withStep(Duration.ofMillis(200))
                .withSpans(Duration.ofSeconds(20), Duration.ofMinutes(1));
        Frame rows =
                BookFrames.of(name, tape.events(), sampling, new Provenance(Provenance.Kind.EXCHANGE, name, "", ""));
        int half = rows.size() / 2;
        SignalModel model = ServiceLoader.load(ModelProvider.class).stream()
                .flatMap(provider -> provider.get().offers().stream())
                .filter(offer -> offer.name().equals("anomaly"))
                .findFirst()
                .orElseThrow();
        Scorer scorer = model.fit(rows.head(half), FitContext.backtest(42));
        assertThat(scorer.summary().notes().get(0)).as(name).contains("profile = BOOK");
        // a third of the USD-M rows lacks depth within 25 bp: the snapshot ends about there
        assertThat(scorer.summary().values().get("coverage")).as(name).isGreaterThan(0.65);
        BookChart chart = BookChart.of(name, tape.events(), rows.availableAt(half), rows.availableAt(rows.size() - 1))
                .withSignals("anomaly", rows.slice(half, rows.size()), scorer);
        assertThat(chart.alarms()).as(name).isBetween(1, half / 2);
        Figure figure = Figures.book(chart);
        assertThat(figure.inline()).contains("3 minutes of one market show what happens and decide nothing");
        assertThat(figure.svg().length()).as("bytes of the figure").isLessThan(600_000);
        assertThat(List.of(figure.title())).containsExactly("Order book of " + name);
        String folder = System.getProperty("lama.figures", "");
        if (!folder.isEmpty()) {
            figure.write(Path.of(folder).resolve(name.replace(' ', '-') + ".svg"));
        }
    }
}
