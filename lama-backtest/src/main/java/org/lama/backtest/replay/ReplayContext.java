package org.lama.backtest.replay;

import java.time.Duration;
import java.util.List;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.VenueBook.Terms;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.strategy.Context;
import org.lama.core.base.Check;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookScale;
import org.lama.core.book.BookView;
import org.lama.core.book.LevelBook;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/** Our side: what has come to us by now, and what we send. Knows nothing of the venue but what it answers. */
final class ReplayContext implements Context {
    static final byte PLACE = 1;
    static final byte CANCEL = 2;
    static final byte ACCEPTED = 3;
    static final byte REFUSED = 4;
    static final byte CANCELLED = 5;
    static final byte NOT_CANCELLED = 6;
    static final byte FILLED_MAKER = 7;
    static final byte FILLED_TAKER = 8;
    static final byte LOST = 9;

    final LevelBook book;
    final OwnOrders orders = new OwnOrders();
    final MessageBus toVenue = new MessageBus();
    final MessageBus toUs = new MessageBus();
    final Timers timers = new Timers();
    final LocalAccount account;
    long now;
    long sent;
    int lastTradeTicks;
    long lastTradeLots;
    boolean ended;
    private final BookScale scale;
    private final OrderLatency latency;
    private final List<String> symbols;
    private final Frame noBars;

    ReplayContext(ReplaySettings settings, BookScale scale) {
        this.scale = scale;
        latency = settings.latency();
        symbols = List.of(settings.symbol());
        book = LevelBook.of(scale, settings.windowTicks());
        account = new LocalAccount(scale, settings.fees(), settings.cash());
        Provenance none = new Provenance(Provenance.Kind.SYNTHETIC, "replay", "", "no bars in a replay of books");
        noBars = Frame.of(settings.symbol(), TimeIndex.of(new long[0]), 1, none);
    }

    @Override
    public long timeNanos() {
        return now;
    }

    @Override
    public List<String> symbols() {
        return symbols;
    }

    @Override
    public int instrument(String symbol) {
        Check.that(symbols.contains(symbol), "symbol must be " + symbols.get(0) + ", got " + symbol);
        return 0;
    }

    private static void check(int instrument) {
        if (instrument != 0) {
            throw new IllegalArgumentException("instrument must be 0 in a replay of one book, got " + instrument);
        }
    }

    @Override
    public int bars(int instrument) {
        check(instrument);
        return 0;
    }

    @Override
    public boolean isTradable(int instrument) {
        check(instrument);
        return book.isValid();
    }

    @Override
    public double open(int instrument, int barsAgo) {
        return noBar(instrument);
    }

    @Override
    public double high(int instrument, int barsAgo) {
        return noBar(instrument);
    }

    @Override
    public double low(int instrument, int barsAgo) {
        return noBar(instrument);
    }

    @Override
    public double close(int instrument, int barsAgo) {
        return noBar(instrument);
    }

    @Override
    public double volume(int instrument, int barsAgo) {
        return noBar(instrument);
    }

    private static double noBar(int instrument) {
        check(instrument);
        return Double.NaN;
    }

    @Override
    public Frame past(int instrument) {
        check(instrument);
        return noBars;
    }

    @Override
    public Frame past(int instrument, Duration timeFrame) {
        return past(instrument);
    }

    @Override
    public double lastTradePrice(int instrument) {
        check(instrument);
        return lastTradeTicks == 0 ? Double.NaN : scale.price(lastTradeTicks);
    }

    @Override
    public double lastTradeQuantity(int instrument) {
        check(instrument);
        return lastTradeTicks == 0 ? Double.NaN : scale.quantity(lastTradeLots);
    }

    @Override
    public BookView book(int instrument) {
        check(instrument);
        return book;
    }

    @Override
    public double bid(int instrument) {
        check(instrument);
        return book.isValid() ? scale.price(book.bidTicks()) : Double.NaN;
    }

    @Override
    public double ask(int instrument) {
        check(instrument);
        return book.isValid() ? scale.price(book.askTicks()) : Double.NaN;
    }

    @Override
    public double position(int instrument) {
        check(instrument);
        return account.position();
    }

    @Override
    public double weight(int instrument) {
        double position = position(instrument);
        return position == 0 ? 0 : position * BookMeasures.mid(book) / equity();
    }

    @Override
    public double equity() {
        double position = account.position();
        return account.cash() + (position == 0 ? 0 : position * BookMeasures.mid(book));
    }

    @Override
    public double cash() {
        return account.cash();
    }

    @Override
    public void target(int instrument, double weight) {
        throw noTargets();
    }

    @Override
    public void targetQuantity(int instrument, double quantity) {
        throw noTargets();
    }

    @Override
    public long[] submitOneCancelsOther(OrderRequest first, OrderRequest second) {
        throw noTargets();
    }

    @Override
    public long[] submitBracket(OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss) {
        throw noTargets();
    }

    private static IllegalArgumentException noTargets() {
        return new IllegalArgumentException(
                "a replay of books takes market and limit orders one by one; send those instead of targets and groups");
    }

    @Override
    public long submit(OrderRequest request) {
        check(request.instrument());
        boolean limited = request.type() == OrderRequest.Type.LIMIT;
        boolean atOnce = request.timeInForce() == TimeInForce.IOC || request.timeInForce() == TimeInForce.FOK;
        Check.that(
                (limited || request.type() == OrderRequest.Type.MARKET)
                        && request.timeInForce() != TimeInForce.GTD
                        && !request.reduceOnly(),
                "a replay of books takes MARKET and LIMIT orders, GTC, IOC or FOK, not reduce-only; got "
                        + request.type() + " " + request.timeInForce());
        Terms terms = request.postOnly() ? Terms.POST_ONLY : atOnce || !limited ? Terms.AT_ONCE : Terms.REST;
        boolean buys = request.side() == Side.BUY;
        int ticks = limited ? scale.ticks(request.limitPrice()) : buys ? BookScale.MOST_TICKS : 1;
        return send(buys, ticks, request.quantity(), terms, request.tag());
    }

    @Override
    public long quote(int instrument, Side side, double quantity, double limitPrice) {
        check(instrument);
        return send(side == Side.BUY, scale.ticks(limitPrice), quantity, Terms.POST_ONLY, "");
    }

    private long send(boolean buys, int ticks, double quantity, Terms terms, String tag) {
        long lots = scale.lots(quantity);
        if (ticks == 0 || lots <= 0) {
            throw new IllegalArgumentException("limit price and quantity must be at least one tick and one lot, got "
                    + ticks + " ticks and " + lots + " lots; is the book valid?");
        }
        if (ended) {
            return OrderEvent.NO_ORDER;
        }
        int slot = orders.take(buys, ticks, lots, terms, tag);
        sent++;
        post(PLACE, slot);
        return orders.number[slot];
    }

    private void post(byte what, int slot) {
        long nanos = latency.requestNanos(now);
        if (nanos < 0) {
            toUs.add(what == PLACE ? LOST : NOT_CANCELLED, slot, 0, now, now - nanos);
        } else {
            toVenue.add(what, slot, orders.ticks[slot], now, now + nanos);
        }
    }

    @Override
    public String tag(long order) {
        int slot = orders.slot(order);
        return slot == OwnOrders.NONE ? "" : orders.tag[slot];
    }

    /** Only an order that the venue has accepted, and that is not being cancelled, can be cancelled. */
    @Override
    public void cancel(long order) {
        int slot = orders.slot(order);
        if (slot != OwnOrders.NONE && orders.state[slot] == OwnOrders.WORKING) {
            orders.state[slot] = OwnOrders.CANCELLING;
            orders.sentMore(slot);
            post(CANCEL, slot);
        }
    }

    @Override
    public void timer(String name, long atNanos) {
        timers.set(Check.notNull(name, "name"), atNanos);
    }
}
