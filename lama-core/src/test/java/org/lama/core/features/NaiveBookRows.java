package org.lama.core.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.LevelBook;
import org.lama.core.market.Columns;
import org.lama.core.market.Side;
import org.lama.core.math.Distributions;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/**
 * Twin of {@link BookSampler} as plain as can be: one pass writes down lists of what happened, each row then filters whole
 * lists by time, and windows are those of the column kernels. Depth is measured anew after every event.
 */
final class NaiveBookRows {
    private record Trade(long at, boolean buy, int ticks, long lots, int step) {}

    private record Change(int step, long difference) {}

    private record Touch(int step, long at, int bid, int ask, long bidLots, long askLots, boolean continues) {}

    private record Recovery(int step, long nanos) {}

    private final BookEvents events;
    private final BookSampling settings;
    private final long step;
    private final long first;
    private final int rows;
    private final List<Trade> trades = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Touch> touches = new ArrayList<>();
    private final List<Recovery> recoveries = new ArrayList<>();
    private final Map<String, double[]> columns = new LinkedHashMap<>();
    private final boolean[] usable;
    private final double[][] medians;

    NaiveBookRows(BookEvents events, BookSampling settings) {
        this.events = events;
        this.settings = settings;
        step = settings.step().toNanos();
        first = Math.floorDiv(events.localNanos(0), step) * step;
        rows = step(events.localNanos(events.size() - 1));
        usable = new boolean[rows];
        medians = new double[2][];
    }

    private int step(long nanos) {
        return (int) ((nanos - first) / step);
    }

    private double[] column(String name) {
        return columns.computeIfAbsent(name, key -> {
            double[] empty = new double[rows];
            Arrays.fill(empty, Double.NaN);
            return empty;
        });
    }

    Map<String, double[]> compute() {
        snapshots();
        Frame frame = Frame.of(
                "X",
                TimeIndex.regular(first, step, rows),
                step,
                new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""));
        for (Map.Entry<String, double[]> entry : columns.entrySet()) {
            frame = frame.with(entry.getKey(), entry.getValue());
        }
        frame = new BookFeatures(settings.medianSpan()).addTo(frame);
        for (String name : frame.columnNames()) {
            columns.put(name, frame.column(name).toArray());
        }
        medians();
        happenings();
        bars();
        flows();
        impacts();
        new Buckets().fill();
        for (String name :
                BookSampler.columns().subList(5, BookSampler.columns().size())) {
            for (int t = 0; t < rows; t++) {
                column(name)[t] = usable[t] ? column(name)[t] : Double.NaN;
            }
        }
        return columns;
    }

    /** The book at the end of each step, by the measures of a book. */
    private void snapshots() {
        LevelBook book = LevelBook.of(events.scale());
        int row = 0;
        long news = Long.MIN_VALUE / 2; // of the book: prints are none
        for (int t = 0; t < rows; t++) {
            long close = first + (t + 1) * step;
            while (events.localNanos(row) < close) {
                boolean print = events.kind(row) == BookEvents.BUY || events.kind(row) == BookEvents.SELL;
                news = print ? news : events.localNanos(row);
                events.applyTo(row++, book);
            }
            boolean heard =
                    close - events.localNanos(row - 1) <= settings.staleAfter().toNanos();
            usable[t] = close - news <= settings.staleAfter().toNanos() && book.isValid();
            column(Columns.VOLUME)[t] = heard ? 0 : Double.NaN;
            double nan = usable[t] ? 1 : Double.NaN;
            column(Columns.BOOK_BID)[t] = nan * events.scale().price(book.bidTicks());
            column(Columns.BOOK_ASK)[t] = nan * events.scale().price(book.askTicks());
            for (int levels : new int[] {1, 5, 10}) {
                column(Columns.BOOK_BID_SIZE + levels)[t] = nan * BookMeasures.depth(book, Side.BUY, levels);
                column(Columns.BOOK_ASK_SIZE + levels)[t] = nan * BookMeasures.depth(book, Side.SELL, levels);
            }
            for (int bps : new int[] {10, 25, 50}) {
                column(Columns.BOOK_BID_DEPTH + bps)[t] = nan * BookMeasures.depthWithin(book, Side.BUY, bps);
                column(Columns.BOOK_ASK_DEPTH + bps)[t] = nan * BookMeasures.depthWithin(book, Side.SELL, bps);
            }
        }
    }

    private void medians() {
        String[] names = {Columns.BOOK_BID_DEPTH + 10, Columns.BOOK_ASK_DEPTH + 10};
        for (int side = 0; side < 2; side++) {
            medians[side] = new double[rows];
            Rolling.median(column(names[side]), settings.medianWindow(), medians[side]);
        }
        double[] returns = column(BookFeatures.MID_RETURN);
        Volatility.rolling(returns, settings.sumWindow(), column(BarFeatures.VOLATILITY));
        double[] deviation = column(BarFeatures.VOLATILITY);
        double[] mean = new double[rows];
        Rolling.mean(returns, settings.sumWindow(), mean);
        int n = settings.sumWindow().lengthBars();
        for (int t = 0; t < rows; t++) {
            int present = 0;
            double squares = 0;
            for (int i = Math.max(0, t - n + 1); i <= t; i++) {
                present += Double.isNaN(returns[i]) ? 0 : 1;
                squares += Double.isNaN(returns[i]) ? 0 : returns[i] * returns[i];
            }
            column(BookSampler.REALISED_VOLATILITY)[t] =
                    Double.isNaN(deviation[t]) ? Double.NaN : Math.sqrt(n * squares / present);
        }
    }

    /** One pass through the events; what came at one time is one event. */
    private void happenings() {
        LevelBook book = LevelBook.of(events.scale());
        long[][] watched = {{-1, 0}, {-1, 0}}; // since when, and whether depth was below
        boolean known = false;
        for (int row = 0; row < events.size() && step(events.localNanos(row)) < rows; ) {
            long now = events.localNanos(row);
            boolean booked = false;
            while (row < events.size() && events.localNanos(row) == now) {
                byte kind = events.kind(row);
                if (kind == BookEvents.BUY || kind == BookEvents.SELL) {
                    trade(book, row, watched);
                } else {
                    booked = true;
                    if (kind == BookEvents.CLEAR) {
                        known = false;
                        watched[0][0] = -1;
                        watched[1][0] = -1;
                    }
                    if (book.isWhole()) {
                        differences(book, row, step(now));
                    }
                }
                events.applyTo(row++, book);
            }
            if (!booked) {
                continue;
            }
            if (book.isValid()) {
                touches.add(new Touch(
                        step(now),
                        now,
                        book.bidTicks(),
                        book.askTicks(),
                        book.bidLots(book.bidTicks()),
                        book.askLots(book.askTicks()),
                        known));
            }
            known = book.isValid();
            recover(book, now, watched);
        }
    }

    private void differences(LevelBook book, int row, int at) {
        byte kind = events.kind(row);
        int ticks = events.ticks(row);
        if (kind == BookEvents.BID_QUOTE) {
            for (int gone = book.bidTicks(); gone > ticks; gone = book.nextBid(gone)) {
                changes.add(new Change(at, -book.bidLots(gone)));
            }
        }
        if (kind == BookEvents.ASK_QUOTE) {
            for (int gone = book.askTicks(); gone != 0 && gone < ticks; gone = book.nextAsk(gone)) {
                changes.add(new Change(at, -book.askLots(gone)));
            }
        }
        if (kind == BookEvents.BID || kind == BookEvents.BID_QUOTE) {
            changes.add(new Change(at, events.lots(row) - book.bidLots(ticks)));
        } else if (kind == BookEvents.ASK || kind == BookEvents.ASK_QUOTE) {
            changes.add(new Change(at, events.lots(row) - book.askLots(ticks)));
        }
    }

    private void trade(LevelBook book, int row, long[][] watched) {
        boolean buy = events.kind(row) == BookEvents.BUY;
        int ticks = events.ticks(row);
        int at = step(events.localNanos(row));
        trades.add(new Trade(events.localNanos(row), buy, ticks, events.lots(row), at));
        if (!book.isValid()) {
            return;
        }
        long burst = 0;
        for (int i = trades.size() - 1; i >= 0; i--) {
            Trade other = trades.get(i);
            if (other.at != events.localNanos(row) || other.buy != buy || other.ticks != ticks) {
                break;
            }
            burst += other.lots;
        }
        int side = buy ? 1 : 0;
        long best = buy ? book.askLots(ticks) : book.bidLots(ticks);
        boolean atBest = ticks == (buy ? book.askTicks() : book.bidTicks());
        boolean beyond = buy ? ticks > book.bidTicks() : ticks < book.askTicks();
        double line = at == 0 ? Double.NaN : 0.9 * medians[side][at - 1];
        if ((atBest ? burst >= best : beyond) && watched[side][0] < 0 && line > 0) {
            watched[side][0] = events.localNanos(row);
            watched[side][1] = 0;
        }
    }

    private void recover(LevelBook book, long now, long[][] watched) {
        for (int side = 0; side < 2; side++) {
            if (watched[side][0] < 0) {
                continue;
            }
            if (!book.isValid() || now - watched[side][0] > settings.window().toNanos()) {
                watched[side][0] = -1;
                continue;
            }
            double line = 0.9 * medians[side][step(now) - 1];
            double depth = BookMeasures.depthWithin(book, side == 0 ? Side.BUY : Side.SELL, 10);
            if (depth < line) {
                watched[side][1] = 1;
            } else if (watched[side][1] == 1 && depth >= line) {
                recoveries.add(new Recovery(step(now), now - watched[side][0]));
                watched[side][0] = -1;
            }
        }
    }

    private void bars() {
        double[] sizes = trades.stream()
                .mapToDouble(t -> events.scale().quantity(t.lots))
                .toArray();
        double[] z = new double[sizes.length];
        int third = (settings.trades() + 2) / 3;
        Rolling.zScore(sizes, new RollingWindow(settings.trades(), third), z);
        for (int i = 0; i < trades.size(); i++) {
            Trade trade = trades.get(i);
            int t = trade.step;
            double price = events.scale().price(trade.ticks);
            boolean opens = Double.isNaN(column(Columns.OPEN)[t]);
            column(Columns.OPEN)[t] = opens ? price : column(Columns.OPEN)[t];
            column(Columns.HIGH)[t] = opens ? price : Math.max(price, column(Columns.HIGH)[t]);
            column(Columns.LOW)[t] = opens ? price : Math.min(price, column(Columns.LOW)[t]);
            column(Columns.CLOSE)[t] = price;
        }
        for (int t = 0; t < rows; t++) {
            int row = t;
            double lots = sum(trades, trade -> trade.step == row ? trade.lots : 0);
            column(Columns.VOLUME)[t] = Double.isNaN(column(Columns.VOLUME)[t])
                    ? Double.NaN
                    : events.scale().quantity((long) lots);
            for (int i = 0; i < z.length && trades.get(i).step <= t; i++) {
                if (i >= third - 1) {
                    double here = trades.get(i).step == t ? Math.max(0, z[i]) : 0;
                    double last = column(BookSampler.TRADE_SIZE_Z)[t];
                    column(BookSampler.TRADE_SIZE_Z)[t] = Double.isNaN(last) ? here : Math.max(last, here);
                }
            }
        }
        double[][] bar = {
            column(Columns.OPEN),
            column(Columns.HIGH),
            column(Columns.LOW),
            column(Columns.CLOSE),
            column(Columns.VOLUME)
        };
        BarEstimator.AMIHUD.compute(bar, settings.sumWindow(), column(BarFeatures.AMIHUD));
        BarEstimator.ROLL_RELATIVE_SPREAD.compute(bar, settings.sumWindow(), column(BookSampler.ROLL_SPREAD));
        BarEstimator.CORWIN_SCHULTZ.compute(bar, settings.sumWindow(), column(BarFeatures.CORWIN_SCHULTZ));
    }

    private static <T> long sum(List<T> all, ToLongFunction<T> of) {
        return all.stream().mapToLong(of).sum();
    }

    private void flows() {
        int n = settings.sumWindow().lengthBars();
        for (int t = 0; t < rows; t++) {
            int to = t;
            int from = t - n + 1;
            boolean enough = t + 1 >= settings.sumWindow().minimumPresent();
            column(BookSampler.ORDER_FLOW)[t] = orderFlow(t, t);
            column(BookSampler.ORDER_FLOW_WINDOW)[t] = enough ? orderFlow(from, t) : Double.NaN;
            long bought = sum(trades, x -> x.buy && x.step >= from && x.step <= to ? x.lots : 0);
            long sold = sum(trades, x -> !x.buy && x.step >= from && x.step <= to ? x.lots : 0);
            column(BookSampler.TRADE_IMBALANCE)[t] = enough ? (double) (bought - sold) / (bought + sold) : Double.NaN;
            long added = sum(changes, x -> x.step >= from && x.step <= to ? Math.max(0, x.difference) : 0);
            long taken = sum(changes, x -> x.step >= from && x.step <= to ? Math.max(0, -x.difference) : 0);
            column(BookSampler.CANCEL_INSERT_RATIO)[t] =
                    enough && added > 0 ? (double) Math.max(0, taken - bought - sold) / added : Double.NaN;
            long count = sum(recoveries, x -> x.step >= from && x.step <= to ? 1 : 0);
            long nanos = sum(recoveries, x -> x.step >= from && x.step <= to ? x.nanos : 0);
            column(BookSampler.RESILIENCE)[t] = (double) nanos / count / 1e9;
            column(BookSampler.QUOTE_AGE)[t] = age(first + (t + 1) * step, t);
        }
    }

    private double orderFlow(int from, int to) {
        long flow = 0;
        long best = 0;
        long count = 0;
        for (int i = 1; i < touches.size(); i++) {
            Touch now = touches.get(i);
            Touch last = touches.get(i - 1);
            if (now.continues && now.step >= from && now.step <= to) {
                long in = (now.bid >= last.bid ? now.bidLots : 0) + (now.ask >= last.ask ? last.askLots : 0);
                long out = (now.bid <= last.bid ? last.bidLots : 0) + (now.ask <= last.ask ? now.askLots : 0);
                flow += in - out;
                best += now.bidLots + now.askLots;
                count++;
            }
        }
        return flow / (0.5 * best / count);
    }

    private double age(long close, int t) {
        long since = Long.MIN_VALUE;
        for (int i = 0; i < touches.size() && touches.get(i).step <= t; i++) {
            Touch now = touches.get(i);
            Touch last = touches.get(Math.max(0, i - 1));
            boolean moved = i == 0
                    || !now.continues
                    || now.bid != last.bid
                    || now.ask != last.ask
                    || now.bidLots != last.bidLots
                    || now.askLots != last.askLots;
            since = moved ? now.at : since;
        }
        return (close - since) / 1e9;
    }

    private void impacts() {
        BlockComoments pairs = new BlockComoments(settings.sumWindow().lengthBars());
        for (int t = 0; t < rows; t++) {
            double x = 0;
            for (Trade trade : trades) {
                double value =
                        events.scale().price(trade.ticks) * events.scale().quantity(trade.lots);
                x += trade.step != t ? 0 : trade.buy ? value : -value;
            }
            pairs.next(x, column(BookFeatures.MID_RETURN)[t]);
            boolean enough = pairs.count >= settings.sumWindow().minimumPresent();
            double slope = enough ? pairs.products / pairs.squaresX : Double.NaN;
            column(BookSampler.KYLE_LAMBDA)[t] = slope;
            column(BookSampler.KYLE_IMPACT)[t] = slope * Math.sqrt(pairs.squaresX / (pairs.count - 1));
        }
    }

    /** Volume buckets, lot by lot. */
    private final class Buckets {
        private final List<Double> size = new ArrayList<>();
        private final List<Double> imbalance = new ArrayList<>();
        private final List<Double> price = new ArrayList<>();
        private long bought;
        private long sold;
        private long target;

        void fill() {
            int next = 0;
            long nextTarget = 0;
            int n = settings.medianWindow().lengthBars();
            int least = settings.medianWindow().minimumPresent();
            for (int t = 0; t < rows; t++) {
                for (; next < trades.size() && trades.get(next).step == t; next++) {
                    Trade trade = trades.get(next);
                    for (long lot = 0; lot < trade.lots; lot++) {
                        target = bought + sold == 0 ? nextTarget : target;
                        if (target > 0) {
                            lot(trade);
                        }
                    }
                }
                column(BookSampler.VPIN)[t] = signed();
                column(BookSampler.VPIN_BULK)[t] = bulk();
                int to = t;
                long volume = sum(trades, x -> x.step <= to && x.step > to - n ? x.lots : 0);
                if (t + 1 >= least && volume > 0) {
                    double share = (double) settings.sumWindow().lengthBars() / Math.min(n, t + 1);
                    nextTarget = Math.max(1, (long) (volume * share / settings.buckets()));
                }
            }
        }

        private void lot(Trade trade) {
            bought += trade.buy ? 1 : 0;
            sold += trade.buy ? 0 : 1;
            if (bought + sold == target) {
                size.add((double) target);
                imbalance.add((double) Math.abs(bought - sold));
                price.add((double) trade.ticks);
                bought = 0;
                sold = 0;
            }
        }

        private double signed() {
            int n = settings.buckets();
            if (size.size() < n) {
                return Double.NaN;
            }
            return total(imbalance, n) / total(size, n);
        }

        private double total(List<Double> all, int last) {
            return all.subList(all.size() - last, all.size()).stream()
                    .mapToDouble(x -> x)
                    .sum();
        }

        private double bulk() {
            int n = settings.buckets();
            double[] change = new double[size.size()];
            for (int i = 0; i < change.length; i++) {
                change[i] = i == 0 ? Double.NaN : price.get(i) - price.get(i - 1);
            }
            double[] deviation = new double[change.length];
            Rolling.standardDeviation(change, new RollingWindow(n, 1), deviation);
            double[] bulk = new double[change.length];
            double[] sizes = new double[change.length];
            for (int i = 0; i < change.length; i++) {
                double share = deviation[i] == 0 ? 0.5 : Distributions.normalCdf(change[i] / deviation[i]);
                bulk[i] = size.get(i) * Math.abs(2 * share - 1);
                sizes[i] = Double.isNaN(bulk[i]) ? Double.NaN : size.get(i);
            }
            Rolling.mean(bulk, RollingWindow.full(n), bulk);
            Rolling.mean(sizes, RollingWindow.full(n), sizes);
            return change.length == 0 ? Double.NaN : bulk[change.length - 1] / sizes[change.length - 1];
        }
    }
}
