package org.lama.backtest.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lama.core.market.Columns;
import org.lama.core.search.DataMark;
import org.lama.core.search.Seal;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;

/**
 * Fingerprints of what a market did, day by day: they are the same for another file, name, number of decimals, unit or bar
 * length of up to a day. Each stands for four days of the calendar, whose daily log returns are rounded to 0.1 %; quiet days
 * that tell markets apart badly have none.
 *
 * <p>A second kind has no date and no sign: eight daily log returns in a row, wherever they stand, negated so that the first
 * move is up. It knows bars again whose days were shifted or whose prices were inverted. Whoever adds noise of more than
 * 0.1 % a day or cuts days at another hour gets other fingerprints of both kinds.
 */
final class MovePrints {
    static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int DAYS = 4;
    private static final double STEP = 1e-3;
    private static final int A_MOVE = 5;
    private static final int FEWEST_MOVES = 2;
    private static final int UNDATED_DAYS = 8;
    private static final int FEWEST_SIZES = 5;
    private static final long UNDATED = Long.MIN_VALUE;
    private static final int PRINTS_OF_A_KIND = DataMark.FINGERPRINTS / 2;

    /** A fingerprint without a date, and the start of the first day that it tells something of. */
    record Undated(String print, long fromNanos) {}

    private MovePrints() {}

    /** What some data are, for the ledger. Made markets share names and nothing else, so they have their checksum only. */
    static DataMark mark(String checksum, List<Frame> frames) {
        Map<String, List<String>> instruments = new TreeMap<>();
        for (Frame frame : frames) {
            if (frame.provenance().kind() != Provenance.Kind.SYNTHETIC) {
                instruments
                        .computeIfAbsent(Seal.instrument(frame.symbol()), name -> new ArrayList<>())
                        .addAll(both(frame));
            }
        }
        return new DataMark(checksum, instruments);
    }

    /** The smallest of each kind, so that parts of the data keep many of them. */
    private static List<String> both(Frame frame) {
        return Stream.of(
                        of(frame, 0, frame.size()).stream(),
                        undated(frame, 0, frame.size()).stream().map(Undated::print))
                .flatMap(kind -> kind.sorted().distinct().limit(PRINTS_OF_A_KIND))
                .toList();
    }

    /** In the order of time; empty for bars longer than a day. */
    static List<Undated> undated(Frame frame, int from, int to) {
        List<Undated> prints = new ArrayList<>();
        if (frame.barNanos() > DAY_NANOS) {
            return prints;
        }
        double[] moves = new double[UNDATED_DAYS];
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
            if (day == lastDay + 1 && close > 0 && lastClose > 0) {
                System.arraycopy(moves, 1, moves, 0, UNDATED_DAYS - 1);
                moves[UNDATED_DAYS - 1] = Math.rint(Math.log(close / lastClose) / STEP);
                known = Math.min(UNDATED_DAYS, known + 1);
            } else {
                known = 0;
            }
            if (known == UNDATED_DAYS && hasManySizes(moves)) {
                prints.add(new Undated(Seal.fingerprint(UNDATED, upFirst(moves)), (day - UNDATED_DAYS) * DAY_NANOS));
            }
            lastDay = day;
            lastClose = close;
        }
        return prints;
    }

    /** Steady or periodic prices, as examples have them, would be taken for each other. */
    private static boolean hasManySizes(double[] moves) {
        return Arrays.stream(moves)
                        .map(Math::abs)
                        .filter(size -> size >= A_MOVE)
                        .distinct()
                        .count()
                >= FEWEST_SIZES;
    }

    private static double[] upFirst(double[] moves) {
        double first =
                Arrays.stream(moves).filter(move -> move != 0).findFirst().orElse(1);
        // 0 has one sign
        return Arrays.stream(moves)
                .map(move -> (first < 0 ? -move : move) + 0.0)
                .toArray();
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
