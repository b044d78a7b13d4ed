package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.net.kit.FakePages;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.series.Provenance;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Exchange, vendor, synthetic: who stands in for whom is always said. */
class FallbackChainTest {
    private static final String KLINES = "/api/v3/klines";
    private static final long FROM = Desk.nanos("2024-01-01T00:00:00Z");
    private static final FetchRequest REQUEST =
            FetchRequest.bars(List.of("BTCUSDT"), "1h", FROM, FROM + 10 * Desk.HOUR);

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void start() {
        desk = BinanceScript.listings(new Desk(folder));
        desk.time("/api/v3/time", "2024-06-01T00:30:00Z");
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
    }

    /** A vendor with one bar. */
    private record Vendor(boolean works) implements Source {
        @Override
        public String name() {
            return "vendor";
        }

        @Override
        public String venue() {
            return "VENDOR";
        }

        @Override
        public Provenance.Kind origin() {
            return Provenance.Kind.VENDOR;
        }

        @Override
        public Standing standing() {
            return Standing.SHAPE_ONLY;
        }

        @Override
        public List<Offer> offers() {
            return List.of(new Offer(RecordKind.BARS, Reach.HISTORY, "one bar"));
        }

        @Override
        public List<Listing> listings() {
            return List.of();
        }

        @Override
        public void fetch(FetchRequest request, Receiver receiver) throws IOException {
            if (!works) {
                throw new SourceException(SourceException.Reason.REFUSED, name(), "key", "needs a key");
            }
            ParquetTable rows = ParquetTable.builder(1)
                    .times("time", new long[] {request.fromNanos()})
                    .doubles("open", new double[] {1})
                    .doubles("high", new double[] {1})
                    .doubles("low", new double[] {1})
                    .doubles("close", new double[] {1})
                    .build();
            receiver.batch(new Batch(
                    SeriesKey.bars("VENDOR.SPOT." + request.symbols().get(0), request.barNanos()),
                    rows,
                    new Provenance(origin(), "vendor", "", ""),
                    List.of(),
                    request.fromNanos(),
                    request.toNanos(),
                    Refused.NONE));
        }
    }

    private FallbackChain chain(boolean vendorWorks) {
        return FallbackChain.of(List.of(
                new FallbackChain.Link(Binance.of(BinanceMarket.SPOT, desk.settings.batches(1)), Map.of()),
                new FallbackChain.Link(new Vendor(vendorWorks), Map.of("BTCUSDT", "BTC-USD")),
                new FallbackChain.Link(new SyntheticBars(desk.settings), Map.of())));
    }

    @Test
    void whileTheExchangeAnswersNothingIsSaid() throws IOException {
        long millis = FROM / Desk.MILLI;
        desk.venue.on(
                KLINES,
                FakePages.of(
                        BinanceScript.bars(millis, millis + 36_000_000, 3_600_000),
                        "startTime",
                        "endTime",
                        "limit",
                        9));
        List<Source.Batch> batches = desk.fetch(chain(true), REQUEST);
        assertThat(desk.times()).hasSize(10);
        assertThat(batches).allSatisfy(batch -> {
            assertThat(batch.provenance().source()).endsWith("api.binance.com/api/v3/klines");
            assertThat(batch.provenance().note()).isEmpty();
        });
        assertThat(desk.reasons()).doesNotContain(Issue.Reason.FALLBACK);
    }

    @Test
    void theVendorStandsInUnderItsOwnNameAndClaimsNothing() throws IOException {
        desk.venue.on(KLINES, FakeReply.html(503));
        List<Source.Batch> batches = desk.fetch(chain(true), REQUEST);
        assertThat(batches).singleElement().satisfies(batch -> {
            assertThat(batch.key()).hasToString("VENDOR.SPOT.BTC-USD bars 1h");
            assertThat(batch.provenance().kind()).isEqualTo(Provenance.Kind.VENDOR);
            assertThat(batch.provenance().note())
                    .startsWith("fallback: vendor stands in for BTCUSDT: binance failed")
                    .contains("503");
            assertThat(batch.issues()).singleElement().satisfies(issue -> {
                assertThat(issue.reason()).isEqualTo(Issue.Reason.FALLBACK);
                assertThat(issue.reason().severity()).isEqualTo(Issue.Severity.ERROR);
                assertThat(issue.detail()).contains("vendor stands in for BTCUSDT");
            });
            assertThat(batch.coveredFromNanos()).isEqualTo(batch.coveredToNanos());
        });
    }

    @Test
    void anExchangeThatBreaksOffKeepsWhatItGaveAndTheNextGivesTheWholeRange() throws IOException {
        long millis = FROM / Desk.MILLI;
        FakePages pages = FakePages.of(
                BinanceScript.bars(millis, millis + 36_000_000, 3_600_000), "startTime", "endTime", "limit", 4);
        desk.venue.on(
                KLINES,
                request -> request.number("startTime", 0) > millis ? FakeReply.html(500) : pages.reply(request));
        List<Source.Batch> batches = desk.fetch(chain(false), REQUEST);
        assertThat(batches.get(0).key().instrument().venue()).isEqualTo("BINANCE");
        assertThat(batches.get(0).rows().rows()).isEqualTo(4);
        Source.Batch last = batches.get(batches.size() - 1);
        assertThat(last.key()).hasToString("SYNTHETIC.SPOT.BTC-USDT bars 1h");
        assertThat(last.provenance().kind()).isEqualTo(Provenance.Kind.SYNTHETIC);
        assertThat(last.provenance().note())
                .contains("says nothing about any market; fallback: synthetic stands in for BTCUSDT")
                .contains("binance failed", "vendor failed (vendor: needs a key)");
        assertThat(last.rows().rows()).isEqualTo(10);
    }

    @Test
    void whereAllFailAllAreNamed() {
        desk.venue.on(KLINES, FakeReply.html(503));
        FallbackChain two = FallbackChain.of(List.of(
                new FallbackChain.Link(Binance.of(BinanceMarket.SPOT, desk.settings), Map.of()),
                new FallbackChain.Link(new Vendor(false), Map.of())));
        SourceException failed = catchThrowableOfType(SourceException.class, () -> desk.fetch(two, REQUEST));
        assertThat(failed).hasMessage("vendor: needs a key");
        assertThat(failed.getSuppressed()[0])
                .hasMessageContaining("binance failed")
                .hasMessageContaining("vendor failed");
    }

    @Test
    void aChainWithoutExchangeAsksNoExchange() throws IOException {
        List<Source.Batch> batches = desk.fetch(chain(true).withoutExchange(), REQUEST);
        assertThat(batches.get(0).key().instrument().venue()).isEqualTo("VENDOR");
        assertThat(desk.venue.requests()).isEmpty();
        assertThat(chain(true).name()).isEqualTo("binance-then-vendor-then-synthetic");
        assertThat(chain(true).origin()).isEqualTo(Provenance.Kind.SYNTHETIC);
        assertThat(chain(true).venue()).isEqualTo("BINANCE");
        assertThat(chain(true).standing()).isEqualTo(Source.Standing.GENERATED);
        assertThat(chain(true).offers()).isNotEmpty();
        assertThat(chain(true).listings()).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> FallbackChain.of(List.of()));
    }

    @Test
    void aFailingReceiverIsNotTheFaultOfTheSource() {
        long millis = FROM / Desk.MILLI;
        desk.venue.on(
                KLINES,
                FakePages.of(
                        BinanceScript.bars(millis, millis + 36_000_000, 3_600_000),
                        "startTime",
                        "endTime",
                        "limit",
                        9));
        List<Source.Batch> taken = new ArrayList<>();
        assertThat(catchThrowableOfType(
                        IOException.class,
                        () -> chain(true).fetch(REQUEST, batch -> {
                            taken.add(batch);
                            throw new IOException("disk full");
                        })))
                .hasMessage("disk full");
        assertThat(taken).hasSize(1);
    }

    @Test
    void syntheticBarsAreTheSameWhateverRangeIsAskedAndEndWithTheClock() throws IOException {
        SyntheticBars synthetic = new SyntheticBars(desk.settings.batches(7));
        desk.fetch(synthetic, FetchRequest.bars(List.of("A"), "1h", FROM, FROM + 48 * Desk.HOUR));
        List<Double> close = desk.column("close");
        List<Double> open = desk.column("open");
        assertThat(desk.times()).hasSize(48).isSorted();
        for (int i = 1; i < 48; i++) {
            assertThat(open.get(i)).isEqualTo(close.get(i - 1), Offset.offset(1e-9));
        }
        desk.fetch(synthetic, FetchRequest.bars(List.of("A"), "1h", FROM + 30 * Desk.HOUR, FROM + 31 * Desk.HOUR));
        assertThat(desk.column("close")).containsExactly(close.get(30));
        desk.fetch(synthetic, FetchRequest.bars(List.of("B"), "1d", FROM, FROM + 2 * Desk.DAY));
        assertThat(desk.column("close").get(0)).isNotEqualTo(close.get(23));
        desk.fetch(synthetic, FetchRequest.bars(List.of("B"), "1d", FROM, FROM + 900 * Desk.DAY));
        assertThat(desk.times()).hasSize(152); // whole days before the clock
        assertThat(desk.failure(
                        SourceException.class, synthetic, FetchRequest.bars(List.of("A"), "7m", FROM, FROM + Desk.DAY)))
                .hasMessageContaining("divide a day");
        assertThat(synthetic.listings()).isEmpty();
        assertThat(synthetic.standing()).isNotNull();
    }
}
