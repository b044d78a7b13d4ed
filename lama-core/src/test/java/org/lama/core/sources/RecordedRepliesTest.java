package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.data.SharedData;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.net.RateLimit;
import org.lama.core.net.RetryRule;
import org.lama.core.net.StreamSettings;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeStream;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;

/** Replies that others recorded from Deribit, Coinbase and Ethereum; skipped where the shared data are missing. */
class RecordedRepliesTest {
    private static final Map<String, Map<String, String>> READ = new TreeMap<>();

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.standing();
    private final List<FakeVenue> venues = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (FakeVenue venue : venues) {
            venue.close();
        }
    }

    private SourceSettings settings(FakeVenue venue) {
        return SourceSettings.in(folder).by(clock).asking(venue.url());
    }

    /** The files of a tar archive by name. */
    private static synchronized Map<String, String> tar(String name) throws IOException {
        Path path = SharedData.path("data/rest_ws/" + name);
        Map<String, String> files = READ.get(name);
        if (files != null) {
            return files;
        }
        files = new TreeMap<>();
        byte[] all = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(path))).readAllBytes();
        for (int at = 0; at + 512 <= all.length && all[at] != 0; ) {
            String file = new String(all, at, 100, StandardCharsets.UTF_8).replaceAll("\0.*", "");
            String octal = new String(all, at + 124, 12, StandardCharsets.US_ASCII).replaceAll("[^0-7]", "");
            int size = Integer.parseInt(octal, 8);
            files.put(file, new String(all, at + 512, size, StandardCharsets.UTF_8));
            at += 512 + (size + 511) / 512 * 512;
        }
        READ.put(name, files);
        return files;
    }

    private static String file(Map<String, String> files, String ending) {
        return files.entrySet().stream()
                .filter(one -> one.getKey().endsWith(ending))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static String result(String json) {
        return "{\"jsonrpc\":\"2.0\",\"result\":" + json + "}";
    }

    @Test
    void theInstrumentsOfDeribitAreUnderstoodAndAgreeWithTheirNames() throws IOException {
        String line = file(tar("cryptofeed_recorded_open.tar.gz"), "DERIBIT.0")
                .lines()
                .findFirst()
                .orElseThrow();
        String reply = line.substring(line.indexOf('{'));
        try (FakeVenue venue = FakeVenue.start()) {
            venue.on("/api/v2/public/get_instruments", FakeReply.json(reply));
            List<Listing> listings = new Deribit(settings(venue)).listings();
            int said = Documents.parseJson(reply, "reply").get("result").size();

            assertThat(listings).hasSize(said);
            for (Listing listing : listings) {
                if (listing.id().kind() == Instrument.Kind.OPTION) {
                    Contract.Option terms = listing.contract().option().orElseThrow();
                    // strike, right and day of the terms are those of the name
                    assertThat(listing.contract().id()).isEqualTo(listing.id().toString());
                    assertThat(terms.inverse()).isTrue();
                }
            }
        }
    }

    @Test
    void theExamplesOfDeribitAreUnderstood() throws IOException {
        Map<String, String> files = tar("xchange_json_open.tar.gz");
        try (FakeVenue venue = FakeVenue.start()) {
            String base = "/api/v2/public/";
            venue.on(base + "get_time", FakeReply.json(result("1704067200000")));
            venue.on(base + "ticker", FakeReply.json(result(file(files, "v2/dto/marketdata/example-ticker.json"))));
            venue.on(
                    base + "get_order_book",
                    FakeReply.json(result(file(files, "v2/dto/marketdata/example-orderbook.json"))));
            venue.on(
                    base + "get_book_summary_by_currency",
                    FakeReply.json(result("[" + file(files, "v2/dto/marketdata/example-summary.json") + "]")));
            Deribit deribit = new Deribit(settings(venue));
            List<Source.Batch> batches = new ArrayList<>();
            deribit.fetch(Scenes.request("BTC-3MAY19-5000-P", RecordKind.OPTION_QUOTES), batches::add);
            deribit.fetch(Scenes.request("ETH", RecordKind.OPTION_QUOTES), batches::add);
            deribit.fetch(Scenes.request("BTC-PERPETUAL", RecordKind.BOOK_SNAPSHOTS), batches::add);

            assertThat(batches.get(0).rows().doubles("delta")).containsExactly(-0.19998);
            assertThat(batches.get(0).rows().doubles("mark_iv")).containsExactly(68.48 / 100);
            assertThat(batches.get(1).rows().doubles("underlying")).containsExactly(121.38);
            assertThat(batches.get(2).rows().doubles("price")).containsExactly(3955.75, 3940.75, 3423);
        }
    }

    @Test
    void theRecordedStreamOfDeribitHasNoHoles() throws IOException {
        List<String> messages = file(tar("cryptofeed_recorded_open.tar.gz"), "DERIBIT.ws.1.0")
                .lines()
                .filter(line -> line.matches("[0-9.]+: .*"))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
        List<String> names = messages.stream()
                .filter(message -> message.contains("\"channel\":\"book."))
                .map(message -> message.replaceAll(".*\"channel\":\"book\\.([^\"]*)\\.raw\".*", "$1"))
                .distinct()
                .toList();
        try (FakeVenue venue = FakeVenue.start()) {
            venue.whileStalling(() -> clock.advance(Duration.ofMillis(20)));
            FakeStream script = FakeStream.script();
            for (int i = 0; i < 2 * names.size(); i++) {
                script = script.expect();
            }
            venue.onStream(
                    "/ws/api/v2", script.send(messages.toArray(new String[0])).silence());
            StreamSettings streams = new StreamSettings(
                    Duration.ofSeconds(60), RetryRule.defaults(), Duration.ofSeconds(60), Integer.MAX_VALUE, 4096);
            List<Source.Batch> batches = new ArrayList<>();
            try (DeribitRecorder recorder = DeribitRecorder.of(names, settings(venue), streams)) {
                DeribitRecorder.Report report = recorder.run(batches::add, Duration.ofSeconds(3));

                assertThat(report.messages()).isEqualTo(messages.size());
                assertThat(report.holes()).isZero();
                assertThat(report.snapshots()).isEqualTo(names.size());
                assertThat(report.changes())
                        .isEqualTo(messages.stream()
                                .filter(message ->
                                        message.contains("\"channel\":\"book.") && message.contains("\"change\""))
                                .filter(message -> message.contains("prev_change_id"))
                                .count());
            }
        }
    }

    @Test
    void theProductsAndCandlesOfCoinbaseAreUnderstood() throws IOException {
        String line = file(tar("cryptofeed_recorded_open.tar.gz"), "COINBASE.0")
                .lines()
                .findFirst()
                .orElseThrow();
        Map<String, String> candles = tar("xchange_json_open.tar.gz");
        try (FakeVenue venue = FakeVenue.start()) {
            String reply = line.substring(line.indexOf('['));
            venue.on("/products", FakeReply.json(reply));
            venue.on("/time", FakeReply.json("{\"iso\":\"x\",\"epoch\":1704067200.25}"));
            venue.on(
                    "/products/BTC-USD/candles",
                    asked -> FakeReply.json(
                            asked.parameter("start").orElse("").endsWith("00:00:00Z")
                                    ? file(candles, "coinbasepro/dto/marketdata/example-historical-candles.json")
                                    : "[]"));
            Coinbase coinbase = new Coinbase(settings(venue));
            List<Source.Batch> batches = new ArrayList<>();
            long from = Scene.at("2018-02-01T00:00:00Z");
            coinbase.fetch(FetchRequest.bars(List.of("BTC-USD"), "1m", from, from + 3_600_000_000_000L), batches::add);

            assertThat(coinbase.listings())
                    .hasSize(Documents.parseJson(reply, "reply").size());
            assertThat(batches.get(0).rows().doubles("close")).hasSize(10).startsWith(10099.98);
            assertThat(batches.get(0).issues()).isEmpty();
        }
    }

    /** Each file holds questions and answers; ours must be the same question and understand the answer. */
    @Test
    void theExchangesOfEthereumAreUnderstood() throws IOException {
        Map<String, String> files = tar("ethereum_jsonrpc_io.tar.gz");
        assertThat(play(files, "eth_blockNumber/simple-test.io").head()).isEqualTo(0x36);
        EthereumNode.Block block = play(files, "eth_getBlockByNumber/get-block-merge-fork.io")
                .existing(number(files, "eth_getBlockByNumber/get-block-merge-fork.io"));
        assertThat(block.timeNanos() % 1_000_000_000L).isZero();
        assertThat(play(files, "eth_getBlockByNumber/get-block-notfound.io")
                        .block(number(files, "eth_getBlockByNumber/get-block-notfound.io")))
                .isEmpty();
        List<EthereumNode.Log> logs = new ArrayList<>();
        String address = "0x7dcd17433742f4c0ca53122ab541d0ba67fc27df";
        String topic = "0x00000000000000000000000000000000000000000000000000000000656d6974";
        play(files, "eth_getLogs/contract-addr.io")
                .logs(new EthereumNode.Filter(address, topic), 1, 4, (some, bytes, last) -> logs.addAll(some));
        assertThat(logs.stream().map(EthereumNode.Log::block).collect(Collectors.toList()))
                .containsExactly(2L, 4L);
        assertThat(Abi.decodeWord("uint256", Abi.bytes(logs.get(1).data()))).hasToString("1");
        assertThat(play(files, "eth_getBalance/get-balance.io").balance(address, 1))
                .isPositive();
    }

    private static Node question(Map<String, String> files, String name) throws IOException {
        String line = file(files, name)
                .lines()
                .filter(one -> one.startsWith(">> "))
                .findFirst()
                .orElseThrow();
        return Documents.parseJson(line.substring(3), name);
    }

    private static long number(Map<String, String> files, String name) throws IOException {
        return Long.parseLong(question(files, name).get("params").at(0).asText().substring(2), 16);
    }

    /** A node that gives the recorded answer of a file. */
    private EthereumNode play(Map<String, String> files, String name) throws IOException {
        String answer = file(files, name)
                .lines()
                .filter(one -> one.startsWith("<< "))
                .findFirst()
                .orElseThrow()
                .substring(3);
        String method = question(files, name).get("method").asText();
        FakeVenue venue = FakeVenue.start();
        venues.add(venue);
        venue.on("/", asked -> {
            assertThat(asked.body()).contains('"' + method + '"');
            return FakeReply.json(answer);
        });
        return new EthereumNode(
                new Host("ethereum", "https://node.invalid", RateLimit.perMinute(600), settings(venue)),
                java.util.Optional.empty());
    }
}
