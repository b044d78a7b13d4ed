package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.core.data.MarketData;

/** CPU time grows no faster than the data: T ~ n^a with a below 1.15, warm, medians. */
class EngineScalingTest {
    private static final double LARGEST_EXPONENT = 1.15;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    /** CPU nanoseconds of one run, the mean over as many runs as make small sizes measurable. */
    private static double cost(MarketData data, int runs) {
        long start = CLOCK.getCurrentThreadCpuTime();
        for (int k = 0; k < runs; k++) {
            BarEngine.run(data, new Momentum(20, false), EngineSettings.DEFAULT);
        }
        return (CLOCK.getCurrentThreadCpuTime() - start) / (double) runs;
    }

    /** Measures both sizes in turn, so that what else the machine does meets both. */
    private static double exponent(String what, IntFunction<MarketData> data, int small, int large, int rounds) {
        MarketData few = data.apply(small);
        MarketData many = data.apply(large);
        int runs = large / small;
        double[] fewer = new double[rounds];
        double[] more = new double[rounds];
        cost(few, 2 * runs);
        cost(many, 2);
        for (int k = 0; k < rounds; k++) {
            fewer[k] = cost(few, runs);
            more[k] = cost(many, 1);
        }
        Arrays.sort(fewer);
        Arrays.sort(more);
        double exponent = Math.log(more[rounds / 2] / fewer[rounds / 2]) / Math.log(runs);
        System.getLogger("engine")
                .log(
                        System.Logger.Level.INFO,
                        what + " " + small + " to " + large + ": " + fewer[rounds / 2] * 1e-6 + " ms to "
                                + more[rounds / 2] * 1e-6 + " ms, exponent " + exponent);
        return exponent;
    }

    @Test
    void tenTimesTheAssetsOrYearsCostTenTimesTheTime() {
        assertThat(exponent("assets", n -> Markets.random(1, n, 500), 10, 100, 5))
                .isLessThan(LARGEST_EXPONENT);
        assertThat(exponent("years", years -> Markets.random(2, 20, 365 * years), 1, 10, 5))
                .isLessThan(LARGEST_EXPONENT);
    }

    @Test
    @Tag("slow")
    void aThousandAssetsAndTenYearsScaleAlike() {
        assertThat(exponent("assets", n -> Markets.random(1, n, 730), 1, 1000, 7))
                .isLessThan(LARGEST_EXPONENT);
        assertThat(exponent("years", years -> Markets.random(2, 200, 365 * years), 1, 10, 7))
                .isLessThan(LARGEST_EXPONENT);
    }
}
