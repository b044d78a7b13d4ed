package org.lama.core.stats;

import java.util.List;
import org.lama.core.math.Distributions;

/**
 * Distributions of unit-root statistics by response surfaces, see {@link UnitRootTables}: asymptotic p-values and
 * critical values for a number of rows at 1, 5 and 10 %.
 */
final class MacKinnon {
    /** Most series of a cointegrating regression with p-values. */
    static final int MOST_SERIES = UnitRootTables.TAU_LOWEST[0].length;

    private static final double[] LEVELS = {0.01, 0.05, 0.10};

    private MacKinnon() {}

    /** P(tau <= statistic) under a unit root; 0 and 1 outside of the range the surface was fitted on. */
    static double pValue(double statistic, Trend trend) {
        return pValue(statistic, trend, 1);
    }

    /** The same for the residuals of a regression among so many series; NaN for more than the table has. */
    static double pValue(double statistic, Trend trend, int series) {
        int row = trend.terms();
        int i = series - 1;
        if (Double.isNaN(statistic) || series > MOST_SERIES) {
            return Double.NaN;
        }
        if (statistic > UnitRootTables.TAU_HIGHEST[row][i]) {
            return 1;
        }
        if (statistic < UnitRootTables.TAU_LOWEST[row][i]) {
            return 0;
        }
        double[][][] side =
                statistic <= UnitRootTables.TAU_BORDER[row][i] ? UnitRootTables.TAU_LEFT : UnitRootTables.TAU_RIGHT;
        return Distributions.normalTail(-horner(side[row][i], statistic));
    }

    /** P(z <= statistic) of the normalised coefficient n (rho - 1). */
    static double pValueRho(double statistic, Trend trend) {
        int row = trend.terms();
        if (Double.isNaN(statistic)) {
            return Double.NaN;
        }
        return statistic <= UnitRootTables.RHO_BORDER[row]
                ? Distributions.normalTail(-horner(UnitRootTables.RHO_LEFT[row], Math.log(-statistic)))
                : Distributions.normalTail(-horner(UnitRootTables.RHO_RIGHT[row], statistic));
    }

    /** P(tau <= statistic) after the detrending of Elliott, Rothenberg and Stock around a level or a line. */
    static double pValueGls(double statistic, Trend trend) {
        int row = trend.terms() - 1;
        if (Double.isNaN(statistic)) {
            return Double.NaN;
        }
        if (statistic > UnitRootTables.GLS_HIGHEST[row]) {
            return 1;
        }
        if (statistic < UnitRootTables.GLS_LOWEST[row]) {
            return 0;
        }
        double[][] side =
                statistic <= UnitRootTables.GLS_BORDER[row] ? UnitRootTables.GLS_LEFT : UnitRootTables.GLS_RIGHT;
        return Distributions.normalTail(-horner(side[row], statistic));
    }

    /** Critical values of tau at 1, 5 and 10 % for a number of regression rows. */
    static List<TestResult.CriticalValue> criticalValues(Trend trend, int rows) {
        return criticalValues(trend, rows, 1);
    }

    /** The same for a regression among so many series; empty where there is no table. */
    static List<TestResult.CriticalValue> criticalValues(Trend trend, int rows, int series) {
        double[][][] table = UnitRootTables.TAU_CRITICAL[trend.terms()];
        return series > table.length ? List.of() : at(table[series - 1], rows);
    }

    /** Critical values of the normalised coefficient. */
    static List<TestResult.CriticalValue> criticalValuesRho(Trend trend, int rows) {
        return at(UnitRootTables.RHO_CRITICAL[trend.terms()], rows);
    }

    /** Critical values after the detrending of Elliott, Rothenberg and Stock. */
    static List<TestResult.CriticalValue> criticalValuesGls(Trend trend, int rows) {
        return at(UnitRootTables.GLS_CRITICAL[trend.terms() - 1], rows);
    }

    private static List<TestResult.CriticalValue> at(double[][] table, int rows) {
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
