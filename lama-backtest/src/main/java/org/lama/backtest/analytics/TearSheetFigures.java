package org.lama.backtest.analytics;

import java.util.Arrays;
import java.util.Map;

/** The figures that tear sheets print beside the classic ones; they build on those and come after them. */
final class TearSheetFigures {
    private static final double TAIL = 0.05;
    private static final int LEAST_IN_TAIL = 5;

    private final double[] returns;
    private final double periodsPerYear;
    private final Map<Metric, Double> values;

    TearSheetFigures(double[] returns, double periodsPerYear, Map<Metric, Double> values) {
        this.returns = returns;
        this.periodsPerYear = periodsPerYear;
        this.values = values;
    }

    /** All that need no benchmark; there is at least one row. */
    void put() {
        int n = returns.length;
        double total = value(Metric.TOTAL_RETURN);
        put(Metric.EXPECTED_RETURN, total > -1 ? Math.pow(1 + total, 1.0 / n) - 1 : -1);
        putRuns();
        double downside = 0;
        double sum = 0;
        double losses = 0;
        for (double r : returns) {
            double loss = Math.min(r, 0);
            downside += loss * loss;
            losses -= loss;
            sum += r;
        }
        put(Metric.DOWNSIDE_DEVIATION_ANNUAL, Math.sqrt(downside / n) * Math.sqrt(periodsPerYear));
        put(Metric.GAIN_TO_PAIN, Ratios.of(sum, losses));
        put(Metric.COMMON_SENSE_RATIO, value(Metric.PROFIT_FACTOR) * value(Metric.TAIL_RATIO));
        put(Metric.RECOVERY_FACTOR, Ratios.of(total, Math.abs(value(Metric.MAXIMUM_DRAWDOWN))));
        put(Metric.MARTIN_RATIO, Ratios.of(value(Metric.COMPOUND_ANNUAL_GROWTH), value(Metric.ULCER_INDEX)));
        put(Metric.STABILITY, stability());
        double wins = value(Metric.WIN_RATE);
        put(Metric.KELLY, wins - Ratios.of(1 - wins, value(Metric.PAYOFF_RATIO)));
        put(Metric.RISK_OF_RUIN, Math.pow((1 - wins) / (1 + wins), n));
        put(Metric.TAIL_INDEX, tailIndex());
        put(Metric.SHARPE_AUTOCORRELATION_ADJUSTED, adjustedSharpe());
    }

    private void putRuns() {
        double best = Double.NEGATIVE_INFINITY;
        double worst = Double.POSITIVE_INFINITY;
        int active = 0;
        int up = 0;
        int down = 0;
        int longestUp = 0;
        int longestDown = 0;
        for (double r : returns) {
            best = Math.max(best, r);
            worst = Math.min(worst, r);
            active += r != 0 ? 1 : 0;
            up = r > 0 ? up + 1 : 0;
            down = r < 0 ? down + 1 : 0;
            longestUp = Math.max(longestUp, up);
            longestDown = Math.max(longestDown, down);
        }
        put(Metric.BEST_PERIOD, best);
        put(Metric.WORST_PERIOD, worst);
        put(Metric.TIME_IN_MARKET, (double) active / returns.length);
        put(Metric.LONGEST_WINNING_STREAK, longestUp);
        put(Metric.LONGEST_LOSING_STREAK, longestDown);
    }

    private double stability() {
        int n = returns.length;
        double[] path = new double[n];
        double level = 0;
        for (int t = 0; t < n; t++) {
            if (!(returns[t] > -1)) {
                return Double.NaN;
            }
            level += Math.log1p(returns[t]);
            path[t] = level;
        }
        double mean = Moments.of(path).mean();
        double middle = (n - 1) / 2.0;
        double covariance = 0;
        double variance = 0;
        double time = 0;
        for (int t = 0; t < n; t++) {
            covariance += (t - middle) * (path[t] - mean);
            variance += (path[t] - mean) * (path[t] - mean);
            time += (t - middle) * (t - middle);
        }
        return variance > 0 && time > 0 ? covariance / variance * (covariance / time) : Double.NaN;
    }

    private double tailIndex() {
        double[] losses = Arrays.stream(returns)
                .filter(r -> r < 0)
                .map(r -> -r)
                .sorted()
                .toArray();
        int k = (int) Math.floor(TAIL * returns.length);
        if (k < LEAST_IN_TAIL || losses.length <= k) {
            return Double.NaN;
        }
        double threshold = Math.log(losses[losses.length - k - 1]);
        double sum = 0;
        for (int i = losses.length - k; i < losses.length; i++) {
            sum += Math.log(losses[i]) - threshold;
        }
        return Ratios.of(k, sum);
    }

    private double adjustedSharpe() {
        int n = returns.length;
        double q = Math.max(1, Math.rint(periodsPerYear));
        double mean = value(Metric.MEAN);
        double[] centred = Arrays.stream(returns).map(r -> r - mean).toArray();
        double variance = product(centred, 0);
        int lags = (int) Math.min(q - 1, Math.min(n - 1.0, Math.floor(4 * Math.pow(n / 100.0, 2.0 / 9))));
        double sum = q;
        for (int k = 1; k <= lags; k++) {
            sum += 2 * (q - k) * Ratios.of(product(centred, k), variance);
        }
        return sum > 0 ? value(Metric.SHARPE_PER_PERIOD) * q / Math.sqrt(sum) : Double.NaN;
    }

    private static double product(double[] x, int lag) {
        double sum = 0;
        for (int t = lag; t < x.length; t++) {
            sum += x[t] * x[t - lag];
        }
        return sum;
    }

    /** Those against a benchmark; there are at least two rows and beta stands. */
    void put(double[] benchmark, Moments market) {
        double sd = value(Metric.STANDARD_DEVIATION);
        double beta = value(Metric.BETA);
        put(Metric.ALPHA_ANNUAL_SIMPLE, value(Metric.ALPHA_PER_PERIOD) * periodsPerYear);
        put(Metric.CORRELATION, beta * Ratios.of(market.standardDeviation(), sd));
        put(Metric.TREYNOR, Ratios.of(value(Metric.MEAN) * periodsPerYear, beta));
        double up = capture(benchmark, 1);
        double down = capture(benchmark, -1);
        put(Metric.UP_CAPTURE, up);
        put(Metric.DOWN_CAPTURE, down);
        put(Metric.CAPTURE_RATIO, Ratios.of(up, down));
    }

    private double capture(double[] benchmark, int sign) {
        double own = 1;
        double other = 1;
        int count = 0;
        for (int t = 0; t < benchmark.length; t++) {
            if (benchmark[t] * sign > 0) {
                own *= 1 + returns[t];
                other *= 1 + benchmark[t];
                count++;
            }
        }
        double power = periodsPerYear / Math.max(1, count);
        return Ratios.of(Math.pow(Math.max(0, own), power) - 1, Math.pow(Math.max(0, other), power) - 1);
    }

    private double value(Metric metric) {
        return values.getOrDefault(metric, Double.NaN);
    }

    private void put(Metric metric, double value) {
        values.put(metric, value);
    }
}
