package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.data.MarketData;
import org.lama.core.series.Frame;
import org.lama.core.series.Resample;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.RegimeLabel;

/**
 * The regime of a market day by day, from prices alone: what a detector says of the equal-weight index of all symbols (bitcoin
 * alone when fewer than five are there). A study also tells its detector of liquidity and anomalies, which it has from its
 * models; here both are unknown. Causal: a label holds from the close of the day that it was read from.
 *
 * <p>Stateless and thread-safe. O(bars · symbols) plus what the detector takes for each day.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class MarketRegimes {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private MarketRegimes() {}

    /**
     * The regime at each of some times.
     *
     * @param data bars of any length; those of less than a day are put together to days of UTC, whole ones only
     * @param detector the detector
     * @param times when it is asked for
     * @return a label for each time, {@link RegimeLabel#NORMAL} before the first day has closed; none at all if the bars are
     *     shorter than a day and do not fill one
     */
    public static List<RegimeLabel> of(MarketData data, RegimeDetector detector, TimeIndex times) {
        if (data.barNanos() < DAY_NANOS && DAY_NANOS % data.barNanos() != 0) {
            return List.of();
        }
        List<Frame> days = new ArrayList<>();
        List<Listing> listings = new ArrayList<>();
        for (Frame frame : data.frames()) {
            Frame each = frame.barNanos() < DAY_NANOS ? Resample.bars(frame, DAY_NANOS) : frame;
            days.add(each);
            listings.add(new Listing(frame.symbol(), frame.symbol(), each));
        }
        TimeGrid grid = TimeGrid.of(days);
        MarketIndex index = new MarketIndex(listings, grid);
        RegimeDetector.Session session = detector.open(grid.barsPerDay());
        List<RegimeLabel> labels = new ArrayList<>(times.size());
        RegimeLabel label = RegimeLabel.NORMAL;
        int step = 0;
        for (int i = 0; i < times.size(); i++) {
            while (step < grid.size() && grid.close(step) <= times.at(i)) {
                label = session.next(index.state(step++, Double.NaN, Double.NaN));
            }
            labels.add(label);
        }
        return labels;
    }
}
