package org.lama.datasets;

import java.util.Arrays;
import org.lama.core.math.Quantiles;
import org.lama.core.series.Frame;

/**
 * A small long-only trader that measures how much of the planted edge can be found without the real study: an
 * autoregression of order 0 to 5 by AICc on the last 365 daily log returns, refitted every 30 days; decision at the close,
 * fill at the next open, weight tanh(z / k) · min(1, 40 % / volatility), no trade below a tenth of the target.
 */
final class PlainTrader {
    private static final int WINDOW = 365;
    private static final int REFIT = 30;
    private static final int MAX_ORDER = 5;

    /** Mean over standard deviation of the daily net returns with its t value, and the turnover a year. */
    record Outcome(double annualSharpe, double tValue, double turnover) {}

    private final double costPerSide;

    PlainTrader(double costPerSide) {
        this.costPerSide = costPerSide;
    }

    Outcome trade(Frame frame) {
        double[] open = frame.column("open").toArray();
        double[] close = frame.column("close").toArray();
        int n = close.length;
        double[] r = new double[n];
        for (int t = 1; t < n; t++) {
            r[t] = StrictMath.log(close[t] / close[t - 1]);
        }
        double[] gains = new double[n];
        int count = 0;
        double held = 0;
        double turnover = 0;
        double[] model = new double[0];
        for (int t = WINDOW; t + 2 < n; t++) {
            if ((t - WINDOW) % REFIT == 0) {
                model = fit(r, t - WINDOW + 1, t + 1);
            }
            double z = forecast(model, r, t) / model[model.length - 2];
            double k = model[model.length - 1];
            double variance = 0;
            double weight = 0;
            for (int i = 0; i < 60; i++) {
                double w = Math.pow(0.94, i);
                variance += w * r[t - i] * r[t - i];
                weight += w;
            }
            double annual = Math.sqrt(variance / weight * 365);
            double target = Math.max(0, Math.tanh(z / k)) * Math.min(1, 0.4 / annual);
            double change = Math.abs(target - held) < 0.1 * target ? 0 : target - held;
            held += change;
            turnover += Math.abs(change);
            gains[count++] = held * (open[t + 2] / open[t + 1] - 1) - Math.abs(change) * costPerSide;
        }
        double mean = Arrays.stream(gains, 0, count).average().orElse(0);
        double sd = Math.sqrt(
                Arrays.stream(gains, 0, count).map(g -> (g - mean) * (g - mean)).sum() / (count - 1));
        double sharpe = sd > 0 ? mean / sd : 0;
        return new Outcome(sharpe * Math.sqrt(365), sharpe * Math.sqrt(count), turnover / count * 365);
    }

    private static double forecast(double[] model, double[] r, int t) {
        int p = model.length - 2;
        double sum = 0;
        for (int i = 0; i < p; i++) {
            sum += model[i] * r[t - i];
        }
        return sum;
    }

    /** Coefficients of the order with the smallest AICc, then residual deviation, then the 0.9 quantile of |z|. */
    private static double[] fit(double[] r, int from, int to) {
        double[] best = {1, 1};
        double bestCriterion = Double.POSITIVE_INFINITY;
        int n = to - from - MAX_ORDER;
        for (int p = 0; p <= MAX_ORDER; p++) {
            double[][] a = new double[p][p + 1];
            for (int t = from + MAX_ORDER; t < to; t++) {
                for (int i = 0; i < p; i++) {
                    for (int j = 0; j < p; j++) {
                        a[i][j] += r[t - 1 - i] * r[t - 1 - j];
                    }
                    a[i][p] += r[t - 1 - i] * r[t];
                }
            }
            double[] model = Arrays.copyOf(solve(a), p + 2);
            double squares = 0;
            double[] z = new double[n];
            for (int t = from + MAX_ORDER; t < to; t++) {
                z[t - from - MAX_ORDER] = Math.abs(forecast(model, r, t - 1));
                double e = r[t] - forecast(model, r, t - 1);
                squares += e * e;
            }
            int k = p + 1;
            double criterion = n * Math.log(squares / n) + 2.0 * k + 2.0 * k * (k + 1) / (n - k - 1);
            if (criterion < bestCriterion) {
                bestCriterion = criterion;
                model[p] = Math.sqrt(squares / n);
                model[p + 1] = Math.max(0.02, Quantiles.of(z, 0.9) / model[p]);
                best = model;
            }
        }
        return best;
    }

    private static double[] solve(double[][] a) {
        int n = a.length;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double f = a[j][i] / a[i][i];
                for (int c = i; c <= n; c++) {
                    a[j][c] -= f * a[i][c];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = a[i][n];
            for (int c = i + 1; c < n; c++) {
                sum -= a[i][c] * x[c];
            }
            x[i] = sum / a[i][i];
        }
        return x;
    }
}
