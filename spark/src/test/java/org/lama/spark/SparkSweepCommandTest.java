package org.lama.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.cli.Main;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** The command line with its trials on Spark. */
class SparkSweepCommandTest {
    @TempDir
    Path folder;

    private void bars() throws IOException {
        Rng rng = Seeds.rng(4, 0);
        List<String> rows = new ArrayList<>(List.of("time_ms,open,high,low,close,volume"));
        double price = 100;
        for (int day = 0; day < 400; day++) {
            double open = price;
            price *= StrictMath.exp(0.03 * rng.nextGaussian());
            rows.add(String.format(
                    Locale.ROOT,
                    "%d,%.2f,%.2f,%.2f,%.2f,1000",
                    1_577_836_800_000L + day * 86_400_000L,
                    open,
                    Math.max(open, price) * 1.01,
                    Math.min(open, price) * 0.99,
                    price));
        }
        Files.write(folder.resolve("BTCUSDT.csv"), rows);
    }

    private String sweep(String executor, String out, int code, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "sweep",
                "--strategy",
                "sma-cross",
                // vol-target sizes and the pruner's prefixes travel too; sets with fast above slow are refused
                "--space",
                "fast=3..30:3,slow=15..60:5",
                "--sizing",
                "vol-target:0.3",
                "--pruner",
                "halving",
                "--data",
                folder.resolve("BTCUSDT.csv").toString(),
                "--ledger",
                folder.resolve("ledger-" + out).toString(),
                "--out",
                folder.resolve(out).toString(),
                "--executor",
                executor,
                "--threads",
                "2"));
        args.addAll(List.of(more));
        StringWriter words = new StringWriter();
        int found = Main.run(new PrintWriter(words), new PrintWriter(words), args.toArray(String[]::new));
        assertThat(found).as(words.toString()).isEqualTo(code);
        return words.toString();
    }

    @Test
    void sparkLeavesTheFilesThatThreadsLeave() throws IOException {
        bars();
        sweep("threads", "threads", 0);
        sweep("spark:local[2]", "spark", 0);
        for (String file : List.of("trials.log", "sweep.json", "trials.csv", "trials.jsonl", "heat-map.svg")) {
            assertThat(Files.readAllBytes(folder.resolve("spark").resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(folder.resolve("threads").resolve(file)));
        }
        assertThat(Files.readAllLines(folder.resolve("spark/trials.csv")))
                .hasSize(101)
                .anyMatch(line -> line.contains("PRUNED"));
    }

    @Test
    void masterThatDoesNotExistIsSaidInOneLine() throws IOException {
        bars();
        assertThat(sweep("spark:moon", "moon", 2)).contains("lama: ", "moon").doesNotContain("\tat ");
    }
}
