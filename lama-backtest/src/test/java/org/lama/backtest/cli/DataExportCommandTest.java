package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;

/** What a store gives out beside a seal, and bars that were known late. */
class DataExportCommandTest {
    @TempDir
    private Path folder;

    private Path store = Path.of("");

    @BeforeEach
    void begin() {
        store = folder.resolve("market");
    }

    private Shell.Outcome data(String command, String... more) {
        List<String> args = new ArrayList<>(List.of("data", command));
        args.addAll(List.of(more));
        args.addAll(List.of("--store", store.toString()));
        return Shell.run(args.toArray(String[]::new));
    }

    /** Bars of 2020 of which all became known in 2021, as a history that was bought has them. */
    private Path late(String name, List<String> rows) throws IOException {
        StringBuilder text = new StringBuilder("time,open,high,low,close,volume,available\n");
        rows.forEach(row -> text.append(row).append(",2021-06-01T00:00:00Z\n"));
        return Files.writeString(folder.resolve(name), text.toString());
    }

    @Test
    void barsThatWereAllKnownLateAreGivenOutBesideASealAndSealedOnesAreNot() throws IOException {
        assertThat(data(
                                "import",
                                BarTexts.write(folder.resolve("btc-usd.csv"), BarTexts.walk(3, 200))
                                        .toString())
                        .code())
                .isZero();
        assertThat(data("import", late("eth-usd_1d.csv", BarTexts.walk(4, 100)).toString())
                        .code())
                .isZero();
        // the same bars as those that will be sealed, under another name and as if known late
        assertThat(data("import", late("xbt-usd_1d.csv", BarTexts.walk(3, 200)).toString(), "--market", "KRAKEN.SPOT")
                        .code())
                .isZero();
        Shell.Outcome sealed =
                Shell.run("seal", "--store", store.toString(), "--symbols", "BTC-USD", "--from", "2020-05-01");
        assertThat(sealed.code()).as(sealed.err()).isZero();
        Path out = folder.resolve("files");
        Shell.Outcome open = data("export", "--symbols", "ETH-USD", "--out", out.toString());
        assertThat(open.code()).as(open.err()).isZero();
        assertThat(Files.readAllLines(out.resolve("UNKNOWN.SPOT.ETH-USD_bars_1d.csv")))
                .hasSize(101)
                .element(1)
                .asString()
                .contains(",2021-06-01T00:00:00Z,");
        for (String closed : List.of("BTC-USD", "XBT-USD")) {
            Shell.Outcome refused = data("export", "--symbols", closed, "--out", out.toString());
            assertThat(refused.code()).as(closed).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).as(closed).contains("closed from 2020-05-01");
        }
    }
}
