package org.lama.backtest.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.stats.Autocorrelation;
import org.lama.core.stats.Portmanteau;

/** Autocorrelations with their band, and p-values of portmanteau tests, by lag. */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record CorrelationPanel(double[] byLag, double band) {
    private static final double LEVEL = 0.05;

    static CorrelationPanel autocorrelation(double[] values, int lags) {
        return new CorrelationPanel(Autocorrelation.acf(known(values), lags), band(values));
    }

    static CorrelationPanel partial(double[] values, int lags) {
        double[] partial = Autocorrelation.pacf(known(values), lags, Autocorrelation.PacfMethod.YULE_WALKER);
        return new CorrelationPanel(partial, band(values));
    }

    /** Volatility clusters show here when the values themselves look like noise. */
    static CorrelationPanel ofSquares(double[] values, int lags) {
        return autocorrelation(Arrays.stream(values).map(v -> v * v).toArray(), lags);
    }

    /** What is not a number is missing: one infinite value must not silence the others. */
    private static double[] known(double[] values) {
        return Arrays.stream(values)
                .map(v -> Double.isFinite(v) ? v : Double.NaN)
                .toArray();
    }

    private static double band(double[] values) {
        long count = Arrays.stream(values).filter(Double::isFinite).count();
        return Autocorrelation.pacfHalfWidth((int) Math.max(1, count), 1 - LEVEL);
    }

    int lags() {
        return byLag.length - 1;
    }

    /** Lags outside the band. */
    long outside() {
        return Arrays.stream(byLag).skip(1).filter(r -> Math.abs(r) > band).count();
    }

    String describe() {
        return outside() + " of " + lags() + " lags lie outside the 95 % band of white noise, ±"
                + Numbers.fixed(band, 3) + "; the largest is " + Numbers.fixed(largest(), 3) + ".";
    }

    private double largest() {
        return Arrays.stream(byLag)
                .skip(1)
                .filter(Double::isFinite)
                .reduce((a, b) -> Math.abs(b) > Math.abs(a) ? b : a)
                .orElse(Double.NaN);
    }

    void draw(Svg svg, Box plot) {
        double[] range =
                Scale.range(Arrays.copyOfRange(byLag, 1, byLag.length), new double[] {-band * 1.3, band * 1.3});
        Panel panel = Panel.linear(svg, plot, new double[] {0, lags() + 0.5}, Scale.padded(range, 0.05));
        double top = panel.y().map(band);
        svg.rect(new Box(plot.left(), top, plot.width(), panel.y().map(-band) - top), Tone.SEQUENTIAL_1);
        panel.yGrid(Ticks.Unit.NUMBER, "");
        panel.xAxis(lagTicks(panel), "lag");
        panel.level(0, Tone.FRAME);
        double width = Math.max(1, Math.min(2, plot.width() / (3.0 * lags())));
        for (int k = 1; k <= lags(); k++) {
            if (Double.isFinite(byLag[k])) {
                double x = panel.x().map(k);
                Tone tone = Math.abs(byLag[k]) > band ? Tone.VERMILLION : Tone.BLUE;
                svg.line(x, panel.y().map(0), x, panel.y().map(byLag[k]), tone, width);
                svg.dot(x, panel.y().map(byLag[k]), width, tone, false);
            }
        }
    }

    private static List<Ticks.Tick> lagTicks(Panel panel) {
        return panel.wholeTicks().stream().filter(tick -> tick.at() >= 1).toList();
    }

    /** P-values of joint tests up to each lag: Ljung-Box, and its form that allows for changing variance. */
    @SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
    record PValues(double[] plain, double[] robust, int fittedParameters) {
        static PValues of(double[] values, int lags, int fittedParameters) {
            double[] x = known(values);
            double[] plain = new double[lags + 1];
            double[] robust = new double[lags + 1];
            Arrays.fill(plain, Double.NaN);
            Arrays.fill(robust, Double.NaN);
            for (int k = fittedParameters + 1; k <= lags; k++) {
                plain[k] = Portmanteau.ljungBox(x, k, fittedParameters).pValue();
                robust[k] =
                        Portmanteau.lobatoNankervisSavin(x, k, fittedParameters).pValue();
            }
            return new PValues(plain, robust, fittedParameters);
        }

        String describe() {
            return below(plain) + " of " + tested() + " Ljung-Box p-values and " + below(robust)
                    + " of the robust ones are below 5 %; " + fittedParameters
                    + " degrees of freedom are taken off for the fitted coefficients.";
        }

        private long tested() {
            return Arrays.stream(plain).filter(Double::isFinite).count();
        }

        private static long below(double[] p) {
            return Arrays.stream(p).filter(v -> v < LEVEL).count();
        }

        void draw(Svg svg, Box plot) {
            Panel panel = Panel.linear(svg, plot, new double[] {0, plain.length - 0.5}, new double[] {0, 1.04});
            panel.yGrid(Ticks.Unit.NUMBER, "");
            panel.xAxis(lagTicks(panel), "lag");
            double level = panel.y().map(LEVEL);
            svg.rect(new Box(plot.left(), level, plot.width(), plot.bottom() - level), Tone.DIVERGING_3);
            svg.dashed(plot.left(), level, plot.right(), level, Tone.VERMILLION);
            IntStream.range(1, plain.length).forEach(k -> {
                dot(panel, k, robust[k], true);
                dot(panel, k, plain[k], false);
            });
        }

        private static void dot(Panel panel, int lag, double p, boolean hollow) {
            if (Double.isFinite(p)) {
                Tone tone = hollow ? Tone.PURPLE : p < LEVEL ? Tone.VERMILLION : Tone.BLUE;
                panel.svg().dot(panel.x().map(lag), panel.y().map(p), 2.4, tone, hollow);
            }
        }
    }
}
