package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.execution.MarketExecution;
import org.lama.backtest.ledger.AccountMode;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.ledger.LedgerSettings;
import org.lama.backtest.ledger.Money;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderState;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.CostModel;
import org.lama.core.market.CostModel.Role;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.series.TimeIndex;

/**
 * What one strategy of a run owns: its books, its fills and its figures per bar. Strategies of one portfolio trade
 * separate accounts, so what they own sums to the whole by construction.
 */
final class Account {
    private static final int ROWS_AT_FIRST = 1024;

    final String name;
    final Ledger ledger;
    final long capitalUnits;
    final FillLog fills = new FillLog();
    final OrderTags tags = new OrderTags();
    /** Refused orders and forced closes. */
    final List<OrderEvent> exceptions = new ArrayList<>();
    /** Targets that were not taken as given. */
    final CutTargets cuts;
    /** Funding. */
    final List<OrderEvent.Funded> funded = new ArrayList<>();
    /** Per bar, in money units of the reporting currency; exposures are sums of |value| and of signed values. */
    final long[] equity;

    final SteppedColumn cash = new SteppedColumn();
    final double[] gross;
    /** The same array as the sums of |value| until a short position makes them differ. */
    private double[] net;

    /** What forced exits lost against the last price, in money units of the reporting currency; a part of the slippage. */
    long haircutUnits;

    /** Which limit refused last, and why the strategy was halted: said beside the reasons LIMIT and HALTED. */
    String limitWords = "";

    String haltWords = "";

    /** When trading was restricted to reductions, or halted: first times and how often, by words. */
    final Map<String, Stop> stops = new LinkedHashMap<>();

    private final MarketTape tape;
    private final CostModel cost;
    private final EngineSettings settings;
    private final EngineObserver observer;
    private final TradedVolume traded = new TradedVolume();
    private final boolean tiered;
    private final MarketExecution execution;
    private final boolean[] paidInCash;
    private final List<OrderEvent> news;
    private long orders;

    Account(
            StrategyBook.Entry entry,
            MarketTape tape,
            EngineSettings settings,
            EngineObserver observer,
            List<OrderEvent> news) {
        this.news = news;
        name = entry.name();
        cuts = new CutTargets(tape.scales.length);
        this.tape = tape;
        this.settings = settings;
        this.observer = observer;
        cost = settings.cost();
        tiered = cost.feeRate(Role.TAKER, 0) != cost.feeRate(Role.TAKER, Double.MAX_VALUE)
                || cost.feeRate(Role.MAKER, 0) != cost.feeRate(Role.MAKER, Double.MAX_VALUE);
        ledger = Ledger.of(
                tape.contracts,
                new LedgerSettings(
                        mode(tape.contracts, settings.marginMode()),
                        tape.reporting,
                        List.of(),
                        settings.leverage(),
                        ROWS_AT_FIRST));
        execution = new MarketExecution(cost);
        paidInCash = new boolean[tape.scales.length];
        for (int s = 0; s < paidInCash.length; s++) {
            paidInCash[s] =
                    ledger.mode() == AccountMode.CASH && tape.contracts.get(s).contractSize() == 1;
        }
        int bars = tape.grid.size();
        equity = new long[bars];
        gross = new double[bars];
        net = gross;
        Money capital = Money.of(settings.cash() * entry.share(), tape.reporting);
        capitalUnits = capital.units();
        ledger.deposit(bars == 0 ? 0 : tape.grid.at(0), capital);
    }

    private static AccountMode mode(List<Contract> contracts, MarginMode margin) {
        boolean spot = contracts.stream().allMatch(each -> each.instrument().kind() == Kind.SPOT);
        return spot
                ? AccountMode.CASH
                : switch (margin) {
                    case CREDIT -> AccountMode.CREDIT;
                    case ISOLATED -> AccountMode.ISOLATED;
                    case CROSS -> AccountMode.CROSS;
                };
    }

    /** The number of the next order that a target makes, from 1 on. */
    long nextOrder() {
        return ++orders;
    }

    double equity() {
        return FixedPoint.toDouble(ledger.equityUnits(), FixedPoint.MONEY_DECIMALS);
    }

    /** Value of a position in money units of the reporting currency, negative if short. */
    double value(int symbol) {
        double value = Math.abs((double) ledger.reportedUnits(symbol, ledger.valueUnits(symbol)));
        return ledger.lots(symbol) < 0 ? -value : value;
    }

    /** Share of equity held in a symbol, 0 where equity is not above 0. */
    double weight(int symbol) {
        long units = ledger.equityUnits();
        return units > 0 ? value(symbol) / units : 0;
    }

    /** The fee of a fill, rounded up to a money unit. */
    long feeUnits(int symbol, long tsNanos, long signedLots, long ticks, Role role) {
        long notional = Math.abs(ledger.notionalUnits(symbol, signedLots, ticks));
        double rate = cost.feeRate(role, traded.last30Days(tsNanos));
        double fee = FixedPoint.toDouble(notional, FixedPoint.MONEY_DECIMALS) * rate;
        return FixedPoint.fromDouble(fee, FixedPoint.MONEY_DECIMALS, Rounding.CEILING);
    }

    /** How much of a trade cash, margin and holdings allow, towards 0. */
    long allowedLots(int symbol, long tsNanos, long signedLots, long ticks, Role role) {
        if (walletIsEmpty(symbol, signedLots)) {
            return 0;
        }
        if (paidInCash[symbol] && signedLots > 0) {
            return execution.affordableLots(ledger.cashUnits(symbol), signedLots, ticks, tape.scales[symbol]);
        }
        if (allows(symbol, tsNanos, signedLots, ticks, role)) {
            return signedLots;
        }
        long low = 0;
        long high = Math.abs(signedLots);
        int sign = Long.signum(signedLots);
        // invariant: low lots are allowed, high lots are not
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (allows(symbol, tsNanos, sign * middle, ticks, role)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return sign * low;
    }

    /**
     * Whether nothing is held in the currency that a trade is paid or settled in, while another currency holds money. Venues
     * ask for collateral in that currency, and so a trade that would enlarge a position is refused, not cut to the dust
     * whose margin rounds to nothing.
     */
    boolean walletIsEmpty(int symbol, long signedLots) {
        if (ledger.mode() == AccountMode.CREDIT
                || ledger.currencies().size() == 1
                || (signedLots < 0 && tape.spot[symbol])
                || Long.signum(ledger.lots(symbol)) * Long.signum(signedLots) < 0) {
            return false;
        }
        long wallet = ledger.equityUnits(symbol);
        boolean paid = tape.contracts.get(symbol).payoff() == Payoff.PAID;
        return (paid ? ledger.cashUnits(symbol) : wallet) <= 0
                && ledger.equityUnits() > ledger.reportedUnits(symbol, wallet);
    }

    /** Why {@link #allowedLots} allowed nothing or less than asked. */
    Reason refusal(int symbol, long signedLots) {
        if (signedLots < 0 && tape.spot[symbol]) {
            return Reason.NO_POSITION;
        }
        return walletIsEmpty(symbol, signedLots) ? Reason.EMPTY_WALLET : Reason.NO_CASH;
    }

    private boolean allows(int symbol, long tsNanos, long signedLots, long ticks, Role role) {
        return ledger.canOpen(symbol, signedLots, ticks, feeUnits(symbol, tsNanos, signedLots, ticks, role));
    }

    /** Books a trade of the account. */
    void trade(int symbol, long tsNanos, long signedLots, long ticks, long referenceTicks, long id, Role role) {
        long fee = feeUnits(symbol, tsNanos, signedLots, ticks, role);
        ledger.fill(tsNanos, symbol, signedLots, ticks, referenceTicks, fee);
        note(symbol, tsNanos, signedLots, ticks, referenceTicks, fee, id);
    }

    /** Writes down a trade that the ledger has booked. */
    void note(int symbol, long tsNanos, long signedLots, long ticks, long referenceTicks, long fee, long id) {
        long slipped = ticks == referenceTicks
                ? 0
                : Math.subtractExact(
                        ledger.notionalUnits(symbol, signedLots, ticks),
                        ledger.notionalUnits(symbol, signedLots, referenceTicks));
        Side side = signedLots > 0 ? Side.BUY : Side.SELL;
        fills.add(new Fill(id, tsNanos, symbol, side, Math.abs(signedLots), ticks, fee), slipped);
        if (tiered) {
            long notional = ledger.reportedUnits(symbol, ledger.notionalUnits(symbol, signedLots, ticks));
            traded.add(tsNanos, FixedPoint.toDouble(Math.abs(notional), FixedPoint.MONEY_DECIMALS));
        }
        observer.onFill(tsNanos, symbol, signedLots, ticks, fee);
    }

    /** Tells the strategy that the last fill filled its target, or a part of it. */
    void filled(OrderState state) {
        news.add(new OrderEvent.Filled(fills.fill(fills.size() - 1), state));
    }

    void refuse(long tsNanos, int symbol, long id, Reason reason) {
        OrderEvent.Rejected event = new OrderEvent.Rejected(tsNanos, symbol, id, reason, detail(symbol, reason));
        exceptions.add(event);
        news.add(event);
    }

    /** Writes down that from now on nothing is traded, or positions may only become smaller. */
    void stopped(long tsNanos, String limit, boolean halted) {
        Stop before = stops.get(limit);
        stops.put(
                limit,
                new Stop(
                        name,
                        limit,
                        halted,
                        before == null ? 1 : before.count() + 1,
                        before == null ? TimeIndex.instant(tsNanos) : before.first()));
    }

    /** Writes down that what was left of an order which had reached the venue ended against its owner's will. */
    void cut(long tsNanos, int symbol, long id, Reason reason) {
        exceptions.add(new OrderEvent.Rejected(tsNanos, symbol, id, reason, detail(symbol, reason)));
    }

    /** What a reason does not say by itself. */
    private String detail(int symbol, Reason reason) {
        Contract contract = tape.contracts.get(symbol);
        return switch (reason) {
            case LIMIT -> limitWords;
            case HALTED -> haltWords;
            case EMPTY_WALLET ->
                "the wallet of " + contract.settlement() + " is empty, and " + contract.id()
                        + " takes no other currency; begin with " + contract.settlement()
                        + " or trade on margin credit";
            default -> "";
        };
    }

    /** Closes a position that another instrument or silence ends: at the last price, less the haircut, not slipped. */
    void closeOut(int symbol, long tsNanos, Reason reason) {
        long held = ledger.lots(symbol);
        if (held != 0) {
            long last = ledger.markTicks(symbol);
            trade(
                    symbol,
                    tsNanos,
                    -held,
                    ledger.haircutTicks(symbol, settings.delistingHaircut()),
                    last,
                    OrderEvent.NO_ORDER,
                    Role.TAKER);
            haircutUnits =
                    Math.addExact(haircutUnits, ledger.reportedUnits(symbol, fills.slippageUnits(fills.size() - 1)));
            forced(reason);
        }
    }

    void funded(OrderEvent.Funded event) {
        funded.add(event);
        news.add(event);
    }

    /** Tells that the last fill was forced. */
    void forced(Reason reason) {
        OrderEvent.Forced event = new OrderEvent.Forced(fills.fill(fills.size() - 1), reason);
        exceptions.add(event);
        news.add(event);
    }

    double[] net() {
        return net;
    }

    /** Notes the figures of a bar. */
    void close(int bar, long equityUnits) {
        equity[bar] = equityUnits;
        cash.set(bar, ledger.cashUnits());
        expose(bar);
    }

    /** Notes what is held at a bar. */
    void expose(int bar) {
        double signed = held(0);
        double absolute = Math.abs(signed);
        for (int s = 1; s < tape.scales.length; s++) {
            double value = held(s);
            absolute += Math.abs(value);
            signed += value;
        }
        if (absolute != 0) {
            if (net == gross && signed != absolute) {
                net = gross.clone();
            }
            gross[bar] = absolute;
            net[bar] = signed;
        }
    }

    /** Notes the figures of bars in which nothing was booked. */
    void note(int bar, int rows, MarksAhead ahead) {
        System.arraycopy(ahead.equity, 0, equity, bar, rows);
        if (ahead.held) {
            if (net == gross && ahead.isShort) {
                net = gross.clone();
            }
            System.arraycopy(ahead.gross, 0, gross, bar, rows);
            if (net != gross) {
                System.arraycopy(ahead.isShort ? ahead.net : ahead.gross, 0, net, bar, rows);
            }
        }
    }

    private double held(int symbol) {
        return ledger.lots(symbol) == 0 ? 0 : value(symbol);
    }
}
