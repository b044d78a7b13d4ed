package org.lama.backtest.report;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lama.core.signal.ShockLaw;

/** Values against the law they are taken for: quantiles, and a histogram with two densities. */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record DistributionPanel(double[] sorted, double mean, double deviation, ShockLaw law) {
    private static final int GRID = 256;
    private static final int CURVE_POINTS = 150;
    private static final double DOT_DISTANCE = 2;

    /** Sorts what is finite. */
    static DistributionPanel of(double[] values, ShockLaw law) {
        double[] known = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        double squares = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum();
        return new DistributionPanel(known, mean, Math.sqrt(squares / Math.max(1, known.length - 1)), law);
    }

    int count() {
        return sorted.length;
    }

    String describe() {
        return count() + " residuals with mean " + Numbers.fixed(mean, 3) + " and deviation "
                + Numbers.fixed(deviation, 3) + ", from " + Numbers.significant(sorted[0], 3) + " to "
                + Numbers.significant(sorted[count() - 1], 3) + "; excess kurtosis " + Numbers.fixed(excess(), 2) + " ("
                + law + " " + lawExcess() + ").";
    }

    private String lawExcess() {
        double nu = law.degreesOfFreedom();
        return law.isNormal() ? "0" : nu > 4 ? Numbers.fixed(6 / (nu - 4), 2) : "infinite";
    }

    private double excess() {
        double fourth = Arrays.stream(sorted)
                .map(v -> Math.pow((v - mean) / deviation, 4))
                .average()
                .orElse(Double.NaN);
        double shrink = (count() - 1.0) / count();
        return deviation > 0 ? fourth / (shrink * shrink) - 3 : Double.NaN;
    }

    void drawQuantiles(Svg svg, Box plot) {
        double[] expected = IntStream.range(0, count())
                .mapToDouble(i -> law.quantile((i + 0.5) / count()))
                .toArray();
        double[] range = Scale.padded(Scale.range(sorted, expected), 0.04);
        Panel panel = Panel.linear(svg, plot, Scale.padded(Scale.range(expected), 0.04), range);
        panel.yGrid(Ticks.Unit.NUMBER, "");
        panel.xTicks(Ticks.Unit.NUMBER, "quantile of the " + (law.isNormal() ? law : law + ", variance 1"));
        double low = Math.max(panel.x().low(), panel.y().low());
        double high = Math.min(panel.x().high(), panel.y().high());
        svg.dashed(
                panel.x().map(low),
                panel.y().map(low),
                panel.x().map(high),
                panel.y().map(high),
                Tone.MUTED);
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (int i = 0; i < count(); i++) {
            double x = panel.x().map(expected[i]);
            double y = panel.y().map(sorted[i]);
            if (!(Math.hypot(x - lastX, y - lastY) < DOT_DISTANCE)) {
                svg.dot(x, y, 2, Tone.BLUE, false);
                lastX = x;
                lastY = y;
            }
        }
    }

    void drawHistogram(Svg svg, Box plot, String axis) {
        Bins bins = Bins.of(sorted);
        double[] kernel = deviation > 0 ? kernelDensity(bins.start(), bins.end()) : new double[0];
        double lawPeak = deviation > 0 ? lawDensity(law.isNormal() ? mean : 0) : 0;
        double peak = Math.max(lawPeak, Scale.range(bins.density(), kernel)[1]);
        Panel panel = Panel.linear(svg, plot, new double[] {bins.start(), bins.end()}, new double[] {0, peak * 1.05});
        panel.yGrid(Ticks.Unit.NUMBER, "");
        panel.xTicks(Ticks.Unit.NUMBER, axis);
        bins.draw(panel, Tone.SEQUENTIAL_3);
        if (deviation > 0) {
            double[] at = places(bins.start(), bins.end());
            panel.line(at, Arrays.stream(at).map(this::lawDensity).toArray(), Tone.VERMILLION, 1.5);
            panel.line(at, kernel, Tone.BLUE, 1.5);
        }
    }

    /** The normal law takes mean and deviation of the values; Student's t stands as it was fitted. */
    private double lawDensity(double value) {
        return law.isNormal() ? law.density((value - mean) / deviation) / deviation : law.density(value);
    }

    private static double[] places(double start, double end) {
        return IntStream.rangeClosed(0, CURVE_POINTS)
                .mapToDouble(i -> start + (end - start) * i / CURVE_POINTS)
                .toArray();
    }

    /** Gaussian kernels of Silverman's (1986, eq. 3.31) width, on values shared out to a grid: O(n + points · grid). */
    double[] kernelDensity(double start, double end) {
        double spread = (Bins.quantile(sorted, 0.75) - Bins.quantile(sorted, 0.25)) / 1.349;
        double width = 0.9 * (spread > 0 ? Math.min(deviation, spread) : deviation) / Math.pow(count(), 0.2);
        double step = (end - start) / GRID;
        double[] mass = new double[GRID + 1];
        for (double value : sorted) {
            double place = Math.max(0, Math.min(GRID, (value - start) / step));
            int cell = (int) Math.min(GRID - 1, place);
            mass[cell] += 1 - (place - cell);
            mass[cell + 1] += place - cell;
        }
        double wide = Math.max(width, step / 2);
        return Arrays.stream(places(start, end))
                .map(at -> {
                    double sum = 0;
                    for (int cell = 0; cell <= GRID; cell++) {
                        double z = (at - start - cell * step) / wide;
                        sum += mass[cell] * Math.exp(-0.5 * z * z);
                    }
                    return sum / (count() * wide * Math.sqrt(2 * Math.PI));
                })
                .toArray();
    }
}
