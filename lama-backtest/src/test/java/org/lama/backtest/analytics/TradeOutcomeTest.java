package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.core.base.Tabular;
import org.lama.core.market.Columns;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

final class TradeOutcomeTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final double[] OPEN = {100, 102, 101, 104, 103};
    private static final double[] HIGH = {103, 105, 106, 108, 109};
    private static final double[] LOW = {99, 95, 98, 103, 90};
    private static final double[] CLOSE = {102, 101, 104, 103, 100};

    private static Frame bars() {
        return Frame.of(
                        "A",
                        TimeIndex.regular(0, DAY, 5),
                        DAY,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.OPEN, OPEN)
                .with(Columns.HIGH, HIGH)
                .with(Columns.LOW, LOW)
                .with(Columns.CLOSE, CLOSE);
    }

    private static RoundTrip trip(Side side, long entry, long exit, double entryPrice, double exitPrice) {
        double pnl = side.sign() * (exitPrice - entryPrice) * 2 - 1.5;
        return new RoundTrip("A", side, entry, exit, entryPrice, exitPrice, 2, 1, 0.5, pnl, 0, 0, "");
    }

    private static TradeOutcome outcome(RoundTrip trip) {
        return TradeOutcome.of(List.of(trip), Map.of("A", PricePath.of(bars()))).get(0);
    }

    @Test
    void wholeBarsCountWithHighAndLowAndTheBarOfAnExitAtItsOpenDoesNot() {
        TradeOutcome trade = outcome(trip(Side.BUY, DAY, 3 * DAY, 102, 104));
        // Bars 1 and 2 are lived through; bar 3 with its high of 108 is not.
        assertThat(trade.adverse()).isEqualTo(2 * (95 - 102));
        assertThat(trade.favourable()).isEqualTo(2 * (106 - 102));
        assertThat(trade.bars()).isEqualTo(2);
        assertThat(trade.adverseFraction()).isCloseTo(-7.0 / 102, within(1e-15));
        assertThat(trade.favourableFraction()).isCloseTo(4.0 / 102, within(1e-15));
        assertThat(trade.hours()).isEqualTo(48);
        assertThat(trade.grossProfit()).isEqualTo(4);
        assertThat(trade.returnFraction()).isCloseTo(2.5 / 204, within(1e-15));
    }

    @Test
    void aShortTripSeesTheMirrorImage() {
        TradeOutcome trade = outcome(trip(Side.SELL, DAY, 3 * DAY, 102, 104));
        assertThat(trade.adverse()).isEqualTo(-2 * (106 - 102));
        assertThat(trade.favourable()).isEqualTo(2 * (102 - 95));
    }

    @Test
    void ofTheBarsOfEntryAndExitOnlyWhatSurelyFellBetweenCounts() {
        // Entry inside bar 1: its low of 95 may have been before, its close of 101 was after. Exit inside bar 3: its
        // high of
        // 108 may have been after, its open of 104 was before. Bar 2 counts in full.
        TradeOutcome trade = outcome(trip(Side.BUY, DAY + HOUR, 3 * DAY + HOUR, 102, 103));
        assertThat(trade.adverse()).isEqualTo(2 * (98 - 102));
        assertThat(trade.favourable()).isEqualTo(2 * (106 - 102));
        TradeOutcome within = outcome(trip(Side.BUY, DAY + HOUR, DAY + 2 * HOUR, 102, 103));
        assertThat(within.adverse()).isZero();
        assertThat(within.favourable()).isEqualTo(2);
        TradeOutcome two = outcome(trip(Side.BUY, DAY + HOUR, 2 * DAY + HOUR, 102, 101.5));
        assertThat(two.adverse()).isEqualTo(-2);
        assertThat(two.favourable()).isZero();
    }

    @Test
    void tripsOutsideThePricesAndWithoutPricesAreHarmless() {
        TradeOutcome late = outcome(trip(Side.BUY, 9 * DAY, 10 * DAY, 100, 101));
        assertThat(late.adverse()).isZero();
        assertThat(late.favourable()).isEqualTo(2);
        TradeOutcome early = outcome(trip(Side.BUY, -9 * DAY, -8 * DAY, 100, 101));
        assertThat(early.favourable()).isEqualTo(2);
        TradeOutcome unknown = TradeOutcome.of(List.of(trip(Side.BUY, 0, DAY, 100, 101)), Map.of())
                .get(0);
        assertThat(unknown.adverse()).isNaN();
        assertThat(unknown.bars()).isZero();
        Frame closes = Frame.of(
                        "A", TimeIndex.regular(0, DAY, 3), DAY, new Provenance(Provenance.Kind.SYNTHETIC, "t", "", ""))
                .with(Columns.CLOSE, new double[] {100, Double.NaN, 90});
        TradeOutcome onCloses = TradeOutcome.of(
                        List.of(trip(Side.BUY, 0, 3 * DAY, 100, 95)), Map.of("A", PricePath.of(closes)))
                .get(0);
        assertThat(onCloses.adverse()).isEqualTo(-20);
    }

    @Test
    void aStopGivesTheRiskMultiple() {
        TradeOutcome trade = outcome(trip(Side.BUY, DAY, 3 * DAY, 102, 104));
        assertThat(trade.riskMultiple()).isNaN();
        assertThat(trade.withStop(101).riskMultiple()).isCloseTo(2.5 / 2, within(1e-15));
        assertThat(trade.withStop(102).riskMultiple()).isNaN();
        assertThatThrownBy(() -> trade.withStop(0)).hasMessageContaining("price");
    }

    @Test
    void figuresOverTripsFollowByHand() {
        List<TradeOutcome> trades = List.of(
                outcome(trip(Side.BUY, DAY, 3 * DAY, 102, 104)).withStop(101),
                outcome(trip(Side.SELL, DAY, 2 * DAY, 102, 104)),
                outcome(trip(Side.BUY, 0, DAY, 100, 102)));
        TradeMetrics metrics = TradeMetrics.of(trades);
        assertThat(metrics.value(TradeMetric.NET_PROFIT)).isCloseTo(2.5 - 5.5 + 2.5, within(1e-12));
        assertThat(metrics.value(TradeMetric.TOTAL_COST)).isEqualTo(4.5);
        assertThat(metrics.value(TradeMetric.WIN_RATE)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(metrics.value(TradeMetric.CAPITAL_WEIGHTED_RETURN)).isCloseTo(-0.5 / 608, within(1e-15));
        assertThat(metrics.value(TradeMetric.CAPITAL_WEIGHTED_WIN_RATE)).isCloseTo(404.0 / 608, within(1e-15));
        assertThat(metrics.value(TradeMetric.MEAN_HOURS)).isCloseTo(32, within(1e-12));
        assertThat(metrics.value(TradeMetric.MEDIAN_HOURS)).isEqualTo(24);
        assertThat(metrics.value(TradeMetric.MEAN_HOURS_WINNERS)).isEqualTo(36);
        assertThat(metrics.value(TradeMetric.MEAN_HOURS_LOSERS)).isEqualTo(24);
        double adverse = (-7.0 / 102 - 3.0 / 102 - 1.0 / 100) / 3;
        double favourable = (4.0 / 102 + 7.0 / 102 + 3.0 / 100) / 3;
        assertThat(metrics.value(TradeMetric.MEAN_ADVERSE)).isCloseTo(adverse, within(1e-15));
        assertThat(metrics.value(TradeMetric.EDGE_RATIO)).isCloseTo(favourable / -adverse, within(1e-12));
        assertThat(metrics.value(TradeMetric.EXIT_EFFICIENCY)).isCloseTo((4.0 - 4 + 4) / (8 + 14 + 6), within(1e-12));
        assertThat(metrics.value(TradeMetric.MEAN_RISK_MULTIPLE)).isCloseTo(1.25, within(1e-15));
        assertThat(metrics.value(TradeMetric.LONGEST_WINNING_STREAK)).isEqualTo(1);
        assertThat(metrics.value(TradeMetric.KELLY)).isCloseTo(2.0 / 3 - (1.0 / 3) / (2.5 / 5.5), within(1e-12));
        assertThat(metrics.value(TradeMetric.BEST_TRADE)).isEqualTo(2.5);
        assertThat(metrics.value(TradeMetric.WORST_TRADE)).isEqualTo(-5.5);
    }

    @Test
    void aTripWithoutAKnownFeeIsLeftOut() {
        RoundTrip dark = new RoundTrip("A", Side.BUY, 0, DAY, 1, 2, 1, Double.NaN, 0, Double.NaN, 0, 0, "");
        List<TradeOutcome> trades = List.of(outcome(dark), outcome(trip(Side.BUY, 0, DAY, 100, 102)));
        assertThat(TradeMetrics.of(trades).value(TradeMetric.ROUND_TRIPS)).isEqualTo(1);
        assertThat(Breakdown.bySide(trades).columns().get(1).cells().get(0)).isEqualTo(1L);
    }

    @Test
    void breakdownsSplitTheWholeAndKeepTheirOrder() {
        List<TradeOutcome> trades = List.of(
                outcome(trip(Side.BUY, DAY, 3 * DAY, 102, 104)),
                outcome(trip(Side.SELL, DAY + HOUR, 2 * DAY, 102, 104)),
                outcome(trip(Side.BUY, 4 * DAY, 4 * DAY + HOUR, 100, 102)));
        for (Breakdown split : List.of(
                Breakdown.byAsset(trades),
                Breakdown.bySide(trades),
                Breakdown.byHour(trades),
                Breakdown.byWeekday(trades),
                Breakdown.byStrategy(trades))) {
            double sum = split.columns().get(2).cells().stream()
                    .mapToDouble(cell -> (double) cell)
                    .sum();
            assertThat(sum).isCloseTo(-0.5, within(1e-12));
        }
        assertThat(first(Breakdown.bySide(trades))).isEqualTo(List.of("long", "short"));
        assertThat(first(Breakdown.byHour(trades))).isEqualTo(List.of("00", "01"));
        // 1970-01-02 was a Friday.
        assertThat(first(Breakdown.byWeekday(trades))).isEqualTo(List.of("1 Mon", "5 Fri"));
        Breakdown states = Breakdown.byState(
                "regime", trades, TimeIndex.of(new long[] {DAY + 1, 3 * DAY}), List.of("calm", "wild"));
        assertThat(first(states)).isEqualTo(List.of("calm", "unknown", "wild"));
        assertThat(Breakdown.byAsset(List.of()).columns().get(0).cells()).isEmpty();
    }

    @Test
    void returnsByLabelSumToTheWhole() {
        double[] x = {0.01, -0.02, 0.03, 0.04};
        Breakdown split = Breakdown.ofReturns("regime", List.of("b", "a", "b", "a"), x, 365);
        assertThat(first(split)).isEqualTo(List.of("a", "b"));
        assertThat(split.columns().get(3).cells())
                .satisfies(sums ->
                        assertThat((double) sums.get(0) + (double) sums.get(1)).isCloseTo(0.06, within(1e-15)));
        assertThat((double) split.columns().get(4).cells().get(1)).isCloseTo(0.02 * 365, within(1e-12));
        assertThatThrownBy(() -> Breakdown.ofReturns("x", List.of("a"), x, 365))
                .hasMessageContaining("labels must have");
    }

    private static List<?> first(Tabular table) {
        return table.columns().get(0).cells();
    }
}
