package org.lama.models.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lama.core.signal.RegimeLabel.CRISIS;
import static org.lama.core.signal.RegimeLabel.HIGH_VOLATILITY;
import static org.lama.core.signal.RegimeLabel.LOW_LIQUIDITY;
import static org.lama.core.signal.RegimeLabel.NORMAL;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.MarketState;
import org.lama.core.signal.Providers;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.RegimeLabel;

class FourRegimesTest {
    private static final long DAY = 86_400_000_000_000L;
    private final RegimeDetector detector = new FourRegimes(FourRegimeSettings.defaults());
    private final RegimeDetector.Session session = detector.open(1);
    private long day;

    private RegimeLabel next(double volatility, double liquidity, double change, double rate) {
        return session.next(new MarketState(++day * DAY, volatility, liquidity, change, rate));
    }

    /** A hundred days with percentiles spread over (0, 1). */
    private void history() {
        for (int i = 0; i < 100; i++) {
            double x = i < 90 ? 0.2 + 0.6 * ((i * 37) % 90) / 90.0 : 0.5;
            assertThat(next(x, x, 0, 0.01)).isEqualTo(NORMAL);
        }
    }

    @Test
    void volatilityEntersHighAndLeavesLow() {
        history();
        assertThat(next(0.9, 0.5, 0, 0)).isEqualTo(HIGH_VOLATILITY);
        assertThat(next(0.9, 0.5, 0, 0)).isEqualTo(HIGH_VOLATILITY);
        assertThat(next(0.72, 0.5, 0, 0)).isEqualTo(HIGH_VOLATILITY);
        assertThat(next(0.72, 0.5, 0, 0)).isEqualTo(HIGH_VOLATILITY);
        assertThat(next(0.5, 0.5, 0, 0)).isEqualTo(NORMAL);
        assertThat(next(0.72, 0.5, 0, 0)).isEqualTo(NORMAL);
    }

    @Test
    void liquidityEntersLowAndLeavesHighAndWinsOverVolatility() {
        history();
        assertThat(next(0.5, 0.1, 0, 0)).isEqualTo(LOW_LIQUIDITY);
        assertThat(next(0.5, 0.29, 0, 0)).isEqualTo(LOW_LIQUIDITY);
        assertThat(next(0.5, 0.29, 0, 0)).isEqualTo(LOW_LIQUIDITY);
        assertThat(next(0.5, 0.29, 0, 0)).isEqualTo(LOW_LIQUIDITY);
        assertThat(next(0.5, 0.5, 0, 0)).isEqualTo(NORMAL);
    }

    @Test
    void bothTogetherAreACrisisAtOnce() {
        history();
        assertThat(next(0.5, 0.1, 0, 0)).isEqualTo(LOW_LIQUIDITY);
        assertThat(next(0.9, 0.1, 0, 0)).isEqualTo(CRISIS);
        assertThat(next(0.5, 0.5, 0, 0)).isEqualTo(CRISIS);
        assertThat(next(0.5, 0.5, 0, 0)).isEqualTo(CRISIS);
        assertThat(next(0.5, 0.5, 0, 0)).isEqualTo(NORMAL);
    }

    @Test
    void aCrashIsACrisisEvenWithoutHistory() {
        assertThat(next(0.5, 0.5, -0.10, 0)).isEqualTo(NORMAL);
        assertThat(next(0.5, 0.5, -0.1001, 0)).isEqualTo(CRISIS);
    }

    @Test
    void aBurstOfAnomaliesIsACrisisButOneAlarmIsNot() {
        for (int i = 0; i < 200; i++) {
            assertThat(next(0.5, 0.5, 0, i % 10 == 0 ? 0.05 : 0)).isEqualTo(NORMAL);
        }
        assertThat(next(0.5, 0.5, 0, 0.05)).isEqualTo(NORMAL);
        assertThat(next(0.5, 0.5, 0, 0.10)).isEqualTo(NORMAL);
        assertThat(next(0.5, 0.5, 0, 0.15)).isEqualTo(CRISIS);
    }

    @Test
    void theOnlyAlarmOfASingleAssetIsNoCrisis() {
        for (int i = 0; i < 500; i++) {
            assertThat(next(0.5, 0.5, 0, i % 100 == 99 ? 1 : 0)).isEqualTo(NORMAL);
        }
    }

    @Test
    void aHighBaseRateRaisesTheBar() {
        for (int i = 0; i < 200; i++) {
            next(0.5, 0.5, 0, i % 2 == 0 ? 0.2 : 0.1);
        }
        assertThat(next(0.5, 0.5, 0, 0.7)).isEqualTo(NORMAL);
        assertThat(next(0.5, 0.5, 0, 0.8)).isEqualTo(CRISIS);
    }

    @Test
    void percentilesCountOnlyAfterTheMinimumHistory() {
        for (int i = 0; i < 89; i++) {
            assertThat(next(1 + i, 1, 0, 0)).isEqualTo(NORMAL);
        }
        assertThat(next(200, 1, 0, 0)).isEqualTo(HIGH_VOLATILITY);
    }

    @Test
    void missingValuesKeepTheState() {
        history();
        assertThat(next(0.9, 0.5, 0, 0)).isEqualTo(HIGH_VOLATILITY);
        for (int i = 0; i < 5; i++) {
            assertThat(next(Double.NaN, Double.NaN, Double.NaN, Double.NaN)).isEqualTo(HIGH_VOLATILITY);
        }
        assertThat(next(0.3, Double.NaN, Double.NaN, Double.NaN)).isEqualTo(NORMAL);
        for (int i = 0; i < 5; i++) {
            assertThat(next(Double.NaN, Double.NaN, Double.NaN, Double.NaN)).isEqualTo(NORMAL);
        }
    }

    @Test
    void onlyMissingConstantOrExtremeValuesAreNormal() {
        for (int i = 0; i < 400; i++) {
            assertThat(next(Double.NaN, Double.NaN, Double.NaN, Double.NaN)).isEqualTo(NORMAL);
        }
        for (int i = 0; i < 400; i++) {
            assertThat(next(0.7, 0, 0, 0)).isEqualTo(NORMAL);
        }
        next(1e300, 1e-300, 0, 0);
        next(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0);
    }

    @Test
    void theYearForgets() {
        history();
        for (int i = 0; i < 400; i++) {
            next(5, 0.5, 0, 0);
        }
        assertThat(next(5, 0.5, 0, 0)).isEqualTo(NORMAL);
    }

    @Test
    void dwellIsRespectedOnRandomStatesAndAllFourOccur() {
        Rng rng = Seeds.rng(4, 4);
        List<RegimeLabel> labels = new ArrayList<>();
        Set<RegimeLabel> seen = EnumSet.noneOf(RegimeLabel.class);
        for (int i = 0; i < 3_000; i++) {
            labels.add(next(rng.nextDouble(), rng.nextDouble(), 0.05 * rng.nextGaussian(), 0.02 * rng.nextInt(3)));
            seen.add(labels.get(i));
        }
        assertThat(seen).containsExactlyInAnyOrder(RegimeLabel.values());
        int held = 1;
        for (int i = 1; i < labels.size(); i++) {
            if (labels.get(i) != labels.get(i - 1)) {
                assertThat(held >= 3 || labels.get(i) == CRISIS || i < 100).isTrue();
                held = 0;
            }
            held++;
        }
    }

    @Test
    void laterStatesChangeNoEarlierLabel() {
        for (int cut = 1; cut < 600; cut += 29) {
            RegimeDetector.Session one = detector.open(1);
            RegimeDetector.Session two = detector.open(1);
            for (int i = 0; i < cut; i++) {
                Rng rng = Seeds.rng(5, i);
                MarketState state = new MarketState(
                        (i + 1) * DAY, rng.nextDouble(), rng.nextDouble(), 0.06 * rng.nextGaussian(), 0);
                assertThat(one.next(state)).isEqualTo(two.next(state));
            }
            one.next(new MarketState((cut + 1) * DAY, 1e9, -1e9, -1, 1));
        }
    }

    @Test
    void rollingRanksAgreeWithASlowCount() {
        RollingRanks ranks = new RollingRanks(50, 50.0 * DAY);
        Rng rng = Seeds.rng(6, 0);
        double[] values = new double[400];
        for (int i = 0; i < values.length; i++) {
            values[i] = rng.nextInt(7) == 0 ? Double.NaN : rng.nextInt(12) - 6;
            double rank = ranks.add(i * DAY, values[i]);
            double smaller = 0;
            double equal = 0;
            double all = 0;
            for (int j = Math.max(0, i - 49); j <= i; j++) {
                smaller += values[j] < values[i] ? 1 : 0;
                equal += values[j] == values[i] ? 1 : 0;
                all += Double.isNaN(values[j]) ? 0 : 1;
            }
            double expected = Double.isNaN(values[i]) ? Double.NaN : (smaller + equal / 2) / all;
            assertThat(Double.compare(rank, expected)).isZero();
        }
    }

    @Test
    void isFoundByName() {
        assertThat(Providers.named(Providers.regimes(), "four-regimes", "regime detector"))
                .isInstanceOf(FourRegimes.class);
    }

    @Test
    void settingsAndOrderAreChecked() {
        FourRegimeSettings d = FourRegimeSettings.defaults();
        assertThatThrownBy(() -> new FourRegimeSettings(
                        new FourRegimeSettings.Band(0.8, 0.9), d.lowLiquidity(), d.crisis(), d.history(), 3))
                .hasMessageContaining("highVolatility");
        assertThatThrownBy(() -> new FourRegimeSettings(
                        d.highVolatility(), new FourRegimeSettings.Band(0.2, 0.1), d.crisis(), d.history(), 3))
                .hasMessageContaining("lowLiquidity");
        assertThatThrownBy(() -> new FourRegimeSettings.CrisisRule(0, 5, 0)).hasMessageContaining("loss24h");
        assertThatThrownBy(() -> new FourRegimeSettings.CrisisRule(0.1, 1, 0)).hasMessageContaining("anomalyMultiple");
        assertThatThrownBy(() -> new FourRegimeSettings.History(30, 31)).hasMessageContaining("minimumDays");
        next(0, 0, 0, 0);
        day--;
        assertThatThrownBy(() -> next(0, 0, 0, 0)).hasMessageContaining("in order of time");
        assertThatThrownBy(() -> detector.open(Double.NaN)).hasMessageContaining("barsPerDay");
    }
}
