package org.lama.backtest.replay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.analytics.BootstrapResult;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.book.BookScale;

/**
 * Where the profit of a replay in one instrument came from. With s = ±1 the side, q the quantity and p the price of a
 * fill, m(t) the mid at the venue, m⁻ the mid that stood just before the fill and m(T) the last one:
 *
 * <pre>
 * spread    = Σ s·q·(m⁻ − p)          what was captured against the mid
 * inventory = Σ s·q·(m(T) − m⁻)       what the mid did afterwards: position times move of the mid, summed
 * fees      = −Σ fee                  as they count: what was paid is below 0, rebates are above
 * profit    = spread + inventory + fees
 * </pre>
 *
 * The first two are whole numbers of half ticks times lots, and so add up exactly. Of the inventory, {@code drift(h)} =
 * Σ s·q·(m(t + h) − m⁻) is what the mid did within a horizon after each fill: below 0 it is adverse selection, the fills
 * came from those who knew better. Where the feed ends before the horizon its last mid is taken, and counted.
 *
 * <p>Intervals come from a stationary bootstrap over minutes (95 %, 2,000 resamples, fixed seed); fewer than 30 minutes
 * give none, and so do fills in fewer than 30 of them, since few minutes then stand for all. They hold for markets as the one
 * that was recorded, and for no other. Fills are valued at the last valid mid
 * where the book is not valid. Immutable; O((fills + steps of the mid) · log).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class PnlSplit {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final double FEE_UNITS = 1e8;
    private static final int RESAMPLES = 2000;
    private static final long SEED = 20_240_808;

    private final FillMarks marks;
    private final long spreadUnits;
    private final long inventoryUnits;
    private final long[] driftUnits;
    private final long[] cutOff;
    private final long feeUnits;
    private final PnlMinutes minutes;
    private final PnlPath path;
    /** Made when it is first asked for: the intervals of a day take a while. */
    private volatile @Nullable List<Part> parts;

    private PnlSplit(FillMarks marks) {
        this.marks = marks;
        driftUnits = new long[marks.horizons()];
        cutOff = new long[marks.horizons()];
        long spread = 0;
        long inventory = 0;
        long fees = 0;
        for (int i = 0; i < marks.fills().size(); i++) {
            spread = Math.addExact(spread, marks.spread(i));
            inventory = Math.addExact(inventory, marks.inventory(i));
            fees = Math.subtractExact(fees, marks.fills().feeUnits(i));
            for (int h = 0; h < driftUnits.length; h++) {
                driftUnits[h] = Math.addExact(driftUnits[h], marks.drift(h, i));
                cutOff[h] += marks.isCut(h, i) ? 1 : 0;
            }
        }
        spreadUnits = spread;
        inventoryUnits = inventory;
        feeUnits = fees;
        path = new PnlPath(marks);
        minutes = PnlMinutes.of(marks, path, MINUTE_NANOS);
    }

    /**
     * Splits the profit of the fills in one instrument.
     *
     * @param scale what ticks and lots are worth
     * @param fills in the order of their times
     * @param mids of the feed that was replayed, whole
     * @param horizonNanos horizons of the drift, each above 0
     * @return the split
     * @throws IllegalArgumentException if fills and feed do not belong together
     */
    public static PnlSplit of(BookScale scale, OwnFills fills, MidPath mids, long... horizonNanos) {
        for (long horizon : horizonNanos) {
            Check.that(horizon > 0, "horizonNanos must be > 0, got " + horizon);
        }
        return new PnlSplit(new FillMarks(scale, fills, mids, horizonNanos));
    }

    /**
     * Number of fills.
     *
     * @return at least 0
     */
    public int size() {
        return marks.fills().size();
    }

    /**
     * Price of a fill.
     *
     * @param fill below {@link #size()}
     * @return quote currency
     */
    public double fillPrice(int fill) {
        return marks.price(2 * marks.fills().ticks(fill));
    }

    /**
     * Captured against the mid.
     *
     * @return half ticks times lots
     */
    public long spreadUnits() {
        return spreadUnits;
    }

    /**
     * Position times moves of the mid.
     *
     * @return half ticks times lots
     */
    public long inventoryUnits() {
        return inventoryUnits;
    }

    /**
     * What the mid did within a horizon after each fill; a part of the inventory.
     *
     * @param horizon its position among the horizons
     * @return half ticks times lots
     */
    public long driftUnits(int horizon) {
        return driftUnits[horizon];
    }

    /**
     * Fees as they count.
     *
     * @return 10^-8 of the quote currency: below 0 what was paid to the venue, above 0 rebates
     */
    public long feeUnits() {
        return feeUnits;
    }

    /**
     * How many fills were too near to the end of the feed for a horizon.
     *
     * @param horizon its position among the horizons
     * @return at least 0
     */
    public long cutOff(int horizon) {
        return cutOff[horizon];
    }

    /**
     * The horizons of the drift.
     *
     * @return how many there are
     */
    public int horizons() {
        return marks.horizons();
    }

    /**
     * One of the horizons.
     *
     * @param horizon its position
     * @return nanoseconds
     */
    public long horizonNanos(int horizon) {
        return marks.horizonNanos(horizon);
    }

    /**
     * Captured against the mid.
     *
     * @return quote currency
     */
    public double spread() {
        return marks.money(spreadUnits);
    }

    /**
     * Position times moves of the mid.
     *
     * @return quote currency
     */
    public double inventory() {
        return marks.money(inventoryUnits);
    }

    /**
     * Fees as they count.
     *
     * @return quote currency: below 0 what was paid to the venue, above 0 rebates
     */
    public double fees() {
        return feeUnits / FEE_UNITS;
    }

    /**
     * Drift of the mid within a horizon after the fills, a part of {@link #inventory()}; below 0 adverse selection.
     *
     * @param horizon its position among the horizons
     * @return quote currency
     */
    public double drift(int horizon) {
        return marks.money(driftUnits[horizon]);
    }

    /**
     * All together: spread + inventory + fees.
     *
     * @return quote currency
     */
    public double profit() {
        return marks.money(Math.addExact(spreadUnits, inventoryUnits)) + fees();
    }

    /**
     * The same minute by minute.
     *
     * @return the minutes, the last one perhaps not whole
     */
    public PnlMinutes minutes() {
        return minutes;
    }

    /**
     * The same over time.
     *
     * @return position and profit, to be asked at any time
     */
    public PnlPath path() {
        return path;
    }

    /**
     * The parts with their uncertainty.
     *
     * @return spread, inventory, fees, profit, and the drift of each horizon
     */
    public List<Part> parts() {
        List<Part> known = parts;
        if (known == null) {
            known = made();
            parts = known;
        }
        return known;
    }

    private List<Part> made() {
        List<Part> all = new ArrayList<>();
        all.add(part("spread captured", minutes.spread(), spread()));
        all.add(part("inventory", minutes.inventory(), inventory()));
        all.add(part("fees", minutes.fees(), fees()));
        all.add(part("profit", minutes.profit(), profit()));
        for (int h = 0; h < horizons(); h++) {
            String name = "mid after fills, " + FillMarks.seconds(horizonNanos(h));
            all.add(part(name, minutes.drift(h), drift(h)));
        }
        return List.copyOf(all);
    }

    private Part part(String name, double[] perMinute, double value) {
        String why = whyNoInterval();
        if (!why.isEmpty()) {
            return new Part(name, value, Double.NaN, Double.NaN, why);
        }
        BootstrapResult.Interval mean =
                StationaryBootstrap.of(RESAMPLES, SEED).run(perMinute).mean();
        int n = perMinute.length;
        return new Part(name, value, n * mean.low(), n * mean.high(), "");
    }

    private static String count(int minutes, String which) {
        return minutes == 1 ? "1 minute" + which + " is" : minutes + " minutes" + which + " are";
    }

    /**
     * Why the parts have no intervals.
     *
     * @return a sentence that begins with n/a; empty if they have
     */
    public String whyNoInterval() {
        int least = StationaryBootstrap.MINIMUM_ROWS;
        if (minutes.size() < least) {
            return "n/a, " + count(minutes.size(), "") + " too few: an interval needs " + least;
        }
        return minutes.filled() < least
                ? "n/a, " + count(minutes.filled(), " with fills") + " too few: an interval needs " + least
                : "";
    }

    /**
     * One part of the profit.
     *
     * @param name what it is
     * @param value quote currency, exact for this feed
     * @param low lower end of the 95 % interval over feeds like this; NaN if there is none
     * @param high upper end; NaN if there is none
     * @param whyNoInterval why there is none; empty if there is one
     */
    public record Part(String name, double value, double low, double high, String whyNoInterval) {}

    /**
     * Each fill with the mid before it and after the horizons.
     *
     * @return columns; a horizon beyond the end of the feed is NaN
     */
    public Tabular marks() {
        return marks(0, size());
    }

    /**
     * The same of some fills.
     *
     * @param from the first, at least 0
     * @param to behind the last, at most {@link #size()}
     * @return columns; a horizon beyond the end of the feed is NaN
     */
    public Tabular marks(int from, int to) {
        Check.inRange(to, 0, size(), "to");
        Check.inRange(from, 0, to, "from");
        return marks.table(from, to);
    }
}
