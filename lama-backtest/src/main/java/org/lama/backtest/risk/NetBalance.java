package org.lama.backtest.risk;

/**
 * The bound on the difference of long and short sums. With L and S the sums of the wishes, U and D the room for net long and
 * net short (what is kept counts), and g the scale of the gross limit, all but the last step are done before the scaling, so
 * with room U/g and D/g:
 *
 * <ol>
 *   <li>the heavier side is scaled: {@code L' = min(L, S + U/g)}, {@code S' = min(S, L + D/g)};
 *   <li>each wish is cut to its cap, which leaves the sums L1 and S1;
 *   <li>the sides are scaled by {@code min(1, (U/g + S1) / L')} and {@code min(1, (D/g + L1) / S')}, and both by g.
 * </ol>
 *
 * <p>Then long − short is at most U. If both factors are below 1, it is, over g, {@code (L1/L')(U/g + S1) − (S1/S')(D/g +
 * L1) = (L1/L')·U/g − (S1/S')·D/g + (L1/L')(S1/S')(S' − L') ≤ (L1/L')·U/g} since S' − L' ≤ D/g; the other cases are alike.
 * Every step is rising in every cap, in maxNet and, times g, in g: a tighter limit enlarges nothing.
 */
final class NetBalance {
    private final double scale;
    private final double roomLong;
    private final double roomShort;
    private final double sideLong;
    private final double sideShort;
    private final double scaleLong;
    private final double scaleShort;
    private double cappedLong;
    private double cappedShort;

    NetBalance(double[] targets, double[] current, double maxNet, double scale) {
        double wantedLong = 0;
        double wantedShort = 0;
        double kept = 0;
        for (int i = 0; i < targets.length; i++) {
            if (Double.isNaN(targets[i])) {
                kept += current[i];
            } else {
                wantedLong += Math.max(0, targets[i]);
                wantedShort += Math.max(0, -targets[i]);
            }
        }
        this.scale = scale;
        // What is kept may be beyond the bound by itself: then wishes may not make it worse.
        roomLong = Math.max(0, maxNet - kept) / scale;
        roomShort = Math.max(0, maxNet + kept) / scale;
        sideLong = Math.min(wantedLong, wantedShort + roomLong);
        sideShort = Math.min(wantedShort, wantedLong + roomShort);
        scaleLong = sideLong < wantedLong ? sideLong / wantedLong : 1;
        scaleShort = sideShort < wantedShort ? sideShort / wantedShort : 1;
    }

    /** Steps 1 and 2 for one wish. */
    double capped(double target, double cap) {
        if (Double.isNaN(target)) {
            return target;
        }
        double size = Math.min(cap, Math.abs(target) * (target > 0 ? scaleLong : scaleShort));
        cappedLong += target > 0 ? size : 0;
        cappedShort += target > 0 ? 0 : size;
        return target > 0 ? size : -size;
    }

    /** Step 3 for all. */
    void finish(double[] targets) {
        double forLong = factor(roomLong + cappedShort, sideLong);
        double forShort = factor(roomShort + cappedLong, sideShort);
        for (int i = 0; i < targets.length; i++) {
            targets[i] *= targets[i] > 0 ? forLong : forShort;
        }
    }

    private double factor(double room, double side) {
        return scale * (room < side ? room / side : 1);
    }
}
