package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.store.MarketStore;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * The payments of a stored series of funding beside the bars of its perpetual, so that a run pays them. A bar has the sum
 * of the rates that fall due after its open and up to its close; venues stamp them some milliseconds late, so up to a
 * minute after the close (half a bar where bars are shorter than two minutes) counts as at it. A rate that was known later
 * than that stands in the first bar at whose close it was known: nothing is seen early. Stateless and thread-safe; one
 * pass over the series.
 *
 * @param bars the bars with {@link Columns#FUNDING_RATE}, NaN where nothing is due; as given where no rate falls into them
 * @param payments rates that fall into the bars
 * @param late how many of them were known late
 * @param uncovered bars of which the series does not say all that was due: nothing is paid for what is missing
 * @param firstUncovered row of the first of them; -1 if there is none
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StoreFunding(Frame bars, int payments, int late, int uncovered, int firstUncovered) {
    /**
     * Keeps what was found.
     *
     * @param bars the bars with the column
     * @param payments rates that fall into the bars
     * @param late how many of them were known late
     * @param uncovered bars of which the series does not say all that was due
     * @param firstUncovered row of the first of them; -1 if there is none
     */
    public StoreFunding {
        Check.notNull(bars, "bars");
    }

    /**
     * Puts the payments beside the bars.
     *
     * @param bars of the perpetual, at least one
     * @param store where the series is
     * @param key a series of funding
     * @return bars and counts
     * @throws IOException if the store cannot be read
     */
    public static StoreFunding of(Frame bars, MarketStore store, SeriesKey key) throws IOException {
        Check.that(key.kind() == RecordKind.FUNDING, "the series must be one of funding, got " + key);
        // whole: only its own spacing tells what is missing before the first bar and behind the last
        KnownRows rows = KnownRows.of(store, MarketStore.Query.all(key).only(List.of("rate")));
        long[] times = rows.times();
        long[] known = rows.available();
        double[] rates = rows.numbers("rate").orElseThrow();
        double[] column = new double[bars.size()];
        Arrays.fill(column, Double.NaN);
        int payments = 0;
        int late = 0;
        for (int row = 0; row < times.length; row = rows.end(row)) {
            int due = PaymentTimes.bar(bars, times[row]);
            if (due >= 0 && due < column.length && !Double.isNaN(rates[row])) {
                // booked once, in the version of that moment: what is corrected later was paid before
                int booked = Math.max(due, PaymentTimes.bar(bars, known[row]));
                int version = row;
                while (version + 1 < rows.end(row) && PaymentTimes.bar(bars, known[version + 1]) <= booked) {
                    version++;
                }
                payments++;
                late += booked > due ? 1 : 0;
                if (booked < column.length) {
                    column[booked] = (Double.isNaN(column[booked]) ? 0 : column[booked]) + rates[version];
                }
            }
        }
        boolean[] missing = PaymentTimes.uncovered(bars, times);
        int[] uncovered =
                IntStream.range(0, missing.length).filter(row -> missing[row]).toArray();
        return new StoreFunding(
                payments == 0 ? bars : bars.with(Columns.FUNDING_RATE, column),
                payments,
                late,
                uncovered.length,
                uncovered.length == 0 ? -1 : uncovered[0]);
    }
}
