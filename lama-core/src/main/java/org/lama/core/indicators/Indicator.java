package org.lama.core.indicators;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * One technical indicator with fixed parameters, made by {@link Indicators}. It serves in two ways that give the same
 * bits: as a stream, one {@code update} per bar, or over whole columns with {@link #compute(double[][], double[][])}.
 *
 * <p>Causal: a value depends on its own row and earlier ones alone. A value is NaN until {@link #warmUpBars()} present
 * rows have been seen. A row with a NaN or an infinite number in any input is missing: its values are NaN, and the
 * indicator begins anew behind it with a full warm-up. For an indicator of a window this means NaN exactly while the
 * missing row is in the window. Running totals (OBV, accumulation/distribution, VWAP from the start) have no window and carry their
 * total on instead. Inputs beyond 1e150 in size may overflow to infinite or NaN values.
 *
 * <p>A stream is mutable and for one thread; {@code compute} uses a state of its own, leaves the stream alone and may be
 * called by several threads at once. Both allocate nothing per bar.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Indicator {
    private static final int BLOCK_ROWS = 240;

    private final String label;
    private final List<String> inputs;
    private final List<String> lines;
    private final Supplier<Kernel> maker;
    private final Kernel kernel;
    private final Tape tape;
    private final double[][] last;
    private int rows;

    Indicator(String label, List<String> inputs, List<String> lines, Supplier<Kernel> maker) {
        this.label = label;
        this.inputs = inputs;
        this.lines = lines;
        this.maker = maker;
        this.kernel = maker.get();
        this.tape = new Tape(kernel.inputs, kernel.historyRows, kernel.historyRows == 0 ? 1 : 32);
        this.last = new double[kernel.lines][1];
        reset();
    }

    /**
     * Name and parameters, such as {@code macd(12,26,9)}: what {@link Indicators#parse(String)} reads.
     *
     * @return the label
     */
    public String label() {
        return label;
    }

    /**
     * The columns that an update takes, in this order.
     *
     * @return names as in {@link org.lama.core.market.Columns}, or {@code first} and {@code second} for any two columns
     */
    public List<String> inputs() {
        return inputs;
    }

    /**
     * The results, in this order; the first is what {@code update} returns.
     *
     * @return at least one name
     */
    public List<String> lines() {
        return lines;
    }

    /**
     * Present rows needed until every line has a value: the first valid index plus one.
     *
     * @return at least 1
     */
    public int warmUpBars() {
        return kernel.warmUpBars;
    }

    /**
     * Whether every line has a value after the last update.
     *
     * @return true once warm, false again after a missing row
     */
    public boolean isReady() {
        return rows >= kernel.warmUpBars;
    }

    /** Forgets every row of the stream. */
    public void reset() {
        kernel.restart();
        rows = 0;
        blankLast();
    }

    /**
     * The newest value of the first line.
     *
     * @return the value, NaN while not warm
     */
    public double value() {
        return last[0][0];
    }

    /**
     * The newest value of a line.
     *
     * @param line its position in {@link #lines()}
     * @return the value, NaN while not warm
     */
    public double value(int line) {
        return last[line][0];
    }

    /**
     * The position of a line, to be asked once before a loop.
     *
     * @param name one of {@link #lines()}
     * @return its position
     * @throws IllegalArgumentException if there is none, naming the nearest
     */
    public int line(String name) {
        int at = lines.indexOf(name);
        Check.that(at >= 0, label + " has no line '" + name + "', only " + lines + Suggestion.alike(name, lines));
        return at;
    }

    /**
     * The next row of an indicator of one column.
     *
     * @param x the column's value
     * @return the first line's value
     */
    public double update(double x) {
        arity(1);
        int at = tape.reserve(1);
        tape.columns[0][at] = x;
        return advance(x, at);
    }

    /**
     * The next row of an indicator of two columns.
     *
     * @param first value of the first column of {@link #inputs()}
     * @param second value of the second
     * @return the first line's value
     */
    public double update(double first, double second) {
        arity(2);
        int at = tape.reserve(1);
        tape.columns[0][at] = first;
        tape.columns[1][at] = second;
        return advance(first * 0 + second, at);
    }

    /**
     * The next row of an indicator of three columns.
     *
     * @param first value of the first column of {@link #inputs()}
     * @param second value of the second
     * @param third value of the third
     * @return the first line's value
     */
    public double update(double first, double second, double third) {
        arity(3);
        int at = tape.reserve(1);
        tape.columns[0][at] = first;
        tape.columns[1][at] = second;
        tape.columns[2][at] = third;
        return advance(first * 0 + second * 0 + third, at);
    }

    /**
     * The next row of an indicator of four columns.
     *
     * @param first value of the first column of {@link #inputs()}
     * @param second value of the second
     * @param third value of the third
     * @param fourth value of the fourth
     * @return the first line's value
     */
    public double update(double first, double second, double third, double fourth) {
        arity(4);
        int at = tape.reserve(1);
        tape.columns[0][at] = first;
        tape.columns[1][at] = second;
        tape.columns[2][at] = third;
        tape.columns[3][at] = fourth;
        return advance(first * 0 + second * 0 + third * 0 + fourth, at);
    }

    /**
     * All values of an indicator of one column with one line.
     *
     * @param in the column
     * @param out receives one value per row
     */
    public void compute(double[] in, double[] out) {
        compute(new double[][] {in}, new double[][] {out});
    }

    /**
     * All values over whole columns, the same bits as row by row. O(rows); allocates the state of one stream.
     *
     * @param in the columns of {@link #inputs()}, equally long
     * @param out receives the lines of {@link #lines()}; no array of it may be one of the input
     */
    public void compute(double[][] in, double[][] out) {
        check(in, out);
        Kernel fresh = maker.get();
        fresh.restart();
        if (fresh.proves() && trusting(fresh, in, out)) {
            return;
        }
        fresh.restart();
        int n = in[0].length;
        for (int from = 0; from < n; from += BLOCK_ROWS) {
            int to = Math.min(n, from + BLOCK_ROWS);
            if (surelyPresent(in, from, to)) {
                fresh.run(in, from, to, out, 0);
            } else {
                piecewise(fresh, in, from, to, out);
            }
        }
    }

    /** As if no value were missing; false if that turns out to be wrong. */
    private static boolean trusting(Kernel kernel, double[][] in, double[][] out) {
        int n = in[0].length;
        if (n == 0 || !present(in, 0) || !present(in, n - 1)) {
            return n == 0;
        }
        for (int from = 0; from < n; from += BLOCK_ROWS) {
            kernel.run(in, from, Math.min(n, from + BLOCK_ROWS), out, 0);
        }
        return Double.isFinite(kernel.proof());
    }

    private void check(double[][] in, double[][] out) {
        Check.that(in.length == inputs.size(), label + " needs the columns " + inputs + ", got " + in.length);
        Check.that(out.length == lines.size(), label + " gives the lines " + lines + ", got room for " + out.length);
        for (double[] column : in) {
            Check.that(
                    column.length == in[0].length,
                    "columns must be equally long, got " + column.length + " and " + in[0].length + " rows");
        }
        for (double[] line : out) {
            Check.that(
                    line.length == in[0].length,
                    "out must have " + in[0].length + " rows like the input, got " + line.length);
            for (double[] column : in) {
                Check.that(line != column, "out must not be one of the input columns: earlier rows are read again");
            }
        }
    }

    /** A sum is finite only if every term is; a sum that overflows makes the block take the careful way. */
    private static boolean surelyPresent(double[][] in, int from, int to) {
        double sum = 0;
        for (double[] column : in) {
            sum += Kernel.sum(column, from, to) * 0;
        }
        return sum == 0;
    }

    /** Runs of present rows, with a gap between them. */
    private static void piecewise(Kernel kernel, double[][] in, int from, int to, double[][] out) {
        int i = from;
        while (i < to) {
            int start = i;
            while (i < to && present(in, i)) {
                i++;
            }
            if (i > start) {
                kernel.run(in, start, i, out, 0);
            }
            int missing = i;
            while (i < to && !present(in, i)) {
                i++;
            }
            if (i > missing) {
                kernel.gap();
                kernel.blank(out, missing, i);
            }
        }
    }

    private static boolean present(double[][] in, int row) {
        for (double[] column : in) {
            if (!Double.isFinite(column[row])) {
                return false;
            }
        }
        return true;
    }

    /** The probe is finite if and only if every input is. */
    private double advance(double probe, int at) {
        if (!Double.isFinite(probe)) {
            kernel.gap();
            rows = 0;
            blankLast();
            return Double.NaN;
        }
        kernel.run(tape.columns, at, at + 1, last, -at);
        if (rows < kernel.warmUpBars) {
            rows++;
        }
        return last[0][0];
    }

    private void blankLast() {
        for (double[] value : last) {
            Arrays.fill(value, Double.NaN);
        }
    }

    private void arity(int given) {
        if (given != inputs.size()) {
            throw new IllegalArgumentException(
                    label + " must be updated with " + inputs + ", got " + given + " values");
        }
    }

    @Override
    public String toString() {
        return label;
    }
}
