package org.lama.backtest.report;

/**
 * Path data of a column with any number of points: in each pixel column the first, lowest, highest and last point stay,
 * so a spike of one bar is still seen. NaN and infinities break the line. O(n), independent of what is drawn before.
 */
final class Polyline {
    private final StringBuilder out = new StringBuilder();
    private final Scale x;
    private final Scale y;
    private final double closeAt;
    private double runStart = Double.NaN;
    private double lastX = Double.NaN;

    private Polyline(Scale x, Scale y, double closeAt) {
        this.x = x;
        this.y = y;
        this.closeAt = closeAt;
    }

    static String line(double[] at, double[] values, Scale x, Scale y) {
        return new Polyline(x, y, Double.NaN).draw(at, values);
    }

    /** The area between the line and a level, one closed part per unbroken run. */
    static String area(double[] at, double[] values, Scale x, Scale y, double level) {
        return new Polyline(x, y, y.map(level)).draw(at, values);
    }

    private String draw(double[] at, double[] values) {
        int i = 0;
        while (i < values.length) {
            if (!drawable(values[i])) {
                close();
                i++;
                continue;
            }
            long column = (long) Math.floor(x.map(at[i]));
            int end = i;
            while (end < values.length && drawable(values[end]) && (long) Math.floor(x.map(at[end])) == column) {
                end++;
            }
            drawColumn(at, values, i, end);
            i = end;
        }
        close();
        return out.toString();
    }

    private boolean drawable(double value) {
        return Double.isFinite(value) && (!y.log() || value > 0);
    }

    private void drawColumn(double[] at, double[] values, int from, int to) {
        int lowest = from;
        int highest = from;
        for (int k = from + 1; k < to; k++) {
            lowest = values[k] < values[lowest] ? k : lowest;
            highest = values[k] > values[highest] ? k : highest;
        }
        int last = -1;
        for (int k : new int[] {from, Math.min(lowest, highest), Math.max(lowest, highest), to - 1}) {
            if (k > last) {
                point(x.map(at[k]), y.map(values[k]));
                last = k;
            }
        }
    }

    private void point(double px, double py) {
        if (Double.isNaN(runStart)) {
            runStart = px;
            out.append('M');
        } else {
            out.append('L');
        }
        out.append(Numbers.pixel(px)).append(' ').append(Numbers.pixel(py));
        lastX = px;
    }

    private void close() {
        if (!Double.isNaN(runStart) && !Double.isNaN(closeAt)) {
            out.append('L').append(Numbers.pixel(lastX)).append(' ').append(Numbers.pixel(closeAt));
            out.append('L').append(Numbers.pixel(runStart)).append(' ').append(Numbers.pixel(closeAt));
            out.append('Z');
        }
        runStart = Double.NaN;
    }
}
