package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** What holds for every sampler on every space. */
class SamplerPropertyTest {
    private static final String CONDITIONAL =
            "kernel=a|b|c,depth=1..20?kernel=b|c,gamma=0.1..0.9?kernel=c,lr=1e-5..1:log,n=1..100:log,depth*2<=n";
    private static final String COUNTED = "fast=5..60:5,slow=20..100:20,x=0.1..0.5:0.1,mode=u|v,fast<slow";

    record Case(String sampler, String space) {
        Sampler make(long seed) {
            return Samplers.named(sampler, ParameterSpace.parse(space), Direction.MAXIMISE, seed, 40);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String sampler : Samplers.names()) {
            cases.add(new Case(sampler, COUNTED));
            if (!sampler.equals("grid")) {
                cases.add(new Case(sampler, CONDITIONAL));
            }
        }
        return cases;
    }

    static List<Case> onCounted() {
        return cases().stream().filter(c -> c.space.equals(COUNTED)).toList();
    }

    /** A value that depends on the point and is now and then a failure. */
    private static double value(ParameterSet set) {
        int hash = set.canonicalText().hashCode();
        return hash % 11 == 0 ? Double.NaN : (hash % 1000) / 100.0;
    }

    /** A conversation with batches, late answers and failures: asked and told in an order that a seed decides. */
    private static final class Conversation {
        private final Sampler sampler;
        private final Rng choices;
        private final List<ParameterSet> asked = new ArrayList<>();
        private final List<Long> open = new ArrayList<>();

        Conversation(Sampler sampler, long seed) {
            this.sampler = sampler;
            this.choices = Seeds.rng(seed, 77);
        }

        void step(boolean replay, List<ParameterSet> record) {
            if (open.isEmpty() || choices.nextDouble() < 0.4) {
                int count = 1 + choices.nextInt(3);
                for (int i = 0; i < count; i++) {
                    open.add((long) asked.size());
                    if (replay) {
                        sampler.replay(record.get(asked.size()));
                        asked.add(record.get(asked.size()));
                    } else {
                        asked.addAll(sampler.ask(1));
                    }
                }
            } else {
                long trial = open.remove(choices.nextInt(open.size()));
                sampler.tell(trial, value(asked.get((int) trial)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyPointIsOfTheSpace(Case c) {
        Sampler sampler = c.make(5);
        for (int trial = 0; trial < 150; trial++) {
            ParameterSet set = sampler.ask(1).get(0);
            assertThat(sampler.space().read(set.values())).isEqualTo(set);
            sampler.tell(trial, value(set));
        }
        assertThat(sampler.asked()).isEqualTo(150);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void replayAtAnyPointContinuesWithTheSameBits(Case c) {
        for (int cut : new int[] {1, 7, 30, 80}) {
            Conversation whole = new Conversation(c.make(9), 3);
            for (int i = 0; i < 120; i++) {
                whole.step(false, List.of());
            }
            Conversation resumed = new Conversation(c.make(9), 3);
            for (int i = 0; i < 120; i++) {
                resumed.step(i < cut, whole.asked);
            }
            assertThat(resumed.asked).as("cut at " + cut).isEqualTo(whole.asked);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void askingForManyIsAskingOneByOne(Case c) {
        Sampler one = c.make(4);
        Sampler many = c.make(4);
        for (int batch = 0; batch < 8; batch++) {
            List<ParameterSet> sets = many.ask(9);
            for (int i = 0; i < 9; i++) {
                assertThat(one.ask(1)).containsExactly(sets.get(i));
            }
            for (int i = 0; i < 9; i++) {
                one.tell(batch * 9 + i, value(sets.get(i)));
                many.tell(batch * 9 + i, value(sets.get(i)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("onCounted")
    void everyPointComesOnceAndThenNoneIsLeft(Case c) {
        Sampler sampler = c.make(2);
        int size = (int) sampler.space().size().orElseThrow();
        Set<ParameterSet> seen = new HashSet<>();
        long trial = 0;
        for (List<ParameterSet> sets = sampler.ask(16); !sets.isEmpty(); sets = sampler.ask(16)) {
            for (ParameterSet set : sets) {
                assertThat(seen.add(set)).as("first time of " + set).isTrue();
                sampler.tell(trial++, value(set));
            }
        }
        assertThat(seen).hasSize(size);
        assertThat(sampler.ask(1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("onCounted")
    void whatIsToldWithoutBeingAskedIsNotAskedLater(Case c) {
        Sampler sampler = c.make(2);
        List<ParameterSet> known = Samplers.grid(sampler.space(), Direction.MAXIMISE).ask(50);
        known.forEach(set -> sampler.tell(set, value(set)));
        Set<ParameterSet> asked = new HashSet<>(sampler.ask(1_000));
        assertThat(asked).hasSize((int) sampler.space().size().orElseThrow() - 50).doesNotContainAnyElementsOf(known);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void onlyFailuresAreNoObstacle(Case c) {
        Sampler sampler = c.make(6);
        for (int trial = 0; trial < 60; trial++) {
            assertThat(sampler.ask(1)).hasSize(1);
            sampler.tell(trial, trial % 2 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalValuesAndHugeValuesAreNoObstacle(Case c) {
        Sampler sampler = c.make(6);
        for (int trial = 0; trial < 60; trial++) {
            assertThat(sampler.ask(1)).hasSize(1);
            sampler.tell(trial, trial < 30 ? 1 : trial % 2 == 0 ? 1e300 : -1e300);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void wrongTellsAreRefused(Case c) {
        Sampler sampler = c.make(1);
        sampler.ask(2);
        sampler.tell(1, 0.5);
        assertThatThrownBy(() -> sampler.tell(1, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trial 1 must be handed out and not yet told, but its value is told already");
        assertThatThrownBy(() -> sampler.tell(2, 0.5))
                .hasMessage("trial 2 must be handed out and not yet told, but 2 were handed out");
        assertThatThrownBy(() -> sampler.tell(ParameterSet.of(Map.of("nonsense", "1")), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense");
        assertThatThrownBy(() -> sampler.ask(0)).hasMessage("count must be >= 1, got 0");
    }

    @ParameterizedTest
    @MethodSource("onCounted")
    void aRecordWithARepetitionIsRefused(Case c) {
        Sampler sampler = c.make(1);
        ParameterSet first = sampler.ask(1).get(0);
        assertThatThrownBy(() -> sampler.replay(first))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trial 1 on record must not be handed out before");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTextNamesKindDirectionAndSeed(Case c) {
        assertThat(c.make(17).canonicalText())
                .startsWith(c.sampler)
                .contains("direction=maximise")
                .endsWith(c.sampler.equals("grid") ? "seed=0" : "seed=17");
    }
}
