package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.api.SharedFolder;

class BookPartTest {
    @TempDir
    Path folder;

    private List<String> features(String out, String... more) throws IOException {
        String store = folder.resolve("market").toString();
        Path file = folder.resolve(out);
        List<String> args = new ArrayList<>(List.of("book", "features", "--store", store, "--symbol", "btcusdt"));
        args.addAll(List.of("--tick", "0.1", "--lot", "0.001", "--out", file.toString()));
        args.addAll(List.of(more));
        Shell.Outcome done = Shell.run(args.toArray(String[]::new));
        assertThat(done.code()).as(done.err()).isZero();
        return Files.readAllLines(file);
    }

    /** Bar, book and the flow of one row; windows need what came before. */
    private static List<String> own(List<String> header, String line) {
        String[] cells = line.split(",", -1);
        List<String> names = List.of("time", "volume", "close", "book.bid", "book.ask", "feature.orderFlow");
        return names.stream().map(name -> cells[header.indexOf(name)]).toList();
    }

    @Test
    void aPartHasTheRowsOfTheWholeFromItsFirstMomentOn() throws IOException {
        Path source = SharedFolder.require("data/l2/raw_usdm_btcusdt_20240808.gz");
        Shell.Outcome imported = Shell.run(
                "data",
                "import",
                source.toString(),
                "--store",
                folder.resolve("market").toString());
        assertThat(imported.code()).as(imported.err()).isZero();
        List<String> whole = features("whole.csv");
        List<String> header = Arrays.asList(whole.get(0).split(",", -1));
        int at = whole.size() / 2;
        String from = whole.get(at).split(",", -1)[0];
        List<String> part = features("part.csv", "--from", from);
        assertThat(part.size()).isGreaterThan(20).isEqualTo(whole.size() - at + 1);
        for (int row = 1; row < part.size(); row++) {
            assertThat(own(header, part.get(row))).isEqualTo(own(header, whole.get(at + row - 1)));
        }
    }
}
