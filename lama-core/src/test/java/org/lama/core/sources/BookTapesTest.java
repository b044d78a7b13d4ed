package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;
import org.lama.core.data.SharedData;
import org.lama.core.sources.BookTape.Flaw;

/**
 * Recorded feeds as they are. Numbers of messages are those of the manifest of the data; last prices, numbers of levels
 * and sums of sizes were made by a separate program of dictionaries and decimal numbers (without best quotes), which also
 * found all best quotes of the feeds equal to the book where their number is that of a change: 564, 629 and 1,124.
 */
class BookTapesTest {
    private static final TapeSettings PLAIN = TapeSettings.DEFAULT;

    @Test
    void binanceSpotIsJoinedWithItsSnapshotAndNeverCrosses() throws IOException {
        BookTape tape = spot(PLAIN.withoutQuotes());
        assertThat(tape.messages()).isEqualTo(3_451 + 28_040 + 9_757 + 1);
        assertThat(tape.flaws())
                .isEqualTo(Map.of(
                        Flaw.STALE_CHANGE, 2L,
                        Flaw.OFF_GRID, 3L,
                        Flaw.EXCHANGE_STEPS_BACK, 2_168L,
                        Flaw.NO_EXCHANGE_TIME, 28_041L,
                        Flaw.RECEIVED_EARLY, 13_208L));
        assertThat(tape.shiftNanos()).isBetween(1_270_000_000L, 1_277_000_000L);
        LevelBook book = replay(tape, 9_757, 1);
        assertThat(book.bidTicks()).isEqualTo(6_168_599);
        assertThat(book.askTicks()).isEqualTo(6_168_600);
        assertThat(book.levels()).isEqualTo(3_405);
        assertThat(sum(book, true)).isCloseTo(3_087.28043, within(1e-4)); // three sizes are finer than the scale
        assertThat(sum(book, false)).isCloseTo(3_071.44102, within(1e-4));
    }

    @Test
    void bestQuotesRunAheadOfTheChangesOfBinanceSpot() throws IOException {
        BookTape tape = spot(PLAIN);
        assertThat(tape.count(Flaw.OLDER_THAN_QUOTE)).isEqualTo(565);
        assertThat(tape.count(Flaw.CROSSED)).isZero();
        LevelBook book = replay(tape, 9_757, 1);
        assertThat(book.bidTicks()).isEqualTo(6_168_599);
        assertThat(book.askTicks()).isEqualTo(6_168_600);
    }

    private static BookTape spot(TapeSettings settings) throws IOException {
        return BookTapes.binance(
                SharedData.path("data/l2/raw_spot_btcusdt_20240808.gz"),
                BinanceMarket.SPOT,
                new BookScale(0.01, 0.00001),
                settings);
    }

    @Test
    void binanceUsdMarginedIsChainedAndNeverCrosses() throws IOException {
        BookTape tape = BookTapes.binance(
                SharedData.path("data/l2/raw_usdm_btcusdt_20240808.gz"),
                BinanceMarket.USD_M,
                new BookScale(0.1, 0.001),
                PLAIN.withoutQuotes());
        assertThat(tape.messages()).isEqualTo(6_551 + 66_089 + 21_313 + 1);
        assertThat(tape.flaws())
                .isEqualTo(
                        Map.of(Flaw.STALE_CHANGE, 4L, Flaw.EXCHANGE_STEPS_BACK, 7_264L, Flaw.RECEIVED_EARLY, 93_954L));
        LevelBook book = replay(tape, 21_313, 1);
        assertThat(book.bidTicks()).isEqualTo(616_597);
        assertThat(book.askTicks()).isEqualTo(616_598);
        assertThat(book.levels()).isEqualTo(9_596);
        assertThat(sum(book, true)).isCloseTo(9_457.538, within(1e-6));
        assertThat(sum(book, false)).isCloseTo(8_813.296, within(1e-6));
    }

    @Test
    void binanceCoinMarginedCountsContracts() throws IOException {
        BookTape tape = BookTapes.binance(
                SharedData.path("data/l2/raw_cm_btcusd_perp_20240808.gz"),
                BinanceMarket.COIN_M,
                new BookScale(0.1, 1),
                PLAIN);
        assertThat(tape.messages()).isEqualTo(26_847 + 19_136 + 2_286 + 1);
        assertThat(tape.count(Flaw.STALE_CHANGE)).isEqualTo(23);
        assertThat(tape.count(Flaw.GAP)).isZero();
        assertThat(tape.count(Flaw.CROSSED)).isZero();
        LevelBook book = replay(tape, 2_286, 1);
        assertThat(book.bidTicks()).isEqualTo(616_686);
        assertThat(book.askTicks()).isEqualTo(616_687);
        assertThat(book.levels()).isEqualTo(2_233);
        assertThat(sum(book, true)).isEqualTo(1_283_047);
        assertThat(sum(book, false)).isEqualTo(1_079_889);
    }

    @Test
    void hyperliquidSendsWholeBooksAndOldTradesFirst() throws IOException {
        BookTape tape = BookTapes.hyperliquid(
                SharedData.path("data/l2/raw_hyperliquid_btcusd_20250126.gz"), "BTC", new BookScale(1, 0.00001), PLAIN);
        assertThat(tape.flaws()).isEqualTo(Map.of(Flaw.BEFORE_START, 30L, Flaw.EXCHANGE_STEPS_BACK, 30L));
        assertThat(tape.shiftNanos()).isZero();
        LevelBook book = replay(tape, 34, 1);
        assertThat(book.bidTicks()).isEqualTo(105_050);
        assertThat(book.askTicks()).isEqualTo(105_051);
        assertThat(book.levels()).isEqualTo(40);
    }

    @Test
    void sampledLevelsGiveABookPerRowAndOnePauseIsTooLong() throws IOException {
        BookTape tape = BookTapes.sampledLevels(
                SharedData.path("data/l2/trademaster_BTC_1min_lob15_2021-04-17_600rows.csv.gz"),
                15,
                new BookScale(0.01, 1e-8),
                new TapeSettings(Duration.ofMinutes(2), Duration.ofMillis(1), true));
        assertThat(tape.messages()).isEqualTo(600);
        assertThat(tape.count(Flaw.SILENCE)).isOne();
        assertThat(tape.count(Flaw.CROSSED)).isZero();
        assertThat(tape.count(Flaw.UNREADABLE)).isZero();
        // notionals are 32-bit numbers: sizes do not stand on any grid, and are rounded
        assertThat(tape.count(Flaw.OFF_GRID)).isEqualTo(17_991);
        assertThat(replay(tape, 0, 2).levels()).isEqualTo(30);
    }

    /** Plays a tape to a book in which the older side yields, which must never have to. */
    private static LevelBook replay(BookTape tape, int trades, int snapshots) {
        BookEvents events = tape.events();
        LevelBook book = LevelBook.of(events.scale());
        int prints = 0;
        int wholes = 0;
        long stale = 0;
        boolean early = false;
        for (int row = 0; row < events.size(); row++) {
            byte kind = events.kind(row);
            wholes += kind == BookEvents.WHOLE && !book.isWhole() ? 1 : 0; // else it says that nothing has changed
            events.applyTo(row, book);
            prints += kind == BookEvents.BUY || kind == BookEvents.SELL ? 1 : 0;
            boolean last = row + 1 == events.size() || events.localNanos(row + 1) != events.localNanos(row);
            stale += last && wholes > 0 && !book.isValid() ? 1 : 0;
            early |= events.localNanos(row) < events.exchangeNanos(row);
        }
        assertThat(early).isFalse();
        assertThat(prints).isEqualTo(trades);
        assertThat(wholes).isEqualTo(snapshots);
        assertThat(stale).isEqualTo(snapshots - 1);
        assertThat(book.crossings()).isZero();
        assertThat(book.isValid()).isTrue();
        return book;
    }

    private static double sum(LevelBook book, boolean bids) {
        long sum = 0;
        for (int at = bids ? book.bidTicks() : book.askTicks();
                at != 0;
                at = bids ? book.nextBid(at) : book.nextAsk(at)) {
            sum += bids ? book.bidLots(at) : book.askLots(at);
        }
        return book.scale().quantity(sum);
    }
}
