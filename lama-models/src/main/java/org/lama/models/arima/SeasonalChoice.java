package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.math.LeastSquares;

/**
 * The way from a series with a season or with regressors to a search: D on the series (on the residuals of its regression),
 * then d on the seasonal differences, then the orders that the length allows. As R's auto.arima does it: a difference
 * that would make a regressor constant is not taken. Owned by one thread.
 */
final class SeasonalChoice {
    /** Rows per coefficient that the largest orders leave. */
    private static final int ROWS_PER_ORDER = 3;

    private final double[] y;
    private final Regressors x;
    private final AutoArimaOptions options;
    private final double[] residuals;
    private final SeasonalSearch.Limits limits;

    SeasonalChoice(double[] y, Regressors x, AutoArimaOptions options) {
        this.y = y;
        this.x = x;
        this.options = options;
        residuals = x.count() == 0 ? y : residuals();
        int period = options.seasonal().period();
        int rows = rows();
        int seasonalD = seasonalDifferences(period, rows);
        double[] w = residuals;
        for (int k = 0; k < seasonalD; k++) {
            w = SeasonalDifferenceRule.difference(w, period);
        }
        int d = differences(w, seasonalD, period);
        limits = new SeasonalSearch.Limits(
                d,
                seasonalD,
                period,
                Math.min(options.maxP(), rows / ROWS_PER_ORDER),
                Math.min(options.maxQ(), rows / ROWS_PER_ORDER),
                period == 1 ? 0 : Math.min(options.seasonal().maxP(), rows / ROWS_PER_ORDER / period),
                period == 1 ? 0 : Math.min(options.seasonal().maxQ(), rows / ROWS_PER_ORDER / period));
    }

    /** Whether nothing seasonal and no regressor is left, so that the search without them is enough. */
    boolean plain() {
        return x.count() == 0 && limits.seasonalD() == 0 && limits.seasonalP() + limits.seasonalQ() == 0;
    }

    /** The search at the differences that were chosen. */
    SeasonalSearch search() {
        return new SeasonalSearch(new SeasonalFitter(y, x, options.fit()), limits, options);
    }

    /** How D and d were chosen, one sentence each. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        String kept = "; fewer were taken, because a regressor would become constant";
        double[] w = residuals;
        int period = limits.period();
        if (period > 1) {
            SeasonalDifferenceRule rule = options.seasonal().difference();
            boolean fewer = rows() > period && rule.choose(residuals, period) > limits.seasonalD();
            reasons.add("D = " + limits.seasonalD() + " " + rule.reason(residuals, period) + (fewer ? kept : ""));
            for (int k = 0; k < limits.seasonalD(); k++) {
                w = SeasonalDifferenceRule.difference(w, period);
            }
        }
        boolean fewer = options.difference().choose(w) > limits.d();
        reasons.add("d = " + limits.d() + " " + options.difference().reason(w) + (fewer ? kept : ""));
        return reasons;
    }

    /** Rows from the first observation to the last. */
    private int rows() {
        int from = 0;
        int to = y.length;
        while (from < to && Double.isNaN(y[from])) {
            from++;
        }
        while (to > from && Double.isNaN(y[to - 1])) {
            to--;
        }
        return to - from;
    }

    private int seasonalDifferences(int period, int rows) {
        if (period == 1 || rows <= period) {
            return 0;
        }
        SeasonalDifferenceRule rule = options.seasonal().difference();
        int chosen = rule.choose(residuals, period);
        if (rule.kind() == SeasonalDifferenceRule.Kind.FIXED) {
            return chosen;
        }
        while (chosen > 0 && flattens(0, chosen, period)) {
            chosen--;
        }
        return chosen;
    }

    private int differences(double[] w, int seasonalD, int period) {
        DifferenceRule rule = options.difference();
        int chosen = rule.choose(w);
        if (rule.kind() == DifferenceRule.Kind.FIXED) {
            return chosen;
        }
        while (chosen > 0 && flattens(chosen, seasonalD, period)) {
            chosen--;
        }
        return chosen;
    }

    /** Whether differencing leaves nothing of a regressor but a constant. */
    private boolean flattens(int d, int seasonalD, int period) {
        for (int j = 0; j < x.count(); j++) {
            double[] column = x.column(j);
            double size = 0;
            for (double value : column) {
                size = Math.max(size, Math.abs(value));
            }
            for (int k = 0; k < seasonalD; k++) {
                column = SeasonalDifferenceRule.difference(column, period);
            }
            for (int k = 0; k < d; k++) {
                column = SeasonalDifferenceRule.difference(column, 1);
            }
            double first = column.length == 0 ? 0 : column[0];
            double noise = 1e-12 * size;
            if (Arrays.stream(column).allMatch(value -> Math.abs(value - first) <= noise)) {
                return true;
            }
        }
        return false;
    }

    /** What a regression on a level and the columns leaves of the series. */
    private double[] residuals() {
        List<Integer> present = new ArrayList<>();
        for (int t = 0; t < y.length; t++) {
            if (Double.isFinite(y[t])) {
                present.add(t);
            }
        }
        double[] response = present.stream().mapToDouble(t -> y[t]).toArray();
        for (int level = 1; level >= 0; level--) {
            double[][] columns = new double[x.count() + level][response.length];
            for (int i = 0; i < response.length; i++) {
                columns[0][i] = 1;
                for (int j = 0; j < x.count(); j++) {
                    columns[j + level][i] = x.at(j, present.get(i));
                }
            }
            LeastSquares fit = LeastSquares.fit(columns, response);
            if (fit.fullRank()) {
                return without(fit, level);
            }
        }
        return y;
    }

    private double[] without(LeastSquares fit, int level) {
        double[] e = y.clone();
        for (int t = 0; t < e.length; t++) {
            e[t] -= level == 1 ? fit.coefficient(0) : 0;
            for (int j = 0; j < x.count(); j++) {
                e[t] -= fit.coefficient(j + level) * x.at(j, t);
            }
        }
        return e;
    }
}
