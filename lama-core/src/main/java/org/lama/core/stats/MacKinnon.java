package org.lama.core.stats;

import java.util.List;
import org.lama.core.math.Distributions;

/**
 * Distribution of the Dickey-Fuller t statistic. P-values: asymptotic response surfaces of MacKinnon (1994, Journal of
 * Business and Economic Statistics 12, 167-176), tables 3 and 4 for one series. Critical values: finite-sample response
 * surfaces of MacKinnon (2010, Queen's Economics Department Working Paper 1227); those without deterministic terms are
 * from the 1996 paper, which 2010 did not renew. Rows by {@link Trend#terms()}.
 */
final class MacKinnon {
    private static final double[] LOWEST = {-19.04, -18.83, -16.18, -17.17};
    private static final double[] HIGHEST = {Double.POSITIVE_INFINITY, 2.74, 0.7, 0.54};
    private static final double[] BORDER = {-1.04, -1.61, -2.89, -3.21};
    private static final double[][] LEFT = {
        {0.6344, 1.2378, 0.032496},
        {2.1659, 1.4412, 0.038269},
        {3.2512, 1.6047, 0.049588},
        {4.0003, 1.658, 0.048288},
    };
    private static final double[][] RIGHT = {
        {0.4797, 0.93557, -0.06999, 0.033066},
        {1.7339, 0.93202, -0.12745, -0.010368},
        {2.5261, 0.61654, -0.37956, -0.060285},
        {3.0778, 0.49529, -0.41477, -0.059359},
    };
    private static final double[] LEVELS = {0.01, 0.05, 0.10};
    private static final double[][][] CRITICAL = {
        {{-2.56574, -2.2358, -3.627, 0}, {-1.94100, -0.2686, -3.365, 31.223}, {-1.61682, 0.2656, -2.714, 25.364}},
        {{-3.43035, -6.5393, -16.786, -79.433}, {-2.86154, -2.8903, -4.234, -40.040}, {-2.56677, -1.5384, -2.809, 0}},
        {
            {-3.95877, -9.0531, -28.428, -134.155},
            {-3.41049, -4.3904, -9.036, -45.374},
            {-3.12705, -2.5856, -3.925, -22.380}
        },
        {
            {-4.37113, -11.5882, -35.819, -334.047},
            {-3.83239, -5.9057, -12.490, -118.284},
            {-3.55326, -3.6596, -5.293, -63.559}
        },
    };

    private MacKinnon() {}

    /** P(tau <= statistic) under a unit root; 0 and 1 outside of the range the surface was fitted on. */
    static double pValue(double statistic, Trend trend) {
        int row = trend.terms();
        if (Double.isNaN(statistic)) {
            return Double.NaN;
        }
        if (statistic > HIGHEST[row]) {
            return 1;
        }
        if (statistic < LOWEST[row]) {
            return 0;
        }
        return Distributions.normalTail(-horner(statistic <= BORDER[row] ? LEFT[row] : RIGHT[row], statistic));
    }

    /** Critical values at 1, 5 and 10 % for a number of regression rows. */
    static List<TestResult.CriticalValue> criticalValues(Trend trend, int rows) {
        double[][] table = CRITICAL[trend.terms()];
        return List.of(
                new TestResult.CriticalValue(LEVELS[0], horner(table[0], 1.0 / rows)),
                new TestResult.CriticalValue(LEVELS[1], horner(table[1], 1.0 / rows)),
                new TestResult.CriticalValue(LEVELS[2], horner(table[2], 1.0 / rows)));
    }

    private static double horner(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
