package org.lama.models.liquidity;

import org.lama.core.base.Api;
import org.lama.core.features.RollingRank;
import org.lama.core.features.RollingWindow;
import org.lama.core.series.Frame;

/**
 * How liquid a symbol is now, compared with its own past. Each configured component becomes a causal rolling mid-rank,
 * turned so that higher means more liquid, and
 *
 * <pre>score[t]    = Σ rank_i[t] / number available,    coverage[t] = number available / number configured
 * change7d[t] = mean of rank_i[t] - rank_i[t - 7 days] over the components available at both times</pre>
 *
 * <p>with equal weights. The score lies in (0, 1), coverage in [0, 1], the change in (-1, 1). The change compares like
 * with like: with the same components at both times it is the difference of the scores, and a component that appears or
 * vanishes moves nothing. NaN where no component is available. A rank over time says nothing about absolute size; for
 * that see {@link org.lama.core.features.LiquidityCap}. Stateless and thread-safe; O(components · n log n).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class LiquidityScore {
    /** Column of the score. */
    public static final String SCORE = "liquidity.score";
    /** Column of the coverage. */
    public static final String COVERAGE = "liquidity.coverage";
    /** Column of the change over seven days. */
    public static final String CHANGE_7D = "liquidity.change7d";

    private LiquidityScore() {}

    /**
     * Adds the columns of the score.
     *
     * @param bars all bars of a symbol, with whatever columns of {@link org.lama.core.market.Columns} there are
     * @param settings the settings
     * @return the same rows with three more columns
     */
    public static Frame addTo(Frame bars, LiquiditySettings settings) {
        LiquidityProfile profile = settings.profile().orElseGet(() -> LiquidityProfile.of(bars));
        RollingWindow window = settings.window(bars.barNanos());
        int configured = profile.components().size();
        double[][] ranks = new double[configured][];
        int found = 0;
        for (LiquidityComponent component : profile.components()) {
            if (component.isIn(bars)) {
                ranks[found++] = rank(component, bars, window);
            }
        }
        double[] score = new double[bars.size()];
        double[] coverage = new double[bars.size()];
        double[] change = new double[bars.size()];
        int lag = LiquidityComponent.weekBars(bars.barNanos());
        for (int t = 0; t < score.length; t++) {
            double sum = 0;
            int available = 0;
            double changes = 0;
            int both = 0;
            for (int i = 0; i < found; i++) {
                double now = ranks[i][t];
                if (Double.isNaN(now)) {
                    continue;
                }
                sum += now;
                available++;
                double then = t < lag ? Double.NaN : ranks[i][t - lag];
                if (!Double.isNaN(then)) {
                    changes += now - then;
                    both++;
                }
            }
            score[t] = available == 0 ? Double.NaN : sum / available;
            coverage[t] = (double) available / configured;
            change[t] = both == 0 ? Double.NaN : changes / both;
        }
        return bars.with(SCORE, score).with(COVERAGE, coverage).with(CHANGE_7D, change);
    }

    private static double[] rank(LiquidityComponent component, Frame bars, RollingWindow window) {
        double[] values = component.values(bars);
        RollingRank.rank(values, window, values);
        if (!component.higherIsLiquid()) {
            for (int t = 0; t < values.length; t++) {
                values[t] = 1 - values[t];
            }
        }
        return values;
    }
}
