package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Check;
import org.lama.core.indicators.Indicator;
import org.lama.core.indicators.Indicators;

/**
 * The spread s = ln y − β · ln x of two symbols, with β by least squares over the last {@code look} bars. Sells the spread
 * when its z-score passes {@code entry}, buys it below −{@code entry}, and closes when |z| falls to {@code exit} or grows
 * to {@code stop}. The legs carry 1/(1 + |β|) and β/(1 + |β|) of {@code gross} equity. Rows in which either has no price
 * are left out.
 */
final class Pairs implements Strategy {
    /** What rounding leaves of 1 - r² where one symbol is a multiple of the other. */
    private static final double ALIKE = 1e-12;

    private final String first;
    private final String second;
    private final int look;
    private final double entry;
    private final double exit;
    private final double stop;
    private final double gross;
    private final Indicator meanY;
    private final Indicator meanX;
    private final Indicator deviationY;
    private final Indicator deviationX;
    private final Indicator correlation;
    private int y;
    private int x;
    private int side;

    Pairs(Parameters parameters) {
        first = parameters.text("first", "");
        second = parameters.text("second", "");
        look = parameters.integer("look", 60, 3, 100_000);
        entry = parameters.number("entry", 2, 0, 100);
        exit = parameters.number("exit", 0.5, 0, 100);
        stop = parameters.number("stop", 4, 0, 1000);
        gross = parameters.number("gross", 1, 0, 10);
        Check.that(
                exit < entry && entry < stop,
                "parameters must keep exit < entry < stop, got " + exit + ", " + entry + " and " + stop);
        meanY = Indicators.of("sma", look);
        meanX = Indicators.of("sma", look);
        deviationY = Indicators.of("stddev", look, 1);
        deviationX = Indicators.of("stddev", look, 1);
        correlation = Indicators.of("correl", look);
    }

    @Override
    public int warmUpBars() {
        return look;
    }

    @Override
    public void onStart(Context context) {
        Check.that(
                context.symbols().size() >= 2,
                "strategy pairs needs two symbols, got " + context.symbols() + "; name two with --symbols A,B");
        y = first.isEmpty() ? 0 : context.instrument(first);
        x = second.isEmpty() ? 1 : context.instrument(second);
        Check.that(y != x && y >= 0 && x >= 0, "parameters first and second must name two of " + context.symbols());
    }

    @Override
    public void onBar(Context context) {
        if (!context.isTradable(y) || !context.isTradable(x)) {
            return;
        }
        double logY = Math.log(context.close(y, 0));
        double logX = Math.log(context.close(x, 0));
        double awayY = logY - meanY.update(logY);
        double awayX = logX - meanX.update(logX);
        double slope = slope(logY, logX);
        if (correlation.isReady()) {
            decide(context, slope, zScore(awayY - slope * awayX));
        }
    }

    /** Slope of the line by least squares: r · deviation of y / deviation of x. */
    private double slope(double logY, double logX) {
        double both = correlation.update(logY, logX);
        double ofY = deviationY.update(logY);
        double ofX = deviationX.update(logX);
        return ofX > 0 ? both * ofY / ofX : 0;
    }

    /** A residual over the deviation of all residuals of the window, with divisor n - 1; 0 where nothing deviates. */
    private double zScore(double residual) {
        double unexplained = 1 - correlation.value() * correlation.value();
        double deviation = deviationY.value() * Math.sqrt(Math.max(0, unexplained) * look / (look - 1));
        return unexplained > ALIKE && deviation > 0 ? residual / deviation : 0;
    }

    private void decide(Context context, double hedge, double z) {
        int now = side;
        if (side != 0 && (Math.abs(z) <= exit || Math.abs(z) >= stop)) {
            now = 0;
        } else if (side == 0 && Math.abs(z) >= entry && Math.abs(z) < stop && hedge > 0) {
            now = z > 0 ? -1 : 1;
        }
        if (now != side) {
            side = now;
            double unit = gross / (1 + Math.abs(hedge));
            context.target(y, side * unit);
            context.target(x, -side * hedge * unit);
        }
    }
}
