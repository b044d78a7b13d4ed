package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;

class OrderSearchPropertyTest {
    private static final AutoArimaOptions D1 = AutoArimaOptions.defaults().withDifference(DifferenceRule.fixed(1));

    @Test
    void aLargerNestedModelNeverEndsBelowASmallerOne() {
        int pairs = 0;
        for (int seed = 1; seed <= 25; seed++) {
            double[] y = ArimaTest.walk(90 + 9 * seed, 700 + seed);
            if (seed % 3 == 0) {
                y[20] = Double.NaN;
                y[21] = Double.NaN;
            }
            AutoArimaOptions options = seed % 5 == 0 ? D1.withSearch(AutoArimaOptions.Search.FULL) : D1;
            pairs += ordered(AutoArima.select(y, options).candidates(), "seed " + seed);
        }
        assertThat(pairs).isGreaterThan(1_000);
    }

    private static int ordered(List<AutoArimaResult.Candidate> all, String what) {
        int pairs = 0;
        for (AutoArimaResult.Candidate small : all) {
            for (AutoArimaResult.Candidate large : all) {
                boolean nested = small.spec().p() <= large.spec().p()
                        && small.spec().q() <= large.spec().q()
                        && (!small.spec().constant() || large.spec().constant());
                if (nested && !Double.isNaN(small.logLikelihood()) && !Double.isNaN(large.logLikelihood())) {
                    // the constant's mean is taken out before, which costs some digits
                    assertThat(large.logLikelihood())
                            .as("%s: %s in %s", what, small.spec(), large.spec())
                            .isGreaterThanOrEqualTo(small.logLikelihood() - 2e-6);
                    pairs++;
                }
            }
        }
        return pairs;
    }

    @Test
    void nearlyCancellingRootsNearOneDoNotAskForADifference() {
        for (int seed = 1; seed <= 12; seed++) {
            double[] w = DenseLikelihood.simulate(Seeds.rng(31, seed), new double[] {0.3}, new double[] {0.3}, 1_200);
            double[] y = w.clone();
            for (int t = 1; t < y.length; t++) {
                y[t] += y[t - 1];
            }
            AutoArimaResult result = AutoArima.select(y);
            assertThat(result.fit().spec().d()).as("seed %d", seed).isEqualTo(1);
        }
    }

    @Test
    void aRefitLeavesLittleGarbage() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int n : new int[] {365, 2_000}) {
            double[] y = ArimaTest.walk(n, 77);
            for (ArimaSpec spec : List.of(ArimaSpec.of(1, 1, 1), ArimaSpec.of(2, 1, 2), ArimaSpec.of(5, 1, 5))) {
                // what escapes depends on how far the compiler has come: the best of several batches is the steady
                // state
                long bytes = Long.MAX_VALUE;
                for (int batch = 0; batch < 30; batch++) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < 10; i++) {
                        Arima.fit(y, spec);
                    }
                    bytes = Math.min(bytes, (threads.getCurrentThreadAllocatedBytes() - before) / 10);
                }
                assertThat(bytes).as("%s at n = %d", spec, n).isLessThanOrEqualTo(64 * 1024 + 16L * n);
            }
        }
    }

    @Test
    void aFitInsideAnotherOnTheSameThreadDoesNotDisturbIt() {
        double[] y = ArimaTest.walk(150, 78);
        double[] other = ArimaTest.walk(150, 79);
        ArimaFit alone = Arima.fit(y, ArimaSpec.of(2, 1, 1));
        ArimaOptions nosy = ArimaOptions.defaults().withDeadline(() -> {
            Arima.fit(other, ArimaSpec.of(1, 1, 1));
            return false;
        });
        ArimaFit disturbed = Arima.fit(y, ArimaSpec.of(2, 1, 1), nosy);
        assertThat(disturbed.logLikelihood()).isEqualTo(alone.logLikelihood());
        assertThat(disturbed.residuals()).containsExactly(alone.residuals());
    }

    @Test
    void aDeadlineStopsALongSearchSoon() {
        double[] y = ArimaTest.walk(20_000, 80);
        AutoArima.select(ArimaTest.walk(300, 81), D1);
        long[] expired = new long[1];
        long start = System.nanoTime();
        long limit = 150_000_000L;
        ArimaOptions options = ArimaOptions.defaults().withDeadline(() -> {
            boolean late = System.nanoTime() - start > limit;
            if (late && expired[0] == 0) {
                expired[0] = cpu();
            }
            return late;
        });
        AutoArimaResult result = AutoArima.select(
                y, D1.withSearch(AutoArimaOptions.Search.FULL).withOrders(5, 5).withFit(options));
        assertThat(result.fit().status().outcome().name()).isIn("TIMEOUT", "FALLBACK_111", "OK");
        if (expired[0] > 0) {
            // CPU time, so that a busy machine does not decide
            assertThat((cpu() - expired[0]) * 1e-6).isLessThan(250);
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
