package org.lama.backtest.report;

/**
 * A histogram with bins after Freedman and Diaconis (1981), rounded to a readable width; its area is 1. Edges are whole
 * multiples of the width, so that 0 is one and gains never share a bin with losses.
 */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record Bins(double start, double width, double[] density) {
    private static final int MOST = 400;

    /** Bins of values in ascending order, at least one. */
    static Bins of(double[] sorted) {
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        double width = width(sorted, high - low);
        double first = Math.floor(low / width);
        int count = (int) Math.min(MOST, Math.floor(high / width) - first + 1);
        double[] density = new double[Math.max(1, count)];
        for (double value : sorted) {
            int bin = (int) Math.min(density.length - 1.0, Math.max(0, Math.floor(value / width) - first));
            density[bin] += 1 / (sorted.length * width);
        }
        return new Bins(first * width, width, density);
    }

    private static double width(double[] sorted, double span) {
        if (!(span > 0)) {
            return Math.max(Math.abs(sorted[0]) * 0.1, 1e-9);
        }
        double width = 2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / Math.cbrt(sorted.length);
        // Steps are rounded up, on average by 1.6: without the factor bins would be too wide.
        return Ticks.step(span, (int) Math.max(5, Math.min(60, width > 0 ? 1.6 * span / width : 20)));
    }

    static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1.0, sorted.length * share)];
    }

    double end() {
        return start + density.length * width;
    }

    void draw(Panel panel, Tone tone) {
        draw(panel, tone, Double.POSITIVE_INFINITY, tone);
    }

    /** Bins that begin at a threshold or above are drawn in another tone. */
    void draw(Panel panel, Tone below, double threshold, Tone above) {
        double bottom = panel.y().map(0);
        for (int k = 0; k < density.length; k++) {
            double from = start + k * width;
            double left = panel.x().map(from);
            double right = panel.x().map(from + width);
            double top = panel.y().map(density[k]);
            Tone tone = from + width / 2 >= threshold ? above : below;
            panel.svg().rect(new Box(left + 0.5, top, Math.max(right - left - 1, 0.5), bottom - top), tone);
        }
    }
}
