package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.Store;
import org.lama.core.data.Universe;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** A store on a real PostgreSQL as a user meets it, from an empty database to a result: one story in three parts. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DataServerCommandTest {
    @TempDir
    private static Path folder;

    private static EmbeddedPostgres server;
    private static Path bars;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        boolean there = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        Assumptions.assumeTrue(there, "PostgreSQL of the tests is there for linux-amd64 only");
        server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setOverrideWorkingDirectory(new File(System.getProperty("java.io.tmpdir"), "lama-postgres-17.6.0"))
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        url = "postgresql://postgres@localhost:" + server.getPort() + "/postgres";
        bars = BarTexts.write(folder.resolve("btc-usd.csv"), BarTexts.walk(7, 430));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static Shell.Outcome lama(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--db", url));
        return Shell.run(all.toArray(String[]::new));
    }

    private static Node result(String out) throws IOException {
        return Documents.read(folder.resolve(out).resolve("result.json"));
    }

    @Test
    @Order(1)
    void anEmptyDatabaseSaysWhatToDoAndIsMadeReadyOnce() {
        Shell.Outcome empty = lama("data", "import", bars.toString());
        assertThat(empty.code()).isNotZero();
        assertThat(empty.err()).contains("lama data init-db").doesNotContain("\tat ");
        assertThat(lama("data", "init-db").out()).contains("2 migrations applied");
        assertThat(lama("data", "init-db").out()).contains("is up to date");
        Shell.Outcome nothing = lama("study");
        assertThat(nothing.code()).isEqualTo(ExitCode.USAGE);
        assertThat(nothing.err()).contains("there are no bars in this store");
    }

    @Test
    @Order(2)
    void importedBarsGiveTheStudyOfTheirFile() throws IOException {
        Shell.Outcome in = lama("data", "import", bars.toString());
        assertThat(in.code()).as(in.err()).isZero();
        assertThat(in.out()).contains("430 rows added").contains("Next: ./lama study --db " + url);
        assertThat(lama("data", "import", bars.toString()).out())
                .contains("0 rows added")
                .contains("430 were there");
        assertThat(lama("data", "ls").out()).contains("UNKNOWN.SPOT.BTC-USD bars 1d: 430 rows");
        assertThat(lama("data", "verify").out()).contains("430 rows");
        String ledger = folder.resolve("ledger").toString();
        String out = folder.resolve("server").toString();
        Shell.Outcome study = lama("study", "--quick", "--ledger", ledger, "--out", out);
        assertThat(study.code()).as(study.err()).isZero();
        assertThat(study.out()).contains("BTC-USD: 430 bars").contains("Verdict: ");
        Shell.Outcome file = Shell.run(
                "study",
                "--quick",
                "--data",
                bars.toString(),
                "--out",
                folder.resolve("file").toString());
        assertThat(file.code()).as(file.err()).isZero();
        assertThat(result("server").get("equityChecksum"))
                .isEqualTo(result("file").get("equityChecksum"));
        Shell.Outcome again =
                Shell.run("rerun", folder.resolve("server/result.json").toString());
        assertThat(again.code()).as(again.err()).isZero();
    }

    @Test
    @Order(3)
    void whatHappenedToATickerIsKeptOnTheServerAndPartsItsAssets() throws IOException {
        InstrumentId ticker = InstrumentId.parse("UNKNOWN.SPOT.BTC-USD");
        long reused = TimeIndex.nanos(Instant.parse("2020-10-27T00:00:00Z"));
        try (Store store = Lama.store(DataRequest.synthetic().withDatabase(url))) {
            assertThat(store.universe().events()).isEmpty();
            Universe.of(List.of(Universe.Event.of(Universe.What.REUSED, ticker, reused)))
                    .keep(store.rows());
            assertThat(store.load().data().symbols()).containsExactly("BTC-USD", "BTC-USD%232");
            assertThat(store.load().data().frame("BTC-USD").size()).isEqualTo(300);
        }
        Shell.Outcome second = lama(
                "backtest",
                "--strategy",
                "buy-and-hold",
                "--symbols",
                "BTC-USD#2",
                "--ledger",
                folder.resolve("ledger").toString(),
                "--out",
                folder.resolve("second").toString());
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out()).contains("BTC-USD%232: 130 bars");
        Shell.Outcome seal = lama(
                "seal", "--last", "30d", "--ledger", folder.resolve("ledger").toString());
        assertThat(seal.code()).as(seal.err()).isZero();
        assertThat(seal.out()).contains("Next: ./lama unseal --db " + url);
    }
}
