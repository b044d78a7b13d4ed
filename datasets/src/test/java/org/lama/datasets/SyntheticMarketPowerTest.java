package org.lama.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.core.data.MarketData;
import org.lama.core.math.Distributions;
import org.lama.core.series.Frame;

/** How often the planted assets are found, and the others, by a plain trader that estimates everything. */
class SyntheticMarketPowerTest {
    private static final double COST_PER_SIDE = 0.0015;

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Tally(int[] found, int falseFound, int nulls, double medianSharpe) {}

    private static Tally run(int seeds) {
        int[] found = new int[seeds];
        int falseFound = 0;
        int nulls = 0;
        double[] sharpes = new double[3 * seeds];
        int s = 0;
        for (int seed = 0; seed < seeds; seed++) {
            MarketData data = new SyntheticMarket().load(SyntheticMarket.defaults(1_000 + seed));
            Set<String> truth = new HashSet<>();
            data.planted().forEach(planted -> truth.add(planted.symbol()));
            double[] p = new double[20];
            for (int a = 0; a < 20; a++) {
                Frame frame = data.frames().get(a);
                PlainTrader.Outcome outcome = new PlainTrader(COST_PER_SIDE).trade(frame);
                p[a] = 1 - Distributions.normalCdf(outcome.tValue());
                if (truth.contains(frame.symbol())) {
                    sharpes[s++] = outcome.annualSharpe();
                }
            }
            boolean[] hit = benjaminiHochberg(p, 0.10);
            for (int a = 0; a < 20; a++) {
                boolean planted = truth.contains(data.symbols().get(a));
                found[seed] += hit[a] && planted ? 1 : 0;
                falseFound += hit[a] && !planted ? 1 : 0;
                nulls += planted ? 0 : 1;
            }
        }
        Arrays.sort(found);
        Arrays.sort(sharpes);
        return new Tally(found, falseFound, nulls, sharpes[sharpes.length / 2]);
    }

    private static boolean[] benjaminiHochberg(double[] p, double level) {
        double[] sorted = p.clone();
        Arrays.sort(sorted);
        double cut = -1;
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] <= level * (i + 1) / sorted.length) {
                cut = sorted[i];
            }
        }
        boolean[] hit = new boolean[p.length];
        for (int i = 0; i < p.length; i++) {
            hit[i] = p[i] <= cut;
        }
        return hit;
    }

    @Test
    void plantedAssetsAreFoundAndOthersAreNot() {
        Tally tally = run(4);
        assertThat(tally.found()[1]).isGreaterThanOrEqualTo(2);
        assertThat(tally.falseFound()).isLessThanOrEqualTo(tally.nulls() / 20);
    }

    @Test
    @Tag("slow")
    void overFortySeedsThePowerIsAsDocumented() {
        Tally tally = run(40);
        assertThat(tally.found()[20]).isGreaterThanOrEqualTo(2);
        assertThat(Arrays.stream(tally.found()).sum()).isGreaterThanOrEqualTo((int) (0.85 * 120));
        assertThat(tally.falseFound()).isLessThanOrEqualTo(tally.nulls() / 20);
        assertThat(tally.medianSharpe()).isBetween(2.3, 3.3);
    }
}
