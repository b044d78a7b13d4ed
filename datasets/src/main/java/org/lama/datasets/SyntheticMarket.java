package org.lama.datasets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.DatasetProvider;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/**
 * A generated market, named {@code synthetic}, whose truth is known: it judges the machinery and says nothing about any
 * real market. Every frame has provenance {@link Provenance.Kind#SYNTHETIC}.
 *
 * <p>Prices: a common factor and an own part, both with clustered volatility (GARCH), fat tails (a mixture of normal
 * laws), crashes, and yearly episodes of high volatility, low liquidity and both. Given the past, the expected simple
 * return of every asset is exactly zero, but for three assets chosen by the seed (all, if there are fewer): their return
 * has a drift that is a slowly changing multiple of the current volatility. Book and pool columns follow the same latent
 * liquidity; nothing in them foretells a return. There are no gaps.
 *
 * <p>{@link #withBooks} gives books of single levels with planted anomalies in place of the summary columns. Without
 * moves after them its bars are those of the plain market, bit by bit.
 *
 * <p>Deterministic and thread-safe: equal requests give equal bits on every machine ({@link StrictMath} and own random
 * numbers). 20 assets of 1,461 daily bars take about 0.2 s and 6 MB; cost grows with assets × bars.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SyntheticMarket implements DatasetProvider {
    /** Number of assets with an edge, where there are at least as many. */
    public static final int PLANTED_ASSETS = 3;

    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final long FIRST_NANOS = TimeIndex.nanos(Instant.parse("2020-01-01T00:00:00Z"));

    private final Optional<PlantedAnomalies> books;

    /** Called by the service loader. */
    public SyntheticMarket() {
        this(Optional.empty());
    }

    private SyntheticMarket(Optional<PlantedAnomalies> books) {
        this.books = books;
    }

    /**
     * The market with books of single levels, in which anomalies stand.
     *
     * @param anomalies how many there are and what follows them
     * @return a market named {@code synthetic-books}, or {@code synthetic-books-null} where nothing follows
     */
    public static SyntheticMarket withBooks(PlantedAnomalies anomalies) {
        return new SyntheticMarket(Optional.of(Check.notNull(anomalies, "anomalies")));
    }

    @Override
    public String name() {
        return books.map(anomalies -> anomalies.isNull() ? "synthetic-books-null" : "synthetic-books")
                .orElse("synthetic");
    }

    /**
     * The request of a study without data: 20 assets, 1,461 days, daily bars.
     *
     * @param seed seed of the market
     * @return the request
     */
    public static Request defaults(long seed) {
        return new Request(seed, 20, 1_461, DAY_NANOS);
    }

    @Override
    public MarketData load(Request request) {
        Check.that(
                request.barNanos() <= DAY_NANOS && DAY_NANOS % request.barNanos() == 0,
                "barNanos must divide a day, got " + request.barNanos());
        long bars = request.days() * (DAY_NANOS / request.barNanos());
        Check.that(bars <= 10_000_000, "days × bars a day must be <= 10,000,000, got " + bars);
        double dayFraction = (double) request.barNanos() / DAY_NANOS;
        MarketFactor market = new MarketFactor(Seeds.derive(request.seed(), 0), (int) bars, dayFraction);
        boolean[] planted = choose(request);
        List<Frame> frames = new ArrayList<>();
        List<QualityReport> quality = new ArrayList<>();
        List<MarketData.Planted> truths = new ArrayList<>();
        List<MarketData.PlantedAnomaly> anomalies = new ArrayList<>();
        for (int a = 0; a < request.assets(); a++) {
            Frame frame = asset(request, a, market, planted[a], anomalies);
            frames.add(frame);
            quality.add(new QualityReport(
                    frame.symbol(),
                    frame.provenance().source(),
                    frame.size(),
                    frame.size(),
                    frame.size(),
                    0,
                    0,
                    request.barNanos(),
                    List.of()));
            if (planted[a]) {
                truths.add(truth(frame.symbol(), dayFraction));
            }
        }
        return new MarketData(frames, quality, truths, anomalies);
    }

    private static boolean[] choose(Request request) {
        int[] order = new int[request.assets()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Rng rng = Seeds.rng(request.seed(), 1);
        boolean[] planted = new boolean[order.length];
        for (int i = 0; i < Math.min(PLANTED_ASSETS, order.length); i++) {
            int j = i + rng.nextInt(order.length - i);
            int chosen = order[j];
            order[j] = order[i];
            planted[chosen] = true;
        }
        return planted;
    }

    private Frame asset(
            Request request,
            int number,
            MarketFactor market,
            boolean planted,
            List<MarketData.PlantedAnomaly> anomalies) {
        long seed = Seeds.derive(request.seed(), 100L + number);
        Optional<AnomalyDates> dates =
                books.map(how -> new AnomalyDates(how, seed, market.volatility.length, market.dayFraction));
        double[] moves = dates.map(found -> found.move).orElse(new double[0]);
        AssetPath path = new AssetPath(seed, market, PlantedEdge.DEFAULT, planted, moves);
        Provenance provenance = new Provenance(
                Provenance.Kind.SYNTHETIC, "synthetic market, seed " + request.seed(), "", "generated, no real market");
        Frame bars = Frame.of(
                        String.format(Locale.ROOT, "SYN%02dUSDT", number + 1),
                        TimeIndex.regular(FIRST_NANOS, request.barNanos(), path.close.length),
                        request.barNanos(),
                        provenance)
                .with(Columns.OPEN, path.open)
                .with(Columns.HIGH, path.high)
                .with(Columns.LOW, path.low)
                .with(Columns.CLOSE, path.close)
                .with(Columns.VOLUME, path.volume);
        dates.ifPresent(found -> anomalies.addAll(found.list(bars)));
        Frame booked = dates.map(found -> BookColumns.withBook(bars, path, found, seed))
                .orElseGet(() -> LiquidityColumns.withBook(bars, path, seed));
        return LiquidityColumns.withPools(booked, path, seed);
    }

    private static MarketData.Planted truth(String symbol, double dayFraction) {
        PlantedEdge edge = PlantedEdge.DEFAULT;
        return new MarketData.Planted(
                symbol,
                edge.annualSharpe(dayFraction),
                String.format(
                        Locale.ROOT,
                        "drift of %.2f volatilities a day (standard deviation) with a daily autocorrelation of %.2f",
                        edge.kappaPerDay(),
                        edge.phiPerDay()));
    }
}
