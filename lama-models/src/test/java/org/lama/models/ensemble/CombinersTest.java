package org.lama.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Named;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Composite;
import org.lama.core.signal.Providers;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.signal.Signal;

class CombinersTest {
    private static final List<String> THREE = List.of("momentum", "anomaly", "liquidity");

    private static Composite weighted(Signal... signals) {
        return Combiners.weighted(FusionSettings.defaults())
                .open(THREE, 1)
                .combine(List.of(signals), RegimeLabel.NORMAL);
    }

    private static Composite consensus(Signal... signals) {
        List<String> names = List.of("a", "b", "c", "d", "e").subList(0, signals.length);
        return Combiners.consensus(Fixture.EQUAL).open(names, 1).combine(List.of(signals), RegimeLabel.NORMAL);
    }

    @Test
    void weightedAverageFollowsItsFormula() {
        Composite out = weighted(Fixture.of(0.8, 0.5), Fixture.of(-0.2, 1), Fixture.of(0.4, 0.2));
        double trusted = 0.5 + 1 + 0.15 * 0.2;
        assertThat(out.signal()).isCloseTo((0.4 - 0.2 + 0.15 * 0.2 * 0.4) / trusted, within(1e-15));
        assertThat(out.confidence()).isCloseTo(trusted / 2.15, within(1e-15));
        assertThat(out.sizeMultiplier()).isEqualTo(1);
        assertThat(out.method()).isEqualTo("weighted");
        assertThat(out.vetoes()).isEmpty();
        assertThat(out.contributions().get(2).weight()).isCloseTo(0.15 / 2.15, within(1e-15));
    }

    @Test
    void riskMembersOnlyShrinkTheSize() {
        Signal risk = Signal.risk(0.4, 0.9, true, 0, 0);
        Composite with = weighted(Fixture.of(0.8, 0.5), risk, Fixture.of(0.4, 0.2));
        Composite without = weighted(Fixture.of(0.8, 0.5), Fixture.missing(), Fixture.of(0.4, 0.2));
        assertThat(with.signal()).isEqualTo(without.signal());
        assertThat(with.sizeMultiplier()).isEqualTo(0.4);
        assertThat(with.contributions()).hasSize(2);
    }

    @Test
    void riskMayDampTheConfidenceAsWellAndThenCountsTwice() {
        Signal risk = Signal.risk(0.4, 0.9, true, 0, 0);
        List<Signal> signals = List.of(Fixture.of(0.8, 0.5), risk, Fixture.of(0.4, 0.2));
        for (Combiner combiner : Fixture.all(FusionSettings.defaults().withDampedConfidence(true))) {
            Composite damped = combiner.open(THREE, 1).combine(signals, RegimeLabel.NORMAL);
            Composite plain = Fixture.all(FusionSettings.defaults()).stream()
                    .filter(each -> each.name().equals(combiner.name()))
                    .findFirst()
                    .orElseThrow()
                    .open(THREE, 1)
                    .combine(signals, RegimeLabel.NORMAL);
            assertThat(damped.signal()).isEqualTo(plain.signal());
            assertThat(damped.sizeMultiplier())
                    .isEqualTo(plain.sizeMultiplier())
                    .isEqualTo(0.4);
            assertThat(damped.confidence()).as(combiner.name()).isEqualTo(plain.confidence() * 0.4);
        }
        assertThat(FusionSettings.defaults().dampsConfidence()).isFalse();
    }

    @Test
    void directionalMembersMayShrinkTheSizeToo() {
        Signal cautious = new Signal(Signal.Role.DIRECTIONAL, 0.8, 0.5, 0.3, Double.NaN, false, 0, 0, true);
        assertThat(weighted(cautious, Fixture.missing(), Fixture.missing()).sizeMultiplier())
                .isEqualTo(0.3);
    }

    @Test
    void droppedMembersAreNamedWithTheReason() {
        Composite out =
                weighted(Fixture.at(0.5, 1, 10 * Fixture.DAY), Fixture.missing(), Fixture.at(-0.5, 1, 6 * Fixture.DAY));
        assertThat(out.signal()).isEqualTo(0.5);
        assertThat(out.vetoes())
                .containsExactly(
                        "anomaly dropped: no valid signal",
                        "liquidity dropped: stale by 4 bars, at most 3 are allowed");
    }

    @Test
    void theLastOutcomeMakesOldSignalsStale() {
        Combiner.Session session = Combiners.weighted(Fixture.EQUAL).open(List.of("a"), 1);
        session.observe(10 * Fixture.DAY, new double[] {Double.NaN});
        Composite out = session.combine(List.of(Fixture.at(0.5, 1, 6 * Fixture.DAY)), RegimeLabel.NORMAL);
        assertThat(out.signal()).isZero();
        assertThat(out.vetoes()).hasSize(2);
    }

    @Test
    void noValidMemberOrNoConfidenceIsNeutral() {
        for (Combiner combiner : Fixture.all(Fixture.EQUAL)) {
            Combiner.Session session = combiner.open(List.of("a", "b"), 1);
            for (RegimeLabel regime : Fixture.regimes()) {
                Composite none = session.combine(List.of(Fixture.missing(), Fixture.missing()), regime);
                Composite zero = session.combine(List.of(Fixture.of(0.9, 0), Fixture.of(0.8, 0)), regime);
                assertThat(none.strength()).as(combiner.name()).isZero();
                assertThat(zero.strength()).as(combiner.name()).isZero();
                assertThat(none.vetoes()).contains("flat: no valid directional member");
                assertThat(zero.vetoes()).hasSize(1).first().asString().startsWith("flat: ");
            }
        }
    }

    @Test
    void aCrisisVotesWhateverIsConfiguredAndShrinks() {
        for (Combiner combiner : Fixture.all(Fixture.EQUAL)) {
            Combiner.Session session = combiner.open(List.of("a", "b", "c"), 1);
            List<Signal> split = List.of(Fixture.of(0.9, 0.9), Fixture.of(-0.2, 0.4), Fixture.of(-0.3, 0.2));
            Composite out = session.combine(split, RegimeLabel.CRISIS);
            assertThat(out.method()).isEqualTo("consensus");
            assertThat(out.signal()).isZero();
            assertThat(out.sizeMultiplier()).isEqualTo(0.25);
        }
    }

    @Test
    void regimeFactorsMultiplyTheSize() {
        Combiner.Session session = Combiners.weighted(Fixture.EQUAL).open(List.of("a"), 1);
        double[] factors = {1, 0.5, 0.5, 0.25};
        for (int i = 0; i < factors.length; i++) {
            RegimeLabel regime = Fixture.regimes()[i];
            assertThat(session.combine(List.of(Fixture.of(0.5, 1)), regime).sizeMultiplier())
                    .isEqualTo(factors[i]);
        }
    }

    @Test
    void consensusIsTheMedianOfThoseWhoAgree() {
        Composite out = consensus(Fixture.of(0.6, 0.8), Fixture.of(0.2, 0.5), Fixture.of(-0.05, 1));
        assertThat(out.signal()).isCloseTo(0.4, within(1e-15));
        assertThat(out.confidence()).isCloseTo(0.65 * 2 / 3, within(1e-15));
        assertThat(out.contributions().get(2).amount()).isZero();
        assertThat(consensus(Fixture.of(-0.6, 0.8), Fixture.of(-0.2, 0.5)).signal())
                .isCloseTo(-0.4, within(1e-15));
    }

    @Test
    void consensusIsFlatWithoutEnoughVotes() {
        assertThat(consensus(Fixture.of(0.9, 1)).vetoes())
                .containsExactly("flat: consensus needs 2 directional members, got 1");
        assertThat(consensus(Fixture.of(0.9, 1), Fixture.of(0.1, 1)).signal()).isZero();
        assertThat(consensus(Fixture.of(0.9, 1), Fixture.of(0.9, 0.3)).signal()).isZero();
        Signal up = Fixture.of(0.4, 0.5);
        Signal down = Fixture.of(-0.4, 0.5);
        assertThat(consensus(up, up, down, down).signal()).isZero();
        assertThat(consensus(up, up, Fixture.of(0, 1), Fixture.of(0, 1), Fixture.of(0, 1))
                        .vetoes())
                .containsExactly("flat: 2 votes up and 0 down of 5, 3 on one side are needed");
    }

    @Test
    void oneStrongOpponentBlocksTheVote() {
        Signal up = Fixture.of(0.4, 0.5);
        assertThat(consensus(up, up, Fixture.of(-0.8, 0.7)).vetoes())
                .containsExactly("flat: c is strongly against the majority");
        assertThat(consensus(up, up, Fixture.of(-0.8, 0.6)).signal()).isCloseTo(0.4, within(1e-15));
    }

    @Test
    void allFourAreFoundByName() {
        assertThat(Providers.combiners())
                .extracting(Named::name)
                .contains("bayesian", "consensus", "dynamic", "weighted");
    }

    @Test
    void wrongShapesAndOrderAreRefused() {
        Combiner combiner = Combiners.weighted(Fixture.EQUAL);
        Combiner.Session session = combiner.open(List.of("a", "b"), 1);
        assertThatThrownBy(() -> session.combine(List.of(Fixture.missing()), RegimeLabel.NORMAL))
                .hasMessage("signals must have one entry for each of [a, b], got 1");
        assertThatThrownBy(() -> session.observe(1, new double[1]))
                .hasMessage("memberReturns must have 2 values, got 1");
        session.observe(5, new double[2]);
        assertThatThrownBy(() -> session.observe(5, new double[2])).hasMessageContaining("in order of time");
        assertThatThrownBy(() -> session.train(new Combiner.TrainingRows(new double[1][3], new double[3])))
                .hasMessage("training rows must have 2 members, got 1");
        assertThatThrownBy(() -> combiner.open(List.of(), 1)).hasMessage("members must hold at least one name");
        assertThatThrownBy(() -> combiner.open(List.of("a", "a"), 1)).hasMessage("members must differ, got [a, a]");
        assertThatThrownBy(() -> combiner.open(List.of("a"), 0)).hasMessageContaining("barsPerDay");
    }

    @Test
    void settingsAreValidated() {
        assertThatThrownBy(() -> new RegimeFactors(1, 0.5, 0.6, 0.25)).hasMessageContaining("lowLiquidity");
        assertThatThrownBy(() -> new RegimeFactors(1.1, 0.5, 0.5, 0.25)).hasMessageContaining("normal");
        assertThatThrownBy(() -> new RegimeFactors(1, 0.5, 0.5, 0.6)).hasMessageContaining("crisis");
        assertThatThrownBy(() -> new MemberWeights(Map.of("a", -1.0), 1)).hasMessageContaining("weight of a");
        assertThatThrownBy(() -> new MemberWeights(Map.of(), Double.NaN)).hasMessageContaining("others");
        assertThatThrownBy(() -> new ConsensusSettings(0.1, 0.3, 0, 0.5)).hasMessageContaining("minimumVotes");
        assertThatThrownBy(() -> new BayesianSettings(100, 1, 0.5)).hasMessageContaining("clamp");
        assertThatThrownBy(() -> new DynamicSettings.Limits(0.5, 0.4, 0.1)).hasMessageContaining("cap");
        assertThatThrownBy(() -> new DynamicSettings(30, 1, 0.5, new DynamicSettings.Limits(0, 1, 1)))
                .hasMessageContaining("minimumObservations");
    }
}
