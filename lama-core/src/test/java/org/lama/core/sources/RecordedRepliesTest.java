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
import java.util.Objects;
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

    private static List<Map<String, String>> csv(String name) throws IOException {
        byte[] all = new GZIPInputStream(new ByteArrayInputStream(
                        Files.readAllBytes(SharedData.path("data/options/" + name + ".csv.gz"))))
                .readAllBytes();
        List<String> lines = new String(all, StandardCharsets.UTF_8).lines().toList();
        String[] head = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            Map<String, String> row = new TreeMap<>();
            for (int i = 0; i < head.length; i++) {
                row.put(head[i], fields[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    /** A row as the venue writes it: numbers as numbers, nothing as null. */
    private static Node json(Map<String, String> row, String... texts) {
        Node.Fields fields = Node.object();
        row.forEach((name, value) -> {
            if (List.of(texts).contains(name)) {
                fields.put(name, value);
            } else if (value.isEmpty()) {
                fields.put(name, Node.nothing());
            } else {
                fields.put(name, Double.parseDouble(value));
            }
        });
        return fields.build();
    }

    private static long expiry(String date) {
        java.time.format.DateTimeFormatter format = new java.time.format.DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("dMMMyy")
                .toFormatter(java.util.Locale.ROOT);
        return (java.time.LocalDate.parse(date, format).toEpochDay() * 86_400L + 8 * 3600L) * 1_000_000_000L;
    }

    @Test
    void namesOfAThousandInstrumentsSayWhatTheirTermsSay() throws IOException {
        int options = 0;
        for (Map<String, String> row : csv("deribit_instruments_2021-07-22")) {
            DeribitName name = DeribitName.parse(field(row, "symbol")).orElseThrow();
            assertThat(name.base()).as(name.name()).isEqualTo(field(row, "base_currency"));
            if (field(row, "kind").equals("option")) {
                options++;
                String[] parts = name.name().split("-", -1);
                assertThat(name.kind()).isEqualTo(Instrument.Kind.OPTION);
                assertThat(Double.parseDouble(parts[2])).isEqualTo(Double.parseDouble(field(row, "strike")));
                assertThat(parts[3]).isEqualTo(field(row, "option_type").equals("put") ? "P" : "C");
                assertThat(expiry(parts[1])).isEqualTo(Long.parseLong(field(row, "expiration_timestamp")) * 1_000_000L);
            } else {
                assertThat(name.kind()).isIn(Instrument.Kind.PERP, Instrument.Kind.FUTURE);
            }
        }
        assertThat(options).isEqualTo(980);
    }

    @Test
    void aRecordedChainComesOutAsItsFileSays() throws IOException {
        List<Map<String, String>> lines = csv("deribit_ETH_options_book_summary_2024-01-08");
        List<Node> replies = new ArrayList<>();
        for (Map<String, String> line : lines) {
            replies.add(json(
                    line,
                    "quote_currency",
                    "base_currency",
                    "underlying_index",
                    "instrument_name",
                    "currency",
                    "expire_date",
                    "option_type"));
        }
        try (FakeVenue venue = FakeVenue.start()) {
            venue.on("/api/v2/public/get_time", FakeReply.json(result("1704067200000")));
            venue.on(
                    "/api/v2/public/get_book_summary_by_currency",
                    FakeReply.json(result(Documents.compactJson(Node.array(replies)))));
            List<Source.Batch> batches = new ArrayList<>();
            new Deribit(settings(venue)).fetch(Scenes.request("ETH", RecordKind.OPTION_QUOTES), batches::add);
            assertThat(batches).hasSize(684);
            int noBid = 0;
            for (int i = 0; i < lines.size(); i++) {
                Map<String, String> line = lines.get(i);
                Source.Batch batch = batches.get(i);
                assertThat(batch.key().instrument().name()).isEqualTo(line.get("instrument_name"));
                noBid += Double.isNaN(batch.rows().doubles("bid")[0]) ? 1 : 0;
                for (String name : List.of("mark_price mark", "bid_price bid", "underlying_price underlying")) {
                    String[] pair = name.split(" ", -1);
                    String text = field(line, pair[0]);
                    assertThat(batch.rows().doubles(pair[1]))
                            .containsExactly(text.isEmpty() ? Double.NaN : Double.parseDouble(text));
                }
            }
            assertThat(noBid).isEqualTo(230); // as the file's notes say
        }
    }

    @Test
    void theExamplesOfXchangeAreUnderstood() throws IOException {
        Map<String, String> files = tar("xchange_json_open.tar.gz");
        Node book = Documents.parseJson(file(files, "xchange-binance/src/test/resources/__files/depth.json"), "depth");
        assertThat(new BinanceReplies(org.lama.core.sources.BinanceMarket.SPOT).book(book, 1))
                .hasSize(2);
        try (FakeVenue venue = FakeVenue.start()) {
            venue.on("/products", FakeReply.json(file(files, "coinbasepro/dto/products.json")));
            assertThat(new Coinbase(settings(venue)).listings()).isNotEmpty();
            String instrument = file(files, "v2/dto/marketdata/example-instrument.json");
            venue.on("/api/v2/public/get_instruments", FakeReply.json(result("[" + instrument + "]")));
            assertThat(new Deribit(settings(venue)).listings())
                    .extracting(Listing::symbol)
                    .containsExactly("BTC-15FEB19");
            DeribitReplies replies = new DeribitReplies(
                    new Host("deribit", "https://x.invalid", RateLimit.perMinute(60), settings(venue)));
            String trade = file(files, "v2/dto/marketdata/example-trade.json");
            Node page = Documents.parseJson("{\"trades\":[" + trade + "]}", "trade");
            Row row = replies.trades(page, DeribitName.parse("BTC-PERPETUAL").orElseThrow())
                    .get(0);
            assertThat(row.values()).containsExactly(3610, 10 / 3610.0, 0);
        }
    }

    /** Every recorded block, list of logs and balance; refusals are refusals. */
    @Test
    void allExchangesOfTheKindsThatAreAskedAreUnderstood() throws IOException {
        Map<String, String> files = tar("ethereum_jsonrpc_io.tar.gz");
        int blocks = 0;
        int logs = 0;
        int refusals = 0;
        for (String name : files.keySet()) {
            if (name.contains("eth_getBlockByNumber/") && !name.contains("notfound")) {
                long number = Long.parseLong(
                        answer(files, name).get("number").asText().substring(2), 16);
                assertThat(play(files, name).existing(number).hash()).hasSize(66);
                blocks++;
            } else if (name.contains("eth_getLogs/filter-error")) {
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> logs(files, name))
                        .as(name)
                        .isInstanceOf(SourceException.class);
                refusals++;
            } else if (name.contains("eth_getLogs/")) {
                assertThat(logs(files, name)).as(name).isNotEmpty();
                logs++;
            }
        }
        assertThat(List.of(blocks, logs, refusals)).containsExactly(9, 6, 3);
    }

    private static Node answer(Map<String, String> files, String name) throws IOException {
        String line = file(files, name)
                .lines()
                .filter(one -> one.startsWith("<< "))
                .findFirst()
                .orElseThrow();
        return Documents.parseJson(line.substring(3), name).get("result");
    }

    /** Asks for the contract and event of the first entry of the answer, over all blocks. */
    private List<EthereumNode.Log> logs(Map<String, String> files, String name) throws IOException {
        EthereumNode.Filter filter = new EthereumNode.Filter("0x" + "0".repeat(40), "0x00");
        if (!name.contains("error")) {
            Node first = answer(files, name).at(0);
            filter = new EthereumNode.Filter(
                    first.get("address").asText(), first.get("topics").at(0).asText());
        }
        List<EthereumNode.Log> logs = new ArrayList<>();
        long last = name.contains("error") ? 0 : 1_000_000;
        play(files, name).logs(filter, 0, last, (some, bytes, end) -> logs.addAll(some));
        return logs;
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

    private static String field(Map<String, String> row, String name) {
        return Objects.requireNonNull(row.get(name), name);
    }
}
