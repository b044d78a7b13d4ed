package org.lama.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Columns;
import org.lama.core.series.AsOf;
import org.lama.core.series.Frame;

/**
 * Valuation of bars that are quoted in a coin which only promises to be worth a dollar: USDT is not USD. Stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class PegMarks {
    /** Coins further from a dollar than this share are off their peg. */
    public static final double TOLERANCE = 0.02;

    private static final Set<String> PEGGED =
            Set.of("USDT", "USDC", "BUSD", "TUSD", "DAI", "FDUSD", "USDP", "UST", "USTC", "GUSD");
    private static final String MARK = "peg.mark";

    private PegMarks() {}

    /**
     * Bars in a row in which a coin was off its peg.
     *
     * @param fromNanos first bar, UTC epoch nanoseconds
     * @param toNanos end of the last, exclusive
     * @param bars how many
     * @param furthest the price furthest from 1
     */
    public record Stretch(long fromNanos, long toNanos, int bars, double furthest) {}

    /** Whether a coin promises to be worth a dollar. */
    static boolean isPegged(String coin) {
        return PEGGED.contains(coin);
    }

    /**
     * The stretches in which a coin was off its peg.
     *
     * @param marks bars of the coin in dollars
     * @param tolerance share of a dollar by which it may be off, above 0
     * @return in the order of time; gaps belong to the stretch around them
     */
    public static List<Stretch> offPeg(Frame marks, double tolerance) {
        long[] times = new long[marks.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = marks.index().at(i);
        }
        return offPeg(
                times, marks.column(Columns.CLOSE).toArray(), marks.barNanos(), Check.positive(tolerance, "tolerance"));
    }

    static List<Stretch> offPeg(long[] times, double[] closes, long barNanos, double tolerance) {
        List<Stretch> found = new ArrayList<>();
        int bars = 0;
        long from = 0;
        long to = 0;
        double furthest = 1;
        for (int i = 0; i <= closes.length; i++) {
            boolean missing = i < closes.length && Double.isNaN(closes[i]);
            boolean off = i < closes.length && Math.abs(closes[i] - 1) > tolerance;
            if (off) {
                from = bars == 0 ? times[i] : from;
                to = times[i] + barNanos;
                furthest = bars == 0 || Math.abs(closes[i] - 1) > Math.abs(furthest - 1) ? closes[i] : furthest;
                bars++;
            } else if (!missing && bars > 0) {
                found.add(new Stretch(from, to, bars, furthest));
                bars = 0;
            }
        }
        return found;
    }

    /**
     * Values bars in dollars: each price times the last close of the coin that was known when the bar closed. Quote
     * volumes are valued too, base volumes stay.
     *
     * @param bars bars quoted in the coin
     * @param marks bars of the coin in dollars
     * @param maxAgeNanos older marks count as missing, above 0
     * @return the bars in dollars, NaN where no mark was known
     */
    public static Frame convert(Frame bars, Frame marks, long maxAgeNanos) {
        long[] known = new long[marks.size()];
        for (int i = 0; i < known.length; i++) {
            known[i] = marks.availableAt(i);
        }
        Frame closes = Frame.of(marks.symbol(), marks.index(), marks.barNanos(), marks.provenance())
                .with(MARK, marks.column(Columns.CLOSE).toArray());
        double[] mark = AsOf.join(
                        Frame.of(bars.symbol(), bars.index(), bars.barNanos(), bars.provenance()),
                        closes,
                        known,
                        maxAgeNanos)
                .column(MARK)
                .toArray();
        Frame out = bars;
        for (String name : List.of(Columns.OPEN, Columns.HIGH, Columns.LOW, Columns.CLOSE, "quote_volume")) {
            if (bars.has(name)) {
                double[] values = bars.column(name).toArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] *= mark[i];
                }
                out = out.with(name, values);
            }
        }
        String note = "valued in dollars by " + marks.symbol();
        return out.withProvenance(bars.provenance().withNote(note));
    }
}
