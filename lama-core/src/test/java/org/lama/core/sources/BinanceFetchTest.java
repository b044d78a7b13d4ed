package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lama.core.base.Issue;
import org.lama.core.market.Contract;
import org.lama.core.net.NetException;
import org.lama.core.net.kit.FakePages;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeRequest;
import org.lama.core.net.kit.FakeVenue.Fault;
import org.lama.core.series.Provenance;
import org.lama.core.store.RecordKind;

/** Binance's REST interface against a venue on loopback that misbehaves by script. */
class BinanceFetchTest {
    private static final String KLINES = "/api/v3/klines";
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long FROM = Desk.nanos("2024-01-01T00:00:00Z");
    private static final long MILLIS = FROM / Desk.MILLI;

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void start() {
        desk = BinanceScript.listings(new Desk(folder));
        desk.time("/api/v3/time", "2024-06-01T00:30:00Z");
        desk.time("/fapi/v1/time", "2024-06-01T00:30:00Z");
        desk.time("/dapi/v1/time", "2024-06-01T00:30:00Z");
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
    }

    private Binance spot() {
        return Binance.of(BinanceMarket.SPOT, desk.settings);
    }

    private Binance futures() {
        return Binance.of(BinanceMarket.USD_M, desk.settings);
    }

    private static FetchRequest hours(int count) {
        return FetchRequest.bars(List.of("BTCUSDT"), "1h", FROM, FROM + count * Desk.HOUR);
    }

    private FakePages pages(int count) {
        return FakePages.of(
                BinanceScript.bars(MILLIS - 50 * HOUR_MILLIS, MILLIS + count * HOUR_MILLIS, HOUR_MILLIS),
                "startTime",
                "endTime",
                "limit",
                1000);
    }

    private void everyHour(int count) {
        assertThat(desk.times())
                .containsExactlyElementsOf(LongStream.range(0, count)
                        .mapToObj(i -> FROM + i * Desk.HOUR)
                        .toList());
        assertThat(desk.column("open"))
                .containsExactlyElementsOf(LongStream.range(0, count)
                        .mapToObj(i -> BinanceScript.open(MILLIS + i * HOUR_MILLIS, HOUR_MILLIS))
                        .toList());
    }

    @Test
    void barsComeOverPagesWithKeyColumnsAndProvenance() throws IOException {
        desk.venue.on(KLINES, pages(3000));
        List<Source.Batch> batches = desk.fetch(spot(), hours(2500));
        everyHour(2500);
        Source.Batch batch = batches.get(0);
        assertThat(batch.key()).hasToString("BINANCE.SPOT.BTC-USDT bars 1h");
        assertThat(batch.rows().names())
                .containsExactly(
                        "time", "open", "high", "low", "close", "volume", "quote_volume", "trades", "taker_buy_volume");
        assertThat(batch.rows().doubles("quote_volume")[0]).isEqualTo(1250);
        assertThat(batch.rows().doubles("trades")[0]).isEqualTo(42);
        assertThat(batch.rows().doubles("taker_buy_volume")[0]).isEqualTo(6.25);
        assertThat(batch.provenance().kind()).isEqualTo(Provenance.Kind.VENDOR); // of a stand-in
        assertThat(batch.provenance().source())
                .isEqualTo(desk.venue.url().replace("http://", "") + " instead of api.binance.com/api/v3/klines");
        assertThat(batch.provenance().sha256()).hasSize(64);
        assertThat(batch.coveredFromNanos()).isEqualTo(FROM);
        assertThat(batches.get(batches.size() - 1).coveredToNanos()).isEqualTo(FROM + 2500 * Desk.HOUR);
        assertThat(desk.reasons()).isEmpty();
        assertThat(desk.venue.count(KLINES)).isEqualTo(3); // 1000 a page: no page too many
    }

    @ParameterizedTest
    @MethodSource("crooked")
    void crookedPagesGiveTheSameRows(FakePages pages, Issue.Reason reason) throws IOException {
        desk.venue.on(KLINES, pages);
        desk.fetch(spot(), hours(2500));
        everyHour(2500);
        assertThat(desk.reasons()).contains(reason);
    }

    static Stream<Arguments> crooked() {
        Map<Long, String> rows = BinanceScript.bars(MILLIS, MILLIS + 3000 * HOUR_MILLIS, HOUR_MILLIS);
        return Stream.of(
                Arguments.of(
                        FakePages.of(rows, "startTime", "endTime", "limit", 500).shuffled(3),
                        Issue.Reason.OUT_OF_ORDER),
                Arguments.of(
                        FakePages.of(rows, "startTime", "endTime", "limit", 500).repeating(2),
                        Issue.Reason.DUPLICATE_EQUAL),
                Arguments.of(
                        FakePages.of(rows, "startTime", "endTime", "limit", 300)
                                .shuffled(4)
                                .repeating(3),
                        Issue.Reason.DUPLICATE_EQUAL));
    }

    @Test
    void aLoweredPageSizeLosesNothing() throws IOException {
        FakePages small = FakePages.of(
                BinanceScript.bars(MILLIS, MILLIS + 300 * HOUR_MILLIS, HOUR_MILLIS),
                "startTime",
                "endTime",
                "limit",
                70);
        desk.venue.on(KLINES, small);
        desk.fetch(spot(), hours(300));
        everyHour(300);
    }

    @Test
    void pagesFromTheNewestAreRefusedBeforeAnythingIsTaken() {
        desk.venue.on(
                KLINES,
                FakePages.of(
                                BinanceScript.bars(MILLIS, MILLIS + 3000 * HOUR_MILLIS, HOUR_MILLIS),
                                "startTime",
                                "endTime",
                                "limit",
                                1000)
                        .newestFirst());
        SourceException refused = desk.failure(SourceException.class, spot(), hours(2500));
        assertThat(refused.reason()).isEqualTo(SourceException.Reason.PAGING);
        assertThat(desk.times()).isEmpty();
    }

    @Test
    void onlyFinishedBarsAreGivenAndTheRestIsNotCovered() throws IOException {
        desk.time("/api/v3/time", "2024-01-01T05:30:00Z");
        // a venue that does not look at the end of the range
        desk.venue.on(
                KLINES,
                FakePages.of(
                        BinanceScript.bars(MILLIS, MILLIS + 100 * HOUR_MILLIS, HOUR_MILLIS),
                        "startTime",
                        "none",
                        "limit",
                        1000));
        List<Source.Batch> batches = desk.fetch(spot(), hours(100));
        everyHour(5);
        assertThat(batches).hasSize(1);
        assertThat(batches.get(0).issues()).singleElement().satisfies(issue -> {
            assertThat(issue.reason()).isEqualTo(Issue.Reason.UNFINISHED);
            assertThat(issue.detail()).startsWith("95 times");
        });
        assertThat(batches.get(0).coveredToNanos())
                .isEqualTo(Desk.nanos("2024-01-01T04:29:00Z")); // one minute for what comes late
        assertThat(desk.fetch(
                        spot(),
                        FetchRequest.bars(List.of("BTCUSDT"), "1h", FROM + 40 * Desk.HOUR, FROM + 50 * Desk.HOUR)))
                .isEmpty();
    }

    @Test
    void faultsOfTheNetworkPass() throws IOException {
        desk.venue.on(KLINES, new FakeReply.Handler() {
            private final FakePages pages = pages(3000);
            private int asked;

            @Override
            public FakeReply reply(FakeRequest request) {
                FakeReply good = pages.reply(request);
                return switch (asked++) {
                    case 0 -> FakeReply.tooManyRequests("7");
                    case 1 -> FakeReply.html(502);
                    case 2 -> good.gzipped().shortened(300);
                    case 3 -> good.resetAfter(100);
                    case 4 -> good.stallAfter(50);
                    default -> good;
                };
            }
        });
        desk.fetch(spot(), hours(2500));
        everyHour(2500);
        assertThat(desk.venue.count(KLINES)).isEqualTo(8);
        assertThat(desk.clock.paused()).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void callsAreWeighedAsTheVenueWeighsThem() throws IOException {
        desk.venue.on(
                "/fapi/v1/klines",
                FakePages.of(
                        BinanceScript.bars(MILLIS, MILLIS + 150 * HOUR_MILLIS, HOUR_MILLIS),
                        "startTime",
                        "endTime",
                        "limit",
                        1));
        desk.fetch(futures(), hours(150));
        everyHour(150);
        // 150 pages of weight 5 and a few of 1: 600 at once, the rest at 30 a second
        assertThat(desk.clock.paused()).isBetween(Duration.ofMillis(4800), Duration.ofMillis(5600));
    }

    @Test
    void theVenuesOwnCountHoldsUsBack() throws IOException {
        FakePages pages = pages(3000);
        desk.venue.on(KLINES, request -> pages.reply(request).header("X-MBX-USED-WEIGHT-1M", "5999"));
        desk.fetch(spot(), hours(2500));
        everyHour(2500);
        // the time is 30 s after a full minute; two more pages wait for the next minutes
        assertThat(desk.clock.paused()).isGreaterThan(Duration.ofSeconds(60));
    }

    @Test
    void chaosGivesAllRowsOrATypedFailure() throws IOException {
        desk.venue.on(KLINES, pages(3000));
        int whole = 0;
        for (int seed = 0; seed < 6; seed++) {
            desk.venue.chaos(seed, 0.5, Fault.LIMITED, Fault.HTML, Fault.CUT, Fault.RESET, Fault.STALL);
            try {
                desk.fetch(spot(), hours(2500));
                everyHour(2500);
                whole++;
            } catch (NetException e) {
                assertThat(e.reason().isPassing()).isTrue();
            }
        }
        assertThat(whole).isPositive();
    }

    @Test
    void whatCameBeforeAFailureIsGivenAndCovered() {
        FakePages pages = pages(3000);
        desk.venue.on(
                KLINES,
                request -> request.number("startTime", 0) > MILLIS + 1500 * HOUR_MILLIS
                        ? FakeReply.banned("120")
                        : pages.reply(request));
        Binance spot = spot();
        NetException banned = desk.failure(NetException.class, spot, hours(2500));
        assertThat(banned.reason()).isEqualTo(NetException.Reason.BANNED);
        everyHour(2000);
        assertThat(desk.batches.get(0).coveredToNanos()).isEqualTo(FROM + 1999 * Desk.HOUR);
        int asked = desk.venue.requests().size();
        assertThat(desk.failure(NetException.class, spot, hours(2500)).reason()).isEqualTo(NetException.Reason.BANNED);
        assertThat(desk.venue.requests()).hasSize(asked); // nobody was asked while the ban holds
    }

    @Test
    void aChangedSchemaIsATypedErrorThatNamesTheField() {
        desk.venue.on("/fapi/v1/fundingRate", FakeReply.json(funding(3)).renamed("fundingRate", "rate"));
        FetchRequest request = FetchRequest.of(List.of("BTC-USDT"), RecordKind.FUNDING, FROM, FROM + Desk.DAY);
        SourceException missing = desk.failure(SourceException.class, futures(), request);
        assertThat(missing.reason()).isEqualTo(SourceException.Reason.MISSING_FIELD);
        assertThat(missing.where()).isEqualTo("fundingRate");
        assertThat(missing)
                .hasMessageContaining("binance-usdm")
                .hasMessageContaining("'fundingRate' is missing at [0]");
        desk.venue.on(KLINES, FakeReply.json("[[" + MILLIS + ",\"1\",\"1\",\"1\"]]"));
        assertThat(desk.failure(SourceException.class, spot(), hours(3)).where())
                .isEqualTo("closeTime");
        desk.venue.on(KLINES, FakeReply.json("{\"code\":0}"));
        assertThat(desk.failure(SourceException.class, spot(), hours(3)).reason())
                .isEqualTo(SourceException.Reason.WRONG_VALUE);
        desk.venue.on(KLINES, FakeReply.html(200));
        assertThat(desk.failure(NetException.class, spot(), hours(3)).reason()).isEqualTo(NetException.Reason.CONTENT);
    }

    @Test
    void badNumbersAreRefusedAndCounted() throws IOException {
        String good = BinanceScript.bar(MILLIS, HOUR_MILLIS);
        List<String> bars = new ArrayList<>(List.of(good));
        String[] bad = {"\"NaN\"", "\"\"", "\"-1\"", "0", "null"};
        for (int i = 0; i < bad.length; i++) {
            bars.add(BinanceScript.bar(MILLIS + (i + 1) * HOUR_MILLIS, HOUR_MILLIS)
                    .replaceFirst("\"[0-9.]+\"", bad[i]));
        }
        desk.venue.on(KLINES, FakeReply.json("[" + String.join(",", bars) + "]"), FakeReply.json("[]"));
        desk.fetch(spot(), hours(10));
        everyHour(1);
        assertThat(desk.batches.get(0).issues())
                .extracting(issue -> issue.reason() + " " + issue.detail().replaceAll(" times.*", ""))
                .containsExactlyInAnyOrder("NON_FINITE 3", "NON_POSITIVE 2");
    }

    private static String funding(int count) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add("{\"symbol\":\"BTCUSDT\",\"fundingTime\":" + (MILLIS + i * 4L * HOUR_MILLIS + i)
                    + ",\"fundingRate\":\"-0.000" + (i + 1) + "\",\"markPrice\":\"" + (i == 0 ? "" : "42000.5")
                    + "\"}");
        }
        return "[" + String.join(",", rows) + "]";
    }

    @Test
    void fundingKeepsItsTimesAndMissingMarks() throws IOException {
        desk.venue.on("/fapi/v1/fundingRate", FakeReply.json(funding(3)), FakeReply.json("[]"));
        desk.fetch(futures(), FetchRequest.of(List.of("BTCUSDT"), RecordKind.FUNDING, FROM, FROM + Desk.DAY));
        assertThat(desk.batches.get(0).key()).hasToString("BINANCE.PERP.BTC-USDT funding");
        assertThat(desk.times())
                .containsExactly(FROM, FROM + 4 * Desk.HOUR + Desk.MILLI, FROM + 8 * Desk.HOUR + 2 * Desk.MILLI);
        assertThat(desk.column("rate")).containsExactly(-0.0001, -0.0002, -0.0003);
        assertThat(desk.column("mark_price")).containsExactly(Double.NaN, 42000.5, 42000.5);
        desk.venue.on("/fapi/v1/fundingRate", FakeReply.json(funding(3).replace("BTCUSDT", "ETHUSDT")));
        assertThat(desk.failure(
                        SourceException.class,
                        futures(),
                        FetchRequest.of(List.of("BTCUSDT"), RecordKind.FUNDING, FROM, FROM + Desk.DAY)))
                .hasMessageContaining("must be the symbol BTCUSDT");
    }

    @Test
    void tradesAreFoundByTheHourAndThenGoByNumber() throws IOException {
        Map<Long, String> byNumber = new TreeMap<>();
        Map<Long, String> byTime = new TreeMap<>();
        for (int i = 0; i < 2500; i++) {
            long millis = MILLIS + 5 * HOUR_MILLIS + i * 1000L;
            byNumber.put((long) i, BinanceScript.trade(i, millis));
            byTime.put(millis, BinanceScript.trade(i, millis));
        }
        FakePages numbers = FakePages.of(byNumber, "fromId", "none", "limit", 500);
        FakePages times = FakePages.of(byTime, "startTime", "endTime", "limit", 500);
        desk.venue.on(
                "/api/v3/aggTrades",
                request -> (request.parameter("fromId").isPresent() ? numbers : times).reply(request));
        FetchRequest request = FetchRequest.of(
                List.of("btc-usdt"), RecordKind.TRADES, FROM + Desk.HOUR, FROM + 5 * Desk.HOUR + 2400_000 * Desk.MILLI);
        desk.fetch(spot(), request);
        assertThat(desk.times()).hasSize(2400).isSorted();
        assertThat(desk.column("side").subList(0, 3)).containsExactly(0.0, 1.0, 0.0);
        assertThat(desk.batches.get(0).rows().longs("seq")[7]).isEqualTo(7);
        assertThat(desk.reasons()).doesNotContain(Issue.Reason.SEQUENCE_GAP);
        byNumber.remove(1500L);
        byTime.remove(MILLIS + 5 * HOUR_MILLIS + 1_500_000L);
        FakePages holed = FakePages.of(byNumber, "fromId", "none", "limit", 500);
        FakePages holedTimes = FakePages.of(byTime, "startTime", "endTime", "limit", 500);
        desk.venue.on(
                "/api/v3/aggTrades",
                asked -> (asked.parameter("fromId").isPresent() ? holed : holedTimes).reply(asked));
        desk.fetch(spot(), request);
        assertThat(desk.times()).hasSize(2399);
        assertThat(desk.reasons()).contains(Issue.Reason.SEQUENCE_GAP);
    }

    /** Trades of one symbol: by number, and by time at most an hour. */
    private void tape(int count, long firstMillis, long stepMillis) {
        Map<Long, String> byNumber = new TreeMap<>();
        Map<Long, String> byTime = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            long millis = firstMillis + i * stepMillis;
            byNumber.put((long) i, BinanceScript.trade(i, millis));
            byTime.put(millis, BinanceScript.trade(i, millis));
        }
        FakePages numbers = FakePages.of(byNumber, "fromId", "none", "limit", 1000);
        FakePages times = FakePages.of(byTime, "startTime", "endTime", "limit", 1000);
        desk.venue.on(
                "/api/v3/aggTrades", asked -> (asked.parameter("fromId").isPresent() ? numbers : times).reply(asked));
    }

    private List<FakeRequest> tradeCalls() {
        return desk.venue.requests("/api/v3/aggTrades");
    }

    @Test
    void monthsBeforeAListingCostTwoCallsAndAreProvedEmpty() throws IOException {
        tape(10, MILLIS + 100 * 24 * HOUR_MILLIS, 1000);
        List<Source.Batch> batches =
                desk.fetch(spot(), FetchRequest.of(List.of("BTCUSDT"), RecordKind.TRADES, FROM, FROM + 20 * Desk.HOUR));
        assertThat(tradeCalls()).hasSize(2);
        assertThat(desk.times()).isEmpty();
        assertThat(batches.get(batches.size() - 1).coveredToNanos()).isEqualTo(FROM + 20 * Desk.HOUR);
    }

    @Test
    void aTapeThatBeginsInTheMiddleOfTheRangeIsTakenFromItsFirstTrade() throws IOException {
        tape(2500, MILLIS + 15 * HOUR_MILLIS, 1000);
        desk.fetch(spot(), FetchRequest.of(List.of("BTCUSDT"), RecordKind.TRADES, FROM, FROM + 20 * Desk.HOUR));
        assertThat(desk.times()).hasSize(2500).isSorted();
        assertThat(tradeCalls().size()).isLessThan(10);
    }

    @Test
    void aRangeThatBeginsInALongHaltIsFoundByHalvingTheNumbers() throws IOException {
        // 200,000 trades long before, then a halt of 30 days, then trades again
        Map<Long, String> byNumber = new TreeMap<>();
        for (int i = 0; i < 200_000; i += 100) {
            byNumber.put((long) i, BinanceScript.trade(i, MILLIS - 10_000_000_000L + i));
        }
        for (int i = 200_000; i < 200_050; i++) {
            byNumber.put((long) i, BinanceScript.trade(i, MILLIS + 15 * HOUR_MILLIS + i));
        }
        FakePages numbers = FakePages.of(byNumber, "fromId", "none", "limit", 1000);
        desk.venue.on(
                "/api/v3/aggTrades",
                asked -> asked.parameter("fromId").isPresent() ? numbers.reply(asked) : FakeReply.json("[]"));
        desk.fetch(spot(), FetchRequest.of(List.of("BTCUSDT"), RecordKind.TRADES, FROM, FROM + 20 * Desk.HOUR));
        assertThat(desk.times()).hasSize(50);
        assertThat(tradeCalls().size()).isLessThan(40);
        assertThat(desk.reasons()).doesNotContain(Issue.Reason.SEQUENCE_GAP);
    }

    @Test
    void aTapeThatEndedBeforeTheRangeProvesNothing() throws IOException {
        tape(50, MILLIS - 100 * HOUR_MILLIS, 1000);
        desk.fetch(spot(), FetchRequest.of(List.of("BTCUSDT"), RecordKind.TRADES, FROM, FROM + 20 * Desk.HOUR));
        assertThat(desk.times()).isEmpty();
        assertThat(desk.reasons()).contains(Issue.Reason.NOT_COVERED);
    }

    @Test
    void aBookIsASnapshotOfNowAndMustNotCross() throws IOException {
        String book =
                "{\"lastUpdateId\":160,\"bids\":[[\"100.1\",\"1\"],[\"100.0\",\"2\"]],\"asks\":[[\"100.2\",\"3\"]]}";
        desk.venue.on("/api/v3/depth", FakeReply.json(book));
        FetchRequest now = FetchRequest.of(List.of("BTCUSDT"), RecordKind.BOOK_SNAPSHOTS, FROM, FROM + 1);
        List<Source.Batch> batches = desk.fetch(spot(), now);
        assertThat(desk.column("price")).containsExactly(100.1, 100.0, 100.2);
        assertThat(desk.column("level")).containsExactly(0.0, 1.0, 0.0);
        assertThat(desk.column("last_update")).containsExactly(160.0, 160.0, 160.0);
        assertThat(batches.get(0).rows().times("available"))
                .containsOnly(desk.times().get(0));
        assertThat(batches.get(0).coveredFromNanos()).isEqualTo(batches.get(0).coveredToNanos());
        desk.venue.on("/api/v3/depth", FakeReply.json(book.replace("100.2", "100.1")));
        assertThat(desk.failure(SourceException.class, spot(), now)).hasMessageContaining("best bid lies below");
        desk.venue.on("/api/v3/depth", FakeReply.json(book.replace("100.0", "100.15")));
        assertThat(desk.failure(SourceException.class, spot(), now)).hasMessageContaining("behind the one before");
    }

    @Test
    void openInterestOfTheLastDaysComesByRestAndOldOneOnlyFromFiles() throws IOException {
        long now = Desk.nanos("2024-06-01T00:30:00Z");
        Map<Long, String> rows = new TreeMap<>();
        for (long at = now / Desk.MILLI - 3 * 86_400_000L; at < now / Desk.MILLI; at += 300_000) {
            rows.put(
                    at,
                    "{\"symbol\":\"BTCUSDT\",\"sumOpenInterest\":\"20403.5\",\"sumOpenInterestValue\":\"150570784.1\","
                            + "\"timestamp\":\"" + at + "\"}");
        }
        desk.venue.on(
                "/futures/data/openInterestHist",
                FakePages.of(rows, "startTime", "endTime", "limit", 30).newestFirst());
        desk.fetch(futures(), FetchRequest.of(List.of("BTCUSDT"), RecordKind.OPEN_INTEREST, now - 40 * Desk.HOUR, now));
        assertThat(desk.times()).hasSize(480).isSorted();
        assertThat(desk.column("open_interest")).containsOnly(20403.5);
        desk.fetch(
                futures(),
                FetchRequest.of(
                        List.of("BTCUSDT"), RecordKind.OPEN_INTEREST, now - 60 * Desk.DAY, now - 59 * Desk.DAY));
        assertThat(desk.times()).isEmpty();
        assertThat(desk.reasons()).containsOnly(Issue.Reason.NOT_COVERED).hasSize(3);
    }

    /** Bars of 5 minutes by their opens; the close is a number and the place of the bar. */
    private static Map<Long, String> fives(String number, int from, int to) {
        Map<Long, String> rows = new TreeMap<>();
        for (int i = from; i < to; i++) {
            long open = MILLIS + i * 300_000L;
            rows.put(
                    open,
                    "[" + open + ",\"" + number + "1\",\"" + number + "9\",\"" + number + "0\",\"" + number + (i + 5)
                            + "\",\"0\"," + (open + 299_999) + ",\"0\",12,\"0\",\"0\",\"0\"]");
        }
        return rows;
    }

    @Test
    void thePremiumIndexStandsAtTheEndsOfItsBarsBesideMarkAndIndexPrice() throws IOException {
        // the mark price begins later, and its pages are shorter
        desk.venue.on(
                "/fapi/v1/premiumIndexKlines",
                FakePages.of(fives("-0.000", -3, 30), "startTime", "endTime", "limit", 10));
        desk.venue.on(
                "/fapi/v1/markPriceKlines", FakePages.of(fives("4200", 2, 30), "startTime", "endTime", "limit", 7));
        desk.venue.on(
                "/fapi/v1/indexPriceKlines",
                FakePages.of(fives("4100", -3, 30), "startTime", "endTime", "limit", 1000));
        desk.fetch(
                futures(), FetchRequest.of(List.of("BTCUSDT"), RecordKind.METRICS, FROM, FROM + 25 * 5 * Desk.MINUTE));
        assertThat(desk.times())
                .containsExactlyElementsOf(LongStream.range(0, 25)
                        .mapToObj(i -> FROM + i * 5 * Desk.MINUTE)
                        .toList());
        // the bar that ends at FROM is number -1
        assertThat(desk.column("premium_close").get(0)).isEqualTo(-0.0004);
        assertThat(desk.column("mark_close").subList(0, 5))
                .containsExactly(Double.NaN, Double.NaN, Double.NaN, 42007.0, 42008.0);
        assertThat(desk.column("index_close").get(24)).isEqualTo(410028);
        assertThat(desk.column("index_high").get(3)).isEqualTo(41009);
        assertThat(desk.batches.get(0).rows().names()).hasSize(13).contains("premium_open", "mark_low", "index_open");
        assertThat(desk.venue.requests())
                .filteredOn(request -> request.path().endsWith("indexPriceKlines"))
                .allSatisfy(request -> assertThat(request.parameter("pair")).contains("BTCUSDT"));
    }

    @Test
    void aSampleThatComesLateIsNotLost() throws IOException {
        String first =
                "{\"symbol\":\"BTCUSDT\",\"sumOpenInterest\":\"1\",\"sumOpenInterestValue\":\"2\",\"timestamp\":";
        long time = Desk.nanos("2024-06-01T00:20:00Z");
        FetchRequest request =
                FetchRequest.of(List.of("BTC-USDT"), RecordKind.OPEN_INTEREST, time - Desk.HOUR, time + Desk.DAY);
        desk.venue.on("/futures/data/openInterestHist", FakeReply.json("[]"));
        MemoryStore store = new MemoryStore();
        FetchJob.of(futures(), store, request, folder.resolve("journal")).run();
        // the sample of 00:20 was published after 00:30
        Map<Long, String> late = Map.of(time / Desk.MILLI, first + time / Desk.MILLI + "}");
        desk.venue.on("/futures/data/openInterestHist", FakePages.of(late, "startTime", "endTime", "limit", 500));
        desk.time("/fapi/v1/time", "2024-06-01T00:50:00Z");
        List<FetchJob.Outcome> second = FetchJob.of(futures(), store, request, folder.resolve("journal"))
                .run();
        assertThat(second.get(0).written().added()).isEqualTo(1);
    }

    @Test
    void rowsOfTheVenueItselfAreOfTheExchange() {
        SourceSettings real = SourceSettings.in(folder);
        Provenance said = new Provenance(Provenance.Kind.EXCHANGE, "api.binance.com/api/v3/klines", "", "");
        assertThat(real.honest(said)).isSameAs(said);
        assertThat(real.journals()).isEqualTo(folder);
        assertThat(desk.settings.honest(said).kind()).isEqualTo(Provenance.Kind.VENDOR);
        assertThat(desk.settings.journals()).isNotEqualTo(folder);
    }

    @Test
    void nothingIsClaimedBehindTheLastRowThatCame() throws IOException {
        desk.venue.on(KLINES, pages(100)); // an empty page follows the hundredth
        List<Source.Batch> batches = desk.fetch(spot(), hours(500));
        everyHour(100);
        assertThat(batches.get(batches.size() - 1).coveredToNanos()).isEqualTo(FROM + 100 * Desk.HOUR);
        desk.venue.on(KLINES, FakeReply.json("[]"));
        batches = desk.fetch(spot(), hours(500));
        assertThat(batches).singleElement().satisfies(batch -> {
            assertThat(batch.coveredToNanos()).isEqualTo(batch.coveredFromNanos());
            assertThat(batch.issues()).extracting(Issue::reason).containsExactly(Issue.Reason.NOT_COVERED);
        });
    }

    @Test
    void aClockThatIsFarFromTheVenuesIsSaid() throws IOException {
        desk.venue.on(KLINES, pages(10));
        desk.fetch(spot(), hours(3));
        assertThat(desk.reasons()).isEmpty();
        desk.clock.jumpWall(Duration.ofSeconds(-3));
        desk.fetch(spot(), hours(3));
        everyHour(3); // judged by the venue's clock
        assertThat(desk.batches.get(0).issues()).singleElement().satisfies(issue -> {
            assertThat(issue.reason()).isEqualTo(Issue.Reason.CLOCK_SKEW);
            assertThat(issue.detail()).contains("3.001 s behind the venue's");
        });
    }

    @Test
    void inverseContractsCountBaseCurrency() throws IOException {
        desk.venue.on(
                "/dapi/v1/klines",
                FakeReply.json("[[" + MILLIS + ",\"9640.7\",\"9642.4\",\"9640.6\",\"9642.0\",\"206\","
                        + (MILLIS + HOUR_MILLIS - 1) + ",\"2.13660389\",48,\"119\",\"1.23424865\",\"0\"]]"),
                FakeReply.json("[]"));
        desk.fetch(
                Binance.of(BinanceMarket.COIN_M, desk.settings),
                FetchRequest.bars(List.of("BTCUSD_PERP"), "1h", FROM, FROM + Desk.DAY));
        assertThat(desk.batches.get(0).key()).hasToString("BINANCE.PERP.BTC-USD bars 1h");
        assertThat(desk.column("volume")).containsExactly(2.13660389);
        assertThat(desk.column("quote_volume")).containsExactly(20_600.0);
        assertThat(desk.column("taker_buy_volume")).containsExactly(1.23424865);
    }

    @Test
    void listingsHaveRulesAndDates() throws IOException {
        List<Listing> spot = spot().listings();
        assertThat(spot).extracting(Listing::symbol).containsExactly("BTCUSDT", "LUNAUSDT");
        assertThat(spot.get(0).contract().rules().tickSize()).isEqualTo(0.01);
        assertThat(spot.get(0).contract().rules().minNotional()).isEqualTo(5);
        assertThat(spot.get(0).contract().instrument().quantityDecimals()).isEqualTo(5);
        assertThat(spot.get(1).trading()).isFalse();
        List<Listing> futures = futures().listings();
        assertThat(futures)
                .extracting(listing -> listing.id().toString())
                .containsExactly("BINANCE.PERP.BTC-USDT", "BINANCE.FUTURE.BTC-USDT-240628", "BINANCE.PERP.LUNA-USDT");
        assertThat(futures.get(0).delistedNanos()).isEmpty();
        assertThat(futures.get(0).listedNanos()).isEqualTo(OptionalLong.of(Desk.nanos("2019-09-25T08:00:00Z")));
        assertThat(futures.get(0).contract().fundingInterval()).contains(Duration.ofHours(4));
        assertThat(futures.get(0).contract().rules().minNotional()).isEqualTo(100);
        assertThat(futures.get(1).contract().fundingInterval()).isEmpty();
        assertThat(futures.get(2).delistedNanos()).isEqualTo(OptionalLong.of(Desk.nanos("2022-05-13T00:00:00Z")));
        Listing coin =
                Binance.of(BinanceMarket.COIN_M, desk.settings).listings().get(0);
        assertThat(coin.contract().payoff()).isEqualTo(Contract.Payoff.INVERSE);
        assertThat(coin.contract().contractSize()).isEqualTo(100);
        int asked = desk.venue.count("/api/v3/exchangeInfo");
        spot().listings();
        assertThat(desk.venue.count("/api/v3/exchangeInfo")).isEqualTo(asked); // kept for an hour
    }

    @Test
    void unknownSymbolsKindsAndLengthsAreNamed() {
        assertThat(desk.failure(
                        SourceException.class,
                        spot(),
                        FetchRequest.bars(List.of("BTCUSTD"), "1h", FROM, FROM + Desk.DAY)))
                .hasMessageContaining("did you mean 'BTCUSDT'")
                .extracting(SourceException::reason)
                .isEqualTo(SourceException.Reason.UNKNOWN_SYMBOL);
        desk.venue.on(KLINES, FakeReply.jsonError(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"));
        assertThat(desk.failure(SourceException.class, spot(), hours(1)).reason())
                .isEqualTo(SourceException.Reason.UNKNOWN_SYMBOL);
        assertThat(desk.failure(
                        SourceException.class,
                        spot(),
                        FetchRequest.of(List.of("BTCUSDT"), RecordKind.FUNDING, FROM, FROM + 1)))
                .hasMessageContaining("gives no funding, only [bars, trades, book_snapshots]");
        assertThat(desk.failure(
                        SourceException.class, futures(), FetchRequest.bars(List.of("BTCUSDT"), "1s", FROM, FROM + 1)))
                .hasMessageContaining("got 1 s");
        assertThat(desk.failure(
                        SourceException.class, spot(), FetchRequest.bars(List.of("BTCUSDT"), "7m", FROM, FROM + 1)))
                .hasMessageContaining("[1s, 1m, 3m");
    }

    @Test
    void sourcesAreFoundByNameAndMadeOnce() {
        Sources sources = Sources.all(desk.settings);
        assertThat(sources.names()).contains("binance", "binance-usdm", "binance-coinm", "binance-trades", "synthetic");
        assertThat(sources.get("binance")).isSameAs(sources.get("binance"));
        for (String name : sources.names()) {
            Source source = sources.get(name);
            assertThat(source.name()).isEqualTo(name);
            assertThat(source.offers()).isNotEmpty();
            assertThat(source.venue()).matches("[A-Z0-9_]+");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources.get("binanse"))
                .withMessageContaining("did you mean 'binance'?");
        assertThat(desk.venue.requests()).isEmpty();
    }
}
