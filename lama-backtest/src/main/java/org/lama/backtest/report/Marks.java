package org.lama.backtest.report;

import java.util.function.DoublePredicate;

/** Dots on chosen values of a column, no two of them in one place: a million rows give at most some thousand dots. */
final class Marks {
    private static final double APART = 2;

    private Marks() {}

    static void dots(Panel panel, double[] at, double[] values, DoublePredicate chosen) {
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i]) && chosen.test(values[i])) {
                double x = panel.x().map(at[i]);
                double y = panel.y().map(values[i]);
                if (!(Math.hypot(x - lastX, y - lastY) < APART)) {
                    panel.svg().dot(x, y, 2.2, Tone.VERMILLION, false);
                    lastX = x;
                    lastY = y;
                }
            }
        }
    }
}
