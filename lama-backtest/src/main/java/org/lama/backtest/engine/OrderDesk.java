package org.lama.backtest.engine;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.execution.ExecutionSink;
import org.lama.backtest.execution.IntrabarPath;
import org.lama.backtest.execution.WorkingOrders;
import org.lama.backtest.ledger.AccountMode;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderState;
import org.lama.core.market.CostModel.Role;
import org.lama.core.market.Side;

/**
 * The orders that a strategy sends, beside its targets: checks them against warm-up and limits, hands them to the
 * simulated venue, books what fills. Their numbers begin at {@value #FIRST}, so that targets have those below. The venue is
 * set up with the first order: runs that only set targets do not pay for it.
 */
final class OrderDesk implements ExecutionSink {
    /** Below are the numbers of targets. */
    static final long FIRST = OrderTags.FIRST;

    private final Account account;
    private final TargetOrders targets;
    private final PendingOrders pending;
    private final MarketTape tape;
    private final MarketCursor cursor;
    private final Prices prices;
    private final Ticker ticker;
    private final EngineSettings settings;
    private final PositionLimits limits;
    private final List<OrderEvent> news;
    private final int symbols;
    private @Nullable WorkingOrders working;
    private long[][] bookTicks = new long[0][];
    private final VolumeShare share;
    private final boolean[] laidOut;
    private final boolean[] walked;
    private final boolean walks;
    final Liquidation liquidation;
    private long nowNanos;
    private boolean reducing;
    private String reducingWords = "";
    private Reason refusal = Reason.NO_CASH;
    /** Whether the order that was judged last leads to a position within the limits. */
    private boolean fitting;

    OrderDesk(Account account, TargetOrders targets, PendingOrders pending, RunSetting setting, List<OrderEvent> news) {
        this.account = account;
        this.targets = targets;
        this.pending = pending;
        this.news = news;
        tape = setting.tape();
        cursor = setting.cursor();
        prices = setting.prices();
        ticker = setting.ticker();
        settings = setting.settings();
        limits = new PositionLimits(account, targets, pending, setting);
        symbols = tape.scales.length;
        share = setting.share();
        laidOut = new boolean[symbols];
        walked = new boolean[symbols];
        IntrabarPath path = settings.execution().path();
        walks = account.ledger.mode() == AccountMode.ISOLATED
                && path != IntrabarPath.PESSIMISTIC
                && path != IntrabarPath.OPTIMISTIC;
        liquidation = new Liquidation(account, setting);
    }

    private WorkingOrders venue() {
        WorkingOrders venue = working;
        if (venue == null) {
            venue = new WorkingOrders(tape.contracts, settings.cost(), settings.execution(), this);
            working = venue;
            pending.at(venue);
        }
        return venue;
    }

    boolean isEmpty() {
        return working == null || working.isEmpty();
    }

    long ambiguousBars() {
        return working == null ? 0 : working.ambiguousBars();
    }

    long submit(OrderRequest request, long nowNanos, Reason verdict) {
        Reason answer = judged(request, verdict);
        int instrument = request.instrument();
        account.tags.next(request);
        if (answer != Reason.ACCEPTED) {
            return FIRST + venue().refuse(instrument, nowNanos, answer);
        }
        long id = FIRST + venue().submit(kept(request), nowNanos, account.ledger.markTicks(instrument));
        if (fitting) {
            limits.promise(instrument, request.side());
        }
        return id;
    }

    long[] submitOneCancelsOther(OrderRequest first, OrderRequest second, long nowNanos, Reason verdict) {
        Reason answer = judged(first, verdict);
        boolean bothFit = fitting;
        answer = answer == Reason.ACCEPTED ? judged(second, verdict) : answer;
        bothFit &= fitting;
        account.tags.next(first, second);
        int instrument = first.instrument();
        if (answer != Reason.ACCEPTED) {
            return refused(instrument, nowNanos, answer, 2);
        }
        long id = FIRST
                + venue().submitOneCancelsOther(
                                kept(first), kept(second), nowNanos, account.ledger.markTicks(instrument));
        if (bothFit) {
            limits.promise(instrument, first.side());
            limits.promise(instrument, second.side());
        }
        return new long[] {id, id + 1};
    }

    long[] submitBracket(
            OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss, long nowNanos, Reason verdict) {
        // an entry opens, whatever it closes
        Reason answer = reducing && verdict == Reason.ACCEPTED ? reduced() : judged(entry, verdict);
        account.tags.next(entry, takeProfit, stopLoss);
        if (answer != Reason.ACCEPTED) {
            return refused(entry.instrument(), nowNanos, answer, 3);
        }
        long mark = account.ledger.markTicks(entry.instrument());
        long id = FIRST + venue().submitBracket(entry, takeProfit, stopLoss, nowNanos, mark);
        if (fitting) {
            limits.promise(entry.instrument(), entry.side());
        }
        return new long[] {id, id + 1, id + 2};
    }

    private long[] refused(int instrument, long nowNanos, Reason reason, int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = FIRST + venue().refuse(instrument, nowNanos, reason);
        }
        return ids;
    }

    void cancel(long order, long nowNanos) {
        if (order >= FIRST && working != null) {
            working.cancel(order - FIRST, nowNanos);
        }
    }

    /** Why an order may not go out: what the run says, a venue that does not trade, a limit that leaves no room. */
    private Reason judged(OrderRequest request, Reason verdict) {
        int instrument = request.instrument();
        fitting = false;
        if (verdict != Reason.ACCEPTED) {
            return verdict;
        }
        if (prices.closed(instrument) != Reason.ACCEPTED) {
            return prices.closed(instrument);
        }
        if (account.ledger.markTicks(instrument) == 0) {
            return Reason.NO_PRICE;
        }
        if (!request.reduceOnly()
                && account.walletIsEmpty(instrument, request.side().sign())) {
            return Reason.EMPTY_WALLET;
        }
        if (request.reduceOnly()) {
            return Reason.ACCEPTED;
        }
        fitting = !reducing && limits.fits(request);
        if (fitting || limits.closes(request)) {
            return Reason.ACCEPTED;
        }
        account.limitWords = reducing ? reducingWords : limits.binding(request);
        return Reason.LIMIT;
    }

    private Reason reduced() {
        account.limitWords = reducingWords;
        return Reason.LIMIT;
    }

    /** Whether positions may only become smaller, and why; what is out already keeps to it too. */
    void onlyReduce(boolean only, String why, long tsNanos) {
        reducingWords = why;
        if (only && !reducing && working != null) {
            account.limitWords = why;
            for (int s = 0; s < symbols; s++) {
                working.onlyReduce(s, tsNanos, account.ledger.lots(s));
            }
        }
        reducing = only;
    }

    /** What goes out while positions may only become smaller could turn them together with what is out. */
    private OrderRequest kept(OrderRequest request) {
        return reducing && !request.reduceOnly() ? request.asReduceOnly() : request;
    }

    /** Lays out the bars that open now and matches their opens, sales of all instruments before purchases. */
    void matchOpen(long openNanos) {
        WorkingOrders venue = working;
        if (venue == null || venue.isEmpty()) {
            return;
        }
        nowNanos = openNanos;
        for (int s = 0; s < symbols; s++) {
            laidOut[s] = cursor.rowNow[s] != MarketCursor.NO_ROW && !venue.isEmpty(s) && !prices.hasTicks(s);
            if (laidOut[s]) {
                layOut(venue, s, openNanos);
            }
        }
        matchEach(venue, Side.SELL, true);
        matchEach(venue, Side.BUY, true);
    }

    /** Matches what lies between the open and the close of the open bars. */
    void matchInside(long closeNanos) {
        WorkingOrders venue = working;
        if (venue == null || venue.isEmpty()) {
            return;
        }
        nowNanos = closeNanos;
        for (int s = 0; s < symbols; s++) {
            if (laidOut[s]) {
                venue.offer(s, share.left(s));
                venue.matchInside(s);
            }
        }
    }

    /** Matches the closes of the open bars, sales of all instruments before purchases. */
    void matchClose() {
        WorkingOrders venue = working;
        if (venue != null) {
            matchEach(venue, Side.SELL, false);
            matchEach(venue, Side.BUY, false);
            Arrays.fill(laidOut, false);
            Arrays.fill(walked, false);
        }
    }

    /** Whether a fixed path has led a position with its own margin through the open bar: it has met its end, or not. */
    boolean wasWalked(int symbol) {
        return walked[symbol];
    }

    private void matchEach(WorkingOrders venue, Side side, boolean open) {
        for (int s = 0; s < symbols; s++) {
            if (laidOut[s]) {
                venue.offer(s, share.left(s));
                if (open) {
                    venue.matchOpen(s, side);
                } else {
                    venue.matchClose(s, side);
                }
            }
        }
    }

    private void layOut(WorkingOrders venue, int s, long openNanos) {
        int row = cursor.rowNow[s];
        tellMarket(venue, s);
        venue.openBar(
                s,
                openNanos,
                openNanos + tape.barNanos,
                tape.openTicks(s, row),
                tape.highTicks(s, row),
                tape.lowTicks(s, row),
                tape.closeTicks(s, row),
                -1);
    }

    private void tellMarket(WorkingOrders venue, int s) {
        if (prices.dependsOnMarket()) {
            int last = prices.knownRow(s);
            double quoted = ticker.spread(s);
            double spread = Double.isNaN(quoted) ? prices.figures().spread(s, last) : quoted;
            venue.market(s, tape.dayValue(s, last), spread, prices.figures().volatilityDay(s, last));
        }
    }

    void trade(long tsNanos, int instrument, long ticks, double quantity) {
        WorkingOrders venue = working;
        if (venue != null && !venue.isEmpty(instrument)) {
            nowNanos = tsNanos;
            tellMarket(venue, instrument);
            venue.matchTrade(
                    instrument,
                    tsNanos,
                    ticks,
                    Math.max(0, prices.rules(instrument).lots(Math.abs(quantity))));
        }
    }

    void book(long tsNanos, int instrument, double[][] levels, int row) {
        WorkingOrders venue = working;
        if (venue == null || venue.isEmpty(instrument)) {
            return;
        }
        int depth = levels.length / 4;
        if (bookTicks.length == 0 || bookTicks[0].length != depth) {
            bookTicks = new long[4][depth];
        }
        for (int k = 0; k < depth; k++) {
            for (int side = 0; side < 4; side += 2) {
                long ticks = tape.scales[instrument].ticksOrMissing(levels[4 * k + side][row]);
                double size = levels[4 * k + side + 1][row];
                bookTicks[side][k] = Math.max(0, ticks);
                bookTicks[side + 1][k] =
                        size > 0 ? Math.max(0, prices.rules(instrument).lots(size)) : 0;
            }
        }
        nowNanos = tsNanos;
        tellMarket(venue, instrument);
        venue.matchBook(instrument, tsNanos, bookTicks[0], bookTicks[1], bookTicks[2], bookTicks[3]);
    }

    void end(int instrument, long tsNanos, Reason reason) {
        if (working != null && !working.isEmpty(instrument)) {
            working.endAll(instrument, tsNanos, reason);
        }
    }

    void endAll(long tsNanos, Reason reason) {
        for (int s = 0; s < symbols; s++) {
            end(s, tsNanos, reason);
        }
    }

    void endOfRun(long tsNanos) {
        if (working != null) {
            working.endOfRun(tsNanos);
        }
    }

    @Override
    public long positionLots(long order, int instrument) {
        return account.ledger.lots(instrument);
    }

    @Override
    public long allowedLots(long order, int instrument, long signedLots, long priceTicks, Role role) {
        long within = limits.within(order, instrument, signedLots, priceTicks);
        long allowed = within == 0 ? 0 : account.allowedLots(instrument, nowNanos, within, priceTicks, role);
        refusal = allowed == within && within != signedLots ? Reason.LIMIT : account.refusal(instrument, signedLots);
        if (refusal == Reason.LIMIT) {
            account.limitWords = limits.binding(instrument);
        }
        return allowed;
    }

    @Override
    public long liquidationTicks(int instrument) {
        long level = liquidation.levelTicks(instrument);
        walked[instrument] = walks && level > 0;
        return level;
    }

    @Override
    public void liquidate(long tsNanos, int instrument, long priceTicks) {
        liquidation.take(tsNanos, instrument, priceTicks);
        targets.cancel(instrument, tsNanos, Reason.LIQUIDATED);
    }

    @Override
    public Reason refusal() {
        return refusal;
    }

    @Override
    public void filled(
            long tsNanos,
            long order,
            int instrument,
            long signedLots,
            long priceTicks,
            long referenceTicks,
            Role role,
            OrderState state) {
        account.trade(instrument, tsNanos, signedLots, priceTicks, referenceTicks, FIRST + order, role);
        if (laidOut[instrument]) {
            share.spend(instrument, signedLots);
        }
        news.add(new OrderEvent.Filled(account.fills.fill(account.fills.size() - 1), state));
    }

    @Override
    public void moved(long tsNanos, long order, int instrument, OrderState state, Reason reason) {
        news.add(new OrderEvent.Moved(tsNanos, instrument, FIRST + order, state, reason));
        if (state == OrderState.CANCELED && (reason == Reason.LIMIT || reason == Reason.HALTED)) {
            account.cut(tsNanos, instrument, FIRST + order, reason);
        }
    }

    @Override
    public void rejected(long tsNanos, long order, int instrument, Reason reason) {
        account.refuse(tsNanos, instrument, FIRST + order, reason);
    }
}
