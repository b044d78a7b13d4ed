package org.lama.backtest.strategies;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.book.BookScale;
import org.lama.core.book.BookView;
import org.lama.core.market.Side;

/**
 * Quotes both sides around a reservation price that leans against the inventory (Avellaneda and Stoikov 2008,
 * doi:10.1080/14697680701381228), everything as fractions of the mid s:
 *
 * <pre>
 * q           = inventory / limit, in [-1, 1]
 * reservation = s · (1 − q · gamma · sigma² · tau)
 * half spread = s · max(least, fee + gamma · sigma² · tau / 2 + ln(1 + gamma / kappa) / gamma)
 * </pre>
 *
 * The time that is left, T − t of the paper, is a constant tau: a market of coins never closes, and a quote must not
 * depend on when a recording happens to end. Sigma (per root second) and kappa are estimated from what came so far
 * ({@link MarketPulse}) unless they are given; until they are known nothing is quoted.
 *
 * <p>Quotes are post-only: bids are rounded down, asks up, and neither reaches the other side. They are replaced when the
 * wanted price moved by at least {@code requoteTicks} or after {@code maxAgeSeconds}. The limit of the inventory always
 * wins: a side that could pass it is not quoted. A book that is not valid or has been silent for {@code staleSeconds}
 * takes all quotes out. Each instrument is made for itself.
 */
final class AvellanedaStoikov implements Strategy {
    private static final String TIMER = "quote";

    private final MakerSettings settings;
    private MadeMarket[] markets = new MadeMarket[0];

    AvellanedaStoikov(Parameters parameters) {
        settings = MakerSettings.of(parameters);
    }

    @Override
    public void onStart(Context context) {
        markets = new MadeMarket[context.symbols().size()];
        for (int i = 0; i < markets.length; i++) {
            markets[i] = new MadeMarket(i, settings);
        }
        context.timer(TIMER, context.timeNanos() + settings.pace().stepNanos());
    }

    @Override
    public void onBar(Context context) {}

    @Override
    public void onBook(Context context, int instrument) {
        markets[instrument].book(context);
    }

    @Override
    public void onTrade(Context context, int instrument) {
        markets[instrument].print(context);
    }

    @Override
    public void onOrder(Context context, OrderEvent event) {
        markets[event.symbol()].order(context, event);
    }

    @Override
    public void onTimer(Context context, String name) {
        for (MadeMarket market : markets) {
            market.step(context);
        }
        context.timer(TIMER, context.timeNanos() + settings.pace().stepNanos());
    }

    @Override
    public String whyIdle() {
        return Arrays.stream(markets).map(MadeMarket::whyIdle).distinct().collect(Collectors.joining("; "));
    }

    /** What the reservation price is below the mid, as a fraction of it. */
    static double skew(double inventory, double gamma, double variancePerSecond, double seconds) {
        return inventory * gamma * variancePerSecond * seconds;
    }

    /** Half of the spread of largest utility, as a fraction of the mid. */
    static double halfSpread(double gamma, double variancePerSecond, double seconds, double kappa) {
        return 0.5 * gamma * variancePerSecond * seconds + Math.log1p(gamma / kappa) / gamma;
    }

    /** One instrument with its two quotes. Not thread-safe. */
    private static final class MadeMarket {
        private final int instrument;
        private final MakerSettings settings;
        private final MarketPulse pulse;
        private final QuotedSide bid;
        private final QuotedSide ask;
        private long heardNanos = Long.MIN_VALUE;
        private long blind;
        private long unknown;
        private long tooSmall;

        MadeMarket(int instrument, MakerSettings settings) {
            this.instrument = instrument;
            this.settings = settings;
            pulse = new MarketPulse(settings.halfLifeSeconds());
            bid = new QuotedSide(instrument, Side.BUY, settings.pace());
            ask = new QuotedSide(instrument, Side.SELL, settings.pace());
        }

        /** What most steps lacked. */
        String whyIdle() {
            if (blind + unknown + tooSmall == 0) {
                return "the run ended before its first step";
            }
            if (unknown >= blind && unknown >= tooSmall) {
                return "sigma and kappa were not known: the maker first sees " + MarketPulse.LEAST
                        + " moves of the mid, at least a second each, and as many orders that take; or give the"
                        + " parameters sigma and kappa";
            }
            return blind >= tooSmall
                    ? "the book was not valid, or silent for too long"
                    : "what may be quoted is below a lot, minQuantity or minNotional";
        }

        void book(Context context) {
            long now = context.timeNanos();
            heardNanos = context.isStale(instrument) ? heardNanos : now;
            if (!context.book(instrument).isValid() || context.isStale(instrument)) {
                pull(context);
                pulse.look(now, context.book(instrument));
            }
        }

        private void pull(Context context) {
            bid.pull(context);
            ask.pull(context);
        }

        void print(Context context) {
            double quantity = context.lastTradeQuantity(instrument);
            double price = context.lastTradePrice(instrument);
            pulse.print(context.timeNanos(), quantity > 0, price, context.book(instrument));
        }

        void order(Context context, OrderEvent event) {
            bid.hears(context, event);
            ask.hears(context, event);
        }

        void step(Context context) {
            BookView book = context.book(instrument);
            long now = context.timeNanos();
            pulse.look(now, book);
            boolean fresh = heardNanos != Long.MIN_VALUE
                    && !context.isStale(instrument)
                    && now - heardNanos < settings.pace().staleNanos();
            double variance = settings.sigma() > 0 ? settings.sigma() * settings.sigma() : pulse.variancePerSecond();
            double kappa = settings.kappa() > 0 ? settings.kappa() : pulse.kappa();
            boolean seen = fresh && book.isValid();
            if (seen && variance >= 0 && kappa > 0) {
                quote(context, variance, kappa);
            } else {
                blind += seen ? 0 : 1;
                unknown += seen ? 1 : 0;
                pull(context);
            }
        }

        private void quote(Context context, double variance, double kappa) {
            BookView book = context.book(instrument);
            double gamma = settings.riskAversion();
            double tau = settings.horizonSeconds();
            double most = settings.size().mostHeld(book.scale());
            double held = context.position(instrument);
            double inventory = Math.max(-1, Math.min(1, held / most));
            double half = Math.max(
                    settings.leastHalfSpread(), settings.feeFraction() + halfSpread(gamma, variance, tau, kappa));
            double midTicks = 0.5 * ((double) book.bidTicks() + book.askTicks());
            double reservation = midTicks * (1 - skew(inventory, gamma, variance, tau));
            double away = midTicks * half;
            int bidTicks = (int) Math.max(0, Math.min(Math.floor(reservation - away), book.askTicks() - 1));
            int askTicks = (int) Math.max(book.bidTicks() + 1, Math.ceil(reservation + away));
            double toBuy = quantity(context, bidTicks, inventory, most - held);
            double toSell = quantity(context, askTicks, -inventory, most + held);
            tooSmall += toBuy > 0 || toSell > 0 ? 0 : 1;
            bid.want(context, toBuy > 0 ? bidTicks : 0, toBuy);
            ask.want(context, toSell > 0 ? askTicks : 0, toSell);
        }

        /** Whole lots that may be quoted; 0 where that is below a least size or would pass the limit. */
        private double quantity(Context context, int ticks, double fullness, double room) {
            MakerSettings.Sizes sizes = settings.sizes();
            BookScale scale = context.book(instrument).scale();
            double usual = settings.size().quantity(scale);
            double wanted = sizes.skewed() ? usual * (1 - Math.max(0, fullness)) : usual;
            double least = Math.max(sizes.leastQuantity(), sizes.leastNotional() / scale.price(Math.max(1, ticks)));
            long lots = scale.lotsAtMost(wanted);
            double whole = scale.quantity(lots);
            boolean fits = lots >= 1 && whole >= least && whole <= room + 0.5 * scale.lotSize();
            return fits ? whole : 0;
        }
    }
}
