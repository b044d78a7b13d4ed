package org.lama.core.features;

import org.lama.core.book.BookScale;

/** What trades say: a bar of the step, bought and sold over the window, how large trades are. Mutable, single-threaded. */
final class TradeFlow {
    private final BookScale scale;
    private final BlockMoments sizes;
    private final int leastTrades;
    private final LongWindow bought;
    private final LongWindow sold;

    /** Traded over the span of the medians. */
    private final LongWindow traded;

    private final int windowSteps;
    private final int medianSteps;
    private int steps;
    private long buyLots;
    private long sellLots;
    private double excess = Double.NaN;

    /** Bar of the step that was closed last; prices are NaN where nothing traded. */
    double open = Double.NaN;

    double high = Double.NaN;
    double low = Double.NaN;
    double close = Double.NaN;
    double volume;

    /** Bought less sold value of the step that was closed last, in quote currency. */
    double signedValue;

    /** Largest excess of the size of a trade over its mean within the last trades, in standard deviations; at least 0. */
    double sizeZ = Double.NaN;

    private int openTicks;
    private int highTicks;
    private int lowTicks;
    private int closeTicks;
    private double value;

    TradeFlow(BookScale scale, BookSampling settings) {
        this.scale = scale;
        sizes = new BlockMoments(settings.tradeWindow().lengthBars());
        leastTrades = settings.tradeWindow().minimumPresent();
        bought = new LongWindow(settings.sumWindow().lengthBars());
        sold = new LongWindow(settings.sumWindow().lengthBars());
        traded = new LongWindow(settings.medianWindow().lengthBars());
        windowSteps = settings.sumWindow().lengthBars();
        medianSteps = settings.medianWindow().lengthBars();
    }

    void trade(boolean buy, int ticks, long lots) {
        if (closeTicks == 0) {
            openTicks = ticks;
            highTicks = ticks;
            lowTicks = ticks;
        }
        highTicks = Math.max(highTicks, ticks);
        lowTicks = Math.min(lowTicks, ticks);
        closeTicks = ticks;
        double quantity = scale.quantity(lots);
        if (buy) {
            buyLots = Math.addExact(buyLots, lots);
            value += scale.price(ticks) * quantity;
        } else {
            sellLots = Math.addExact(sellLots, lots);
            value -= scale.price(ticks) * quantity;
        }
        sizes.next(quantity);
        if (sizes.count >= leastTrades) {
            double deviation = Math.sqrt(sizes.squares / (sizes.count - 1));
            double z = deviation == 0 ? 0 : (quantity - sizes.mean) / deviation;
            excess = Math.max(Double.isNaN(excess) ? 0 : excess, z);
        }
    }

    /** Ends a step. */
    void close() {
        boolean any = closeTicks != 0;
        open = any ? scale.price(openTicks) : Double.NaN;
        high = any ? scale.price(highTicks) : Double.NaN;
        low = any ? scale.price(lowTicks) : Double.NaN;
        close = any ? scale.price(closeTicks) : Double.NaN;
        volume = scale.quantity(Math.addExact(buyLots, sellLots));
        signedValue = value;
        sizeZ = excess;
        bought.next(buyLots);
        sold.next(sellLots);
        traded.next(Math.addExact(buyLots, sellLots));
        steps = Math.min(steps + 1, medianSteps);
        closeTicks = 0;
        buyLots = 0;
        sellLots = 0;
        value = 0;
        excess = Double.isNaN(excess) ? Double.NaN : 0;
    }

    /** Lots traded over the window. */
    long windowLots() {
        return Math.addExact(bought.sum(), sold.sum());
    }

    /** Lots that a window usually sees: the mean over the span of the medians, or what of it has passed. */
    double usualLots() {
        return traded.sum() * ((double) windowSteps / steps);
    }

    /** (bought - sold) / (bought + sold) over the window; NaN where nothing traded. */
    double imbalance() {
        return (double) (bought.sum() - sold.sum()) / windowLots();
    }
}
