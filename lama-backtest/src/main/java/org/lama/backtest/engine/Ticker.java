package org.lama.backtest.engine;

import java.util.Arrays;

/** The last print and the last best prices of each instrument; NaN before the first. */
final class Ticker {
    final double[] price;
    final double[] quantity;
    final double[] bid;
    final double[] ask;

    Ticker(int instruments) {
        price = unknown(instruments);
        quantity = unknown(instruments);
        bid = unknown(instruments);
        ask = unknown(instruments);
    }

    private static double[] unknown(int size) {
        double[] column = new double[size];
        Arrays.fill(column, Double.NaN);
        return column;
    }

    /** Relative spread of the last book, NaN if there is none. */
    double spread(int instrument) {
        return 2 * (ask[instrument] - bid[instrument]) / (ask[instrument] + bid[instrument]);
    }
}
