package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.ThreadTaskExecutor;

/**
 * 1,000 pairs of windows over 100,000 generated minute bars, from a NumPy loop with exact cents whose single trades vectorbt,
 * ta4j and backtrader confirm to 1e-14 (sweep_100k_1000pairs.csv, sha256 664c3a8f…; costs 0.1 % and 0.05 %, a million of cash).
 */
class RuleSweepOracleTest {
    private final RuleBars bars = RuleBars.of(SweepMarkets.minutes());
    private final RuleSweep sweep = RuleSweep.of(bars, new RuleCosts(1_000_000, 0.001, 0.0005));

    private static List<String[]> oracle() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RuleSweepOracleTest.class.getResourceAsStream("sweep_100k_1000pairs.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }

    private static List<WindowRule> rules(List<String[]> oracle) {
        return oracle.stream()
                .map(cells -> new WindowRule(Integer.parseInt(cells[0]), Integer.parseInt(cells[1])))
                .toList();
    }

    @Test
    void aThousandPairsEndWhereTheOracleEndsWithItsEntries() throws IOException {
        List<String[]> oracle = oracle();
        List<WindowRule> rules = rules(oracle);
        List<RuleOutcome> outcomes = sweep.run(rules, SequentialTaskExecutor.create());
        RuleSweep.Worker worker = sweep.worker();
        assertThat(outcomes).hasSize(1000);
        for (int i = 0; i < oracle.size(); i++) {
            double end = Double.parseDouble(oracle.get(i)[2]);
            // the same operations in the same order; required: 1e-9
            assertThat(outcomes.get(i).endEquity() / end).isCloseTo(1, within(1e-14));
            assertThat(outcomes.get(i).entries()).isEqualTo(Integer.parseInt(oracle.get(i)[3]));
            assertThat(worker.money(rules.get(i)).endEquity())
                    .isEqualTo(outcomes.get(i).endEquity());
        }
    }

    @Test
    void drawdownOfTheOracleOfOnePairIsFound() {
        RuleOutcome outcome = sweep.worker().evaluate(new WindowRule(600, 3600));
        // sma_oracle_100k.json; a ratio of two sums of the same doubles
        assertThat(outcome.maximumDrawdown()).isCloseTo(-0.09535100022205534, within(1e-12));
        assertThat(outcome.endEquity()).isCloseTo(2_814_822.1070285034, within(1e-6));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() throws IOException {
        List<WindowRule> rules = rules(oracle()).subList(0, 200);
        List<RuleOutcome> alone = sweep.run(rules, SequentialTaskExecutor.create());
        for (int threads : new int[] {2, 7}) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                assertThat(sweep.run(rules, ThreadTaskExecutor.of(pool))).isEqualTo(alone);
            } finally {
                pool.shutdownNow();
            }
        }
    }
}
