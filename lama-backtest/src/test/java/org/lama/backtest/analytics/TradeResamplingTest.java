package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

final class TradeResamplingTest {
    @Test
    void ruinIsEquityAtHalfOfTheStartAtAnyTime() {
        double[] profits = new double[20];
        Arrays.fill(profits, 0, 10, -6);
        Arrays.fill(profits, 10, 20, 6);
        TradeResampling shuffled = TradeResampling.of(profits, 100, SHUFFLE);
        // all lose at first in 1 order of 184756; nine of ten losses before enough gains are almost as rare
        assertThat(shuffled.ruinProbability()).isBetween(0.0, 0.01);
        TradeResampling sure = TradeResampling.of(new double[] {-5, -5, -5, -5, -5, -5, -5, -5, -5, -5}, 100, SHUFFLE);
        assertThat(sure.ruinProbability()).isEqualTo(1);
        assertThat(TradeResampling.of(new double[] {-4.9, -5, -5, -5, -5, -5, -5, -5, -5, -5}, 100, SHUFFLE)
                        .ruinProbability())
                .isZero();
        assertThat(TradeResampling.of(new double[3], 100, SHUFFLE).ruinProbability())
                .isNaN();
    }

    @Test
    void anAccountThatReinvestsIsDrawnInShares() {
        double[] profits = new double[40];
        double equity = 100;
        for (int i = 0; i < profits.length; i++) {
            profits[i] = equity * (i % 4 == 3 ? -0.1 : 0.1);
            equity += profits[i];
        }
        TradeResampling money = TradeResampling.of(profits, 100, SHUFFLE);
        TradeResampling shares = TradeResampling.compounded(profits, 100, SHUFFLE);
        // the last losses in money are larger than half of the account at its start
        assertThat(money.rows().get(1).p05()).isLessThan(shares.rows().get(1).p05() - 0.2);
        assertThat(shares.rows().get(1).p05()).isBetween(-0.7, -0.1);
        assertThat(shares.rows().get(0).p95()).isCloseTo(equity, within(1e-9));
        assertThat(shares.ruinProbability()).isLessThan(0.05);
        assertThat(TradeResampling.compounded(new double[] {5, -105}, 100, SHUFFLE)
                        .reason())
                .contains("the account was lost with round trip 2");
    }

    @Test
    void riskOfARunHasBothWaysOrTheReasonWhyNot() {
        double[] profits = {5, -3, 4, -2, 6, -1, 2, -4, 3, 1};
        TradeRisk risk = TradeRisk.of(profits, 100, 7);
        assertThat(risk.drawnAgain().trips()).isEqualTo(10);
        assertThat(risk.reordered().rows().get(0).p05()).isCloseTo(111, within(1e-9));
        assertThat(risk.reordered().rows().get(0).observed()).isCloseTo(111, within(1e-9));
        assertThat(risk.drawnAgain().rows().get(0).p05()).isLessThan(111);
        profits[3] = Double.NaN;
        assertThat(TradeRisk.of(profits, 100, 7).reordered().reason())
                .contains("the profit of 1 of 10 round trips is not known");
        assertThat(TradeRisk.of(new double[0], 100, 7).drawnAgain().reason())
                .contains("0 round trips, at least 10 are needed");
    }

    private static final TradeResampling.Settings SHUFFLE =
            new TradeResampling.Settings(TradeResampling.Way.SHUFFLE, 500, 3);
    private static final TradeResampling.Settings RESAMPLE =
            new TradeResampling.Settings(TradeResampling.Way.RESAMPLE, 2_000, 3);

    private static double[] profits(int n, double mean) {
        Rng rng = Seeds.rng(21, n);
        double[] profits = new double[n];
        for (int i = 0; i < n; i++) {
            profits[i] = mean + 100 * rng.nextGaussian();
        }
        return profits;
    }

    private static TradeResampling.Row row(TradeResampling result, String figure) {
        return result.rows().stream()
                .filter(row -> row.figure().equals(figure))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anotherOrderKeepsTheEndAndChangesTheWay() {
        double[] profits = profits(80, 5);
        TradeResampling result = TradeResampling.of(profits, 10_000, SHUFFLE);
        TradeResampling.Row end = row(result, "endEquity");
        assertThat(end.p95() - end.p05()).isCloseTo(0, within(1e-7));
        TradeResampling.Row drawdown = row(result, "deepestDrawdown");
        assertThat(drawdown.p05()).isLessThan(drawdown.p95());
        assertThat(drawdown.p95()).isNegative();
        assertThat(result.reason()).isEmpty();
        assertThat(result.trips()).isEqualTo(80);
    }

    @Test
    void theObservedFiguresAreThoseOfTheOrderThatHappened() {
        double[] profits = {100, -50, -60, 30, -10, -10, -10, 40, 40, 40};
        TradeResampling result = TradeResampling.of(profits, 1_000, SHUFFLE);
        assertThat(row(result, "endEquity").observed()).isEqualTo(1_110);
        assertThat(row(result, "deepestDrawdown").observed()).isCloseTo(990.0 / 1_100 - 1, within(1e-12));
        assertThat(row(result, "longestLosingStreak").observed()).isEqualTo(3);
        assertThat(result.columns()).hasSize(7);
    }

    @Test
    void resampledEndsSpreadAsTheRootOfTheNumberOfTrips() {
        double[] profits = profits(400, 0);
        TradeResampling.Row end = row(TradeResampling.of(profits, 1e6, RESAMPLE), "endEquity");
        double spread = Moments.of(profits).standardDeviation() * Math.sqrt(400);
        // 5 % to 95 % of a normal law is 3.29 standard deviations.
        assertThat(end.p95() - end.p05()).isCloseTo(3.29 * spread, within(0.15 * spread));
    }

    @Test
    void lossesAreCountedAndSeedsDecideTheBits() {
        double[] losing = profits(50, -40);
        TradeResampling result = TradeResampling.of(losing, 1e5, RESAMPLE);
        assertThat(result.lossProbability()).isGreaterThan(0.95);
        assertThat(TradeResampling.of(losing, 1e5, RESAMPLE).rows()).isEqualTo(result.rows());
        TradeResampling other =
                TradeResampling.of(losing, 1e5, new TradeResampling.Settings(TradeResampling.Way.RESAMPLE, 2_000, 4));
        assertThat(other.rows()).isNotEqualTo(result.rows());
    }

    @Test
    void tooFewTripsGiveAReasonAndNoNumber() {
        TradeResampling result = TradeResampling.of(new double[9], 1, SHUFFLE);
        assertThat(result.reason()).contains("9 round trips, at least 10 are needed");
        assertThat(result.lossProbability()).isNaN();
        assertThat(result.rows()).hasSize(3).allSatisfy(row -> {
            assertThat(row.observed()).isNaN();
            assertThat(row.median()).isNaN();
        });
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> TradeResampling.of(new double[] {Double.NaN}, 1, SHUFFLE))
                .hasMessageContaining("profits[0] must be finite");
        assertThatThrownBy(() -> TradeResampling.of(new double[20], 0, SHUFFLE))
                .hasMessageContaining("startEquity must be finite and > 0");
        assertThatThrownBy(() -> new TradeResampling.Settings(TradeResampling.Way.SHUFFLE, 99, 1))
                .hasMessageContaining("draws must be >= 100");
    }
}
