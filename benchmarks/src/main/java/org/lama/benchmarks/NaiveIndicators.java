package org.lama.benchmarks;

import java.util.Arrays;

/** The textbook's indicators, each window summed anew and each step into an array of its own; NaN while not warm. */
final class NaiveIndicators {
    private NaiveIndicators() {}

    static double[] sma(double[] x, int window) {
        double[] out = new double[x.length];
        Arrays.fill(out, Double.NaN);
        for (int t = window - 1; t < x.length; t++) {
            out[t] = Arrays.stream(x, t - window + 1, t + 1).sum() / window;
        }
        return out;
    }

    /** Begun at a row with the mean of the window that ends there. */
    static double[] ema(double[] x, int window, double weight, int start) {
        double[] out = new double[x.length];
        Arrays.fill(out, Double.NaN);
        if (start < x.length) {
            out[start] = Arrays.stream(x, start - window + 1, start + 1).sum() / window;
        }
        for (int t = start + 1; t < x.length; t++) {
            out[t] = out[t - 1] + weight * (x[t] - out[t - 1]);
        }
        return out;
    }

    static double[] rsi(double[] x, int window) {
        double[] gains = new double[x.length];
        double[] losses = new double[x.length];
        for (int t = 1; t < x.length; t++) {
            gains[t] = Math.max(0, x[t] - x[t - 1]);
            losses[t] = Math.max(0, x[t - 1] - x[t]);
        }
        double[] up = ema(gains, window, 1.0 / window, window);
        double[] down = ema(losses, window, 1.0 / window, window);
        double[] out = new double[x.length];
        Arrays.setAll(out, t -> 100 - 100 / (1 + up[t] / down[t]));
        return out;
    }

    static double[] macd(double[] x, int fast, int slow, int signal) {
        double[] quick = ema(x, fast, 2.0 / (fast + 1), slow - 1);
        double[] calm = ema(x, slow, 2.0 / (slow + 1), slow - 1);
        double[] difference = new double[x.length];
        Arrays.setAll(difference, t -> quick[t] - calm[t]);
        double[] line = ema(difference, signal, 2.0 / (signal + 1), slow + signal - 2);
        double[] out = new double[x.length];
        Arrays.setAll(out, t -> difference[t] - line[t]);
        return out;
    }

    static double[] cci(double[][] bars, int window) {
        double[] typical = new double[bars[0].length];
        Arrays.setAll(typical, t -> (bars[1][t] + bars[2][t] + bars[3][t]) / 3);
        double[] mean = sma(typical, window);
        double[] out = new double[typical.length];
        Arrays.fill(out, Double.NaN);
        for (int t = window - 1; t < out.length; t++) {
            double centre = mean[t];
            double deviation = Arrays.stream(typical, t - window + 1, t + 1)
                            .map(v -> Math.abs(v - centre))
                            .sum()
                    / window;
            out[t] = (typical[t] - centre) / (0.015 * deviation);
        }
        return out;
    }
}
