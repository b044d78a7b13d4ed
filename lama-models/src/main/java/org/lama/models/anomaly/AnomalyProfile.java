package org.lama.models.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lama.core.base.Api;
import org.lama.core.features.BarFeatures;
import org.lama.core.features.BookFeatures;
import org.lama.core.features.BookSampler;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;

/**
 * Which features an anomaly is sought in.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@SuppressWarnings("ImmutableEnumChecker") // the lists are made by List.of and toList
public enum AnomalyProfile {
    /** Order-book snapshots and short volatility; flow of orders and trades where events of the book were sampled. */
    BOOK(withSnapshots(
            BarFeatures.VOLATILITY,
            BookSampler.ORDER_FLOW,
            BookSampler.TRADE_IMBALANCE,
            BookSampler.TRADE_SIZE_Z,
            BookSampler.CANCEL_INSERT_RATIO,
            BookSampler.KYLE_IMPACT,
            BookSampler.QUOTE_AGE)),
    /** Bars alone. */
    BAR(List.of(
            BarFeatures.RANGE,
            BarFeatures.AMIHUD_RATIO,
            BarFeatures.VOLUME_Z,
            BarFeatures.UPPER_WICK,
            BarFeatures.LOWER_WICK,
            BarFeatures.GAP,
            BarFeatures.CORWIN_SCHULTZ));

    private static final double LEAST_SHARE = 0.5;

    private final List<String> candidates;

    AnomalyProfile(List<String> candidates) {
        this.candidates = candidates;
    }

    private static List<String> withSnapshots(String... more) {
        return Stream.concat(BookFeatures.columns().stream(), Stream.of(more)).toList();
    }

    /**
     * The features that the profile knows.
     *
     * @return names of columns
     */
    public List<String> candidates() {
        return candidates;
    }

    /** The book where its core is present in at least half of the rows, else the bars. */
    static AnomalyProfile of(Frame train) {
        boolean book = present(train, BookFeatures.RELATIVE_SPREAD) && present(train, BookFeatures.IMBALANCE + 1);
        return book ? BOOK : BAR;
    }

    /** The candidates that are present in at least half of the rows. */
    List<String> features(Frame train) {
        List<String> found = new ArrayList<>();
        for (String candidate : candidates) {
            if (present(train, candidate)) {
                found.add(candidate);
            }
        }
        return found;
    }

    private static boolean present(Frame train, String column) {
        if (!train.has(column) || train.size() == 0) {
            return false;
        }
        Series values = train.column(column);
        int finite = 0;
        for (int row = 0; row < values.size(); row++) {
            finite += Double.isFinite(values.get(row)) ? 1 : 0;
        }
        return finite >= LEAST_SHARE * values.size();
    }
}
