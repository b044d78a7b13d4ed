package org.lama.backtest.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.replay.MarketResult;
import org.lama.backtest.replay.QuoteLog;
import org.lama.backtest.replay.RandomFeed;
import org.lama.backtest.replay.Replay;
import org.lama.backtest.replay.ReplayMarket;
import org.lama.backtest.replay.ReplayRecorder;
import org.lama.backtest.replay.ReplaySettings;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;
import org.lama.core.book.MemoryFeed;

class AvellanedaStoikovTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final long SECOND = 1_000_000_000L;
    private static final long LATENCY = 5_000_000;

    private static ReplayRecorder maker(String... parameters) {
        Map<String, String> values = new HashMap<>(Map.of("quantity", "0.01", "inventory", "0.05"));
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1]);
        }
        return ReplayRecorder.of(Strategies.maker("avellaneda-stoikov").create(values));
    }

    private static MarketResult run(ReplayRecorder recorder, BookEvents events) {
        ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(events))
                .withLatency(new OrderLatency.Constant(LATENCY, LATENCY))
                .withFees(FeeSchedule.makerTaker(-0.00005, 0.0007));
        try {
            return Replay.run(recorder, market, ReplaySettings.DEFAULT).market(0);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A book that stands still: 100.0 at 100.1, told again every 100 ms. */
    private static BookEvents still(int seconds) {
        BookEvents events = new BookEvents(SCALE, 0);
        for (int i = 0; i < seconds * 10; i++) {
            long now = i * SECOND / 10;
            events.add(BookEvents.BID, now, now, 1000, 500 + i % 2);
            events.add(BookEvents.ASK, now, now, 1001, 500);
            if (i == 0) {
                events.add(BookEvents.WHOLE, now, now, 0, 0);
            }
        }
        return events;
    }

    @Test
    void skewAndSpreadAreThoseOfThePaperInFractionsOfTheMid() {
        // gamma sigma² tau = 50 · 1e-8 · 300 = 1.5e-4
        assertThat(AvellanedaStoikov.skew(0.5, 50, 1e-8, 300)).isCloseTo(7.5e-5, within(1e-18));
        assertThat(AvellanedaStoikov.skew(-1, 50, 1e-8, 300)).isCloseTo(-1.5e-4, within(1e-18));
        assertThat(AvellanedaStoikov.halfSpread(50, 1e-8, 300, 10_000))
                .isCloseTo(0.75e-4 + Math.log(1.005) / 50, within(1e-16));
        // without risk what is left is the best price against fills that thin out: 1 / kappa
        assertThat(AvellanedaStoikov.halfSpread(1e-3, 0, 300, 10_000)).isCloseTo(1e-4, within(1e-11));
    }

    @Test
    void quotesStandAtTheRoundedPricesOfTheFormula() {
        // mid 100.05, sigma 1e-4, tau 300: half spread 0.75e-4 + ln(1.005) / 50 = 1.7475e-4, that is 0.01748
        ReplayRecorder recorder = maker("sigma", "0.0001", "kappa", "10000", "gamma", "50");
        run(recorder, still(30));
        QuoteLog quotes = recorder.quotes(0);
        assertThat(quotes.size()).isGreaterThanOrEqualTo(10);
        for (int i = 0; i < quotes.size(); i++) {
            // 100.0325 down to the tick, 100.0675 up to it
            assertThat(quotes.price(i)).isCloseTo(quotes.isBuy(i) ? 100.0 : 100.1, within(1e-9));
        }
    }

    @Test
    void aWiderLeastSpreadAndFeesMoveQuotesAway() {
        ReplayRecorder recorder = maker("sigma", "0.0001", "kappa", "10000", "minSpreadBps", "40");
        run(recorder, still(10));
        // 20 basis points of 100.05 are 0.2001: 99.8499 and 100.2501
        assertThat(recorder.quotes(0).price(0)).isCloseTo(99.8, within(1e-9));
        assertThat(recorder.quotes(0).price(1)).isCloseTo(100.3, within(1e-9));
        ReplayRecorder paying = maker("sigma", "0.0001", "kappa", "10000", "gamma", "50", "feeBps", "10");
        run(paying, still(10));
        // 0.1001 for the fee and 0.0175: 99.9324 and 100.1676
        assertThat(paying.quotes(0).price(0)).isCloseTo(99.9, within(1e-9));
        assertThat(paying.quotes(0).price(1)).isCloseTo(100.2, within(1e-9));
    }

    @Test
    void quotesThatStayRightAreReplacedByAgeOnly() {
        ReplayRecorder recorder = maker("sigma", "0.0001", "kappa", "10000", "maxAgeSeconds", "7");
        run(recorder, still(30));
        // 0.1 s and every 7 s plus the way of the cancel: four on each side at most five
        assertThat(recorder.quotes(0).size()).isBetween(8, 10);
    }

    @Test
    void nothingIsQuotedBeforeVolatilityAndFillsAreKnown() {
        ReplayRecorder recorder = maker();
        MarketResult result = run(recorder, still(60));
        // a book without prints says nothing about fills
        assertThat(result.orders()).isZero();
        assertThat(recorder.quotes(0).fillRatio()).isNaN();
        assertThat(recorder.whyIdle()).contains("sigma and kappa were not known", "20 moves");
    }

    @Test
    void whoSendsNothingSaysWhatWasMissing() {
        ReplayRecorder small = maker("sigma", "0.0001", "kappa", "10000", "minQuantity", "1");
        assertThat(run(small, still(10)).orders()).isZero();
        assertThat(small.whyIdle()).contains("below a lot, minQuantity or minNotional");
        ReplayRecorder blind = maker("sigma", "0.0001", "kappa", "10000");
        BookEvents hole = new BookEvents(SCALE, 0);
        for (int i = 0; i < 50; i++) {
            hole.add(BookEvents.BID, i * SECOND / 10, i * SECOND / 10, 1000, 5);
        }
        assertThat(run(blind, hole).orders()).isZero();
        assertThat(blind.whyIdle()).contains("the book was not valid");
    }

    @Test
    void theLimitOfTheInventoryIsNeverPassedAndNothingIsTaken() {
        for (long seed = 0; seed < 5; seed++) {
            ReplayRecorder recorder = maker("gamma", "0.001");
            MarketResult result = run(recorder, RandomFeed.of(SCALE, seed, 240, seed % 2 == 1));
            assertThat(result.trades()).as("seed %d", seed).isGreaterThan(20);
            assertThat(result.makerTrades()).isEqualTo(result.trades());
            long held = 0;
            for (int i = 0; i < recorder.fills(0).size(); i++) {
                held += recorder.fills(0).signedLots(i);
                assertThat(Math.abs(held)).isLessThanOrEqualTo(50);
            }
        }
    }

    @Test
    void anInventoryMovesBothQuotesAgainstIt() {
        // enough risk aversion that a full inventory shifts the quotes by 30 · 1e-4: 0.6 of 200
        ReplayRecorder recorder = maker("gamma", "1000", "sigma", "0.0001", "kappa", "1000000");
        run(recorder, RandomFeed.of(SCALE, 4, 240));
        double[] sum = new double[2];
        int[] count = new int[2];
        QuoteLog quotes = recorder.quotes(0);
        long held = 0;
        int fill = 0;
        double mid = 200.05;
        for (int i = 0; i < quotes.size(); i++) {
            if (quotes.acceptedNanos(i) == QuoteLog.NEVER || quotes.isBuy(i)) {
                continue;
            }
            while (fill < recorder.fills(0).size()
                    && recorder.fills(0).nanos(fill) < quotes.acceptedNanos(i) - 3 * LATENCY) {
                held += recorder.fills(0).signedLots(fill++);
            }
            int side = held > 0 ? 0 : held < 0 ? 1 : -1;
            if (side >= 0) {
                sum[side] += quotes.price(i) - mid;
                count[side]++;
            }
        }
        assertThat(count[0]).isPositive();
        assertThat(count[1]).isPositive();
        assertThat(sum[0] / count[0]).isLessThan(sum[1] / count[1]);
    }

    @Test
    void aBookWithAHoleIsLeftAtOnce() {
        ReplayRecorder recorder = maker("sigma", "0.0001", "kappa", "10000");
        BookEvents events = still(10);
        long gone = 10 * SECOND;
        events.add(BookEvents.CLEAR, gone, gone, 0, 0);
        events.add(BookEvents.BUY, gone + 8 * SECOND, gone + 8 * SECOND, 1001, 1);
        run(recorder, events);
        QuoteLog quotes = recorder.quotes(0);
        for (int i = 0; i < quotes.size(); i++) {
            assertThat(quotes.endedNanos(i)).isLessThanOrEqualTo(gone + 3 * LATENCY);
        }
    }

    @Test
    void aSilentBookIsLeftOnceItIsStale() {
        ReplayRecorder recorder = maker("sigma", "0.0001", "kappa", "10000", "staleSeconds", "3");
        BookEvents events = still(10);
        long later = 30 * SECOND;
        events.add(BookEvents.BID, later, later, 1000, 7);
        run(recorder, events);
        QuoteLog quotes = recorder.quotes(0);
        for (int i = 0; i < quotes.size(); i++) {
            long ended = quotes.endedNanos(i);
            boolean early = ended <= 10 * SECOND + 3 * SECOND + SECOND / 5;
            assertThat(early || quotes.acceptedNanos(i) >= later).isTrue();
        }
    }

    @Test
    void quantitiesBelowTheLeastAreNotQuotedAndSkewedOnesShrinkWithTheInventory() {
        ReplayRecorder tooSmall = maker("sigma", "0.0001", "kappa", "10000", "minNotional", "2");
        assertThat(run(tooSmall, still(5)).orders()).isZero();
        ReplayRecorder fraction = maker("sigma", "0.0001", "kappa", "10000", "quantity", "0.0004");
        assertThat(run(fraction, still(5)).orders()).isZero();
        ReplayRecorder skewed = maker("skewSizes", "true", "gamma", "0.001");
        assertThat(run(skewed, RandomFeed.of(SCALE, 2, 240)).trades()).isGreaterThan(20);
        long smallest = Long.MAX_VALUE;
        for (int i = 0; i < skewed.fills(0).size(); i++) {
            smallest = Math.min(smallest, Math.abs(skewed.fills(0).signedLots(i)));
        }
        assertThat(smallest).isLessThan(10);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maker("quantity", "1"))
                .withMessage("parameter quantity must be at most inventory=0.05, got 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strategies.maker("avelaneda-stoikov"))
                .withMessageContaining("no market maker is called 'avelaneda-stoikov'")
                .withMessageContaining("avellaneda-stoikov");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strategies.maker("sma-cross"))
                .withMessageContaining("sma-cross trades bars: see 'lama backtest'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strategies.named("touch-quoter"))
                .withMessageContaining("touch-quoter needs books: see 'lama book replay'");
        assertThat(Strategies.makers()).hasSize(2);
    }

    @Test
    void volatilityIsThatOfTheWalkAndDecayThatOfThePrints() {
        MarketPulse pulse = new MarketPulse(600);
        LevelBook book = LevelBook.of(new BookScale(0.01, 1), 4096);
        int bid = 10_000;
        book.setBid(bid, 5);
        book.setAsk(bid + 2, 5);
        book.complete();
        for (int second = 0; second < 400; second++) {
            long now = second * SECOND;
            // up one tick and down one tick of 0.01 in about 100: moves of 1e-4 each second
            int next = 10_000 + second % 2;
            book.setBid(bid, 0);
            book.setAsk(bid + 2, 0);
            bid = next;
            book.setBid(bid, 5);
            book.setAsk(bid + 2, 5);
            pulse.look(now, book);
            // two prints of one order reach 0.03 and 0.05 from the mid, the next one 0.01
            double mid = 0.01 * (bid + 1);
            pulse.print(now, true, mid + 0.03, book);
            pulse.print(now, true, mid + 0.05, book);
            pulse.print(now + 1, false, mid - 0.01, book);
        }
        // tolerance: the mid is 100.01 or 100.02 and not 100
        assertThat(Math.sqrt(pulse.variancePerSecond())).isCloseTo(1e-4, within(1e-7));
        // mean distance of 0.05 and 0.01 is 0.03 of 100
        assertThat(pulse.kappa()).isCloseTo(100 / 0.03, within(10.0));
    }

    @Test
    void aBookThatGoesAwayBreaksTheMoveUnderWay() {
        MarketPulse pulse = new MarketPulse(60);
        LevelBook book = LevelBook.of(SCALE, 4096);
        assertThat(pulse.variancePerSecond()).isNaN();
        assertThat(pulse.kappa()).isNaN();
        for (int i = 0; i < 100; i++) {
            book.clear();
            pulse.look(2L * i * SECOND, book);
            pulse.print(2L * i * SECOND, true, 100, book);
            book.setBid(1000 + i, 1);
            book.setAsk(1001 + i, 1);
            book.complete();
            pulse.look((2 * i + 1) * SECOND, book);
        }
        assertThat(pulse.variancePerSecond()).isNaN();
        assertThat(pulse.kappa()).isNaN();
    }
}
