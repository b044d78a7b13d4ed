package org.lama.backtest.strategies;

import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Check;

/**
 * The spread s = ln y − β · ln x of two symbols, with β by least squares over the last {@code look} bars. Sells the spread
 * when its z-score passes {@code entry}, buys it below −{@code entry}, and closes when |z| falls to {@code exit} or grows
 * to {@code stop}. The legs carry 1/(1 + |β|) and β/(1 + |β|) of {@code gross} equity. Rows in which either has no price
 * are left out.
 */
final class Pairs implements Strategy {
    private final String first;
    private final String second;
    private final int look;
    private final double entry;
    private final double exit;
    private final double stop;
    private final double gross;
    private final Window ys;
    private final Window xs;
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
        ys = new Window(look);
        xs = new Window(look);
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
        ys.add(Math.log(context.close(y, 0)));
        xs.add(Math.log(context.close(x, 0)));
        if (ys.isFull()) {
            decide(context);
        }
    }

    private void decide(Context context) {
        double meanY = ys.mean();
        double meanX = xs.mean();
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < look; i++) {
            double dx = xs.ago(i) - meanX;
            double dy = ys.ago(i) - meanY;
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
        double hedge = xx > 0 ? xy / xx : 0;
        double deviation = Math.sqrt(Math.max(0, yy - hedge * xy) / (look - 1));
        double z = deviation > 0 ? (ys.ago(0) - meanY - hedge * (xs.ago(0) - meanX)) / deviation : 0;
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
