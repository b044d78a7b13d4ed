package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.core.indicators.Indicator;
import org.lama.core.indicators.Indicators;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One indicator over minute bars, a day or a year of them, as a batch and as a stream of single bars, beside the textbook
 * with arrays for every step.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class IndicatorBenchmark {
    /** Bars. */
    @Param({"1440", "525600"})
    public int bars;

    /** What is computed. */
    @Param({"sma(20)", "rsi(14)", "macd(12,26,9)", "cci(20)"})
    public String indicator = "sma(20)";

    private double[][] columns = new double[5][1];
    private double[][] in = {};
    private double[][] out = {};
    private Indicator ours = Indicators.of("sma");

    /** Called by the harness. */
    public IndicatorBenchmark() {}

    /** Makes the bars. */
    @Setup
    public void prepare() {
        columns = BarColumns.generated(bars);
        ours = Indicators.parse(indicator);
        in = new double[ours.inputs().size()][];
        for (int k = 0; k < in.length; k++) {
            in[k] = columns[BarColumns.place(ours.inputs().get(k))];
        }
        out = new double[ours.lines().size()][bars];
    }

    /**
     * Whole columns.
     *
     * @return the lines
     */
    @Benchmark
    public double[][] batch() {
        ours.compute(in, out);
        return out;
    }

    /**
     * Bar by bar.
     *
     * @return the lines
     */
    @Benchmark
    public double[][] stream() {
        ours.reset();
        for (int t = 0; t < bars; t++) {
            if (in.length == 1) {
                ours.update(in[0][t]);
            } else {
                ours.update(in[0][t], in[1][t], in[2][t]);
            }
            for (int line = 0; line < out.length; line++) {
                out[line][t] = ours.value(line);
            }
        }
        return out;
    }

    /**
     * The baseline.
     *
     * @return the last line
     */
    @Benchmark
    public double[] naive() {
        return switch (ours.label()) {
            case "rsi(14)" -> NaiveIndicators.rsi(columns[3], 14);
            case "macd(12,26,9)" -> NaiveIndicators.macd(columns[3], 12, 26, 9);
            case "cci(20)" -> NaiveIndicators.cci(columns, 20);
            default -> NaiveIndicators.sma(columns[3], 20);
        };
    }
}
