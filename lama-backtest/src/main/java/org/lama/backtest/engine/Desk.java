package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.engine.EngineSettings.FailurePolicy;
import org.lama.backtest.ledger.AccountMode;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.risk.DrawdownControl;
import org.lama.backtest.risk.TradingState;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Check;

/**
 * One strategy at work: its account, its orders on the way, its view of the market, its timers. Whatever the strategy
 * throws stops here and is named.
 */
final class Desk implements BarContext.Gate {
    private static final int NO_INSTRUMENT = -1;
    private static final String ON_BAR = "onBar";
    /** A strategy that answers each refusal with the same order would never end; the rest waits for the next moment. */
    private static final int MOST_ANSWERS = 64;

    final Account account;
    final TargetOrders targets;
    final OrderDesk orders;
    final BarContext context;
    private final Strategy strategy;
    private final EngineSettings settings;
    private final MarketTape tape;
    private final Agenda agenda;
    /** Whether positions can be liquidated. */
    final boolean guarded;

    private final int warmUpBars;
    /** What the strategy has not been told yet. */
    private final List<OrderEvent> news = new ArrayList<>();

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos).thenComparingLong(Timer::number));
    /** Timers set for a time that had come: due before the next bar, print or book, so that none can hold up the run. */
    private final List<String> overdue = new ArrayList<>();

    private final DrawdownControl drawdown;
    private final boolean drawdownLimited;
    private TradingState state = TradingState.ACTIVE;
    private String reducingWords = "";
    private long timersSet;
    private boolean halted;
    private boolean ended;
    private @Nullable StrategyException failure;

    /** One call of a strategy. What is called at every bar captures nothing, so that it costs no memory. */
    private interface Callback {
        void call(Strategy owner, Context view, int instrument);
    }

    private record Timer(long atNanos, long number, String name) {}

    Desk(StrategyBook.Entry entry, RunSetting setting) {
        strategy = entry.strategy();
        settings = setting.settings();
        tape = setting.tape();
        agenda = setting.agenda();
        drawdown = new DrawdownControl(settings.drawdown());
        drawdownLimited = settings.drawdown().isActive();
        account = new Account(entry, tape, settings, setting.observer(), news);
        AccountMode mode = account.ledger.mode();
        guarded = mode == AccountMode.ISOLATED || mode == AccountMode.CROSS;
        PendingOrders pending = new PendingOrders(account, setting);
        targets = new TargetOrders(account, pending, setting);
        orders = new OrderDesk(account, targets, pending, setting, news);
        context = new BarContext(setting, account, orders, this);
        warmUpBars = Check.atLeast(strategy.warmUpBars(), 0, "warmUpBars of strategy '" + entry.name() + "'");
    }

    int warmUpBars() {
        return warmUpBars;
    }

    @Nullable
    StrategyException failure() {
        return failure;
    }

    boolean isHalted() {
        return halted;
    }

    /** Why the strategy may not trade an instrument now; ACCEPTED if it may. */
    @Override
    public Reason verdict(int instrument) {
        if (halted || ended) {
            return ended ? Reason.END_OF_RUN : Reason.HALTED;
        }
        return context.bars(instrument) < warmUpBars ? Reason.WARM_UP : Reason.ACCEPTED;
    }

    /** Calls the strategy; what it throws ends here. False if it threw. */
    private boolean tell(String where, int instrument, Callback callback) {
        try {
            callback.call(strategy, context, instrument);
            return true;
        } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError thrown) {
            failed(where, instrument, thrown);
            return false;
        }
    }

    void start(long nanos) {
        context.moveTo(nanos);
        tell("onStart", NO_INSTRUMENT, (owner, view, i) -> owner.onStart(view));
        settle();
    }

    /** Whether nothing is under way: no order, no news, no timer that is due. */
    boolean isIdle() {
        return targets.isEmpty() && orders.isEmpty() && news.isEmpty() && overdue.isEmpty() && !halted;
    }

    /** Asks the strategy about a bar that closed, unless its equity forbids it. */
    void decide(long close, long equityUnits) {
        if (!halted && !stops(close, equityUnits)) {
            onBar();
        }
    }

    /**
     * {@link #decide} where nothing was under way; whether that still holds. Whatever ends it returns at once, so that a loop
     * over quiet bars contains no call after which anything might have changed.
     */
    boolean quietBar(long close, long equityUnits) {
        context.moveTo(close);
        if (stops(close, equityUnits)) {
            return false;
        }
        if (askAboutBar() && !context.wasUsed()) {
            return true;
        }
        settle();
        return false;
    }

    /** Looks at the equity of a close; true if the strategy is halted by it. */
    private boolean stops(long close, long equityUnits) {
        if (equityUnits <= 0) {
            halt(close, true, "no equity is left");
        } else if (drawdownLimited) {
            boolean wasReducing = isReducing();
            state = drawdown.update(close, FixedPoint.toDouble(equityUnits, FixedPoint.MONEY_DECIMALS));
            if (isReducing() && !wasReducing) {
                context.catchUp();
                reducingWords = drawdown.words();
                account.limitWords = reducingWords;
                account.stopped(close, reducingWords, false);
                targets.onlyReduceWhatIsOut(close);
            }
            orders.onlyReduce(isReducing(), reducingWords, close);
            if (state == TradingState.HALTED) {
                halt(close, settings.drawdown().flattenOnHalt(), drawdown.words());
            }
        }
        return halted;
    }

    /** Whether positions may only become smaller. */
    boolean isReducing() {
        return state == TradingState.REDUCING;
    }

    private void onBar() {
        tellOverdue();
        if (!halted) {
            askAboutBar();
            settle();
        }
    }

    private boolean askAboutBar() {
        return tell(ON_BAR, NO_INSTRUMENT, (owner, view, i) -> owner.onBar(view));
    }

    void onTrade(int instrument) {
        tellOverdue();
        if (!halted) {
            tell("onTrade", instrument, (owner, view, i) -> owner.onTrade(view, i));
            settle();
        }
    }

    void onBook(int instrument) {
        tellOverdue();
        if (!halted) {
            tell("onBook", instrument, (owner, view, i) -> owner.onBook(view, i));
            settle();
        }
    }

    void end(long nanos) {
        context.moveTo(nanos);
        targets.cancelAll(nanos, Reason.END_OF_RUN);
        orders.endOfRun(nanos);
        tellNews();
        ended = true;
        tell("onEnd", NO_INSTRUMENT, (owner, view, i) -> owner.onEnd(view));
        tellNews();
    }

    /** Makes orders of what the strategy asked for, and tells what came of it, until both are quiet. */
    private void settle() {
        takeWishes();
        if (!news.isEmpty()) {
            tellNews();
        }
    }

    private void takeWishes() {
        if (context.asked()) {
            if (isReducing()) {
                targets.onlyReduce(context.targets(), context.quantities(), reducingWords, context.timeNanos());
            }
            targets.decide(context.timeNanos(), context.targets(), context.quantities());
            context.forget();
        }
    }

    /** Tells the strategy what happened to its orders and positions. What it sets off by its answers is told up to a bound. */
    void tellNews() {
        int most = news.size() + MOST_ANSWERS;
        int told = 0;
        while (told < news.size() && told < most) {
            OrderEvent event = news.get(told++);
            if (!halted) {
                tell("onOrder", event.symbol(), (owner, view, i) -> owner.onOrder(view, event));
                takeWishes();
            }
        }
        news.subList(0, told).clear();
    }

    boolean hasNews() {
        return !news.isEmpty();
    }

    @Override
    public void setTimer(String name, long atNanos) {
        if (atNanos <= context.timeNanos()) {
            overdue.add(name);
            return;
        }
        timers.add(new Timer(atNanos, timersSet++, name));
        agenda.add(atNanos);
    }

    long nextTimerNanos() {
        Timer next = timers.peek();
        return next == null ? Long.MAX_VALUE : next.atNanos;
    }

    private void tellOverdue() {
        if (!overdue.isEmpty()) {
            List<String> due = List.copyOf(overdue);
            overdue.clear();
            due.forEach(this::tellTimer);
        }
    }

    void onTimer() {
        Timer timer = timers.remove();
        if (!halted) {
            context.moveTo(timer.atNanos);
        }
        tellTimer(timer.name);
    }

    private void tellTimer(String name) {
        if (!halted) {
            tell("onTimer '" + name + "'", NO_INSTRUMENT, (owner, view, i) -> owner.onTimer(view, name));
            settle();
        }
    }

    private void failed(String where, int instrument, Throwable thrown) {
        String symbol = instrument < 0 ? "" : tape.symbols.get(instrument);
        String place = where.equals(ON_BAR) ? ON_BAR + " of bar " + tape.grid.ceiling(context.timeNanos()) : where;
        StrategyException named =
                new StrategyException(account.name, place, context.timeNanos(), instrument, symbol, thrown);
        if (settings.onFailure() == FailurePolicy.STOP) {
            throw named;
        }
        context.forget();
        failure = named;
        halt(context.timeNanos(), settings.onFailure() == FailurePolicy.CLOSE_AND_CONTINUE, "the strategy failed");
    }

    /** Ends all orders; the strategy is asked no more. */
    void halt(long nanos, boolean close, String why) {
        context.catchUp();
        halted = true;
        account.haltWords = why;
        account.stopped(nanos, why, true);
        timers.clear();
        overdue.clear();
        targets.cancelAll(nanos, Reason.HALTED);
        orders.endAll(nanos, Reason.HALTED);
        for (int s = 0; close && s < tape.scales.length; s++) {
            targets.flatten(s, nanos);
        }
    }
}
