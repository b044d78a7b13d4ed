package org.lama.backtest.cli;

/** Names of forecast intervals by their level in percent. */
final class Intervals {
    private Intervals() {}

    static String name(double level) {
        return level == Math.rint(level) ? Long.toString((long) level) : Double.toString(level);
    }
}
