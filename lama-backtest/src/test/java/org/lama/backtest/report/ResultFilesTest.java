package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Tabular;
import org.lama.core.series.Provenance;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

class ResultFilesTest {
    private static final Tabular TABLE = () -> List.of(
            new Tabular.Column("time", List.of(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-02T12:30:00Z"))),
            new Tabular.Column("name, \"quoted\"", List.of("=1+1", "a,b\n\"c\"")),
            new Tabular.Column("value", List.of(0.1, Double.NaN)),
            new Tabular.Column("count", List.of(3L, -4L)),
            new Tabular.Column("flag", List.of(true, false)));

    @Test
    void csvQuotesWhatItMustAndDefusesFormulas() {
        assertThat(ResultFiles.csv(TABLE))
                .isEqualTo("time,\"name, \"\"quoted\"\"\",value,count,flag\n"
                        + "2024-01-01T00:00:00Z,'=1+1,0.1,3,true\n"
                        + "2024-01-02T12:30:00Z,\"a,b\n\"\"c\"\"\",,-4,false\n");
        assertThat(ResultFiles.csv(() -> List.of(new Tabular.Column("a", List.of())))).isEqualTo("a\n");
    }

    @Test
    void jsonKeepsKindsAndWritesNullForAMissingNumber() {
        Node rows = ResultFiles.json(TABLE);
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.at(0).get("value").asDouble()).isEqualTo(0.1);
        assertThat(rows.at(1).get("value").isNull()).isTrue();
        assertThat(rows.at(1).get("count").asLong()).isEqualTo(-4);
        assertThat(rows.at(0).get("flag").asBoolean()).isTrue();
        assertThat(rows.at(0).get("time").asInstant()).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
    }

    @Test
    void everyFormatOfARunIsReadBack(@TempDir Path folder) throws IOException {
        BacktestRecord run =
                Runs.record("run", Runs.market(2, 200, 24 * Runs.HOUR, Provenance.Kind.SYNTHETIC), 20);
        for (ResultFiles.Format format : ResultFiles.Format.values()) {
            List<Path> files = ResultFiles.writeAll(folder, run, format);
            assertThat(files).hasSize(4).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        }
        List<String> lines = Files.readAllLines(folder.resolve("trades.csv"));
        assertThat(lines).hasSize(run.trades().size() + 1);
        assertThat(lines.get(0)).startsWith("strategy,asset,side,entryTime,exitTime,entryPrice,exitPrice,quantity,fees");
        Node json = Documents.read(folder.resolve("equity.json"));
        assertThat(json.at(199).get("equity").asDouble()).isEqualTo(run.result().equity()[199]);
        ParquetTable fills = ParquetFrames.read(folder.resolve("fills.parquet"));
        assertThat(fills.rows()).isEqualTo(run.result().fillCount());
        assertThat(fills.doubles("price")[0]).isEqualTo(run.fills().get(0).price());
    }
}
