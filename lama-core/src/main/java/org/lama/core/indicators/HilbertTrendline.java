package org.lama.core.indicators;

import java.util.Arrays;

/**
 * Ehlers' instantaneous trendline (Rocket Science for Traders, 2001): the mean price over the dominant cycle, smoothed
 * over four rows by weights 4, 3, 2, 1. The cycle's period comes from the phase advance of the price's analytic signal,
 * found with a Hilbert transform of seven taps and homodyne discrimination; it stays within 6 and 50 rows. The filters
 * start empty at row 37 and 63 rows pass before the first value, as in TA-Lib.
 */
final class HilbertTrendline extends Kernel {
    private static final int FILTER_START = 37;
    private static final int FIRST_VALUE = 63;
    private static final int LONGEST = 50;
    private static final int SHORTEST = 6;
    private static final double OUTER_TAP = 0.0962;
    private static final double INNER_TAP = 0.5769;
    private static final double NEW = 0.2;
    private static final double OLD = 0.8;
    /** Delay lines are rings of this many rows. */
    private static final int RING = 16;

    private static final int MASK = RING - 1;

    private final double[] smooth = new double[RING];
    private final double[] detrended = new double[RING];
    private final double[] quadrature = new double[RING];
    private double lastI;
    private double lastQ;
    private double real;
    private double imaginary;
    private double period;
    private double smoothPeriod;
    private double trend1;
    private double trend2;
    private double trend3;
    private int seen;
    private int slot;

    HilbertTrendline() {
        super(1, 1, FIRST_VALUE + 1, LONGEST);
    }

    @Override
    void restart() {
        Arrays.fill(smooth, 0);
        Arrays.fill(detrended, 0);
        Arrays.fill(quadrature, 0);
        lastI = 0;
        lastQ = 0;
        real = 0;
        imaginary = 0;
        period = 0;
        smoothPeriod = 0;
        trend1 = 0;
        trend2 = 0;
        trend3 = 0;
        seen = 0;
        slot = 0;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        for (int i = from; i < to; i++) {
            double value = Double.NaN;
            if (seen >= FILTER_START) {
                discriminate((4 * x[i] + 3 * x[i - 1] + 2 * x[i - 2] + x[i - 3]) / 10);
                value = trend(x, i);
            }
            out[0][i + shift] = seen >= FIRST_VALUE ? value : Double.NaN;
            seen = Math.min(seen + 1, FIRST_VALUE);
        }
    }

    private double transform(double[] ring, int delay) {
        int newest = slot - delay;
        return OUTER_TAP * (ring[newest & MASK] - ring[(newest - 6) & MASK])
                + INNER_TAP * (ring[(newest - 2) & MASK] - ring[(newest - 4) & MASK]);
    }

    /** Takes the smoothed price into the filters and moves the period on. */
    private void discriminate(double price) {
        double gain = 0.075 * period + 0.54;
        slot = (slot + 1) & MASK;
        smooth[slot] = price;
        detrended[slot] = transform(smooth, 0) * gain;
        quadrature[slot] = transform(detrended, 0) * gain;
        double advancedI = transform(detrended, 3) * gain;
        double advancedQ = transform(quadrature, 0) * gain;
        double q = NEW * (quadrature[slot] + advancedI) + OLD * lastQ;
        double i = NEW * (detrended[(slot - 3) & MASK] - advancedQ) + OLD * lastI;
        real = NEW * (i * lastI + q * lastQ) + OLD * real;
        imaginary = NEW * (i * lastQ - q * lastI) + OLD * imaginary;
        lastQ = q;
        lastI = i;
        double next = period;
        if (imaginary != 0 && real != 0) {
            next = 2 * Math.PI / Math.atan(imaginary / real);
        }
        next = Math.max(Math.min(next, 1.5 * period), 0.67 * period);
        next = Math.max(SHORTEST, Math.min(LONGEST, next));
        period = NEW * next + OLD * period;
        smoothPeriod = 0.33 * period + 0.67 * smoothPeriod;
    }

    private double trend(double[] x, int row) {
        int cycle = Math.min((int) (smoothPeriod + 0.5), Math.min(LONGEST, seen + 1));
        double mean = 0;
        for (int k = 0; k < cycle; k++) {
            mean += x[row - k];
        }
        mean = cycle > 0 ? mean / cycle : 0;
        double value = (4 * mean + 3 * trend1 + 2 * trend2 + trend3) / 10;
        trend3 = trend2;
        trend2 = trend1;
        trend1 = mean;
        return value;
    }
}
