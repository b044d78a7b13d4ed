package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.signal.FitStatus;

/** What remains when nothing can be estimated: y_(t+1) = y_t (plus the slope of a perfect line), never an exception. */
final class RandomWalk {
    private RandomWalk() {}

    static ArimaFit of(double[] y, int evaluations, String reason) {
        double[] residuals = new double[y.length];
        double[] predictions = new double[y.length];
        Arrays.fill(residuals, Double.NaN);
        Arrays.fill(predictions, Double.NaN);
        double slope = slopeOfPerfectLine(y);
        double last = Double.NaN;
        double root = 0;
        int steps = 0;
        int gap = 0;
        for (int t = 0; t < y.length; t++) {
            gap++;
            if (!Double.isNaN(last)) {
                predictions[t] = last + slope * gap;
            }
            if (Double.isFinite(y[t])) {
                if (!Double.isNaN(last)) {
                    residuals[t] = (y[t] - predictions[t]) / Math.sqrt(gap);
                    // hypot neither overflows nor underflows
                    root = Math.hypot(root, residuals[t]);
                    steps++;
                }
                last = y[t];
                gap = 0;
            }
        }
        double sigma = steps > 0 ? root / Math.sqrt(steps) : 0;
        ArimaSpec spec = new ArimaSpec(0, 1, 0, slope != 0);
        double[] errors = slope != 0 ? new double[] {Double.NaN} : new double[0];
        ArimaFit.Estimate estimate = new ArimaFit.Estimate(new double[0], new double[0], errors, sigma)
                .constant(spec, slope)
                .likelihood(Double.NaN, steps)
                .search("none", 0, evaluations);
        FitStatus status = new FitStatus(FitStatus.Outcome.FALLBACK_RW, 0, Double.NaN, reason);
        ArimaFilter end = end(last, slope, sigma, gap);
        return new ArimaFit(spec, status, estimate, residuals, predictions, new ArimaFit.Place(end, y.length, end));
    }

    private static ArimaFilter end(double last, double slope, double sigma, int gap) {
        LevelFilter filter = new LevelFilter(new double[0], new double[0], 1);
        filter.begin(0);
        ArimaFilter end = new ArimaFilter(filter, new ArimaFilter.Units(last, slope, 1, sigma), 1);
        end.skip(gap);
        return end;
    }

    /** The common difference of neighbours if all are equal, else 0. */
    private static double slopeOfPerfectLine(double[] y) {
        if (y.length < 3) {
            return 0;
        }
        double slope = y[1] - y[0];
        double tolerance = 1e-9 * Math.abs(slope);
        for (int t = 1; t < y.length; t++) {
            if (!(Math.abs(y[t] - y[t - 1] - slope) <= tolerance)) {
                return 0;
            }
        }
        return slope;
    }
}
