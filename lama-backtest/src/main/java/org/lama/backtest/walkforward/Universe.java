package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;
import org.lama.core.signal.SignalModel;

/** Turns data into listings and adds the members' columns, after proving that those columns do not see the future. */
final class Universe {
    /** Column in which the cleaning numbers the lives of an asset: it grows by one at an unexplained jump. */
    static final String SEGMENT = "quality.segment";

    private static final int GUARD_CUTS = 4;

    private Universe() {}

    static List<Listing> listings(MarketData data) {
        List<Listing> listings = new ArrayList<>();
        for (Frame frame : data.frames()) {
            int life = 0;
            int from = 0;
            while (from < frame.size()) {
                int to = segmentEnd(frame, from);
                int first = firstValid(frame, from, to);
                if (first < to) {
                    life++;
                    String symbol = life == 1 ? frame.symbol() : frame.symbol() + "#" + life;
                    Frame part = first == 0 && to == frame.size() ? frame : frame.slice(first, to);
                    listings.add(new Listing(symbol, frame.symbol(), part.withSymbol(symbol)));
                }
                from = to;
            }
        }
        return listings;
    }

    private static int segmentEnd(Frame frame, int from) {
        if (!frame.has(SEGMENT)) {
            return frame.size();
        }
        Series segment = frame.column(SEGMENT);
        int to = from + 1;
        while (to < frame.size() && segment.get(to) == segment.get(from)) {
            to++;
        }
        return to;
    }

    private static int firstValid(Frame frame, int from, int to) {
        Series close = frame.column(Columns.CLOSE);
        int row = from;
        while (row < to && Double.isNaN(close.get(row))) {
            row++;
        }
        return row;
    }

    /** The bars with the columns of all models; throws if a model's columns change when the future is cut off. */
    static Frame withIndicators(Frame bars, List<SignalModel> models) {
        Frame all = bars;
        for (SignalModel model : models) {
            Frame full = model.indicators(bars);
            for (int k = 1; k < GUARD_CUTS; k++) {
                int cut = (int) ((long) bars.size() * k / GUARD_CUTS);
                guard(model, full, model.indicators(bars.head(cut)), cut);
            }
            all = all.with(full);
        }
        return all;
    }

    private static void guard(SignalModel model, Frame full, Frame shortened, int cut) {
        for (String name : full.columnNames()) {
            Series expected = shortened.column(name);
            Series actual = full.column(name);
            for (int row = 0; row < cut; row++) {
                if (Double.doubleToLongBits(expected.get(row)) != Double.doubleToLongBits(actual.get(row))) {
                    throw new IllegalArgumentException(
                            "model '" + model.name() + "' sees the future: its column '" + name
                                    + "' of " + full.symbol() + " has " + actual.get(row) + " in row " + row
                                    + ", but " + expected.get(row) + " when the rows from " + cut
                                    + " on are cut off; compute it from rows up to its own only");
                }
            }
        }
    }
}
