package org.lama.core.stats;

import java.util.List;
import org.lama.core.base.Api;

/**
 * Test of normality by Jarque and Bera (1980, Economics Letters 6, 255-259): n / 6 (g1^2 + (b - 3)^2 / 4) with the biased
 * skewness and kurtosis of {@link Moments}. <b>Null: skewness and kurtosis are those of a normal distribution; large
 * values reject.</b> The chi-squared distribution with 2 degrees of freedom is reached slowly: below some 100 values the
 * test is too timid at 5 % and too bold at 1 %.
 *
 * <p>Missing values (NaN) are skipped; constant, infinite and empty samples give NaN and a note. O(n), stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class JarqueBera {
    private static final String NAME = "Jarque-Bera";
    private static final String NULL = "normal skewness and kurtosis; rejected for large values";

    private JarqueBera() {}

    /**
     * Runs the test.
     *
     * @param x the sample, not changed
     * @return the result, with 0 lags
     */
    public static TestResult test(double[] x) {
        Moments moments = Moments.of(x);
        double excess = moments.excessKurtosis();
        double statistic = moments.count() / 6.0 * (moments.skewness() * moments.skewness() + 0.25 * excess * excess);
        if (Double.isNaN(statistic)) {
            return TestResult.undefined(
                    NAME, NULL, 0, moments.count(), "the sample is constant, empty or holds an infinite value");
        }
        // Upper tail of chi-squared with 2 degrees of freedom.
        return new TestResult(NAME, NULL, statistic, Math.exp(-0.5 * statistic), 0, moments.count(), List.of(), "");
    }
}
