package org.lama.backtest.replay;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.book.BookScale;

/**
 * Fills with the mid that stood just before each and those that stood some time after, in memory or in a temporary file as
 * the fills are. Money is whole half ticks times lots. Immutable.
 */
final class FillMarks {
    private static final double FEE_UNITS = 1e8;

    private final BookScale scale;
    private final OwnFills fills;
    private final MidPath mids;
    private final long[] horizonNanos;
    /** The mid before each fill, then those after the horizons. */
    private final LongRows around;

    FillMarks(BookScale scale, OwnFills fills, MidPath mids, long[] horizonNanos) {
        this.scale = Check.notNull(scale, "scale");
        this.fills = Check.notNull(fills, "fills");
        this.mids = Check.notNull(mids, "mids");
        this.horizonNanos = horizonNanos.clone();
        around = new LongRows(1 + horizonNanos.length);
        for (int i = 0; i < fills.size(); i++) {
            long now = fills.nanos(i);
            Check.that(i == 0 || now >= fills.nanos(i - 1), "fills must be in the order of their times");
            long before = mids.before(now);
            // the first mid of all may come at the very time of the fill
            before = before == MidPath.NONE ? mids.at(now) : before;
            Check.that(before != MidPath.NONE, "fill " + i + " came before the feed had a mid: is it of this feed?");
            around.add();
            around.set(i, 0, before);
            for (int h = 0; h < horizonNanos.length; h++) {
                long due = now + horizonNanos[h];
                around.set(i, 1 + h, due > mids.lastNanos() ? MidPath.NONE : mids.at(due));
            }
        }
    }

    private long atFill(int fill) {
        return around.get(fill, 0);
    }

    private long after(int horizon, int fill) {
        return around.get(fill, 1 + horizon);
    }

    OwnFills fills() {
        return fills;
    }

    MidPath mids() {
        return mids;
    }

    int horizons() {
        return horizonNanos.length;
    }

    long horizonNanos(int horizon) {
        return horizonNanos[horizon];
    }

    double money(long halfTickLots) {
        return 0.5 * scale.money(halfTickLots);
    }

    double quantity(long lots) {
        return scale.quantity(lots);
    }

    double price(long halfTicks) {
        return 0.5 * scale.price(halfTicks);
    }

    /** What a fill captured against the mid. */
    long spread(int fill) {
        return Math.multiplyExact(fills.signedLots(fill), atFill(fill) - 2 * fills.ticks(fill));
    }

    /** What the mid did for a fill until the end of the feed. */
    long inventory(int fill) {
        return Math.multiplyExact(fills.signedLots(fill), mids.last() - atFill(fill));
    }

    /** Whether the feed ends before a horizon. */
    boolean isCut(int horizon, int fill) {
        return after(horizon, fill) == MidPath.NONE;
    }

    /** What the mid did for a fill within a horizon, or until the end of the feed. */
    long drift(int horizon, int fill) {
        return isCut(horizon, fill)
                ? inventory(fill)
                : Math.multiplyExact(fills.signedLots(fill), after(horizon, fill) - atFill(fill));
    }

    static String seconds(long nanos) {
        double seconds = nanos / 1e9;
        return (seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds)) + " s";
    }

    /** One row for each fill of a range; a fee counts, so it is below 0; a drift beyond the end of the feed is NaN. */
    Tabular table(int from, int to) {
        List<Long> times = new ArrayList<>();
        List<Double> quantities = new ArrayList<>();
        List<Double> prices = new ArrayList<>();
        List<Double> before = new ArrayList<>();
        List<Double> captured = new ArrayList<>();
        List<Double> fees = new ArrayList<>();
        for (int i = from; i < to; i++) {
            times.add(fills.nanos(i));
            quantities.add(quantity(fills.signedLots(i)));
            prices.add(scale.price(fills.ticks(i)));
            before.add(price(atFill(i)));
            captured.add(money(spread(i)));
            fees.add((0 - fills.feeUnits(i)) / FEE_UNITS);
        }
        List<Tabular.Column> columns = new ArrayList<>(List.of(
                new Tabular.Column("tsNanos", times),
                new Tabular.Column("quantity", quantities),
                new Tabular.Column("price", prices),
                new Tabular.Column("mid", before),
                new Tabular.Column("spread", captured),
                new Tabular.Column("fee", fees)));
        for (int h = 0; h < horizonNanos.length; h++) {
            List<Double> drifts = new ArrayList<>();
            for (int i = from; i < to; i++) {
                drifts.add(isCut(h, i) ? Double.NaN : money(drift(h, i)));
            }
            columns.add(new Tabular.Column("drift " + seconds(horizonNanos[h]), drifts));
        }
        List<Tabular.Column> all = List.copyOf(columns);
        return () -> all;
    }
}
