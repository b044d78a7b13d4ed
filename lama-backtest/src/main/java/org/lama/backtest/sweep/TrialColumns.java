package org.lama.backtest.sweep;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.search.Parameter;
import org.lama.core.search.ParameterSpace;

/**
 * The trials of a sweep as numbers by column, for figures and for the search of plateaus: coordinates of the parameters and
 * the metric. Trials whose metric is not defined are kept with NaN. Arrays are lent, not copied. 8 bytes per trial and column.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TrialColumns {
    private final ParameterSpace space;
    private long[] numbers = new long[0];
    private double[] values = new double[0];
    private final double[][] coordinates;
    private int size;

    private TrialColumns(ParameterSpace space) {
        this.space = space;
        coordinates = new double[space.parameters().size()][0];
    }

    /**
     * Reads all trials of a sweep.
     *
     * @param result the sweep
     * @return its columns
     * @throws IOException if its log cannot be read
     */
    public static TrialColumns of(SweepResult result) throws IOException {
        TrialColumns columns = new TrialColumns(result.space());
        result.forEach(columns::add);
        return columns;
    }

    private void add(SweepTrial trial) {
        if (size == numbers.length) {
            int room = Math.max(64, 2 * size);
            numbers = Arrays.copyOf(numbers, room);
            values = Arrays.copyOf(values, room);
            Arrays.setAll(coordinates, d -> Arrays.copyOf(coordinates[d], room));
        }
        numbers[size] = trial.number();
        values[size] = trial.value();
        List<Parameter> parameters = space.parameters();
        for (int d = 0; d < coordinates.length; d++) {
            Parameter parameter = parameters.get(d);
            coordinates[d][size] = trial.parameters().isActive(parameter.name())
                    ? parameter.parse(trial.parameters().text(parameter.name()))
                    : Double.NaN;
        }
        size++;
    }

    /**
     * The space of the sweep.
     *
     * @return the space
     */
    public ParameterSpace space() {
        return space;
    }

    /**
     * Number of trials.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * The number of a trial.
     *
     * @param row in [0, size)
     * @return its number in the sweep
     */
    public long number(int row) {
        return numbers[row];
    }

    /**
     * The metric of a trial.
     *
     * @param row in [0, size)
     * @return NaN where it is not defined
     */
    public double value(int row) {
        return values[row];
    }

    /**
     * The coordinate of a parameter of a trial, as {@link Parameter} defines it.
     *
     * @param dimension in the order of the space
     * @param row in [0, size)
     * @return NaN where the parameter does not exist
     */
    public double coordinate(int dimension, int row) {
        return coordinates[dimension][row];
    }
}
