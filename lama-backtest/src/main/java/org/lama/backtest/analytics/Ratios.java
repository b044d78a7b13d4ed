package org.lama.backtest.analytics;

/** Division that says "not defined" where the denominator is 0. */
final class Ratios {
    private Ratios() {}

    static double of(double numerator, double denominator) {
        return denominator == 0 ? Double.NaN : numerator / denominator;
    }
}
