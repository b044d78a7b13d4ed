package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the help of the commands about books shows can be pasted: its files are made here under other paths. */
class BookExamplesTest {
    private static final String MAKER = """
            import org.lama.backtest.strategy.Context;
            import org.lama.backtest.strategy.Strategy;
            import org.lama.core.market.Side;

            public final class MyMaker implements Strategy {
                @Override
                public void onBar(Context now) {}

                @Override
                public void onTrade(Context now, int instrument) {
                    if (now.position(0) < 0.05 && now.isTradable(0)) {
                        now.quote(0, Side.BUY, 0.01, now.bid(0));
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    private static List<String> examples(String command) {
        String[] words = (command + " --help").split(" ", -1);
        String help = Shell.run(words).out();
        return Arrays.stream(help.split("\nExamples:\n", 2)[1].split("\n", -1))
                .filter(line -> line.startsWith("  lama "))
                .map(line -> line.replaceAll(" +#.*", "").substring("  lama ".length()))
                .toList();
    }

    @Test
    void everyExampleOfTheHelpRuns() throws IOException {
        Path feed = RecordedBook.write(folder.resolve("raw_usdm_btcusdt_20231114.gz"), 30, false);
        Path store = folder.resolve("market");
        Shell.Outcome imported = Shell.run("data", "import", feed.toString(), "--store", store.toString());
        assertThat(imported.code()).as(imported.err()).isZero();
        Map<String, String> files = Map.of(
                "usdm.gz",
                feed.toString(),
                "market",
                store.toString(),
                "u.csv",
                folder.resolve("u.csv").toString(),
                "MyMaker.java",
                Files.writeString(folder.resolve("MyMaker.java"), MAKER).toString());
        int run = 0;
        for (String command : List.of("book", "book show", "book features", "book replay")) {
            assertThat(examples(command)).as(command).hasSizeGreaterThan(1);
            for (String example : examples(command)) {
                List<String> args = new ArrayList<>();
                for (String word : example.split(" +", -1)) {
                    args.add(files.getOrDefault(word, word));
                }
                if (example.startsWith("book replay") && !example.contains("--list")) {
                    args.addAll(List.of("--out", folder.resolve("out" + run++).toString()));
                    args.addAll(List.of("--ledger", folder.resolve("ledger").toString()));
                }
                Shell.Outcome outcome = Shell.run(args.toArray(String[]::new));
                assertThat(outcome.code()).as(example + ": " + outcome.err()).isZero();
            }
        }
        assertThat(run).isEqualTo(4);
    }
}
