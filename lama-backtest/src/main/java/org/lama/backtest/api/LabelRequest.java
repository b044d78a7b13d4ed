package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.honesty.LabelCheck.Fold;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/**
 * Labels that a pipeline is taught with, and where its folds begin.
 *
 * @param file CSV with columns {@code time} (of the bar's open) and {@code label}, and {@code symbol} if it holds several; empty
 *     for labels made here, the log return of the next {@code horizon} bars
 * @param horizon rows after its own at whose close a label is known, at least 1
 * @param trainRows rows before the first fold, at least 1
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record LabelRequest(Optional<Path> file, int horizon, int trainRows) {
    private static final List<String> LABELS = List.of("label", "target", "y");

    /**
     * Checks ranges.
     *
     * @param file CSV with columns {@code time} (of the bar's open) and {@code label}, and {@code symbol} if it holds several;
     *     empty for labels made here, the log return of the next {@code horizon} bars
     * @param horizon rows after its own at whose close a label is known, at least 1
     * @param trainRows rows before the first fold, at least 1
     */
    public LabelRequest {
        Check.notNull(file, "file");
        Check.atLeast(horizon, 1, "horizon");
        Check.atLeast(trainRows, 1, "trainRows");
    }

    /** One label per row, NaN where there is none. */
    double[] labels(Frame bars) throws IOException {
        double[] labels = new double[bars.size()];
        Arrays.fill(labels, Double.NaN);
        if (file.isEmpty()) {
            double[] close = bars.column(Columns.CLOSE).toArray();
            for (int row = 0; row + horizon < labels.length; row++) {
                labels[row] = Math.log(close[row + horizon] / close[row]);
            }
            return labels;
        }
        MarketFiles.Rates given = MarketFiles.rates(file.get(), bars.symbol(), LABELS);
        int found = 0;
        for (int i = 0; i < given.size(); i++) {
            int row = bars.index().indexOf(given.times()[i]);
            if (row >= 0) {
                labels[row] = given.values()[i];
                found++;
            }
        }
        Check.that(
                found > 0,
                file.get() + ": none of its " + given.size() + " times is the open of a bar of " + bars.symbol()
                        + ", whose first bar opens at "
                        + TimeIndex.instant(bars.index().at(0)));
        return labels;
    }

    /** The first fold, and one at each bar that is named. */
    List<Fold> folds(Frame bars, List<Instant> at) {
        List<Fold> folds = new ArrayList<>();
        folds.add(new Fold(trainRows, horizon));
        for (Instant each : at) {
            int row = bars.index().indexOf(TimeIndex.nanos(each));
            Check.that(row >= 1, "a fold must begin at a bar after the first, and none opens at " + each);
            folds.add(new Fold(row, horizon));
        }
        return folds;
    }
}
