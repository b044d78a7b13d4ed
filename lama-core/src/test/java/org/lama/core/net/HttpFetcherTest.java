package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.net.NetException.Reason;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;

/** The fetcher and the real transport against a venue on loopback that misbehaves by script. */
class HttpFetcherTest {
    private static final String PATH = "/api/v3/time";
    private static final FakeReply GOOD = FakeReply.json("{\"serverTime\":1700000000000}");

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.standing();
    private FakeVenue venue;

    @BeforeEach
    void start() throws IOException {
        venue = FakeVenue.start().whileStalling(() -> clock.advance(Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() throws IOException {
        venue.close();
    }

    private HttpFetcher.Builder fetcher() {
        HttpTransport transport =
                HttpTransports.overNetwork(BaseUrl.of(venue.url()), TransportSettings.defaults(), clock);
        return HttpFetcher.over(transport, clock).rate(RateLimit.perMinute(100_000));
    }

    private static HttpCall.Builder call() {
        return HttpCall.get(PATH).accept("application/json").check(BodyCheck.jsonObject("serverTime"));
    }

    private static NetException failure(HttpFetcher fetcher, HttpCall call) {
        return catchThrowableOfType(NetException.class, () -> fetcher.fetch(call));
    }

    @Test
    void aGoodAnswerComesWithTypeHeadersAndTime() throws IOException {
        venue.on(PATH, GOOD.gzipped().header("X-Extra", "7"));
        HttpFetcher fetcher = fetcher().build();
        Fetched fetched = fetcher.fetch(call().query("symbol", "BTCUSDT").build());
        assertThat(fetched.json().get("serverTime").asLong()).isEqualTo(1_700_000_000_000L);
        assertThat(fetched.text()).startsWith("{\"server");
        assertThat(fetched.contentType()).isEqualTo("application/json");
        assertThat(fetched.header("x-extra")).contains("7");
        assertThat(fetched.origin()).isEqualTo(Fetched.Origin.NETWORK);
        assertThat(fetched.receivedNanos()).isEqualTo(clock.nowNanos());
        assertThat(fetched.endpoint()).isEqualTo("GET " + venue.url() + PATH + "?symbol=BTCUSDT");
        assertThat(venue.requests().get(0).parameter("symbol")).contains("BTCUSDT");
        assertThat(venue.requests().get(0).header("accept-encoding")).contains("gzip");
        assertThat(fetcher.counts().requests()).isEqualTo(1);
    }

    @Test
    void tooManyRequestsWaitsAsLongAsAsked() throws IOException {
        venue.on(
                PATH,
                FakeReply.tooManyRequests("7"),
                FakeReply.tooManyRequests("Mon, 01 Jan 2024 00:01:00 GMT")
                        .header("Date", "Mon, 01 Jan 2024 00:00:50 GMT"),
                FakeReply.tooManyRequests("86400"),
                GOOD);
        HttpFetcher fetcher = fetcher().build();
        fetcher.fetch(call().build());
        assertThat(clock.pauses())
                .as("seconds, a date against the reply's own, and never more than 10 minutes")
                .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(10), Duration.ofMinutes(10));
        assertThat(venue.count(PATH)).isEqualTo(4);
        assertThat(fetcher.counts().retries()).isEqualTo(3);
    }

    @Test
    void tooManyRequestsWithoutATimeBacksOffAndGivesUp() {
        venue.on(PATH, FakeReply.jsonError(429, "{\"msg\":\"slow down\"}"));
        NetException failure = failure(fetcher().seed(3).build(), call().build());
        assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(failure.status()).hasValue(429);
        assertThat(failure)
                .hasMessage("GET " + venue.url() + PATH
                        + ": status 429, '{\"msg\":\"slow down\"}'; try again later (given up after 6 tries)");
        assertThat(venue.count(PATH)).isEqualTo(6);
        assertThat(clock.pauses()).hasSize(5).allMatch(pause -> pause.compareTo(Duration.ofSeconds(16)) <= 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {418, 403})
    void aBanStopsTheFetcherUntilTheTimeGiven(int status) throws IOException {
        venue.on(PATH, FakeReply.jsonError(status, "{\"msg\":\"banned\"}").header("Retry-After", "120"), GOOD);
        HttpFetcher fetcher = fetcher().build();
        NetException first = failure(fetcher, call().build());
        assertThat(first.reason()).isEqualTo(Reason.BANNED);
        assertThat(first).hasMessageContaining("nothing more is sent before 2024-01-01T00:02:00Z");
        clock.advance(Duration.ofSeconds(119));
        NetException second = failure(fetcher, HttpCall.get("/other").build());
        assertThat(second.reason()).isEqualTo(Reason.BANNED);
        assertThat(second).hasMessageContaining("nothing was sent; wait until 2024-01-01T00:02:00Z");
        assertThat(second.retryAtNanos()).isPresent();
        assertThat(venue.requests()).hasSize(1);
        clock.jumpWall(Duration.ofDays(1));
        assertThat(failure(fetcher, call().build()).reason())
                .as("a clock that jumps does not end a ban")
                .isEqualTo(Reason.BANNED);
        clock.advance(Duration.ofSeconds(1));
        fetcher.fetch(call().build());
        assertThat(venue.count(PATH)).isEqualTo(2);
        assertThat(clock.pauses()).isEmpty();
    }

    @Test
    void aBanWithoutATimeLastsTenMinutes() {
        venue.on(PATH, FakeReply.html(403));
        NetException failure = failure(fetcher().build(), call().build());
        assertThat(failure)
                .hasMessageContaining("status 403, an HTML page")
                .hasMessageContaining("2024-01-01T00:10:00Z");
    }

    static Stream<FakeReply> passingFaults() {
        return Stream.of(
                FakeReply.html(502),
                FakeReply.jsonError(500, "{}"),
                FakeReply.html(503).header("Retry-After", "3"),
                GOOD.gzipped().shortened(20),
                GOOD.header("Content-Encoding", "gzip"),
                GOOD.cutAfter(5),
                GOOD.resetAfter(5),
                GOOD.resetAfter(0),
                GOOD.stallAfter(5),
                GOOD.stallAfter(0),
                GOOD.dripping(1));
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void passingFaultsAreRetriedAndTheAnswerIsWhole(FakeReply fault) throws IOException {
        venue.on(PATH, fault, GOOD);
        venue.whileStalling(() -> clock.advance(Duration.ofSeconds(4)));
        Fetched fetched = fetcher().build().fetch(call().build());
        assertThat(fetched.json().get("serverTime").asLong()).isEqualTo(1_700_000_000_000L);
        assertThat(venue.count(PATH)).isEqualTo(2);
        assertThat(clock.pauses()).hasSize(1);
    }

    @Test
    void passingFaultsThatStaySayWhatTheyAre() {
        venue.on("/cut", GOOD.cutAfter(5))
                .on("/stall", GOOD.stallAfter(5))
                .on("/gzip", GOOD.gzipped().shortened(20));
        venue.on("/html", FakeReply.html(503));
        RetryRule twice = new RetryRule(2, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
        HttpFetcher fetcher = fetcher().retry(twice).build();
        NetException cut = failure(fetcher, HttpCall.get("/cut").build());
        assertThat(cut.reason()).isEqualTo(Reason.BROKEN);
        assertThat(cut).hasMessageContaining("broke after 5 bytes of the body").hasMessageContaining("after 2 tries");
        NetException stall = failure(fetcher, HttpCall.get("/stall").build());
        assertThat(stall.reason()).isEqualTo(Reason.STALLED);
        assertThat(stall).hasMessageContaining("no ");
        NetException gzip = failure(fetcher, HttpCall.get("/gzip").build());
        assertThat(gzip.reason()).isEqualTo(Reason.BROKEN);
        assertThat(gzip).hasMessageContaining("the compressed body breaks off");
        NetException html = failure(fetcher, HttpCall.get("/html").build());
        assertThat(html.reason()).isEqualTo(Reason.SERVER);
        assertThat(html).hasMessageContaining("status 503, an HTML page");
    }

    @Test
    void whatIsNoReadIsNeverRepeated() {
        venue.on("/order", FakeReply.html(503));
        HttpCall post = HttpCall.post("/order", "{}", "application/json").build();
        assertThat(failure(fetcher().build(), post).reason()).isEqualTo(Reason.SERVER);
        assertThat(venue.count("/order")).isEqualTo(1);
        HttpCall query =
                HttpCall.post("/order", "{}", "application/json").readOnly().build();
        assertThat(failure(fetcher().build(), query).reason()).isEqualTo(Reason.SERVER);
        assertThat(venue.count("/order")).isEqualTo(7);
        assertThat(venue.requests().get(0).body()).isEqualTo("{}");
    }

    @Test
    void wrongQuestionsAreNotRepeatedAndQuoteTheVenue() {
        venue.on(PATH, FakeReply.jsonError(400, "{\"code\":-1121,\n\"msg\":\"Invalid symbol.\"}"));
        NetException failure = failure(fetcher().build(), call().build());
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure)
                .hasMessageContaining(
                        "status 400, '{\"code\":-1121, \"msg\":\"Invalid symbol.\"}'; correct the question");
        assertThat(venue.count(PATH)).isEqualTo(1);
        venue.on("/picture", FakeReply.of(404, "image/png", new byte[5]));
        assertThat(failure(fetcher().build(), HttpCall.get("/picture").build()))
                .hasMessageContaining("status 404, content of type image/png");
        venue.on("/empty", FakeReply.jsonError(404, ""));
        assertThat(failure(fetcher().build(), HttpCall.get("/empty").build())).hasMessageContaining("no content");
        venue.on("/pale", FakeReply.jsonError(404, "<html>"));
        assertThat(failure(fetcher().build(), HttpCall.get("/pale").build())).hasMessageContaining("an HTML page");
        venue.on("/dark", FakeReply.jsonError(404, "{}").header("Content-Encoding", "gzip"));
        assertThat(failure(fetcher().build(), HttpCall.get("/dark").build()))
                .hasMessageContaining("a body that could not be read");
    }

    @Test
    void changedSchemaAndTypeAreNamedAndNotKept() throws IOException {
        HttpCache cache = HttpCache.in(folder, 1 << 20);
        HttpFetcher fetcher = fetcher().cache(cache).build();
        HttpCall call = call().keepFor(Duration.ofHours(1)).build();
        venue.on(PATH, GOOD.renamed("serverTime", "time"), FakeReply.html(200), GOOD);
        NetException schema = failure(fetcher, call);
        assertThat(schema.reason()).isEqualTo(Reason.CONTENT);
        assertThat(schema).hasMessageContaining("required field 'serverTime' is missing; compare the reply");
        NetException type = failure(fetcher, call);
        assertThat(type).hasMessageContaining("content type must be one of [application/json], got 'text/html'");
        assertThat(fetcher.fetch(call).origin()).isEqualTo(Fetched.Origin.NETWORK);
        assertThat(venue.count(PATH)).isEqualTo(3);
        venue.on("/text", FakeReply.json("no json"));
        NetException json = catchThrowableOfType(
                NetException.class,
                () -> fetcher.fetch(HttpCall.get("/text").build()).json());
        assertThat(json.reason()).isEqualTo(Reason.CONTENT);
        assertThat(json).hasMessageContaining("the reply is no JSON");
        venue.on("/brotli", GOOD.header("Content-Encoding", "br"));
        assertThat(failure(fetcher, HttpCall.get("/brotli").build())).hasMessageContaining("Content-Encoding is br");
    }

    @Test
    void bombsAndGiantsAreRefusedBeforeTheyExpand() {
        venue.on("/bomb", FakeReply.bomb(30 << 20));
        venue.on("/giant", FakeReply.text("x".repeat(3000)));
        venue.on("/wide", FakeReply.text("x".repeat(3000)).gzipped());
        HttpFetcher fetcher =
                fetcher().limits(new BodyLimits(2000, 1 << 26, 100)).build();
        NetException bomb = failure(fetcher, HttpCall.get("/bomb").build());
        assertThat(bomb.reason()).isEqualTo(Reason.TOO_LARGE);
        HttpFetcher patient = fetcher().build();
        assertThat(failure(patient, HttpCall.get("/bomb").build()))
                .hasMessageContaining("expands to more than 100 times its size");
        assertThat(failure(fetcher, HttpCall.get("/giant").build())).hasMessageContaining("more than 2000 bytes");
        HttpFetcher narrow = fetcher().limits(new BodyLimits(2000, 2000, 100)).build();
        assertThat(failure(narrow, HttpCall.get("/wide").build()))
                .hasMessageContaining("expands to more than 2000 bytes");
        assertThat(venue.count("/bomb")).as("no retry").isEqualTo(2);
    }

    @Test
    void keptAnswersAreUsedThenAskedAgainByTheirTag() throws IOException {
        venue.on(
                PATH,
                request -> request.header("if-none-match").isPresent()
                        ? FakeReply.of(304, "application/json", new byte[0])
                        : GOOD.header("ETag", "\"v1\""));
        HttpFetcher fetcher = fetcher().cache(HttpCache.in(folder, 1 << 20)).build();
        HttpCall call = call().keepFor(Duration.ofMinutes(1)).build();
        List<Fetched.Origin> origins = new ArrayList<>();
        for (int seconds : new int[] {0, 30, 29, 2, 30}) {
            clock.advance(Duration.ofSeconds(seconds));
            Fetched fetched = fetcher.fetch(call);
            origins.add(fetched.origin());
            assertThat(fetched.json().has("serverTime")).isTrue();
        }
        assertThat(origins)
                .containsExactly(
                        Fetched.Origin.NETWORK,
                        Fetched.Origin.CACHE,
                        Fetched.Origin.CACHE,
                        Fetched.Origin.REVALIDATED,
                        Fetched.Origin.CACHE);
        assertThat(venue.count(PATH)).isEqualTo(2);
        assertThat(venue.requests().get(1).header("if-none-match")).contains("\"v1\"");
        assertThat(fetcher.counts().fromCache()).isEqualTo(3);
        assertThat(fetcher.counts().revalidated()).isEqualTo(1);
        clock.jumpWall(Duration.ofDays(-1));
        assertThat(fetcher.fetch(call).origin())
                .as("an answer from the future is not believed")
                .isEqualTo(Fetched.Origin.REVALIDATED);
        fetcher.fetch(call().build());
        assertThat(venue.count(PATH))
                .as("without a time to live nothing is kept")
                .isEqualTo(4);
    }

    @Test
    void withoutATagTheDateIsAsked() throws IOException {
        venue.on(PATH, GOOD.header("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT"));
        HttpFetcher fetcher = fetcher().cache(HttpCache.in(folder, 1 << 20)).build();
        HttpCall call = call().keepFor(Duration.ofNanos(1)).build();
        fetcher.fetch(call);
        clock.advance(Duration.ofSeconds(1));
        assertThat(fetcher.fetch(call).origin()).isEqualTo(Fetched.Origin.NETWORK);
        assertThat(venue.requests().get(1).header("if-modified-since")).contains("Mon, 01 Jan 2024 00:00:00 GMT");
    }

    @Test
    void damagedKeptAnswersAreFetchedAgain() throws IOException {
        venue.on(PATH, GOOD);
        HttpFetcher fetcher = fetcher().cache(HttpCache.in(folder, 1 << 20)).build();
        HttpCall call = call().keepFor(Duration.ofDays(1)).build();
        fetcher.fetch(call);
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        byte[] good = Files.readAllBytes(file);
        int asked = 1;
        for (int at = 0; at < good.length; at += 7) {
            byte[] bad = good.clone();
            bad[at] ^= 0x20;
            Files.write(file, bad);
            Fetched fetched = fetcher.fetch(call);
            assertThat(fetched.text()).isEqualTo("{\"serverTime\":1700000000000}");
            asked += fetched.origin() == Fetched.Origin.NETWORK ? 1 : 0;
        }
        assertThat(venue.count(PATH)).isEqualTo(asked);
        Files.write(file, new byte[0]);
        assertThat(fetcher.fetch(call).origin()).isEqualTo(Fetched.Origin.NETWORK);
    }

    @Test
    void theFolderOfKeptAnswersStaysBounded() throws IOException {
        HttpFetcher fetcher = fetcher().cache(HttpCache.in(folder, 5_000)).build();
        for (int i = 0; i < 20; i++) {
            venue.on("/" + i, FakeReply.text("x".repeat(i == 19 ? 9_000 : 1_000)));
            clock.advance(Duration.ofSeconds(1));
            fetcher.fetch(HttpCall.get("/" + i).keepFor(Duration.ofDays(1)).build());
            clock.advance(Duration.ofSeconds(1));
            fetcher.fetch(HttpCall.get("/0").keepFor(Duration.ofDays(1)).build());
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                        .isLessThanOrEqualTo(5_000);
            }
        }
        assertThat(venue.count("/0")).as("what is used stays").isEqualTo(1);
        assertThat(venue.count("/1")).isEqualTo(1);
        fetcher.fetch(HttpCall.get("/1").keepFor(Duration.ofDays(1)).build());
        assertThat(venue.count("/1")).as("what was not used for longest went").isEqualTo(2);
        fetcher.fetch(HttpCall.get("/19").keepFor(Duration.ofDays(1)).build());
        assertThat(venue.count("/19")).as("what is too large is not kept").isEqualTo(2);
    }

    @Test
    void anUnusableFolderIsNamed() throws IOException {
        venue.on(PATH, GOOD);
        Path inner = folder.resolve("cache");
        HttpFetcher fetcher = fetcher().cache(HttpCache.in(inner, 1 << 20)).build();
        Files.delete(inner);
        NetException failure =
                failure(fetcher, call().keepFor(Duration.ofDays(1)).build());
        assertThat(failure)
                .hasMessageContaining("the folder of kept replies cannot be used")
                .hasMessageContaining("cache");
        fetcher.fetch(call().build());
    }

    @Test
    void theBudgetIsKeptByWeightAndByTheVenuesCount() throws IOException {
        venue.on(PATH, GOOD.header("X-MBX-USED-WEIGHT-1M", "10"), GOOD.header("X-MBX-USED-WEIGHT-1M", "399"), GOOD);
        HttpFetcher fetcher = fetcher()
                .rate(RateLimit.perMinute(400).withUsedHeader("X-MBX-USED-WEIGHT-1M"))
                .build();
        fetcher.fetch(call().weight(20).build());
        fetcher.fetch(call().weight(20).build());
        assertThat(clock.pauses()).isEmpty();
        fetcher.fetch(call().weight(20).build());
        assertThat(clock.paused()).isEqualTo(Duration.ofMinutes(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fetcher.fetch(call().weight(101).build()))
                .withMessageContaining("weight must be <= 100");
    }

    @Test
    void anInterruptedThreadStopsWaiting() {
        venue.on(PATH, FakeReply.tooManyRequests("7"));
        HttpFetcher fetcher = fetcher().build();
        NetException failure = null;
        try {
            Thread.currentThread().interrupt();
            failure = failure(fetcher, call().build());
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
    }

    @Test
    void underChaosEveryPageComesOnceAndWhole() throws IOException {
        for (int page = 0; page < 25; page++) {
            venue.on("/page/" + page, FakeReply.json("{\"serverTime\":" + page + "}"));
        }
        venue.chaos(17, 0.4, FakeVenue.Fault.values());
        HttpFetcher fetcher =
                fetcher().seed(4).cache(HttpCache.in(folder, 1 << 20)).build();
        for (int round = 0; round < 2; round++) {
            for (int page = 0; page < 25; page++) {
                HttpCall call = HttpCall.get("/page/{n}")
                        .part("n", "" + page)
                        .accept("application/json")
                        .keepFor(Duration.ofDays(30))
                        .build();
                assertThat(fetcher.fetch(call).json().get("serverTime").asInt()).isEqualTo(page);
            }
        }
        HttpFetcher.Counts counts = fetcher.counts();
        assertThat(counts.requests()).isEqualTo(venue.requests().size()).isEqualTo(25 + counts.retries());
        assertThat(counts.retries()).isPositive();
        assertThat(counts.fromCache()).isEqualTo(25);
        assertThat(counts.waitedNanos()).isPositive();
    }
}
