package org.lama.backtest.walkforward;

import java.util.Arrays;
import org.lama.backtest.sizing.Sizing;
import org.lama.backtest.sizing.SizingSettings;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/** Trades the fused strengths: sizes all active listings at each close and asks for what is worth a trade. */
final class PositionStrategy implements Strategy {
    private final Sizing sizing;
    private final SizingSettings settings;
    private final double[][] strength;
    private final double[][] volatilityAnnual;
    private final SignalPanel[][] panels;
    private final double[] wanted;
    private final double[] one;
    private final double[] volatility;
    private final boolean[] active;
    private final double[] weights;

    /** [listing][row] target weight after sizing, before limits; NaN where the listing was not active. */
    final double[][] targets;

    PositionStrategy(
            Sizing sizing,
            SizingSettings settings,
            double[][] strength,
            double[][] volatilityAnnual,
            SignalPanel[][] panels) {
        this.sizing = sizing;
        this.settings = settings;
        this.strength = strength;
        this.volatilityAnnual = volatilityAnnual;
        this.panels = panels;
        int count = strength.length;
        wanted = new double[count];
        one = new double[count];
        Arrays.fill(one, 1);
        volatility = new double[count];
        active = new boolean[count];
        weights = new double[count];
        targets = new double[count][];
        for (int l = 0; l < count; l++) {
            targets[l] = new double[strength[l].length];
            Arrays.fill(targets[l], Double.NaN);
        }
    }

    @Override
    public void onBar(Context context) {
        for (int l = 0; l < wanted.length; l++) {
            int row = context.bars(l) - 1;
            boolean decided = row >= 0 && context.isTradable(l) && panels[l][0].isSet(row);
            active[l] = decided && volatilityAnnual[l][row] > 0;
            wanted[l] = active[l] ? strength[l][row] : 0;
            volatility[l] = active[l] ? volatilityAnnual[l][row] : Double.NaN;
        }
        sizing.weights(wanted, one, volatility, active, weights);
        for (int l = 0; l < wanted.length; l++) {
            if (active[l]) {
                targets[l][context.bars(l) - 1] = weights[l];
                if (settings.worthTrading(context.weight(l), weights[l])) {
                    context.target(l, weights[l]);
                }
            } else if (context.isTradable(l) && context.weight(l) != 0) {
                context.target(l, 0);
            }
        }
    }
}
