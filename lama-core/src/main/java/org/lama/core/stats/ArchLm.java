package org.lama.core.stats;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Distributions;
import org.lama.core.math.Sums;

/**
 * Engle's (1982, Econometrica 50, 987-1007) Lagrange multiplier test of autoregressive conditional heteroskedasticity:
 * squares of the demeaned series are regressed on a constant and their own first h lags; the statistic is (rows - fitted
 * parameters) R^2, against chi-squared with h degrees of freedom. Beside it stands the F form of the same regression.
 * <b>Null: constant conditional variance up to lag h; large values reject.</b>
 *
 * <p>The mean is subtracted first: residuals with mean zero are taken as they are. A series with a missing or infinite value,
 * a constant one, one whose squares do not vary and one that is too short give NaN and a note. Nothing changes when the
 * series is shifted or multiplied. O(n · lags^2), stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ArchLm {
    private static final String NAME = "ARCH-LM";
    private static final String NULL = "constant conditional variance up to the last lag; rejected for large values";
    private static final double NOISE = 1e-13;

    private ArchLm() {}

    /**
     * Both forms of the test.
     *
     * @param test the Lagrange multiplier form; its observations are the regression rows
     * @param f the F statistic, at least 0; NaN if undefined
     * @param fPValue its upper tail, 0 to 1; NaN if undefined
     */
    public record Result(TestResult test, double f, double fPValue) implements Tabular {
        /**
         * Checks the parts.
         *
         * @param test the Lagrange multiplier form
         * @param f the F statistic
         * @param fPValue its upper tail
         */
        public Result {
            Check.notNull(test, "test");
        }

        /** The columns of the test, then the F form. */
        @Override
        public List<Column> columns() {
            List<Column> columns = new ArrayList<>(test.columns());
            columns.add(3, new Column("F", List.of(f)));
            columns.add(4, new Column("F p-value", List.of(fPValue)));
            return List.copyOf(columns);
        }
    }

    /**
     * The test without fitted parameters.
     *
     * @param x series or residuals, oldest value first; not changed
     * @param lags h, at least 1
     * @return the result
     */
    public static Result test(double[] x, int lags) {
        return test(x, lags, 0);
    }

    /**
     * Runs the test.
     *
     * @param x series or residuals, oldest value first; not changed
     * @param lags h, at least 1
     * @param fittedParameters number of fitted parameters that the rows lose in the statistic, at least 0
     * @return the result
     */
    public static Result test(double[] x, int lags, int fittedParameters) {
        Check.atLeast(lags, 1, "lags");
        Check.atLeast(fittedParameters, 0, "fittedParameters");
        int n = x.length;
        int rows = Math.max(0, n - lags);
        String complaint = Samples.complaint(x, 0, n);
        if (complaint.isEmpty() && rows < lags + 2) {
            complaint = "the series is too short: " + n + " rows for " + lags + " lags";
        }
        return complaint.isEmpty() ? regress(squares(x), lags, fittedParameters) : undefined(lags, rows, complaint);
    }

    private static double[] squares(double[] x) {
        Centred centred = Centred.of(x);
        double[] squares = centred.values().clone();
        for (int t = 0; t < squares.length; t++) {
            squares[t] *= squares[t];
        }
        return squares;
    }

    private static Result regress(double[] z, int lags, int fittedParameters) {
        int rows = z.length - lags;
        Basis basis = Basis.ofTrend(1, rows, lags);
        double[] response = window(z, lags, rows);
        double largest = Samples.largest(z);
        basis.residual(response);
        double total = Sums.dot(response, 0, response, 0, rows);
        for (int j = 1; j <= lags; j++) {
            basis.add(window(z, lags - j, rows));
        }
        if (!(total > rows * (NOISE * largest) * (NOISE * largest))) {
            return undefined(lags, rows, "the squares do not vary");
        }
        basis.residual(response);
        double rss = Sums.dot(response, 0, response, 0, rows);
        double share = Math.min(1, Math.max(0, 1 - rss / total));
        double statistic = (rows - fittedParameters) * share;
        int df = rows - lags - 1;
        double f = (total - rss) / lags / (rss / df);
        if (!(statistic >= 0)) {
            return undefined(
                    lags, rows, "the series is too short: " + rows + " rows, " + fittedParameters + " parameters");
        }
        return new Result(
                new TestResult(
                        NAME,
                        NULL,
                        statistic,
                        Distributions.chiSquaredTail(statistic, lags),
                        lags,
                        rows,
                        List.of(),
                        ""),
                f,
                Distributions.fTail(f, lags, df));
    }

    private static double[] window(double[] z, int from, int rows) {
        double[] column = new double[rows];
        System.arraycopy(z, from, column, 0, rows);
        return column;
    }

    private static Result undefined(int lags, int rows, String note) {
        return new Result(TestResult.undefined(NAME, NULL, lags, rows, note), Double.NaN, Double.NaN);
    }
}
