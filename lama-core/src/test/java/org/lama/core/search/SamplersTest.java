package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class SamplersTest {
    private static final ParameterSpace SQUARE = ParameterSpace.parse("x=0.0..1,y=0.0..1");
    /** What a proposal may cost among a thousand trials; it takes about two when the machine is quiet. */
    private static final double MOST_MILLISECONDS = 5;

    private static double bowl(ParameterSet set) {
        return Math.pow(set.number("x") - 0.3, 2) + Math.pow(set.number("y") - 0.7, 2);
    }

    @Test
    void theGridTurnsTheLastParameterFastest() {
        ParameterSpace space = ParameterSpace.parse("a=1..2,k=u|v,d=1..2?k=v");
        assertThat(Samplers.grid(space, Direction.MINIMISE).ask(10))
                .extracting(ParameterSet::canonicalText)
                .containsExactly("a=1,k=u", "a=1,k=v,d=1", "a=1,k=v,d=2", "a=2,k=u", "a=2,k=v,d=1", "a=2,k=v,d=2");
    }

    @Test
    void theGridRefusesWhatItCannotWalk() {
        assertThatThrownBy(() -> Samplers.grid(SQUARE, Direction.MINIMISE)).hasMessageContaining("continuous");
        assertThatThrownBy(() -> Samplers.grid(ParameterSpace.parse("a=1..100"), Direction.MINIMISE, 99))
                .hasMessageStartingWith("space must have at most 99 points, got 100");
    }

    @Test
    void unknownNamesLeadToTheNearest() {
        assertThatThrownBy(() -> Samplers.named("cmeas", SQUARE, Direction.MINIMISE, 1, 10))
                .hasMessage("sampler must be one of [grid, random, latin, sobol, tpe, cmaes], got 'cmeas'; did you mean"
                        + " 'cmaes'?");
    }

    @Test
    void aLatinHypercubeHasOnePointInEveryLayer() {
        for (int layers : new int[] {1, 2, 7, 50, 64}) {
            Sampler sampler = Samplers.latinHypercube(SQUARE, Direction.MINIMISE, 3, layers);
            for (int cube = 0; cube < 2; cube++) {
                boolean[][] seen = new boolean[2][layers];
                for (ParameterSet set : sampler.ask(layers)) {
                    seen[0][(int) (set.number("x") * layers)] = true;
                    seen[1][(int) (set.number("y") * layers)] = true;
                }
                assertThat(seen[0]).containsOnly(true);
                assertThat(seen[1]).containsOnly(true);
            }
        }
    }

    @Test
    void theSobolSequenceHasOnePointInEveryElementaryInterval() {
        List<ParameterSet> sets = Samplers.sobol(SQUARE, Direction.MINIMISE, 3).ask(64);
        for (int split = 0; split <= 6; split++) {
            boolean[] seen = new boolean[64];
            for (ParameterSet set : sets) {
                int column = (int) (set.number("x") * (1 << split));
                int row = (int) (set.number("y") * (64 >> split));
                seen[column * (64 >> split) + row] = true;
            }
            assertThat(seen).as("boxes of 2^-%d by 2^-%d", split, 6 - split).containsOnly(true);
        }
    }

    @Test
    void randomDrawsAreUniformOnEachScale() {
        Sampler sampler = Samplers.random(ParameterSpace.parse("lr=1e-4..1:log,k=a|b|c|d"), Direction.MINIMISE, 11);
        int[] decades = new int[4];
        int[] choices = new int[4];
        for (ParameterSet set : sampler.ask(4000)) {
            decades[(int) Math.min(3, Math.floor(Math.log10(set.number("lr")) + 4))]++;
            choices["abcd".indexOf(set.text("k"))]++;
        }
        // Five standard deviations of a binomial with n = 4,000 and p = 1/4.
        assertThat(Arrays.stream(decades)).allMatch(count -> Math.abs(count - 1000) < 137);
        assertThat(Arrays.stream(choices)).allMatch(count -> Math.abs(count - 1000) < 137);
    }

    @Test
    void aLaterConstraintThatLeavesNothingIsNamed() {
        ParameterSpace space = ParameterSpace.parse("x=0.0..1,y=0.0..1,x*x+y*y<0.00002");
        Sampler sampler = Samplers.random(space, Direction.MINIMISE, 12);
        assertThatThrownBy(() -> sampler.ask(100)).hasMessageContaining("must leave more");
    }

    @Test
    void warmTrialsLeadTheParzenEstimatorAtOnce() {
        Sampler warm = Samplers.tpe(SQUARE, Direction.MINIMISE, 1);
        Sampler design = Samplers.sobol(SQUARE, Direction.MINIMISE, 1);
        for (ParameterSet set : design.ask(60)) {
            warm.tell(set, bowl(set));
        }
        assertThat(warm.ask(5)).allMatch(set -> bowl(set) < 0.15);
    }

    @Test
    void aWarmTrialIsWhereCovarianceAdaptationStarts() {
        Sampler warm = Samplers.cmaes(SQUARE, Direction.MINIMISE, 1, new CmaesSettings(0.01, 8));
        warm.tell(SQUARE.read(Map.of("x", "0.9", "y", "0.1")), 3);
        warm.tell(SQUARE.read(Map.of("x", "0.31", "y", "0.71")), 1);
        warm.tell(SQUARE.read(Map.of("x", "0.5", "y", "0.5")), Double.NaN);
        assertThat(warm.ask(8)).allMatch(set -> bowl(set) < 0.01);
    }

    @Test
    void aBatchSpreadsOutThoughNothingIsToldMeanwhile() {
        Sampler sampler = Samplers.tpe(SQUARE, Direction.MINIMISE, 4);
        List<ParameterSet> first = sampler.ask(30);
        for (int i = 0; i < 30; i++) {
            sampler.tell(i, bowl(first.get(i)));
        }
        List<ParameterSet> batch = sampler.ask(20);
        double[] xs = batch.stream().mapToDouble(set -> set.number("x")).toArray();
        assertThat(Arrays.stream(xs).max().orElseThrow()
                        - Arrays.stream(xs).min().orElseThrow())
                .isGreaterThan(0.3);
    }

    @Test
    void covarianceAdaptationFindsTheBottomOfAnEllipsoidToTwelveDigits() {
        ParameterSpace space = ParameterSpace.parse("x=0.0..1,y=0.0..1,z=0.0..1");
        Sampler sampler = Samplers.cmaes(space, Direction.MINIMISE, 2);
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < 1500; trial++) {
            ParameterSet set = sampler.ask(1).get(0);
            double u = set.number("x") - set.number("y");
            double value = 1e4 * u * u + Math.pow(set.number("y") - 0.4, 2) + 100 * Math.pow(set.number("z") - 0.8, 2);
            sampler.tell(trial, value);
            best = Math.min(best, value);
        }
        assertThat(best).isLessThan(1e-12);
    }

    @Test
    void aRestartLeavesALocalMinimum() {
        ParameterSpace space = ParameterSpace.parse("x=0.0..1");
        Sampler sampler = Samplers.cmaes(space, Direction.MINIMISE, 5, new CmaesSettings(0.02, 4));
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < 3000; trial++) {
            double x = sampler.ask(1).get(0).number("x");
            double value = Math.min(Math.abs(x - 0.5) + 1, 10 * Math.abs(x - 0.93));
            sampler.tell(trial, value);
            best = Math.min(best, value);
        }
        assertThat(best).isLessThan(1e-6);
    }

    @Test
    void wholeNumbersDoNotFreezeCovarianceAdaptation() {
        // The best value of n moves away after the first half of the search has settled on it.
        ParameterSpace space = ParameterSpace.parse("n=0..40,m=1..200:log,x=0.0..1");
        Sampler sampler = Samplers.cmaes(space, Direction.MINIMISE, 3);
        int hits = 0;
        for (int trial = 0; trial < 1200; trial++) {
            ParameterSet set = sampler.ask(1).get(0);
            double target = trial < 400 ? 10 : 30;
            sampler.tell(
                    trial,
                    Math.abs(set.whole("n") - target)
                            + Math.abs(Math.log(set.whole("m") / 20.0))
                            + Math.pow(set.number("x") - 0.5, 2));
            hits += trial >= 1100 && set.whole("n") == 30 ? 1 : 0;
        }
        assertThat(hits).isGreaterThan(50);
    }

    @Test
    void choicesAloneCanBeSearchedByEverySampler() {
        ParameterSpace space = ParameterSpace.parse("a=p|q|r|s|t,b=p|q|r|s|t,c=p|q|r|s|t,d=p|q|r|s|t");
        for (String name : Samplers.names()) {
            Sampler sampler = Samplers.named(name, space, Direction.MAXIMISE, 8, 100);
            for (int trial = 0; trial < 100; trial++) {
                ParameterSet set = sampler.ask(1).get(0);
                double value =
                        set.values().values().stream().filter("r"::equals).count();
                sampler.tell(trial, value);
            }
            assertThat(sampler.asked()).isEqualTo(100);
        }
    }

    @Test
    void aRecordOfAnotherSeedIsRefusedByDesigns() {
        ParameterSet other =
                Samplers.random(SQUARE, Direction.MINIMISE, 2).ask(1).get(0);
        for (String name : List.of("random", "latin", "sobol", "cmaes")) {
            assertThatThrownBy(() -> Samplers.named(name, SQUARE, Direction.MINIMISE, 1, 10)
                            .replay(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("trial 0 on record must be what this sampler hands out, got x=");
        }
    }

    @Test
    void settingsOutsideTheirRangesAreRefused() {
        assertThatThrownBy(() -> new CmaesSettings(0, 0)).hasMessageContaining("initialDeviation");
        assertThatThrownBy(() -> new CmaesSettings(0.2, 3)).hasMessage("population must be 0 or >= 4, got 3");
        assertThatThrownBy(() -> new TpeSettings(0, 1, 0.1, 1)).hasMessageContaining("startupTrials");
        assertThatThrownBy(() -> new TpeSettings(1, 0, 0.1, 1)).hasMessageContaining("candidates");
        assertThatThrownBy(() -> new TpeSettings(1, 1, 1, 1)).hasMessageContaining("goodShare");
        assertThatThrownBy(() -> new TpeSettings(1, 1, 0.1, 0)).hasMessageContaining("mostGood");
        assertThatThrownBy(() -> Samplers.latinHypercube(SQUARE, Direction.MINIMISE, 1, 0))
                .hasMessage("layers must be >= 1, got 0");
    }

    @Test
    void aProposalAmongAThousandTrialsIsCheap() {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        Sampler sampler = Samplers.tpe(
                ParameterSpace.parse("kernel=a|b|c,depth=1..20,lr=1e-5..1:log,drop=0..0.9"), Direction.MINIMISE, 1);
        Rng rng = Seeds.rng(1, 1);
        for (ParameterSet set :
                Samplers.random(sampler.space(), Direction.MINIMISE, 5).ask(1000)) {
            sampler.tell(set, rng.nextDouble());
        }
        double best = Double.POSITIVE_INFINITY;
        for (int batch = 0; batch < 12; batch++) {
            long before = clock.getCurrentThreadCpuTime();
            for (int i = 0; i < 10; i++) {
                long trial = sampler.asked();
                sampler.ask(1);
                sampler.tell(trial, rng.nextDouble());
            }
            best = Math.min(best, (clock.getCurrentThreadCpuTime() - before) / 1e7);
        }
        assertThat(best).as("milliseconds of processor time per proposal").isLessThan(MOST_MILLISECONDS);
    }
}
