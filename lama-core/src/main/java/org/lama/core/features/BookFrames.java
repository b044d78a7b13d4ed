package org.lama.core.features;

import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/**
 * Turns the events of a book into a frame: the rows of a {@link BookSampler}, in equal bits. Row i covers [time, time +
 * step) of the times at which events came to us, and is knowable at its close. Stateless and thread-safe; O(events), plus
 * for each row the levels within 50 basis points.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookFrames {
    private BookFrames() {}

    /**
     * Samples a tape from its first event to the last full step.
     *
     * @param symbol name of what is traded
     * @param events rows in the order in which they came
     * @param settings how to sample
     * @param provenance where the events came from
     * @return one row per step with the columns of {@link BookSampler#columns()}; no rows for a tape shorter than a step
     */
    public static Frame of(String symbol, BookEvents events, BookSampling settings, Provenance provenance) {
        Check.notNull(settings, "settings");
        Rows rows = new Rows(BookSampler.columns().size());
        BookSampler sampler = BookSampler.of(events.scale(), settings, rows);
        for (int row = 0; row < events.size(); row++) {
            sampler.accept(events, row);
        }
        return rows.frame(symbol, settings.step().toNanos(), provenance);
    }

    /** Collects rows, one array for each column. */
    private static final class Rows implements BookSampler.Sink {
        private double[][] columns;
        private long[] closes = new long[64];
        private int size;

        Rows(int width) {
            columns = new double[width][closes.length];
        }

        @Override
        public void row(long closeNanos, double[] values) {
            if (size == closes.length) {
                closes = Arrays.copyOf(closes, 2 * size);
                for (int c = 0; c < columns.length; c++) {
                    columns[c] = Arrays.copyOf(columns[c], 2 * size);
                }
            }
            closes[size] = closeNanos;
            for (int c = 0; c < columns.length; c++) {
                columns[c][size] = values[c];
            }
            size++;
        }

        Frame frame(String symbol, long stepNanos, Provenance provenance) {
            long first = size == 0 ? 0 : closes[0] - stepNanos;
            Frame frame = Frame.of(symbol, TimeIndex.regular(first, stepNanos, size), stepNanos, provenance);
            List<String> names = BookSampler.columns();
            for (int c = 0; c < columns.length; c++) {
                frame = frame.with(names.get(c), Arrays.copyOf(columns[c], size));
            }
            return frame;
        }
    }
}
