package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

final class RealityCheckTest {
    private static final StationaryBootstrap BOOTSTRAP = StationaryBootstrap.of(500, 11);

    private static double[][] matrix(int variants, int rows, double bestMean, long seed) {
        double[][] returns = new double[variants][rows];
        Rng common = Seeds.rng(seed, 0);
        double[] market = new double[rows];
        for (int t = 0; t < rows; t++) {
            market[t] = common.nextGaussian();
        }
        for (int k = 0; k < variants; k++) {
            Rng rng = Seeds.rng(seed, k + 1);
            for (int t = 0; t < rows; t++) {
                returns[k][t] = 0.01 * (0.5 * market[t] + rng.nextGaussian() + (k == 2 ? bestMean : 0));
            }
        }
        return returns;
    }

    @Test
    void theStreamGivesTheBitsOfTheMatrixInAnyOrderAndAnyCut() {
        double[][] returns = matrix(20, 120, 0.1, 3);
        RealityCheck whole = RealityCheck.of(returns, BOOTSTRAP);
        double length = RealityCheck.blockLength(returns, BOOTSTRAP);
        RealityCheck.Stream first = new RealityCheck.Stream(120, length, BOOTSTRAP);
        RealityCheck.Stream second = new RealityCheck.Stream(120, length, BOOTSTRAP);
        for (int k = 19; k >= 0; k--) {
            (k % 3 == 0 ? first : second).add(k, returns[k]);
        }
        second.merge(first);
        assertThat(second.result()).isEqualTo(whole);
    }

    @Test
    void aPlantedVariantIsFoundAndNamed() {
        RealityCheck check = RealityCheck.of(matrix(30, 300, 0.3, 5), BOOTSTRAP);
        assertThat(check.best()).isEqualTo(2);
        assertThat(check.consistent()).isLessThan(0.01);
        assertThat(check.realityCheck()).isLessThan(0.01);
        assertThat(check.columns().get(1).cells()).hasSize(4);
    }

    @Test
    void thePValuesAreOrdered() {
        for (int seed = 0; seed < 20; seed++) {
            RealityCheck check = RealityCheck.of(matrix(10, 100, 0.05, seed), BOOTSTRAP);
            assertThat(check.lower()).isLessThanOrEqualTo(check.consistent());
            assertThat(check.consistent()).isLessThanOrEqualTo(check.upper());
        }
    }

    @Test
    void manyBadVariantsTakePowerFromTheUpperPValueOnly() {
        double[][] good = matrix(5, 300, 0.13, 8);
        double[][] padded = new double[105][];
        System.arraycopy(good, 0, padded, 0, 5);
        for (int k = 5; k < 105; k++) {
            Rng rng = Seeds.rng(99, k);
            padded[k] = new double[300];
            for (int t = 0; t < 300; t++) {
                padded[k][t] = 0.05 * rng.nextGaussian() - 0.03;
            }
        }
        StationaryBootstrap fixed = BOOTSTRAP.withBlockLength(2);
        RealityCheck alone = RealityCheck.of(good, fixed);
        RealityCheck crowd = RealityCheck.of(padded, fixed);
        assertThat(crowd.consistent()).isCloseTo(alone.consistent(), within(0.01));
        assertThat(crowd.upper()).isGreaterThan(alone.upper() + 0.1);
        assertThat(crowd.realityCheck()).isGreaterThan(alone.realityCheck() + 0.1);
    }

    @Test
    void theClosedFormVarianceIsThatOfTheResamples() {
        double[] x = matrix(1, 200, 0, 4)[0];
        double mean = Moments.of(x).mean();
        double[] prefix = new double[401];
        double[] centred = new double[400];
        for (int i = 0; i < 400; i++) {
            centred[i] = x[i % 200] - mean;
            prefix[i + 1] = prefix[i] + centred[i];
        }
        for (double length : new double[] {1, 4, 20}) {
            double formula = ResampledBlocks.variance(centred, 200, ResampledBlocks.varianceWeights(200, length));
            double sum = 0;
            int[][] draws = ResampledBlocks.draw(200, length, 20_000, 6);
            for (int[] draw : draws) {
                double s = ResampledBlocks.sum(prefix, draw);
                sum += s * s / 200;
            }
            // The standard error of a variance of 20,000 draws is 1 %.
            assertThat(sum / draws.length).as("length %s", length).isCloseTo(formula, within(0.04 * formula));
        }
    }

    @Test
    void variantsThatNeverTradedAreCountedButCannotWin() {
        double[][] returns = matrix(4, 60, 0, 2);
        returns[1] = new double[60];
        RealityCheck check = RealityCheck.of(returns, BOOTSTRAP);
        assertThat(check.skipped()).isEqualTo(1);
        assertThat(check.variants()).isEqualTo(3);
        assertThat(check.best()).isNotEqualTo(1);
        assertThat(check.isDefined()).isTrue();
    }

    @Test
    void tooFewRowsOrNothingThatVariesGiveAReasonAndNoNumber() {
        RealityCheck few = RealityCheck.of(matrix(3, 29, 0, 1), BOOTSTRAP);
        assertThat(few.reason()).contains("29 returns per variant, at least 30 are needed");
        assertThat(few.consistent()).isNaN();
        assertThat(few.realityCheck()).isNaN();
        RealityCheck constant = RealityCheck.of(new double[2][50], BOOTSTRAP);
        assertThat(constant.reason()).contains("no variant has returns that vary, 2 tried");
        assertThat(constant.best()).isEqualTo(-1);
        assertThat(constant.bestMean()).isNaN();
        assertThat(constant.blockLength()).isEqualTo(1);
        RealityCheck none = RealityCheck.of(new double[0][], BOOTSTRAP);
        assertThat(none.isDefined()).isFalse();
        assertThat(none.upper()).isNaN();
    }

    @Test
    void badReturnsAndUnlikeStreamsAreRefused() {
        double[][] returns = matrix(2, 60, 0, 1);
        returns[1][7] = Double.NaN;
        assertThatThrownBy(() -> RealityCheck.of(returns, BOOTSTRAP)).hasMessageContaining("[7] must be finite");
        RealityCheck.Stream stream = new RealityCheck.Stream(60, 2, BOOTSTRAP);
        assertThatThrownBy(() -> stream.add(4, new double[59]))
                .hasMessageContaining("returns of variant 4 must have 60 rows, got 59");
        assertThatThrownBy(() -> stream.merge(new RealityCheck.Stream(60, 3, BOOTSTRAP)))
                .hasMessageContaining("must have the same rows");
        assertThatThrownBy(() -> stream.merge(new RealityCheck.Stream(60, 2, BOOTSTRAP.withSeed(12))))
                .hasMessageContaining("same seed");
        assertThatThrownBy(() -> new RealityCheck.Stream(60, 0.5, BOOTSTRAP)).hasMessageContaining("blockLength");
    }

    @Test
    void aFewHundredNullMatricesAreRejectedAboutAsOftenAsTheySay() {
        sizeHolds(60, 0.05 + 3 * Math.sqrt(0.05 * 0.95 / 60));
    }

    /** 1,000 null matrices of 20 variants: the share of p-values at most 5 % and 10 %, and the power on planted ones. */
    @Test
    @Tag("slow")
    void sizeIsNearNominalOnAThousandNullMatrices() {
        sizeHolds(1_000, 0.05 + 2 * Math.sqrt(0.05 * 0.95 / 1_000) + 0.01);
        int found = 0;
        for (int k = 0; k < 200; k++) {
            found += RealityCheck.of(matrix(20, 400, 0.22, 50_000 + k), BOOTSTRAP)
                                    .consistent()
                            <= 0.05
                    ? 1
                    : 0;
        }
        assertThat(found).isGreaterThan(160);
    }

    private static void sizeHolds(int matrices, double most) {
        int consistent = 0;
        int white = 0;
        for (int k = 0; k < matrices; k++) {
            RealityCheck check = RealityCheck.of(matrix(20, 200, 0, 10_000 + k), BOOTSTRAP);
            consistent += check.consistent() <= 0.05 ? 1 : 0;
            white += check.realityCheck() <= 0.05 ? 1 : 0;
        }
        assertThat((double) consistent / matrices).isLessThanOrEqualTo(most);
        assertThat((double) white / matrices).isLessThanOrEqualTo(most);
        // A test that never rejects would pass the above.
        assertThat(consistent + white).isPositive();
    }
}
