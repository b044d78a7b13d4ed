package org.lama.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.models.garch.GarchSpec;
import org.lama.models.garch.RollingGarch;

/** The bodies of the volatility benchmark once, on a small size: each side does the work it claims to do. */
class GarchBenchmarkTest {
    private static GarchBenchmark prepared(String model) {
        GarchBenchmark benchmark = new GarchBenchmark();
        benchmark.n = 1000;
        benchmark.model = model;
        benchmark.prepare();
        return benchmark;
    }

    @Test
    void fitAndTextbookFindNearlyTheSameLikelihood() {
        GarchBenchmark benchmark = prepared("garch");
        double ours = benchmark.fit().logLikelihood();
        // the textbook starts from the sample variance, ours from the weighted first rows: a matter of the first rows
        assertThat(benchmark.naive()).isCloseTo(ours, within(2.0));
    }

    @Test
    void everyModelIsTheOneThatItsNameSays() {
        assertThat(prepared("egarch").fit().spec()).isEqualTo(GarchSpec.egarch(1, 1, 1));
        assertThat(prepared("gjr").fit().spec()).isEqualTo(GarchSpec.gjr(1, 1, 1));
        assertThat(prepared("garch-t").fit().coefficients()).hasSize(5);
        assertThat(prepared("garch").rolling().start()).isEqualTo(RollingGarch.Start.WARM);
    }
}
