package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ProbabilisticSharpeTest {
    @Test
    void moreTriesDeflateMore() {
        ProbabilisticSharpe sharpe = ProbabilisticSharpe.of(Fixtures.returns("gauss"));
        double last = sharpe.probability(0);
        assertThat(sharpe.deflated(1, 0.01)).isEqualTo(last);
        for (double trials : new double[] {1.2, 2, 3.5, 10, 100, 1e6}) {
            assertThat(sharpe.deflated(trials, 0.001)).isLessThanOrEqualTo(last);
            last = sharpe.deflated(trials, 0.001);
        }
    }

    @Test
    void theProbabilityReachesTheConfidenceExactlyAtTheMinimumTrackRecord() {
        ProbabilisticSharpe sharpe = new ProbabilisticSharpe(500, 0.08, -0.4, 5);
        double rows = sharpe.minimumTrackRecord(0.01, 0.95);
        int below = (int) Math.floor(rows);
        assertThat(new ProbabilisticSharpe(below, 0.08, -0.4, 5).probability(0.01))
                .isLessThan(0.95);
        assertThat(new ProbabilisticSharpe(below + 1, 0.08, -0.4, 5).probability(0.01))
                .isGreaterThan(0.95);
    }

    @Test
    void noLengthIsEnoughForASharpeRatioBelowTheBar() {
        assertThat(new ProbabilisticSharpe(500, -0.1, 0, 3).minimumTrackRecord(0, 0.95))
                .isInfinite();
        assertThat(new ProbabilisticSharpe(500, 0, 0, 3).minimumTrackRecord(0, 0.95))
                .isInfinite();
    }

    @Test
    void undefinedReturnsGiveUndefinedProbabilities() {
        for (double[] x : new double[][] {{}, {0.1}, {0.1, 0.1, 0.1}, {0, 0, 0}}) {
            ProbabilisticSharpe sharpe = ProbabilisticSharpe.of(x);
            assertThat(sharpe.probability(0)).isNaN();
            assertThat(sharpe.deflated(10, 0.01)).isNaN();
            assertThat(sharpe.minimumTrackRecord(0, 0.95)).isNaN();
        }
    }

    @Test
    void aHandfulOfReturnsSaysNothing() {
        double[] x = new double[31];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.01 + 0.001 * (i % 7);
        }
        for (int n : new int[] {2, 3, 10, 29}) {
            ProbabilisticSharpe few = ProbabilisticSharpe.of(java.util.Arrays.copyOf(x, n));
            assertThat(few.sharpePerPeriod()).isPositive();
            assertThat(few.probability(0)).isNaN();
            assertThat(few.deflated(1, 0)).isNaN();
            assertThat(few.minimumTrackRecord(0, 0.95)).isNaN();
            assertThat(StationaryBootstrap.of(100, 1)
                            .run(java.util.Arrays.copyOf(x, n))
                            .pValue())
                    .isNaN();
        }
        assertThat(ProbabilisticSharpe.of(java.util.Arrays.copyOf(x, 30)).probability(0))
                .isGreaterThan(0.99);
    }

    @Test
    void roundingIsNoSpread() {
        double[] x = new double[100];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.1 + i % 2 * 1.4e-17;
        }
        assertThat(ProbabilisticSharpe.of(x).sharpePerPeriod()).isNaN();
        double equity = 1000;
        for (int i = 0; i < x.length; i++) {
            double next = equity * 1.00001;
            x[i] = next / equity - 1;
            equity = next;
        }
        assertThat(ProbabilisticSharpe.of(x).probability(0)).isNaN();
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.1 + i % 2 * 1e-6;
        }
        assertThat(ProbabilisticSharpe.of(x).sharpePerPeriod())
                .as("a true spread")
                .isFinite();
    }

    @Test
    void aTwoPointSampleWithoutVarianceOfItsSharpeRatioIsCertain() {
        ProbabilisticSharpe sharpe = new ProbabilisticSharpe(100, 2, 1, 2 - 1e-16);
        assertThat(sharpe.probability(0)).isCloseTo(1, within(1e-12));
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        ProbabilisticSharpe sharpe = new ProbabilisticSharpe(100, 0.1, 0, 3);
        assertThatThrownBy(() -> sharpe.deflated(0.5, 0.1)).hasMessageContaining("trials must be in [1");
        assertThatThrownBy(() -> sharpe.deflated(5, -0.1)).hasMessageContaining("variance must be finite and >= 0");
        assertThatThrownBy(() -> sharpe.minimumTrackRecord(0, 0.5))
                .hasMessage("confidence must be in (0.5, 1), got 0.5");
        assertThatThrownBy(() -> sharpe.probability(Double.NaN)).hasMessageContaining("benchmarkSharpe");
    }
}
