package org.lama.backtest.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.series.Resample;

/**
 * Bars of longer time frames. A segment is put together once, when it is first asked for; what is shown of it ends with
 * the last long bar that had closed when the last short bar closed, so later rows never show.
 */
final class LongerBars {
    private final MarketTape tape;
    private final Map<Key, Frame> made = new HashMap<>();

    private record Key(int instrument, int segmentFrom, long barNanos) {}

    LongerBars(MarketTape tape) {
        this.tape = tape;
    }

    Frame past(int instrument, int lastRow, Duration timeFrame) {
        long nanos = timeFrame.toNanos();
        Check.that(
                nanos > 0 && nanos % tape.barNanos == 0,
                "timeFrame must be a multiple of the bars' " + Duration.ofNanos(tape.barNanos) + ", got " + timeFrame);
        int from = lastRow < 0 ? 0 : tape.segmentFrom(instrument, lastRow);
        Key key = new Key(instrument, from, nanos);
        Frame whole = made.get(key);
        if (whole == null) {
            whole = Resample.bars(tape.segment(instrument, from), nanos);
            made.put(key, whole);
        }
        if (lastRow < 0) {
            return whole.head(0);
        }
        long known = tape.rowTimes[instrument].at(lastRow) + tape.barNanos;
        return whole.head(whole.index().floor(known - nanos) + 1);
    }
}
