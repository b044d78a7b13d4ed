package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** How often the best of many trials without an edge passes at 95 %, counted as a study counts. */
final class DeflatedSharpeSizeTest {
    private static final int ROWS = 500;

    @Test
    void alikeTrialsWithoutAnEdgeDoNotPass() {
        assertSizeHolds(20, 0.9, 400);
    }

    @Test
    void anEdgeThatAllOfManyAlikeTrialsShareIsFound() {
        // true Sharpe ratio of 3.5 standard errors; the best shows 3.5 + 0.87 and must pass 1.645 + 0.87
        assertThat(passed(100, 0.9, 40, 3.5)).isGreaterThan(0.9);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"20, 0", "20, 0.5", "20, 0.9", "20, 0.99", "200, 0", "200, 0.5", "200, 0.9", "200, 0.99"})
    void noCorrelationOfTheTrialsRaisesTheShareOfFalseAlarms(int trials, double rho) {
        assertSizeHolds(trials, rho, 2000);
    }

    private static void assertSizeHolds(int trials, double rho, int markets) {
        assertThat(passed(trials, rho, markets, 0)).isLessThanOrEqualTo(0.05 + 2 * Math.sqrt(0.05 * 0.95 / markets));
    }

    private static double passed(int trials, double rho, int markets, double sharpe) {
        int passed = 0;
        for (int market = 0; market < markets; market++) {
            double[][] returns = returns(trials, rho, 77 + 1000L * market, sharpe / Math.sqrt(ROWS - 1));
            TrialBook.Count count = TrialBook.ofThisStudyOnly()
                    .count(
                            TrialBook.Tried.of(
                                    IntStream.range(0, trials)
                                            .mapToObj(Integer::toString)
                                            .toList(),
                                    returns),
                            0,
                            1);
            ProbabilisticSharpe best = ProbabilisticSharpe.of(returns[0]);
            for (double[] each : returns) {
                ProbabilisticSharpe other = ProbabilisticSharpe.of(each);
                best = other.sharpePerPeriod() > best.sharpePerPeriod() ? other : best;
            }
            passed += best.deflated(count.effective(), count.variance()) >= 0.95 ? 1 : 0;
        }
        return (double) passed / markets;
    }

    private static double[][] returns(int trials, double rho, long seed, double mean) {
        double[] common = new double[ROWS];
        Rng all = Seeds.rng(seed, -1);
        for (int t = 0; t < ROWS; t++) {
            common[t] = Math.sqrt(rho) * all.nextGaussian();
        }
        double[][] returns = new double[trials][ROWS];
        for (int i = 0; i < trials; i++) {
            Rng own = Seeds.rng(seed, i);
            for (int t = 0; t < ROWS; t++) {
                returns[i][t] = 0.01 * (mean + common[t] + Math.sqrt(1 - rho) * own.nextGaussian());
            }
        }
        return returns;
    }
}
