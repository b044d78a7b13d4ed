package org.lama.backtest.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.search.DataMark;
import org.lama.core.search.Seal;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;

/**
 * Fingerprints of what a market did, day by day: they are the same for another file, name, number of decimals, unit or bar
 * length of up to a day. Each stands for four days of the calendar, whose daily log returns are rounded to 0.1 %; quiet days
 * that tell markets apart badly have none. Whoever shifts the days, adds noise of more than 0.1 % a day or cuts days at
 * another hour gets other fingerprints.
 */
final class MovePrints {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int DAYS = 4;
    private static final double STEP = 1e-3;
    private static final int A_MOVE = 5;
    private static final int FEWEST_MOVES = 2;

    private MovePrints() {}

    /** What some data are, for the ledger. Made markets share names and nothing else, so they have their checksum only. */
    static DataMark mark(String checksum, MarketData data) {
        Map<String, List<String>> instruments = new TreeMap<>();
        for (Frame frame : data.frames()) {
            if (frame.provenance().kind() != Provenance.Kind.SYNTHETIC) {
                instruments.put(Seal.instrument(frame.symbol()), of(frame, 0, frame.size()));
            }
        }
        return new DataMark(checksum, instruments);
    }

    /** In the order of time; empty for bars longer than a day. */
    static List<String> of(Frame frame, int from, int to) {
        List<String> prints = new ArrayList<>();
        if (frame.barNanos() > DAY_NANOS) {
            return prints;
        }
        double[] moves = new double[DAYS + 1];
        long block = Long.MIN_VALUE;
        int known = 0;
        long lastDay = Long.MIN_VALUE;
        double lastClose = Double.NaN;
        for (int row = from; row < to; row++) {
            long end = frame.availableAt(row);
            if (frame.barNanos() < DAY_NANOS && Math.floorMod(end, DAY_NANOS) != 0) {
                continue;
            }
            long day = Math.floorDiv(end - 1, DAY_NANOS);
            double close = frame.column(Columns.CLOSE).get(row);
            if (Math.floorDiv(day, DAYS) != block) {
                block = Math.floorDiv(day, DAYS);
                known = 0;
            }
            if (day == lastDay + 1 && close > 0 && lastClose > 0) {
                moves[known++] = Math.rint(Math.log(close / lastClose) / STEP);
            }
            if (known == DAYS && isTelling(moves)) {
                prints.add(Seal.fingerprint(block, moves));
            }
            lastDay = day;
            lastClose = close;
        }
        return prints;
    }

    private static boolean isTelling(double[] moves) {
        int large = 0;
        for (double move : moves) {
            large += Math.abs(move) >= A_MOVE ? 1 : 0;
        }
        return large >= FEWEST_MOVES;
    }
}
