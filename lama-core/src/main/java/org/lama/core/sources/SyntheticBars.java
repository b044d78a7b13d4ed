package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.Instruments;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Provenance;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Bars of no market: a geometric Brownian motion of 3 % volatility a day from a price of 100 in 2010, a path of its own for
 * each symbol, the same whatever range is asked. They say nothing about any market, carry the provenance {@code
 * SYNTHETIC} and the venue {@code SYNTHETIC}, and end a chain of fallbacks for those who ask for it by name. Stateless;
 * O(days since 2010 + minutes of the range).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SyntheticBars extends Adapter {
    /** The name of the source. */
    public static final String NAME = "synthetic";

    private static final long MINUTE = 60_000_000_000L;
    private static final int DAY_MINUTES = 1440;
    private static final long DAY = DAY_MINUTES * MINUTE;
    private static final long FIRST_DAY = 14_610; // 2010-01-01
    private static final double DAILY_VOLATILITY = 0.03;
    private static final List<String> COLUMNS = List.of("open", "high", "low", "close", "volume");

    /**
     * Makes the source.
     *
     * @param settings the clock, which ends the range, and the size of batches
     */
    public SyntheticBars(SourceSettings settings) {
        super(
                new Card(
                        NAME,
                        "SYNTHETIC",
                        Provenance.Kind.SYNTHETIC,
                        Standing.GENERATED,
                        List.of(new Offer(
                                RecordKind.BARS,
                                Reach.HISTORY,
                                "generated; whole minutes that divide a day, or days"))),
                settings);
    }

    @Override
    public void fetch(FetchRequest request, Receiver receiver) throws IOException {
        offer(request.kind());
        long bar = request.barNanos();
        if (bar % MINUTE != 0 || (DAY % bar != 0 && bar != DAY)) {
            throw new SourceException(
                    SourceException.Reason.NOT_OFFERED,
                    NAME,
                    "interval",
                    "bars must be whole minutes that divide a day, got " + bar + " ns");
        }
        Harvest harvest = new Harvest(
                this, settings, request, VenueTime.ofChain(settings.clock().nowNanos()), receiver);
        for (String symbol : request.symbols()) {
            one(symbol, harvest);
        }
    }

    private void one(String symbol, Harvest harvest) throws IOException {
        // BTCUSDT, BTC/USDT and BTC-USDT are one pair, with one path
        InstrumentId id = InstrumentId.of(Instruments.fromSymbol(venue() + ".SPOT", symbol));
        String spelt = id.name();
        long bar = harvest.request().barNanos();
        Harvest.Crop crop = new Harvest.Crop(
                new SeriesKey(id, RecordKind.BARS, bar),
                COLUMNS,
                "generator synthetic " + spelt,
                "says nothing about any market");
        harvest.history(crop, (feed, from, to) -> {
            long seed = Seeds.derive(spelt.hashCode(), 0);
            long end = Math.floorDiv(to - 1, DAY);
            double logPrice = Math.log(100);
            for (long day = FIRST_DAY; day <= end; day++) {
                double step = DAILY_VOLATILITY * Seeds.rng(seed, day).nextGaussian();
                if ((day + 1) * DAY > from) {
                    feed.take(bars(day, path(logPrice, step, Seeds.rng(seed, -day)), bar));
                }
                logPrice += step;
            }
        });
    }

    /** Prices at the minutes of a day: a Brownian bridge between the prices at its ends. */
    private static double[] path(double logPrice, double step, Rng rng) {
        double[] walk = new double[DAY_MINUTES + 1];
        for (int i = 1; i <= DAY_MINUTES; i++) {
            walk[i] = walk[i - 1] + DAILY_VOLATILITY * rng.nextGaussian() / Math.sqrt(DAY_MINUTES);
        }
        double excess = walk[DAY_MINUTES] - step;
        double[] prices = new double[DAY_MINUTES + 1];
        for (int i = 0; i <= DAY_MINUTES; i++) {
            prices[i] = Math.exp(logPrice + walk[i] - excess * i / DAY_MINUTES);
        }
        return prices;
    }

    private static List<Row> bars(long day, double[] prices, long barNanos) {
        int minutes = (int) (barNanos / MINUTE);
        List<Row> rows = new ArrayList<>();
        for (int first = 0; first < DAY_MINUTES; first += minutes) {
            long time = day * DAY + first * MINUTE;
            double high = prices[first];
            double low = prices[first];
            for (int i = first; i <= first + minutes; i++) {
                high = Math.max(high, prices[i]);
                low = Math.min(low, prices[i]);
            }
            rows.add(Row.at(time, 0, prices[first], high, low, prices[first + minutes], minutes));
        }
        return rows;
    }
}
