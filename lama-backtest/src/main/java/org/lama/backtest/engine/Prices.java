package org.lama.backtest.engine;

import java.util.Arrays;
import org.lama.backtest.execution.FillPricing;
import org.lama.backtest.execution.IntrabarPath;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderNormaliser;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.CostModel;
import org.lama.core.market.Side;

/** Prices and sizes of targets: slippage by what is known of the market, venue rules, values; shared by all accounts. */
final class Prices {
    private final MarketTape tape;
    private final MarketCursor cursor;
    private final OrderNormaliser[] rules;
    private final FillPricing[] pricing;
    private final MarketFigures figures;
    private final boolean dependsOnMarket;
    private final IntrabarPath path;
    /** Why the venue does not trade an instrument now; ACCEPTED if it does. */
    private final Reason[] closed;

    private final boolean[] ticked;

    Prices(Market market, MarketTape tape, MarketCursor cursor, EngineSettings settings) {
        CostModel cost = settings.cost();
        path = settings.execution().path();
        this.tape = tape;
        this.cursor = cursor;
        int n = tape.symbols.size();
        rules = new OrderNormaliser[n];
        pricing = new FillPricing[n];
        for (int s = 0; s < n; s++) {
            rules[s] = OrderNormaliser.of(tape.contracts.get(s));
            pricing[s] = new FillPricing(cost, rules[s]);
        }
        figures = new MarketFigures(tape, market.figures());
        dependsOnMarket = cost.dependsOnMarket();
        closed = new Reason[n];
        Arrays.fill(closed, Reason.ACCEPTED);
        ticked = new boolean[n];
        for (Market.Stream stream : market.streams()) {
            if (stream.kind() == Market.Kind.TRADE || stream.kind() == Market.Kind.BOOK) {
                ticked[stream.instrument()] = true;
            }
        }
    }

    /** Whether prints or books of the instrument tell what orders meet, so that bars do not. */
    boolean hasTicks(int symbol) {
        return ticked[symbol];
    }

    OrderNormaliser rules(int symbol) {
        return rules[symbol];
    }

    /** Why the venue does not trade the instrument now; ACCEPTED if it does. */
    Reason closed(int symbol) {
        return closed[symbol];
    }

    void open(int symbol) {
        closed[symbol] = Reason.ACCEPTED;
    }

    void close(int symbol, Reason reason) {
        closed[symbol] = reason;
    }

    long wholeSteps(int symbol, long lots) {
        return rules[symbol].wholeSteps(lots);
    }

    /** What the venue says to a change of a position; closing it all is excused from the smallest notional. */
    Reason check(int symbol, long lots, long ticks, long held) {
        return rules[symbol].check(lots, ticks, Math.abs(held) == lots);
    }

    /** Whether a fill that takes liquidity has a price: not where size matters and nothing was traded for a day. */
    boolean hasPrice(int symbol) {
        if (!dependsOnMarket) {
            return true;
        }
        int row = knownRow(symbol);
        double traded = tape.dayValue(symbol, row);
        return traded != 0 || pricing[symbol].hasPrice(traded, figures.volatilityDay(symbol, row));
    }

    /** The price of a fill that takes liquidity. */
    long slipped(int symbol, Side side, long referenceTicks, long lots) {
        if (!dependsOnMarket) {
            return pricing[symbol].takerTicks(side, referenceTicks, Double.NaN, Double.NaN, Double.NaN);
        }
        int row = knownRow(symbol);
        double quantity = tape.scales[symbol].quantity(Math.abs(lots));
        double notional = rules[symbol].notional(quantity, referenceTicks);
        return pricing[symbol].takerTicks(
                side,
                referenceTicks,
                notional / tape.dayValue(symbol, row),
                figures.spread(symbol, row),
                figures.volatilityDay(symbol, row));
    }

    /** The last closed row, unless another instrument has begun since. */
    int knownRow(int symbol) {
        int last = cursor.lastRow[symbol];
        int now = cursor.rowNow[symbol];
        boolean begun = now != MarketCursor.NO_ROW && last < tape.segmentFrom(symbol, now);
        return begun ? MarketCursor.NO_ROW : last;
    }

    MarketFigures figures() {
        return figures;
    }

    boolean dependsOnMarket() {
        return dependsOnMarket;
    }

    /** The price inside a bar when a share of it has passed, on the path of the run; -1 where prices are missing. */
    long inside(int symbol, int row, double share, Side side) {
        long open = tape.openTicks(symbol, row);
        long high = tape.highTicks(symbol, row);
        long low = tape.lowTicks(symbol, row);
        long close = tape.closeTicks(symbol, row);
        if (open <= 0 || high <= 0 || low <= 0 || close <= 0) {
            return -1;
        }
        long top = Math.max(high, Math.max(open, close));
        long bottom = Math.min(low, Math.min(open, close));
        return path.ticksAt(side, share, open, top, bottom, close);
    }

    /** Quantity of a position of a value in reporting currency at a price. */
    double quantity(Account account, int symbol, double value, double price) {
        Contract contract = tape.contracts.get(symbol);
        if (contract.payoff() != Payoff.INVERSE && contract.contractSize() == 1 && tape.settledInReporting[symbol]) {
            return value / price;
        }
        double unit =
                contract.payoff() == Payoff.INVERSE ? contract.contractSize() / price : contract.contractSize() * price;
        return value / (unit * rate(account, symbol));
    }

    /** Reporting currency for one unit of the settlement currency, 1 if they are the same. */
    double rate(Account account, int symbol) {
        if (tape.settledInReporting[symbol]) {
            return 1;
        }
        long unit = FixedPoint.power(FixedPoint.MONEY_DECIMALS);
        return account.ledger.reportedUnits(symbol, unit) / (double) unit;
    }

    /** Equity with all positions at the opens of the bars that open now, at their marks where there is none. */
    double equityAtOpen(Account account) {
        long units = account.ledger.equityUnits();
        for (int s = 0; s < tape.scales.length; s++) {
            long lots = account.ledger.lots(s);
            int row = cursor.rowNow[s];
            if (lots != 0 && row != MarketCursor.NO_ROW && tape.openTicks(s, row) > 0) {
                long change = Math.subtractExact(
                        account.ledger.notionalUnits(s, lots, tape.openTicks(s, row)), account.ledger.valueUnits(s));
                units = Math.addExact(units, account.ledger.reportedUnits(s, change));
            }
        }
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }
}
