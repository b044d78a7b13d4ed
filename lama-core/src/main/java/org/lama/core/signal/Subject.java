package org.lama.core.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.lama.core.series.Frame;

/** What an honesty check runs: named outputs per row, of which the first {@code rows} are compared. */
interface Subject {
    /** Outputs by name. */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared as a record
    record Outputs(List<String> names, double[][] values) {}

    /**
     * Runs the computation.
     *
     * @param bars the data
     * @param rows how many outputs are needed; more may be given
     */
    Outputs run(List<Frame> bars, int rows);

    static Subject of(Function<List<Frame>, double[][]> function) {
        return (bars, rows) -> {
            double[][] values = function.apply(bars);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                names.add("output " + i);
            }
            return new Outputs(names, values);
        };
    }

    static Subject feature(UnaryOperator<Frame> feature) {
        return (bars, rows) -> {
            Frame out = feature.apply(bars.get(0));
            List<String> names = out.columnNames();
            double[][] values = new double[names.size()][];
            for (int i = 0; i < values.length; i++) {
                values[i] = out.column(names.get(i)).toArray();
            }
            return new Outputs(names, values);
        };
    }
}
