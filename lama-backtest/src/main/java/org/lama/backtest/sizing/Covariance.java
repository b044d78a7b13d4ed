package org.lama.backtest.sizing;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Covariances of returns, with gaps. Only instruments with enough returns and with variation take part; the others are left
 * out, so that one young coin does not shorten the window of all. Each member is centred by the mean of its own returns,
 * missing ones then count as 0, and row sums are divided by the counts of both members: {@code c_ij = Σ z_i z_j / √(n_i
 * n_j)}. Without gaps that is the textbook estimator; with gaps the matrix stays positive semidefinite (a pairwise one does
 * not), variances stay unbiased, and a correlation is drawn towards 0 by the share of rows that the two do not share.
 * Immutable and thread-safe. O(rows · members²).
 *
 * <p>Shrinkage: Ledoit and Wolf (2004), "A well-conditioned estimator for large-dimensional covariance matrices", Journal of
 * Multivariate Analysis 88, and Ledoit and Wolf (2004), "Honey, I shrunk the sample covariance matrix", Journal of Portfolio
 * Management 30(4), appendix B.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Covariance {
    /** Deviations outside of this range have no safe fourth power. */
    private static final double SMALLEST_DEVIATION = 1e-30;

    private static final double LARGEST_DEVIATION = 1e30;

    private final int[] instruments;
    private final double[] means;
    private final double[] matrix;
    private final double shrinkage;

    /** Estimators. */
    public enum Kind {
        /** Sums of products over n − 1. */
        SAMPLE,
        /** Weights that halve every half-life, around the weighted mean, over the sum of weights. */
        EWMA,
        /** Sums over n, shrunk towards the mean variance times the identity. */
        LEDOIT_WOLF,
        /** Sums over n, shrunk towards the same variances with one correlation for all pairs. */
        CONSTANT_CORRELATION
    }

    private Covariance(int[] instruments, double[] means, double[] matrix, double shrinkage) {
        this.instruments = instruments;
        this.means = means;
        this.matrix = matrix;
        this.shrinkage = shrinkage;
    }

    /**
     * Estimates the covariances.
     *
     * @param window returns
     * @param wanted which instruments may take part
     * @param kind estimator
     * @param halfLifeRows half-life of {@link Kind#EWMA} in rows, above 0
     * @param minRows fewest returns of a member, at least 2
     * @return the covariances of the members, perhaps none
     */
    public static Covariance of(ReturnWindow window, boolean[] wanted, Kind kind, double halfLifeRows, int minRows) {
        Check.positive(halfLifeRows, "halfLifeRows");
        Check.atLeast(minRows, 2, "minRows");
        double[] weights = new double[window.rows()];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = kind == Kind.EWMA ? Math.pow(0.5, (weights.length - 1 - t) / halfLifeRows) : 1;
        }
        int[] members = new int[window.instruments()];
        double[] means = new double[members.length];
        double[][] columns = new double[members.length][];
        int count = 0;
        for (int i = 0; i < members.length; i++) {
            if (wanted[i] && window.present(i) >= minRows) {
                double mean = mean(window, i, weights);
                double[] column = centred(window, i, weights, mean, kind == Kind.SAMPLE ? 1 : 0);
                if (column.length > 0) {
                    members[count] = i;
                    means[count] = mean;
                    columns[count++] = column;
                }
            }
        }
        return of(Arrays.copyOf(members, count), Arrays.copyOf(means, count), columns, kind);
    }

    private static Covariance of(int[] members, double[] means, double[][] columns, Kind kind) {
        int n = members.length;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = Shrinkage.dot(columns[i], columns[j]);
                matrix[i * n + j] = sum;
                matrix[j * n + i] = sum;
            }
        }
        double shrinkage = switch (kind) {
            case SAMPLE, EWMA -> 0;
            case LEDOIT_WOLF -> Shrinkage.toIdentity(matrix, columns, n);
            case CONSTANT_CORRELATION -> Shrinkage.toConstantCorrelation(matrix, columns, n);
        };
        return new Covariance(members, means, matrix, shrinkage);
    }

    private static double mean(ReturnWindow window, int instrument, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int t = 0; t < weights.length; t++) {
            double value = window.at(instrument, t);
            if (!Double.isNaN(value)) {
                sum += weights[t] * value;
                total += weights[t];
            }
        }
        return sum / total;
    }

    /** Deviations from the mean so scaled that sums of products are covariances; empty if there is no variation. */
    private static double[] centred(ReturnWindow window, int instrument, double[] weights, double mean, int lost) {
        double[] column = new double[weights.length];
        double total = -lost;
        double largest = 0;
        for (int t = 0; t < column.length; t++) {
            double value = window.at(instrument, t);
            if (!Double.isNaN(value)) {
                total += weights[t];
                column[t] = Math.sqrt(weights[t]) * (value - mean);
                largest = Math.max(largest, Math.abs(column[t]));
            }
        }
        // A constant leaves the rounding of its mean behind.
        boolean varies =
                largest > SMALLEST_DEVIATION && largest > 1e-14 * Math.abs(mean) && largest < LARGEST_DEVIATION;
        for (int t = 0; t < column.length; t++) {
            column[t] /= Math.sqrt(total);
        }
        return varies ? column : new double[0];
    }

    /**
     * How many instruments take part.
     *
     * @return at least 0
     */
    public int size() {
        return instruments.length;
    }

    /**
     * Which instrument a member is.
     *
     * @param member 0 to {@code size() − 1}
     * @return its number in the window, rising with the member
     */
    public int instrument(int member) {
        return instruments[member];
    }

    /**
     * Mean return of a member, weighted as the covariances are.
     *
     * @param member 0 to {@code size() − 1}
     * @return a fraction per row
     */
    public double mean(int member) {
        return means[member];
    }

    /**
     * Covariance of two members.
     *
     * @param row 0 to {@code size() − 1}
     * @param column 0 to {@code size() − 1}
     * @return per row of the window
     */
    public double at(int row, int column) {
        return matrix[row * instruments.length + column];
    }

    /**
     * Standard deviation of a member.
     *
     * @param member 0 to {@code size() − 1}
     * @return above 0, per row of the window
     */
    public double deviation(int member) {
        return Math.sqrt(at(member, member));
    }

    /**
     * How far the sample matrix was moved towards the target.
     *
     * @return 0 to 1
     */
    public double shrinkage() {
        return shrinkage;
    }

    /** Entries row by row with the signs of both members: covariances of the returns in the directions wanted. */
    double[] directed(double[] direction) {
        int n = instruments.length;
        double[] copy = matrix.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                copy[i * n + j] *= Math.signum(direction[instruments[i]]) * Math.signum(direction[instruments[j]]);
            }
        }
        return copy;
    }
}
