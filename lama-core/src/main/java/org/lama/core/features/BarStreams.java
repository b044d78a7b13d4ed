package org.lama.core.features;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** The streams behind {@link BarEstimator}. */
final class BarStreams {
    private static final double YANG_ZHANG_ALPHA = 1.34;

    private BarStreams() {}

    /** The rolling mean of one term per bar, and a function of it. */
    static BarStream mean(RollingWindow window, ToDoubleFunction<BarPair> term, DoubleUnaryOperator of) {
        BarPair bar = new BarPair();
        BlockMoments moments = new BlockMoments(window.lengthBars());
        return (open, high, low, close, volume) -> {
            bar.next(open, high, low, close, volume);
            moments.next(term.applyAsDouble(bar));
            return moments.count >= window.minimumPresent() ? finite(of.applyAsDouble(moments.mean)) : Double.NaN;
        };
    }

    static BarStream deviation(RollingWindow window, ToDoubleFunction<BarPair> term) {
        BarPair bar = new BarPair();
        BlockMoments moments = new BlockMoments(window.lengthBars());
        return (open, high, low, close, volume) -> {
            bar.next(open, high, low, close, volume);
            moments.next(term.applyAsDouble(bar));
            return moments.count >= Math.max(2, window.minimumPresent())
                    ? finite(Math.sqrt(moments.squares / (moments.count - 1)))
                    : Double.NaN;
        };
    }

    static BarStream yangZhang(RollingWindow window) {
        BarPair bar = new BarPair();
        BlockMoments gaps = new BlockMoments(window.lengthBars());
        BlockMoments bodies = new BlockMoments(window.lengthBars());
        BlockMoments inner = new BlockMoments(window.lengthBars());
        return (open, high, low, close, volume) -> {
            bar.next(open, high, low, close, volume);
            double gap = bar.open - bar.lastLogPrice;
            double body = bar.close - bar.open;
            double rogersSatchell = BarTerms.rogersSatchell(bar);
            boolean whole = Math.abs(gap + body + rogersSatchell) < Double.POSITIVE_INFINITY;
            gaps.next(whole ? gap : Double.NaN);
            bodies.next(whole ? body : Double.NaN);
            inner.next(whole ? rogersSatchell : Double.NaN);
            double n = gaps.count;
            if (n < Math.max(2, window.minimumPresent())) {
                return Double.NaN;
            }
            double k = (YANG_ZHANG_ALPHA - 1) / (YANG_ZHANG_ALPHA + (n + 1) / (n - 1));
            return Math.sqrt(gaps.squares / (n - 1) + k * bodies.squares / (n - 1) + (1 - k) * inner.mean);
        };
    }

    /** A function of the serial covariance (divisor n - 1) of a change with the one before it. */
    static BarStream serialCovariance(RollingWindow window, ToDoubleFunction<BarPair> change, DoubleUnaryOperator of) {
        BarPair bar = new BarPair();
        BlockComoments pairs = new BlockComoments(window.lengthBars());
        double[] last = {Double.NaN};
        return (open, high, low, close, volume) -> {
            bar.next(open, high, low, close, volume);
            double now = change.applyAsDouble(bar);
            pairs.next(last[0], now);
            last[0] = now;
            return pairs.count >= Math.max(2, window.minimumPresent())
                    ? finite(of.applyAsDouble(pairs.products / (pairs.count - 1)))
                    : Double.NaN;
        };
    }

    /** The least-squares slope of a response on signed flow, with an intercept or through the origin. */
    static BarStream slope(
            RollingWindow window,
            ToDoubleFunction<BarPair> flow,
            ToDoubleFunction<BarPair> response,
            boolean intercept) {
        BarPair bar = new BarPair();
        BlockComoments pairs = new BlockComoments(window.lengthBars());
        return (open, high, low, close, volume) -> {
            bar.next(open, high, low, close, volume);
            pairs.next(flow.applyAsDouble(bar), response.applyAsDouble(bar));
            return slope(pairs, window, intercept);
        };
    }

    /** The slope of the pairs of a window; NaN while too few are present or the first parts do not vary. */
    static double slope(BlockComoments pairs, RollingWindow window, boolean intercept) {
        double squares = pairs.squaresX;
        double products = pairs.products;
        if (!intercept) {
            squares += pairs.count * pairs.meanX * pairs.meanX;
            products += pairs.count * pairs.meanX * pairs.meanY;
        }
        return pairs.count >= Math.max(2, window.minimumPresent()) && squares > 0
                ? finite(products / squares)
                : Double.NaN;
    }

    static double finite(double value) {
        return Math.abs(value) < Double.POSITIVE_INFINITY ? value : Double.NaN;
    }
}
