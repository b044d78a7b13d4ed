package org.lama.models.anomaly;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.features.BookSampler;
import org.lama.core.series.Frame;
import org.lama.models.anomaly.AnomalyStream.Update;

/**
 * Anomalies of a book while its events come: takes the rows of a {@link BookSampler} and gives those columns that the book
 * profile knows to an {@link AnomalyStream}. The rows of a frame ({@link #accept(Frame, int)}) give the same bits. Mutable,
 * for one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookAnomalyStream implements BookSampler.Sink {
    private final List<String> features = AnomalyProfile.BOOK.candidates();
    private final int[] columns;
    private final double[] values;
    private final AnomalyStream stream;
    private final Listener listener;

    /** Hears what became of each row. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A row was scored.
         *
         * @param closeNanos when it was known, UTC epoch nanoseconds
         * @param update its score and what happened
         */
        void scored(long closeNanos, Update update);
    }

    private BookAnomalyStream(AnomalyStreamSettings settings, Listener listener) {
        this.listener = listener;
        columns = features.stream().mapToInt(BookSampler.columns()::indexOf).toArray();
        values = new double[columns.length];
        stream = AnomalyStream.of(columns.length, settings);
    }

    /**
     * A stream without a forest yet.
     *
     * @param settings window, schedule, drift and forest; the forest must not refuse missing values, which books have
     * @param listener hears of each row
     * @return the stream
     */
    public static BookAnomalyStream of(AnomalyStreamSettings settings, Listener listener) {
        Check.that(
                settings.forest().missing() != IsolationForestOptions.Missing.REFUSE,
                "forest must skip or fill in missing values, got REFUSE: a book that is not valid has no features");
        return new BookAnomalyStream(settings, Check.notNull(listener, "listener"));
    }

    /**
     * The columns that are read, in their order.
     *
     * @return names of columns
     */
    public List<String> features() {
        return features;
    }

    @Override
    public void row(long closeNanos, double[] row) {
        for (int f = 0; f < columns.length; f++) {
            values[f] = row[columns[f]];
        }
        listener.scored(closeNanos, stream.accept(values));
    }

    /**
     * Takes a row of a frame, as if it came from a sampler.
     *
     * @param frame rows with the columns of a sampler
     * @param row which one
     */
    public void accept(Frame frame, int row) {
        for (int f = 0; f < values.length; f++) {
            values[f] = frame.column(features.get(f)).get(row);
        }
        listener.scored(frame.availableAt(row), stream.accept(values));
    }
}
