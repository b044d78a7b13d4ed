package org.lama.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Composite;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.signal.Signal;

class CombinersPropertyTest {
    private static final int ROUNDS = 400;

    private static Signal random(Rng rng) {
        double kind = rng.nextDouble();
        if (kind < 0.1) {
            return Fixture.missing();
        }
        double size = 0.2 + 0.8 * rng.nextDouble();
        return kind < 0.25
                ? Signal.risk(size, 0.5, false, 0, 0)
                : new Signal(
                        Signal.Role.DIRECTIONAL,
                        2 * rng.nextDouble() - 1,
                        rng.nextDouble(),
                        size,
                        Double.NaN,
                        false,
                        0,
                        0,
                        true);
    }

    private static List<Signal> panel(Rng rng, int n) {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            signals.add(random(rng));
        }
        return signals;
    }

    /** Trains and observes with member columns in a given order. */
    private static Combiner.Session taught(Combiner combiner, List<String> names, int[] order, long seed) {
        Combiner.Session session = combiner.open(names, 1);
        int n = order.length;
        double[][] signals = new double[names.size()][300];
        double[] returns = new double[300];
        double[][] outcomes = new double[40][names.size()];
        for (double[] row : signals) {
            java.util.Arrays.fill(row, Double.NaN);
        }
        for (double[] row : outcomes) {
            java.util.Arrays.fill(row, Double.NaN);
        }
        for (int r = 0; r < 300; r++) {
            Rng rng = Seeds.rng(seed, r);
            returns[r] = rng.nextGaussian();
            double[] noise = new double[n];
            for (int m = 0; m < n; m++) {
                noise[m] = rng.nextGaussian();
            }
            for (int m = 0; m < n; m++) {
                signals[m][r] = Math.tanh(0.3 * returns[r] + noise[order[m]]);
                if (r < 40) {
                    outcomes[r][m] = 0.2 * order[m] + noise[order[m]];
                }
            }
        }
        session.train(new Combiner.TrainingRows(signals, returns));
        for (int r = 0; r < 40; r++) {
            session.observe((r - 100) * Fixture.DAY, outcomes[r]);
        }
        return session;
    }

    @Test
    void weightedMethodsStayInTheConvexHullAndContributionsSumToTheSignal() {
        Rng rng = Seeds.rng(1, 0);
        for (Combiner combiner : Fixture.all(FusionSettings.defaults()).subList(0, 2)) {
            Combiner.Session session =
                    taught(combiner, List.of("momentum", "anomaly", "liquidity", "x"), new int[] {0, 1, 2, 3}, 9);
            for (int i = 0; i < ROUNDS; i++) {
                List<Signal> signals = panel(rng, 4);
                Composite out = session.combine(signals, RegimeLabel.NORMAL);
                double[] values = signals.stream()
                        .filter(s -> s.valid() && s.role() == Signal.Role.DIRECTIONAL)
                        .mapToDouble(Signal::value)
                        .sorted()
                        .toArray();
                double sum = out.contributions().stream()
                        .mapToDouble(Composite.Contribution::amount)
                        .sum();
                assertThat(sum).isCloseTo(out.signal(), within(1e-14));
                if (values.length > 0) {
                    assertThat(out.signal()).isBetween(values[0], values[values.length - 1]);
                    assertThat(out.contributions().stream()
                                    .mapToDouble(Composite.Contribution::weight)
                                    .sum())
                            .isCloseTo(1, within(1e-14));
                }
            }
        }
    }

    @Test
    void aMemberOfWeightZeroOrWithoutValidSignalsChangesNothing() {
        FusionSettings settings = new FusionSettings(
                new MemberWeights(Map.of("off", 0.0), 1), RegimeFactors.defaults(), ConsensusSettings.defaults(), 3);
        Rng rng = Seeds.rng(2, 0);
        for (Combiner combiner : Fixture.all(settings)) {
            Combiner.Session plain = taught(combiner, List.of("a", "b", "c"), new int[] {0, 1, 2}, 5);
            Combiner.Session off = taught(combiner, List.of("a", "b", "c", "off"), new int[] {0, 1, 2, 3}, 5);
            Combiner.Session silent = taught(combiner, List.of("a", "b", "c", "d"), new int[] {0, 1, 2}, 5);
            Combiner.Session plainOfFour = taught(combiner, List.of("a", "b", "c", "off"), new int[] {0, 1, 2}, 5);
            for (int i = 0; i < ROUNDS; i++) {
                List<Signal> signals = panel(rng, 3);
                List<Signal> more = new ArrayList<>(signals);
                more.add(Fixture.of(1, 1));
                List<Signal> gap = new ArrayList<>(signals);
                gap.add(Fixture.missing());
                for (RegimeLabel regime : RegimeLabel.values()) {
                    Composite expected = plain.combine(signals, regime);
                    assertSame(combiner, silent.combine(gap, regime), expected, 1e-12);
                    assertSame(combiner, plainOfFour.combine(more, regime), expected, 1e-12);
                    if (!combiner.name().equals("bayesian") && !combiner.name().equals("dynamic")) {
                        assertSame(combiner, off.combine(more, regime), expected, 0);
                    }
                }
            }
        }
    }

    private static void assertSame(Combiner combiner, Composite actual, Composite expected, double tolerance) {
        assertThat(actual.signal()).as(combiner.name()).isCloseTo(expected.signal(), within(tolerance));
        assertThat(actual.confidence()).as(combiner.name()).isCloseTo(expected.confidence(), within(tolerance));
        assertThat(actual.sizeMultiplier()).as(combiner.name()).isCloseTo(expected.sizeMultiplier(), within(tolerance));
    }

    @Test
    void theOrderOfMembersDoesNotMatter() {
        Rng rng = Seeds.rng(3, 0);
        int[] order = {2, 0, 1};
        for (Combiner combiner : Fixture.all(Fixture.EQUAL)) {
            Combiner.Session plain = taught(combiner, List.of("a", "b", "c"), new int[] {0, 1, 2}, 6);
            Combiner.Session turned = taught(combiner, List.of("c", "a", "b"), order, 6);
            for (int i = 0; i < ROUNDS; i++) {
                List<Signal> signals = panel(rng, 3);
                List<Signal> permuted = new ArrayList<>();
                for (int m : order) {
                    permuted.add(signals.get(m));
                }
                for (RegimeLabel regime : RegimeLabel.values()) {
                    assertSame(combiner, turned.combine(permuted, regime), plain.combine(signals, regime), 1e-9);
                }
            }
        }
    }

    @Test
    void tighterSettingsNeverEnlargeAPosition() {
        Rng rng = Seeds.rng(4, 0);
        List<String> names = List.of("a", "b", "c");
        FusionSettings tight = new FusionSettings(
                new MemberWeights(Map.of(), 1),
                new RegimeFactors(0.9, 0.4, 0.3, 0.1),
                new ConsensusSettings(0.1, 0.3, 3, 0.3),
                3);
        List<Combiner> loose = Fixture.all(Fixture.EQUAL);
        List<Combiner> strict = Fixture.all(tight);
        for (int c = 0; c < 4; c++) {
            Combiner.Session wide = taught(loose.get(c), names, new int[] {0, 1, 2}, 7);
            Combiner.Session narrow = taught(strict.get(c), names, new int[] {0, 1, 2}, 7);
            for (int i = 0; i < ROUNDS; i++) {
                List<Signal> signals = panel(rng, 3);
                double last = Double.POSITIVE_INFINITY;
                for (RegimeLabel regime : RegimeLabel.values()) {
                    Composite a = wide.combine(signals, regime);
                    Composite b = narrow.combine(signals, regime);
                    assertThat(Math.abs(b.strength()) * b.sizeMultiplier())
                            .isLessThanOrEqualTo(Math.abs(a.strength()) * a.sizeMultiplier());
                    assertThat(a.sizeMultiplier()).isLessThanOrEqualTo(last);
                    last = a.sizeMultiplier();
                }
            }
        }
    }

    @Test
    void aSmallerMultiplierNeverEnlargesThePosition() {
        Rng rng = Seeds.rng(5, 0);
        Combiner.Session session = Combiners.weighted(Fixture.EQUAL).open(List.of("a", "r"), 1);
        for (int i = 0; i < ROUNDS; i++) {
            Signal a = Fixture.of(2 * rng.nextDouble() - 1, rng.nextDouble());
            double x = rng.nextDouble();
            double y = x * rng.nextDouble();
            Composite large = session.combine(List.of(a, Signal.risk(x, 0, false, 0, 0)), RegimeLabel.NORMAL);
            Composite small = session.combine(List.of(a, Signal.risk(y, 0, false, 0, 0)), RegimeLabel.NORMAL);
            assertThat(small.sizeMultiplier()).isLessThanOrEqualTo(large.sizeMultiplier());
            assertThat(small.strength()).isEqualTo(large.strength());
        }
    }

    @Test
    void signsMirror() {
        Rng rng = Seeds.rng(6, 0);
        for (Combiner combiner : List.of(Combiners.weighted(Fixture.EQUAL), Combiners.consensus(Fixture.EQUAL))) {
            Combiner.Session session = combiner.open(List.of("a", "b", "c"), 1);
            for (int i = 0; i < ROUNDS; i++) {
                List<Signal> up = new ArrayList<>();
                List<Signal> down = new ArrayList<>();
                for (int m = 0; m < 3; m++) {
                    double value = 2 * rng.nextDouble() - 1;
                    double confidence = rng.nextDouble();
                    up.add(Fixture.of(value, confidence));
                    down.add(Fixture.of(-value, confidence));
                }
                assertThat(session.combine(down, RegimeLabel.NORMAL).signal())
                        .isCloseTo(-session.combine(up, RegimeLabel.NORMAL).signal(), within(1e-15));
            }
        }
    }

    @Test
    void equalHistoriesGiveEqualBits() {
        for (Combiner combiner : Fixture.all(FusionSettings.defaults())) {
            List<String> names = List.of("momentum", "anomaly", "liquidity");
            Combiner.Session one = taught(combiner, names, new int[] {0, 1, 2}, 8);
            Combiner.Session two = taught(combiner, names, new int[] {0, 1, 2}, 8);
            Rng rng = Seeds.rng(7, 0);
            for (int i = 0; i < 50; i++) {
                List<Signal> signals = Collections.unmodifiableList(panel(rng, 3));
                assertThat(one.combine(signals, RegimeLabel.NORMAL))
                        .isEqualTo(two.combine(signals, RegimeLabel.NORMAL));
            }
        }
    }
}
