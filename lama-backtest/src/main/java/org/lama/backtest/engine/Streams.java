package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.Scale;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Option;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.Instrument;

/** What happens beside the bars: streams of the market, timers of strategies, options that expire. */
final class Streams implements EventFeed.Listener, InstrumentEvent.Visitor<Integer> {
    private static final long PARTS = 1_000_000;

    private final MarketTape tape;
    private final Prices prices;
    private final Ticker ticker;
    private final Desk[] desks;
    private final EventFeed feed;
    private final Agenda agenda;
    private final MarginCall margin;
    /** Options that have not expired and whose underlying is in the data. */
    private final List<Integer> options = new ArrayList<>();

    Streams(Market market, RunSetting setting, Desk[] desks) {
        tape = setting.tape();
        prices = setting.prices();
        ticker = setting.ticker();
        this.desks = desks;
        feed = new EventFeed(market);
        agenda = setting.agenda();
        agenda.add(feed.nextNanos());
        margin = new MarginCall(setting);
        for (Market.Stream stream : market.streams()) {
            Check.that(
                    stream.kind() != Market.Kind.FUNDING
                            || tape.contracts.get(stream.instrument()).payoff() != Payoff.PAID,
                    "funding of " + stream.name() + " needs a contract on margin, but it is paid in full");
        }
        for (InstrumentEvent event : market.events()) {
            if (event instanceof InstrumentEvent.Listed) {
                prices.close(tape.symbols.indexOf(event.symbol()), Reason.NOT_LISTED);
            }
        }
        for (int s = 0; s < tape.scales.length; s++) {
            Contract contract = tape.contracts.get(s);
            if (contract.option().isPresent()
                    && tape.symbols.contains(contract.option().get().underlying())) {
                options.add(s);
                agenda.add(contract.option().get().expiryNanos());
            }
        }
    }

    /** Tells all up to and at a time; streams before timers, timers in the order of the strategies. */
    void until(long nanos) {
        while (true) {
            long told = feed.nextNanos();
            long expiry = nextExpiry(nanos);
            Desk first = desks[0];
            for (Desk desk : desks) {
                first = desk.nextTimerNanos() < first.nextTimerNanos() ? desk : first;
            }
            long next = Math.min(told, first.nextTimerNanos());
            if (expiry < told && expiry <= first.nextTimerNanos() && expiry <= nanos) {
                expire(expiry);
                continue;
            }
            if (next > nanos) {
                agenda.set(Math.min(next, expiry));
                return;
            }
            if (told <= first.nextTimerNanos()) {
                feed.next(this);
            } else {
                first.onTimer();
            }
        }
    }

    /** The next expiry of an option whose underlying has a price, or that is still to come; the largest number if none is. */
    private long nextExpiry(long nanos) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < options.size(); i++) {
            Option terms = tape.contracts.get(options.get(i)).option().orElseThrow();
            boolean settles = terms.expiryNanos() > nanos || markTicks(terms) > 0;
            next = settles ? Math.min(next, terms.expiryNanos()) : next;
        }
        return next;
    }

    private long markTicks(Option terms) {
        return desks[0].account.ledger.markTicks(tape.symbols.indexOf(terms.underlying()));
    }

    boolean hasOptions() {
        return !options.isEmpty();
    }

    /** Settles the options that have expired by a time, at the last price of their underlying as it is known then. */
    void expire(long nanos) {
        for (int i = options.size() - 1; i >= 0; i--) {
            int s = options.get(i);
            Option terms = tape.contracts.get(s).option().orElseThrow();
            int underlying = tape.symbols.indexOf(terms.underlying());
            long mark = markTicks(terms);
            if (terms.expiryNanos() <= nanos && mark > 0) {
                settle(nanos, s, tape.scales[underlying].price(mark));
            }
        }
    }

    @Override
    public void event(InstrumentEvent event) {
        event.accept(this);
    }

    @Override
    public void conversion(long tsNanos, String currency, double rate) {
        for (Desk desk : desks) {
            if (desk.account.ledger.currencies().contains(currency)) {
                desk.account.ledger.rate(currency, rate);
            }
        }
    }

    @Override
    public void funding(long tsNanos, int instrument, double rate) {
        if (Double.isNaN(rate)) {
            return;
        }
        for (Desk desk : desks) {
            Ledger ledger = desk.account.ledger;
            if (ledger.lots(instrument) != 0) {
                long paid = ledger.funding(tsNanos, instrument, rate, ledger.markTicks(instrument));
                desk.account.funded(new OrderEvent.Funded(tsNanos, instrument, rate, paid));
                margin.atMarks(desk, tsNanos);
            }
            tell(desk, tsNanos);
        }
    }

    @Override
    public void trade(long tsNanos, int instrument, double price, double quantity) {
        long ticks = tape.scales[instrument].ticksOrMissing(price);
        if (ticks <= 0) {
            return;
        }
        ticker.price[instrument] = price;
        ticker.quantity[instrument] = quantity;
        for (Desk desk : desks) {
            if (desk.guarded) {
                // a print beyond the margin ends the position before it fills a stop
                desk.account.ledger.mark(instrument, ticks);
                margin.atMarks(desk, tsNanos);
            }
            desk.orders.trade(tsNanos, instrument, ticks, quantity);
            desk.account.ledger.mark(instrument, ticks);
            margin.atMarks(desk, tsNanos);
            tell(desk, tsNanos);
            desk.onTrade(instrument);
        }
    }

    @Override
    public void book(long tsNanos, int instrument, double[][] levels, int row) {
        ticker.bid[instrument] = levels[0][row] > 0 ? levels[0][row] : Double.NaN;
        ticker.ask[instrument] = levels[2][row] > 0 ? levels[2][row] : Double.NaN;
        for (Desk desk : desks) {
            desk.orders.book(tsNanos, instrument, levels, row);
            tell(desk, tsNanos);
            desk.onBook(instrument);
        }
    }

    @Override
    public Integer listed(InstrumentEvent.Listed event) {
        int s = tape.symbols.indexOf(event.symbol());
        prices.open(s);
        return s;
    }

    @Override
    public Integer delisted(InstrumentEvent.Delisted event) {
        int s = tape.symbols.indexOf(event.symbol());
        for (Desk desk : desks) {
            endOrders(desk, s, event.tsNanos(), Reason.DELISTED);
            desk.account.closeOut(s, event.tsNanos(), Reason.DELISTED);
            tell(desk, event.tsNanos());
        }
        prices.close(s, Reason.DELISTED);
        return s;
    }

    @Override
    public Integer renamed(InstrumentEvent.Renamed event) {
        int s = tape.symbols.indexOf(event.symbol());
        for (Desk desk : desks) {
            Contract old = desk.account.ledger.contracts().get(s);
            Instrument named = old.instrument();
            Instrument renamed = new Instrument(
                    named.venue(),
                    named.kind(),
                    InferredContracts.name(event.newSymbol()),
                    named.quote(),
                    named.priceDecimals(),
                    named.quantityDecimals());
            desk.account.ledger.rename(
                    s,
                    new Contract(
                            renamed,
                            old.payoff(),
                            old.settlement(),
                            old.contractSize(),
                            old.rules(),
                            old.margin(),
                            old.fundingInterval(),
                            old.option()));
        }
        return s;
    }

    @Override
    public Integer redenominated(InstrumentEvent.Redenominated event) {
        int s = tape.symbols.indexOf(event.symbol());
        double units = event.newUnits();
        boolean more = units >= 1;
        double whole = more ? units : 1 / units;
        boolean exact = whole == Math.rint(whole) && whole <= PARTS;
        long large = exact ? (long) whole : Math.round(whole * PARTS);
        long small = exact ? 1 : PARTS;
        for (Desk desk : desks) {
            endOrders(desk, s, event.tsNanos(), Reason.NEW_SEGMENT);
            desk.account.ledger.redenominate(event.tsNanos(), s, more ? large : small, more ? small : large);
            tell(desk, event.tsNanos());
        }
        return s;
    }

    @Override
    public Integer settled(InstrumentEvent.Settled event) {
        int s = tape.symbols.indexOf(event.symbol());
        settle(event.tsNanos(), s, event.price());
        return s;
    }

    private void settle(long tsNanos, int s, double price) {
        Scale scale = tape.scales[s];
        double payoff =
                tape.contracts.get(s).option().map(terms -> terms.payoff(price)).orElse(price);
        long ticks = FixedPoint.fromDouble(payoff, scale.priceDecimals(), FixedPoint.Rounding.NEAREST);
        for (Desk desk : desks) {
            endOrders(desk, s, tsNanos, Reason.EXPIRED);
            long held = desk.account.ledger.lots(s);
            if (held != 0) {
                desk.account.ledger.settle(tsNanos, s, ticks, 0);
                desk.account.note(s, tsNanos, -held, ticks, ticks, 0, OrderEvent.NO_ORDER);
                desk.account.forced(Reason.EXPIRED);
            }
            tell(desk, tsNanos);
        }
        prices.close(s, Reason.EXPIRED);
        options.remove((Integer) s);
    }

    @Override
    public Integer deleveraged(InstrumentEvent.Deleveraged event) {
        int s = tape.symbols.indexOf(event.symbol());
        long ticks = tape.scales[s].ticksOrMissing(event.price());
        for (Desk desk : desks) {
            Ledger ledger = desk.account.ledger;
            long held = ledger.lots(s);
            long closed = (long) Math.ceil(Math.abs(held) * event.share());
            if (closed > 0 && ticks > 0 && ledger.unrealisedUnits(s) > 0) {
                ledger.deleverage(event.tsNanos(), s, closed, ticks);
                desk.account.note(
                        s, event.tsNanos(), held > 0 ? -closed : closed, ticks, ticks, 0, OrderEvent.NO_ORDER);
                desk.account.forced(Reason.AUTO_DELEVERAGED);
                tell(desk, event.tsNanos());
            }
        }
        return s;
    }

    private static void endOrders(Desk desk, int symbol, long tsNanos, Reason reason) {
        desk.targets.cancel(symbol, tsNanos, reason);
        desk.orders.end(symbol, tsNanos, reason);
    }

    private static void tell(Desk desk, long tsNanos) {
        desk.context.moveTo(tsNanos);
        if (desk.hasNews()) {
            desk.tellNews();
        }
    }
}
