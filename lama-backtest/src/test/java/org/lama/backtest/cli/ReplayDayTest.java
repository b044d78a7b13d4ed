package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.replay.MadeFeed;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetStore;

/** The whole way of a replay, from a store to its files, in a process whose heap is small. */
class ReplayDayTest {
    private static final String SYMBOL = "EX.PERP.BTC-USD";

    @TempDir
    private Path folder;

    private Path store(int rows) throws IOException {
        Path market = folder.resolve("market");
        try (ParquetStore store = ParquetStore.open(market)) {
            new MadeFeed(rows, 200_000, false).write(store, SYMBOL);
        }
        return market;
    }

    @Test
    @Tag("slow")
    void millionsOfRowsAndHundredsOfThousandsOfOrdersFitInto256MiB() throws Exception {
        Path market = store(4_000_000);
        Path said = folder.resolve("said.txt");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        List<String> args = List.of(
                "book",
                "replay",
                "--store",
                market.toString(),
                "--symbol",
                SYMBOL,
                "--tick",
                "0.1",
                "--lot",
                "0.001",
                "--strategy",
                "touch-quoter",
                "--param",
                "stepMillis=1",
                "--param",
                "quantity=0.01",
                "--param",
                "inventory=100",
                "--order-latency",
                "0.1",
                "--answer-latency",
                "0.1",
                "--out",
                folder.resolve("out").toString(),
                "--ledger",
                folder.resolve("ledger").toString());
        Process child = new ProcessBuilder(
                        Stream.concat(command.stream(), args.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(child.waitFor(20, TimeUnit.MINUTES)).isTrue();
        assertThat(child.exitValue()).as(Files.readString(said)).isZero();
        Node result = Documents.read(folder.resolve("out/result.json"));
        assertThat(result.get("feed").get("rows").asInt()).isGreaterThan(3_000_000);
        for (Node run : result.get("runs").items()) {
            assertThat(run.get("orders").asInt()).isGreaterThan(400_000);
            double sum = run.get("spread").asDouble()
                    + run.get("inventory").asDouble()
                    + run.get("fees").asDouble();
            assertThat(run.get("profit").asDouble()).isEqualTo(sum);
        }
        int trades = result.get("runs").at(0).get("trades").asInt();
        try (Stream<String> lines = Files.lines(folder.resolve("out/fills.csv"))) {
            assertThat(lines.count()).isEqualTo(trades + 1);
        }
    }
}
