package org.lama.models.regime;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.signal.MarketState;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.RegimeLabel;

/**
 * Normal, high volatility, low liquidity and crisis from causal rolling percentiles with hysteresis, named
 * {@code four-regimes}.
 *
 * <p>A percentile is the mid-rank of the current value among the values of the last {@code windowDays} including itself:
 * (smaller + half of the equal ones) / all. High volatility begins above its band and ends below it; low liquidity the
 * other way round. A crisis is both at once, or a 24-hour loss beyond the limit, or a burst of anomalies: a rate above
 * the multiple of its own trailing mean (the current value left out, not less than the floor) that is more than one
 * alarm, where one alarm is the smallest rate above 0 in the window. The worst state that holds is the label: crisis, low
 * liquidity, high volatility, normal. A label holds for the minimum dwell, save that a crisis begins at once.
 *
 * <p>NaN: an unknown volatility or liquidity leaves its state as it was and takes no part in later percentiles; an
 * unknown return or anomaly rate makes no crisis. Before the minimum history neither percentiles nor the anomaly rule
 * count; the loss rule always does. The detector is immutable, a session is not. One bar costs O(w) for a window
 * of w bars, a block copy and a sum.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FourRegimes implements RegimeDetector {
    private static final double NANOS_PER_DAY = 86_400e9;

    private final FourRegimeSettings settings;

    /**
     * A detector.
     *
     * @param settings thresholds
     */
    public FourRegimes(FourRegimeSettings settings) {
        this.settings = Check.notNull(settings, "settings");
    }

    @Override
    public String name() {
        return "four-regimes";
    }

    @Override
    public Session open(double barsPerDay) {
        return new Pass(settings, Check.positive(barsPerDay, "barsPerDay"));
    }

    private static final class Pass implements Session {
        private final FourRegimeSettings settings;
        private final int minimumCount;
        private final RollingRanks volatility;
        private final RollingRanks liquidity;
        private final RollingRanks anomalies;
        private boolean highVolatility;
        private boolean lowLiquidity;
        private RegimeLabel label = RegimeLabel.NORMAL;
        private int barsHeld = Integer.MAX_VALUE;
        private long lastTime = Long.MIN_VALUE;

        Pass(FourRegimeSettings settings, double barsPerDay) {
            this.settings = settings;
            double windowNanos = settings.history().windowDays() * NANOS_PER_DAY;
            int bars = (int) Math.ceil(settings.history().windowDays() * barsPerDay);
            minimumCount = (int) Math.ceil(settings.history().minimumDays() * barsPerDay);
            volatility = new RollingRanks(bars, windowNanos);
            liquidity = new RollingRanks(bars, windowNanos);
            anomalies = new RollingRanks(bars, windowNanos);
        }

        @Override
        public RegimeLabel next(MarketState state) {
            Check.that(
                    state.timeNanos() > lastTime,
                    "states must come in order of time, got " + state.timeNanos() + " after " + lastTime);
            lastTime = state.timeNanos();
            boolean burst = isBurst(state);
            double volatilityRank = rank(volatility, state.timeNanos(), state.volatility24h());
            double liquidityRank = rank(liquidity, state.timeNanos(), state.liquidityScore());
            highVolatility = highVolatility
                    ? !(volatilityRank < settings.highVolatility().leave())
                    : volatilityRank > settings.highVolatility().enter();
            lowLiquidity = lowLiquidity
                    ? !(liquidityRank > settings.lowLiquidity().leave())
                    : liquidityRank < settings.lowLiquidity().enter();
            boolean crash = state.return24h() < -settings.crisis().loss24h();
            hold(worst(crash || burst));
            return label;
        }

        private double rank(RollingRanks ranks, long time, double value) {
            double rank = ranks.add(time, value);
            return ranks.size() >= minimumCount ? rank : Double.NaN;
        }

        /** Reads the base before the current rate enters the window. */
        private boolean isBurst(MarketState state) {
            double rate = state.anomalyRate();
            anomalies.forgetUntil(state.timeNanos());
            boolean enough = anomalies.size() >= minimumCount;
            double base = Math.max(settings.crisis().anomalyFloor(), enough ? anomalies.mean() : 0);
            double oneAlarm = Math.min(rate, anomalies.smallestPositive());
            anomalies.add(state.timeNanos(), rate);
            return enough && rate > settings.crisis().anomalyMultiple() * base && rate > 1.5 * oneAlarm;
        }

        private RegimeLabel worst(boolean alone) {
            if (alone || (highVolatility && lowLiquidity)) {
                return RegimeLabel.CRISIS;
            }
            if (lowLiquidity) {
                return RegimeLabel.LOW_LIQUIDITY;
            }
            return highVolatility ? RegimeLabel.HIGH_VOLATILITY : RegimeLabel.NORMAL;
        }

        private void hold(RegimeLabel candidate) {
            boolean free = barsHeld >= settings.minimumDwellBars() || candidate == RegimeLabel.CRISIS;
            if (candidate != label && free) {
                label = candidate;
                barsHeld = 1;
            } else if (barsHeld < Integer.MAX_VALUE) {
                barsHeld++;
            }
        }
    }
}
