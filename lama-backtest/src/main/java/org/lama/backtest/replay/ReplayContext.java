package org.lama.backtest.replay;

import java.time.Duration;
import java.util.List;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.strategy.Context;
import org.lama.core.base.Check;
import org.lama.core.book.BookScale;
import org.lama.core.book.BookView;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/** Our side of all markets: what has come to us by now, and what we send. Knows nothing of venues but what they answer. */
final class ReplayContext implements Context {
    final Timers timers = new Timers();
    private final LocalSide[] sides;
    private final Clock clock;
    private final double startCash;
    private final List<String> symbols;
    private final List<Frame> noBars;

    ReplayContext(List<ReplayMarket> markets, LocalSide[] sides, double startCash, Clock clock) {
        this.sides = sides;
        this.clock = clock;
        this.startCash = startCash;
        symbols = markets.stream().map(ReplayMarket::symbol).toList();
        Provenance none = new Provenance(Provenance.Kind.SYNTHETIC, "replay", "", "no bars in a replay of books");
        noBars = symbols.stream()
                .map(symbol -> Frame.of(symbol, TimeIndex.of(new long[0]), 1, none))
                .toList();
    }

    @Override
    public long timeNanos() {
        return clock.now;
    }

    @Override
    public List<String> symbols() {
        return symbols;
    }

    @Override
    public int instrument(String symbol) {
        int place = symbols.indexOf(symbol);
        Check.that(place >= 0, "symbol must be one of " + symbols + ", got " + symbol);
        return place;
    }

    private LocalSide side(int instrument) {
        if (instrument < 0 || instrument >= sides.length) {
            throw new IllegalArgumentException("instrument must be in [0, " + sides.length + "), got " + instrument);
        }
        return sides[instrument];
    }

    @Override
    public int bars(int instrument) {
        side(instrument);
        return 0;
    }

    @Override
    public boolean isTradable(int instrument) {
        return !side(instrument).isStale();
    }

    @Override
    public boolean isStale(int instrument) {
        return side(instrument).isStale();
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

    private double noBar(int instrument) {
        side(instrument);
        return Double.NaN;
    }

    @Override
    public Frame past(int instrument) {
        side(instrument);
        return noBars.get(instrument);
    }

    @Override
    public Frame past(int instrument, Duration timeFrame) {
        return past(instrument);
    }

    @Override
    public double lastTradePrice(int instrument) {
        LocalSide side = side(instrument);
        return side.lastTradeTicks == 0 ? Double.NaN : side.scale.price(side.lastTradeTicks);
    }

    @Override
    public double lastTradeQuantity(int instrument) {
        LocalSide side = side(instrument);
        return side.lastTradeTicks == 0 ? Double.NaN : side.scale.quantity(side.lastTradeLots);
    }

    @Override
    public BookView book(int instrument) {
        return side(instrument).book.view();
    }

    @Override
    public double bid(int instrument) {
        LocalSide side = side(instrument);
        BookView book = side.book.view();
        return book.isValid() ? side.scale.price(book.bidTicks()) : Double.NaN;
    }

    @Override
    public double ask(int instrument) {
        LocalSide side = side(instrument);
        BookView book = side.book.view();
        return book.isValid() ? side.scale.price(book.askTicks()) : Double.NaN;
    }

    @Override
    public double position(int instrument) {
        return side(instrument).account.position();
    }

    @Override
    public double weight(int instrument) {
        double worth = side(instrument).worth();
        return worth == 0 ? 0 : worth / equity();
    }

    @Override
    public double equity() {
        double sum = cash();
        for (LocalSide side : sides) {
            sum += side.worth();
        }
        return sum;
    }

    @Override
    public double cash() {
        double sum = startCash;
        for (LocalSide side : sides) {
            sum += side.account.cash();
        }
        return sum;
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
        LocalSide side = side(request.instrument());
        boolean limited = request.type() == OrderRequest.Type.LIMIT;
        Check.that(
                (limited || request.type() == OrderRequest.Type.MARKET)
                        && request.timeInForce() != TimeInForce.GTD
                        && !request.reduceOnly(),
                "a replay of books takes MARKET and LIMIT orders, GTC, IOC or FOK, not reduce-only; got "
                        + request.type() + " " + request.timeInForce());
        boolean buys = request.side() == Side.BUY;
        int ticks = limited ? side.scale.ticks(request.limitPrice()) : buys ? BookScale.MOST_TICKS : 1;
        return side.send(buys, ticks, request.quantity(), terms(request), request.tag());
    }

    private static Terms terms(OrderRequest request) {
        if (request.timeInForce() == TimeInForce.FOK) {
            return Terms.ALL_AT_ONCE;
        }
        boolean atOnce = request.timeInForce() == TimeInForce.IOC || request.type() == OrderRequest.Type.MARKET;
        return request.postOnly() ? Terms.POST_ONLY : atOnce ? Terms.AT_ONCE : Terms.REST;
    }

    @Override
    public long quote(int instrument, Side side, double quantity, double limitPrice) {
        LocalSide ours = side(instrument);
        return ours.send(side == Side.BUY, ours.scale.ticks(limitPrice), quantity, Terms.POST_ONLY, "");
    }

    @Override
    public String tag(long order) {
        int market = OwnOrders.market(order);
        return market < sides.length ? sides[market].tag(order) : "";
    }

    @Override
    public void cancel(long order) {
        int market = OwnOrders.market(order);
        if (market < sides.length) {
            sides[market].cancel(order);
        }
    }

    @Override
    public void amend(long order, double quantity, double limitPrice) {
        int market = OwnOrders.market(order);
        if (market < sides.length) {
            sides[market].amend(order, quantity, limitPrice);
        }
    }

    @Override
    public void timer(String name, long atNanos) {
        timers.set(Check.notNull(name, "name"), atNanos);
        clock.expectTimer(atNanos);
    }
}
