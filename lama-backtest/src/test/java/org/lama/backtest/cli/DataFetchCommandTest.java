package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.api.Lama;
import org.lama.core.base.Check;
import org.lama.core.net.kit.FakePages;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.store.Node;

/** From a venue on loopback through the command line into a store, and a backtest on what was fetched. */
final class DataFetchCommandTest {
    private static final String KLINES = "/api/v3/klines";
    private static final long DAY = 86_400_000L;
    /** 2024-01-01. */
    private static final long START = 1_704_067_200_000L;

    @TempDir
    private Path folder;

    private FakeVenue venue;
    private Path store;

    @BeforeEach
    void open() throws IOException {
        venue = FakeVenue.start();
        venue.on("/api/v3/time", FakeReply.json("{\"serverTime\":" + (START + 200 * DAY) + "}"));
        venue.on("/api/v3/exchangeInfo", FakeReply.json(listings()));
        venue.on(KLINES, FakePages.of(bars(), "startTime", "endTime", "limit", 1000));
        store = folder.resolve("market");
    }

    /** The reply that the tests of the sources use, out of their jar. */
    private static String listings() throws IOException {
        try (InputStream in =
                FakeVenue.class.getResourceAsStream("/org/lama/core/sources/unrecorded-binance-spot-info.json")) {
            return new String(Check.notNull(in, "listings").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterEach
    void close() throws IOException {
        venue.close();
    }

    private static Map<Long, String> bars() {
        Map<Long, String> rows = new TreeMap<>();
        for (int day = 0; day < 150; day++) {
            double price = 100 + 10 * Math.sin(day / 9.0) + day / 10.0;
            rows.put(
                    START + day * DAY,
                    String.format(
                            Locale.ROOT,
                            "[%d,\"%.2f\",\"%.2f\",\"%.2f\",\"%.2f\",\"12.5\",%d,\"1250.00\",42,\"6.25\",\"625.0\",\"0\"]",
                            START + day * DAY,
                            price,
                            price + 1,
                            price - 1,
                            price + 0.5,
                            START + (day + 1) * DAY - 1));
        }
        return rows;
    }

    private Shell.Outcome fetch(String symbols, String to, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "data",
                "fetch",
                "binance",
                symbols,
                "--from",
                "2024-01-01",
                "--to",
                to,
                "--interval",
                "1d",
                "--store",
                store.toString()));
        args.addAll(List.of(more));
        if (!args.contains("--base-url")) {
            args.addAll(List.of("--base-url", venue.url()));
        }
        return Shell.run(args.toArray(String[]::new));
    }

    @Test
    void barsAreFetchedIntoTheStoreAndABacktestRunsOnThem() throws IOException {
        Shell.Outcome done = fetch("BTCUSDT", "2024-05-01");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out())
                .contains("BTCUSDT: BINANCE.SPOT.BTC-USDT bars 1d, 121 rows fetched, 121 added")
                .contains("never against the real host")
                .contains("Next: ./lama data ls --store " + store);
        assertThat(done.err()).contains("fetch: 100 of 100");
        Shell.Outcome run = Shell.run(
                "backtest",
                "--strategy",
                "sma-cross",
                "--param",
                "fast=5",
                "--param",
                "slow=20",
                "--quick",
                "--store",
                store.toString(),
                "--out",
                folder.resolve("out").toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("BTC-USDT: 121 bars").contains("provenance VENDOR");
    }

    @Test
    void whatIsThereIsNotAskedForAgainAndNewDaysAreAdded() throws IOException {
        assertThat(fetch("BTCUSDT", "2024-02-01").code()).isZero();
        int asked = venue.count(KLINES);
        Shell.Outcome again = fetch("BTCUSDT", "2024-02-01");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("BTCUSDT: nothing new, 0 rows fetched");
        assertThat(venue.count(KLINES)).isEqualTo(asked);
        Node more = fetch("BTCUSDT", "2024-02-11", "--json").json();
        assertThat(more.get("symbols").at(0).get("added").asInt()).isEqualTo(10);
        assertThat(more.get("symbols").at(0).get("duplicates").asInt()).isZero();
        assertThat(Lama.store(store).load("BTC").data().frame("BTC-USDT").size())
                .isEqualTo(41);
    }

    @Test
    void aSymbolThatFailsIsNamedAndTheOtherIsFetched() {
        Shell.Outcome both = fetch("DOGEUSDT,BTCUSDT", "2024-02-01");
        assertThat(both.code()).isEqualTo(ExitCode.USAGE);
        assertThat(both.err())
                .contains("lama: DOGEUSDT: ")
                .contains("the venue lists no 'DOGEUSDT'")
                .doesNotContain("\tat ");
        assertThat(both.out()).contains("BTCUSDT: BINANCE.SPOT.BTC-USDT bars 1d, 31 rows fetched");
    }

    @Test
    void anEmptyReplyIsNoProofThatThereIsNothing() throws IOException {
        FakeReply.Handler good = FakePages.of(bars(), "startTime", "endTime", "limit", 1000);
        venue.on(KLINES, FakeReply.json("[]"));
        Shell.Outcome none = fetch("BTCUSDT", "2024-05-01");
        assertThat(none.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(none.out())
                .contains("BTCUSDT: nothing came, 0 rows fetched")
                .contains("NOT_COVERED")
                .contains("counts as not fetched")
                .doesNotContain("Next:");
        venue.on(KLINES, good);
        assertThat(fetch("BTCUSDT", "2024-05-01").out()).contains("121 rows fetched, 121 added");
    }

    @Test
    void whatAStandInGaveIsNotStoredAsTheExchanges() throws IOException {
        assertThat(fetch("BTCUSDT", "2024-02-01").code()).isZero();
        Shell.Outcome list = Shell.run("data", "ls", "--store", store.toString(), "--json");
        assertThat(list.out())
                .contains("VENDOR")
                .contains(venue.url().replace("http://", "") + " instead of api.binance.com/api/v3/klines")
                .doesNotContain("EXCHANGE");
        // another stand-in is asked, whatever the first one gave
        try (FakeVenue other = FakeVenue.start()) {
            other.on("/api/v3/time", FakeReply.json("{\"serverTime\":" + (START + 200 * DAY) + "}"));
            other.on("/api/v3/exchangeInfo", FakeReply.json(listings()));
            other.on(KLINES, FakePages.of(bars(), "startTime", "endTime", "limit", 1000));
            Shell.Outcome second = fetch("BTCUSDT", "2024-02-01", "--base-url", other.url());
            assertThat(second.out()).contains("31 rows fetched, 0 added, 31 were there already");
        }
    }

    @Test
    void aVendorStandsInForAnExchangeThatFailsAndItIsSaid() throws IOException {
        venue.on(KLINES, FakeReply.jsonError(451, "{\"msg\":\"not in your region\"}"));
        venue.on(
                "/v7/finance/download/BTC-USD",
                FakeReply.text("Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-02,100,110,90,105,105,1000\n"));
        Shell.Outcome failed = fetch("BTCUSDT", "2024-02-01");
        assertThat(failed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(failed.out()).contains("BTCUSDT: failed, 0 rows").doesNotContain("Next:");
        assertThat(failed.err()).contains("does not serve this region");
        Shell.Outcome stood = fetch("BTCUSDT", "2024-02-01", "--fallback", "yahoo=BTC-USD");
        assertThat(stood.code()).as(stood.err()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(stood.out())
                .contains("Note: the adapter 'binance' was run against")
                .contains("Note: the adapter 'yahoo' was run against")
                .contains("BTCUSDT: YAHOO.SPOT.BTC-USD bars 1d, 1 rows fetched")
                .contains("FALLBACK")
                .contains("yahoo stands in for BTCUSDT: binance failed");
        int asked = venue.count(KLINES);
        Shell.Outcome without = fetch("BTCUSDT", "2024-02-01", "--fallback", "yahoo=BTC-USD", "--no-exchange");
        assertThat(without.code()).as(without.err()).isZero();
        assertThat(venue.count(KLINES)).isEqualTo(asked);
        assertThat(fetch("BTCUSDT", "2024-02-01", "--no-exchange").err()).contains("leaves nobody to ask");
        assertThat(fetch("BTCUSDT", "2024-02-01", "--fallback", "yahoo=A,B").err())
                .contains("must spell 1 symbols");
    }

    @Test
    void anotherHostIsAskedOnlyOverHttpsOrOnThisMachine() {
        Shell.Outcome plain = Shell.run(
                "data",
                "fetch",
                "binance",
                "BTCUSDT",
                "--from",
                "2024-01-01",
                "--store",
                store.toString(),
                "--base-url",
                "http://example.com");
        assertThat(plain.code()).isEqualTo(ExitCode.USAGE);
        assertThat(plain.err()).contains("plain http goes to this machine only");
        assertThat(store).doesNotExist();
    }

    @Test
    void questionsWithoutSenseAreRefusedBeforeAnybodyIsAsked() {
        assertThat(Shell.run("data", "fetch").err())
                .contains("say whom to ask and for what")
                .contains("--list");
        assertThat(Shell.run("data", "fetch", "binanse", "BTCUSDT", "--from", "2024-01-01", "--store", store.toString())
                        .err())
                .contains("did you mean 'binance'?");
        assertThat(fetch("../etc/passwd", "2024-02-01").err()).contains("symbol must be letters");
        assertThat(fetch("BTCUSDT", "2023-02-01").err()).contains("--from must lie before --to");
        assertThat(fetch("BTCUSDT", "2024-02-01", "--kind", "funding").err()).contains("interval must be left out");
        assertThat(venue.requests()).isEmpty();
    }

    @Test
    void theListOfSourcesSaysAgainstWhatEachWasRun() throws IOException {
        Shell.Outcome list = Shell.run("data", "fetch", "--list");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("binance: BINANCE, gives bars, trades").contains("never against the real host");
        Node json = Shell.run("data", "fetch", "--list", "--json").json();
        assertThat(json.get("sources").size()).isGreaterThan(2);
        assertThat(json.get("sources").at(0).get("standing").asText()).isEqualTo("RECORDED");
    }
}
