package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue.Reason;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Files are told by their content, instruments by their names, and faults by comparison. */
class FileImportTest {
    private static final long HOUR = 3_600_000L;
    private static final long START = 1_700_006_400_000L;
    private static final long NANOS = 1_000_000L;

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();

    private Path put(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static double[] walk(int bars, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        double[] closes = new double[bars];
        double price = 100;
        for (int i = 0; i < bars; i++) {
            price *= Math.exp(0.006 * rng.nextGaussian());
            closes[i] = Math.round(price * 100) / 100.0;
        }
        return closes;
    }

    private static String bars(int count, IntToLongFunction time, IntToDoubleFunction close) {
        StringBuilder text = new StringBuilder("time_ms,open,high,low,close,volume\n");
        for (int i = 0; i < count; i++) {
            double price = close.applyAsDouble(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%s,%s,%d\n",
                    time.applyAsLong(i),
                    price,
                    price * 1.001,
                    price * 0.999,
                    price,
                    5 + i % 7));
        }
        return text.toString();
    }

    private ImportReport run(ImportOptions options) throws IOException {
        return FileImport.run(folder, store, options);
    }

    private static SeriesKey hourly(String instrument) {
        return SeriesKey.bars(instrument, HOUR * NANOS);
    }

    private ParquetTable all(SeriesKey key) throws IOException {
        return store.read(MarketStore.Query.all(key));
    }

    @Test
    void marketsAreToldByTheFileThenByItsFoldersThenByNobody() throws IOException {
        double[] closes = walk(30, 1);
        String text = bars(30, i -> START + i * HOUR, i -> closes[i]);
        put("a/kraken_ETHEUR_1h.csv", text);
        put("bybit_perp/SOLUSDT_1h.csv", text);
        put("x/whatever_XRPUSDT_1h.csv", text);
        put("y/BTCUSDT_240927_1h_okx.csv", text);
        run(ImportOptions.defaults());
        assertThat(store.catalogue().stream()
                        .map(entry -> entry.key().instrument().toString()))
                .containsExactlyInAnyOrder(
                        "KRAKEN.SPOT.ETH-EUR", "BYBIT.PERP.SOL-USDT", "UNKNOWN.SPOT.XRP-USDT", "OKX.SPOT.BTC-USDT");
    }

    @Test
    void theNamesThatChartsGiveTheirFilesAreUnderstood() throws IOException {
        double[] closes = walk(30, 1);
        put("BINANCE_BTCUSDT, 60.csv", bars(30, i -> START + i * HOUR, i -> closes[i]));
        put("BYBIT_ETHUSDT.P, 60.csv", bars(30, i -> START + i * HOUR, i -> closes[i] + 1));
        put("COINBASE_SOLUSD, 60 (1).csv", bars(30, i -> START + i * HOUR, i -> closes[i] + 2));
        run(ImportOptions.defaults());
        assertThat(store.catalogue().stream()
                        .map(entry -> entry.key().instrument().toString()))
                .containsExactlyInAnyOrder("BINANCE.SPOT.BTC-USDT", "BYBIT.PERP.ETH-USDT", "COINBASE.SPOT.SOL-USD");
    }

    @Test
    void theCallerNamesMarketsAndInstruments() throws IOException {
        double[] closes = walk(30, 1);
        String text = bars(30, i -> START + i * HOUR, i -> closes[i]);
        put("one.csv", text);
        put("two_ETHUSDT.csv", text);
        Path mapping = put("../names.json", "{\"one.csv\": \"GEMINI.SPOT.LTC-USD\"}");
        run(ImportOptions.defaults().withMarket("BITSTAMP.SPOT").withNames(mapping));
        assertThat(store.catalogue().stream()
                        .map(entry -> entry.key().instrument().toString()))
                .containsExactly("BITSTAMP.SPOT.ETH-USDT", "GEMINI.SPOT.LTC-USD");
        assertThatThrownBy(() -> ImportOptions.defaults().withNames(Map.of("one.csv", "GEMINI")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("VENUE.KIND");
    }

    /** The end of an asset as it was known at a time; empty if none was known. */
    private static List<String> ends(ImportReport report) {
        return report.universe().events().stream()
                .map(event -> event.instrument() + " " + java.time.Instant.ofEpochSecond(0, event.timeNanos()) + " "
                        + java.time.Instant.ofEpochSecond(0, event.availableNanos()))
                .toList();
    }

    @Test
    void titlesOfDelistingsNameCoinsThatTheirListsLeaveOut() throws IOException {
        put("announcements.json", """
                {"delisted_coins":["REEF","GFT","KEY","LOST"],"last_updated":"2024-01-10",
                 "source":"https://example.org/en/will-delist-gft-key-on-2024-12-10-131b75",
                 "delisting_history":[
                 {"date":"2024-12-02","coins":["REEF"],"title":"Will Delist FOR, KP3R, REEF on 2024-08-26"},
                 {"date":"2024-11-01","coins":["XEMUSDT"],
                  "title":"Futures Will Delist USD-M XEMUSDT, ORBSUSDT and LOOMUSDT Perpetual Contracts (2024-12-09)"}]}
                """);
        ImportReport report = run(ImportOptions.defaults());
        String august = " 2024-08-26T00:00:00Z 2024-08-26T00:00:00Z";
        String december = " 2024-12-09T00:00:00Z 2024-11-01T00:00:00Z";
        String whole = " 2024-12-10T00:00:00Z 2024-12-10T00:00:00Z";
        assertThat(ends(report))
                .containsExactlyInAnyOrder(
                        "BINANCE.SPOT.REEF" + august,
                        "BINANCE.SPOT.FOR" + august,
                        "BINANCE.SPOT.KP3R" + august,
                        "BINANCE.PERP.XEM-USDT" + december,
                        "BINANCE.PERP.ORBS-USDT" + december,
                        "BINANCE.PERP.LOOM-USDT" + december,
                        "BINANCE.SPOT.GFT" + whole,
                        "BINANCE.SPOT.KEY" + whole);
        assertThat(report.file("announcements.json").findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains("UNREADABLE", "LOST"));
    }

    @Test
    void oneBrokenFileDoesNotStopTheOthersAndASecondRunChangesNothing() throws IOException {
        double[] closes = walk(40, 2);
        put("binance_BTCUSDT_1h.csv", bars(40, i -> START + i * HOUR, i -> closes[i]));
        Files.write(folder.resolve("broken_ETHUSDT.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3});
        put("empty.csv", "time_ms,open,high,low,close\n");
        put("note.md", "no data");
        ImportReport first = run(ImportOptions.defaults());
        assertThat(first.file("binance_BTCUSDT_1h.csv").series().get(0).added()).isEqualTo(40);
        assertThat(first.file("broken_ETHUSDT.csv.gz").count(Reason.UNREADABLE)).isEqualTo(1);
        assertThat(first.file("empty.csv").count(Reason.UNREADABLE)).isEqualTo(1);
        assertThat(first.file("note.md").format()).isEqualTo("none");
        assertThat(first.hasErrors()).isTrue();
        assertThat(first.asText()).contains("binance_BTCUSDT_1h.csv");
        ImportReport again = run(ImportOptions.defaults());
        assertThat(again.total(ImportReport.SeriesEntry::added)).isZero();
        assertThat(again.total(ImportReport.SeriesEntry::duplicates)).isEqualTo(40);
        assertThatThrownBy(() -> FileImport.run(folder.resolve("nowhere"), store, ImportOptions.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void aSymbolThatNoStoreCanHoldIsNamedWithItsRowAndTheRestIsTaken() throws IOException {
        double[] closes = walk(40, 2);
        String good = bars(40, i -> START + i * HOUR, i -> closes[i]);
        put("binance_BTCUSDT_1h.csv", good);
        put("binance_ETHUSDT_1h.csv", good.replace("5\n", "6\n"));
        for (String symbol : List.of("../../x", "..", "A".repeat(300))) {
            StringBuilder text = new StringBuilder("time_ms,symbol,close\n");
            for (int i = 0; i < 40; i++) {
                text.append(START + i * HOUR)
                        .append(",")
                        .append(symbol)
                        .append(",")
                        .append(closes[i] + 3 + "\n");
                text.append(START + i * HOUR).append(",ADAUSDT,").append(closes[i] + 7 + "\n");
            }
            put("binance_many_1h.csv", text.toString());
            ImportReport report = FileImport.run(folder, new MemoryStore(), ImportOptions.defaults());
            assertThat(report.file("binance_BTCUSDT_1h.csv").series().get(0).added())
                    .isEqualTo(40);
            ImportReport.FileEntry many = report.file("binance_many_1h.csv");
            assertThat(many.series()).singleElement().satisfies(series -> {
                assertThat(series.key()).isEqualTo(hourly("BINANCE.SPOT.ADA-USDT"));
                assertThat(series.added()).isEqualTo(40);
            });
            assertThat(many.count(Reason.UNREADABLE)).isEqualTo(1);
            assertThat(many.findings().toString())
                    .contains("row 2, symbol '" + symbol.substring(0, Math.min(40, symbol.length())));
        }
    }

    @Test
    void aBarThatHasNotEndedIsLeftOutAndTheFutureIsHeldBack() throws IOException {
        double[] closes = walk(40, 2);
        put("binance_BTCUSDT_1h.csv", bars(40, i -> START + i * HOUR, i -> closes[i]));
        long now = (START + 30 * HOUR + HOUR / 2) * NANOS;
        ImportReport.FileEntry entry =
                run(ImportOptions.defaults().withNow(now)).files().get(0);
        assertThat(entry.count(Reason.UNFINISHED)).isEqualTo(10);
        assertThat(entry.findings().toString()).contains("9 rows had not begun");
        assertThat(entry.series()).singleElement().satisfies(series -> {
            assertThat(series.added()).isEqualTo(30);
            assertThat(series.held()).isEqualTo(9);
        });
        assertThat(all(hourly("BINANCE.SPOT.BTC-USDT")).rows()).isEqualTo(30);
        // the open bar of a download at noon is no fault of the file
        long later = (START + 39 * HOUR + 1) * NANOS;
        ImportReport.FileEntry second =
                run(ImportOptions.defaults().withNow(later)).files().get(0);
        assertThat(second.count(Reason.UNFINISHED)).isEqualTo(1);
        assertThat(second.series().get(0).held()).isZero();
        assertThat(second.series().get(0).added()).isEqualTo(9);
        run(ImportOptions.defaults().withNow((START + 40 * HOUR) * NANOS));
        assertThat(all(hourly("BINANCE.SPOT.BTC-USDT")).rows()).isEqualTo(40);
    }

    /** Two venues whose prices agree but for noise; the second one's clock is 3 h early over some hours. */
    private void shiftedSource() throws IOException {
        double[] closes = walk(1000, 3);
        put("binance_BTCUSDT_1h.csv", bars(1000, i -> START + i * HOUR, i -> closes[i]));
        Rng rng = Seeds.rng(9, 1);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            // the rows of the stretch say 3 h less than it was; the first three collide with those before and are lost
            boolean shifted = i >= 403 && i < 700;
            if (i >= 400 && i < 403) {
                continue;
            }
            double price = Math.round(closes[i] * (1 + 0.0003 * rng.nextGaussian()) * 100) / 100.0;
            long time = START + (shifted ? i - 3 : i) * HOUR;
            rows.append(time + "," + price + "," + price * 1.001 + "," + price * 0.999 + "," + price + ",1\n");
        }
        put("kraken_BTCUSD_1h.csv", "time_ms,open,high,low,close,volume\n" + rows);
    }

    @Test
    void aStretchInAnotherTimeZoneIsNamedAndHeldAgainstTheMajority() throws IOException {
        shiftedSource();
        double[] closes = walk(1000, 3);
        put("bitstamp_BTCUSD_1h.csv", bars(1000, i -> START + i * HOUR, i -> closes[i] + 0.05 * (i % 3)));
        ImportReport report = run(ImportOptions.defaults());
        ImportReport.FileEntry kraken = report.file("kraken_BTCUSD_1h.csv");
        assertThat(kraken.count(Reason.TIME_ZONE)).isBetween(295, 299);
        assertThat(kraken.findings().toString()).contains("3 h too early");
        assertThat(kraken.series().get(0).held()).isEqualTo(kraken.count(Reason.TIME_ZONE));
        assertThat(report.file("binance_BTCUSDT_1h.csv").count(Reason.TIME_ZONE))
                .isZero();
        assertThat(report.file("bitstamp_BTCUSD_1h.csv").count(Reason.TIME_ZONE))
                .isZero();
    }

    @Test
    void withTwoSourcesAndNoOtherEvidenceNeitherIsBelieved() throws IOException {
        shiftedSource();
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.file("kraken_BTCUSD_1h.csv").count(Reason.TIME_ZONE)).isPositive();
        assertThat(report.file("binance_BTCUSDT_1h.csv").count(Reason.TIME_ZONE))
                .isPositive();
    }

    @Test
    void repairShiftsTheStretchBackAndKeepWritesItAsItIs() throws IOException {
        shiftedSource();
        double[] closes = walk(1000, 3);
        put("bitstamp_BTCUSD_1h.csv", bars(1000, i -> START + i * HOUR, i -> closes[i] + 0.05 * (i % 3)));
        run(ImportOptions.defaults().withSuspects(ImportOptions.Suspects.REPAIR));
        ParquetTable repaired = all(hourly("KRAKEN.SPOT.BTC-USD"));
        long[] times = repaired.times(RecordKind.TIME);
        double[] stored = repaired.doubles("close");
        int near = 0;
        for (int i = 0; i < times.length; i++) {
            int bar = (int) ((times[i] / NANOS - START) / HOUR);
            near += Math.abs(stored[i] / closes[bar] - 1) < 0.003 ? 1 : 0;
        }
        assertThat(near).isGreaterThan(times.length - 8);
        MemoryStore kept = new MemoryStore();
        ImportReport report =
                FileImport.run(folder, kept, ImportOptions.defaults().withSuspects(ImportOptions.Suspects.KEEP));
        assertThat(report.file("kraken_BTCUSD_1h.csv").series().get(0).held()).isZero();
        assertThat(kept.read(MarketStore.Query.all(hourly("KRAKEN.SPOT.BTC-USD")))
                        .rows())
                .isEqualTo(997);
    }

    @Test
    void twoVenuesWithOneSeriesAreNamedAndTheStoreIsTrusted() throws IOException {
        double[] closes = walk(300, 4);
        String text = bars(300, i -> START + i * HOUR, i -> closes[i]);
        put("kraken_BTCUSD_1h.csv", text);
        put("gemini_BTCUSD_1h.csv", text);
        ImportReport both = run(ImportOptions.defaults());
        assertThat(both.file("kraken_BTCUSD_1h.csv").count(Reason.WRONG_VENUE)).isEqualTo(300);
        assertThat(both.file("gemini_BTCUSD_1h.csv").count(Reason.WRONG_VENUE)).isEqualTo(300);
        assertThat(store.catalogue()).isEmpty();
        FileImport.run(folder.resolve("kraken_BTCUSD_1h.csv"), store, ImportOptions.defaults());
        ImportReport late = run(ImportOptions.defaults());
        assertThat(late.file("kraken_BTCUSD_1h.csv").count(Reason.WRONG_VENUE)).isZero();
        assertThat(late.file("gemini_BTCUSD_1h.csv").count(Reason.WRONG_VENUE)).isEqualTo(300);
        assertThat(late.file("gemini_BTCUSD_1h.csv").series().get(0).held()).isEqualTo(300);
    }

    @Test
    void aCoinThatDoesNotMoveProvesNothingAboutVenues() throws IOException {
        String text = bars(300, i -> START + i * HOUR, i -> 1.0);
        put("kraken_USDCUSD_1h.csv", text);
        put("gemini_USDCUSD_1h.csv", text);
        assertThat(run(ImportOptions.defaults()).count(Reason.WRONG_VENUE)).isZero();
    }

    private static String swapped(int from, int to) {
        double[] closes = walk(100, 5);
        StringBuilder text = new StringBuilder("time_ms,open,high,low,close,volume,quote_volume\n");
        for (int i = 0; i < 100; i++) {
            double base = 2 + i % 5;
            double quote = base * closes[i];
            boolean turned = i >= from && i < to;
            text.append(START + i * HOUR + "," + closes[i] + "," + closes[i] * 1.01 + "," + closes[i] * 0.99 + ","
                    + closes[i] + "," + (turned ? quote : base) + "," + (turned ? base : quote) + "\n");
        }
        return text.toString();
    }

    /** What a study sees of a file, and of the store into which it was imported, must be one truth. */
    private void sameAsTheFile(Path file, MarketStore from) throws IOException {
        Frame direct = BarFiles.load(file, LoadOptions.defaults()).frames().get(0);
        Frame stored =
                StoreBars.load(from, "made", LoadOptions.defaults()).frames().get(0);
        assertThat(stored.columnNames()).containsExactlyElementsOf(direct.columnNames());
        for (String column : direct.columnNames()) {
            assertThat(stored.column(column).toArray())
                    .as(column)
                    .containsExactly(direct.column(column).toArray());
        }
    }

    @Test
    void swappedVolumesAreFoundAndSwappedBackAsInFiles() throws IOException {
        Path file = put("binance_ADAUSDT_1h.csv", swapped(20, 50));
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.count(Reason.SWAPPED_VOLUME)).isEqualTo(30);
        ParquetTable rows = all(hourly("BINANCE.SPOT.ADA-USDT"));
        assertThat(rows.rows()).isEqualTo(100);
        for (int i = 0; i < 100; i++) {
            assertThat(rows.doubles("volume")[i]).isEqualTo(2 + i % 5);
        }
        sameAsTheFile(file, store);
        assertThat(StoreBars.load(store, "made", LoadOptions.defaults())
                        .frames()
                        .get(0)
                        .provenance()
                        .note())
                .contains("swapped volumes put right");
        MemoryStore kept = new MemoryStore();
        FileImport.run(folder, kept, ImportOptions.defaults().withSuspects(ImportOptions.Suspects.KEEP));
        ParquetTable delivered = kept.read(MarketStore.Query.all(hourly("BINANCE.SPOT.ADA-USDT")));
        assertThat(delivered.doubles("volume")[19]).isEqualTo(6);
        assertThat(delivered.doubles("volume")[20]).isEqualTo(delivered.doubles("close")[20] * 2);
        sameAsTheFile(file, kept);
    }

    @Test
    void aBarWithTwoValuesIsBelievedNeitherInAFileNorInAStore() throws IOException {
        String text = bars(50, i -> START + i * HOUR, i -> 100 + i);
        String twice = text + (START + 20 * HOUR) + ",1,1,1,1,1\n"
                + text.lines().skip(31).findFirst().orElseThrow() + "\n";
        Path file = put("binance_BTCUSDT_1h.csv", twice);
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.count(Reason.DUPLICATE_DIFFERENT)).isEqualTo(1);
        assertThat(report.count(Reason.DUPLICATE_EQUAL)).isEqualTo(1);
        ImportReport.SeriesEntry entry = report.files().get(0).series().get(0);
        assertThat(entry.rows()).isEqualTo(52);
        assertThat(entry.held()).isEqualTo(2);
        assertThat(entry.added()).isEqualTo(49);
        assertThat(entry.duplicates()).isEqualTo(1);
        assertThat(entry.revisions()).isZero();
        sameAsTheFile(file, store);
        assertThatThrownBy(() -> FileImport.run(
                        folder, new MemoryStore(), ImportOptions.defaults().withStrict(true)))
                .hasMessageContaining("revision");
        MemoryStore kept = new MemoryStore();
        ImportReport all =
                FileImport.run(folder, kept, ImportOptions.defaults().withSuspects(ImportOptions.Suspects.KEEP));
        assertThat(all.total(ImportReport.SeriesEntry::revisions)).isEqualTo(1);
        // a later delivery is a revision: what it says counts
        Files.delete(file);
        put("binance_BTCUSDT_1h.csv", text);
        assertThat(run(ImportOptions.defaults()).total(ImportReport.SeriesEntry::added))
                .isEqualTo(1);
        put("binance_BTCUSDT_1h.csv", bars(50, i -> START + i * HOUR, i -> i == 20 ? 7 : 100 + i));
        assertThat(run(ImportOptions.defaults()).total(ImportReport.SeriesEntry::revisions))
                .isEqualTo(1);
        assertThat(all(hourly("BINANCE.SPOT.BTC-USDT")).doubles("close")[20]).isEqualTo(7);
    }

    @Test
    void aRevisionByALaterImportIsNamedWithItsOldAndItsNewValueAndCountedByWhoReads() throws IOException {
        double[] closes = walk(60, 1);
        Path first = put("first/binance_spot_BTCUSDT_1h.csv", bars(60, i -> START + i * HOUR, i -> closes[i]));
        Path second = put(
                "second/binance_spot_BTCUSDT_1h.csv",
                bars(60, i -> START + i * HOUR, i -> i == 7 || i == 9 ? closes[i] + 1 : closes[i]));
        SeriesKey key = hourly("BINANCE.SPOT.BTC-USDT");
        try (ParquetStore files = ParquetStore.open(folder.resolve("store"))) {
            ImportReport before = FileImport.run(first, files, ImportOptions.defaults());
            assertThat(before.count(Reason.REVISED)).isZero();
            assertThat(StoreBars.load(files, "store", LoadOptions.defaults())
                            .frames()
                            .get(0)
                            .provenance()
                            .note())
                    .doesNotContain("revised");
            ImportReport report = FileImport.run(second, files, ImportOptions.defaults());
            assertThat(report.count(Reason.REVISED)).isEqualTo(2);
            assertThat(report.count(Reason.SAME_AS_OTHER)).isZero();
            String place = "2023-11-15T07:00:00Z: ";
            String change = "close " + closes[7] + " -> " + (closes[7] + 1);
            assertThat(report.files().get(0).findings().toString())
                    .contains(place)
                    .contains(change);
            ImportFindings.of(files).with(before).with(report).keep(files);
            ImportFindings.Note note = ImportFindings.of(files).notes().stream()
                    .filter(each -> each.words().contains("REVISED 2"))
                    .findFirst()
                    .orElseThrow();
            assertThat(note.words()).contains("(first " + place).contains(change);

            MarketData data = StoreBars.load(files, "store", LoadOptions.defaults());
            assertThat(data.quality().get(0).count(Reason.REVISED)).isEqualTo(2);
            assertThat(data.frames().get(0).provenance().note()).contains("2 bars were revised by a later import");
            assertThat(data.frames().get(0).column("close").toArray()[7]).isEqualTo(closes[7] + 1);
            LoadOptions early = LoadOptions.defaults()
                    .withRange(Optional.empty(), Optional.of(Instant.ofEpochMilli(START + 8 * HOUR)));
            assertThat(StoreBars.load(files, "store", early).quality().get(0).count(Reason.REVISED))
                    .isEqualTo(1);
            MarketStore.Entry entry = files.entry(key).orElseThrow();
            QualityReport verified = StoreBars.verify(files, "store", entry, LoadOptions.Quarantine.defaults());
            assertThat(verified.count(Reason.REVISED)).isEqualTo(2);
            assertThat(verified.hasErrors()).isFalse();
        }
    }

    @Test
    void twoColumnsOfOneNameThatBarsNeedAreRefused() throws IOException {
        double[] closes = walk(30, 1);
        String text = bars(30, i -> START + i * HOUR, i -> closes[i]);
        put("a/BTCUSDT_1h.csv", text.replace("close,volume", "close,Close").replace("open", "open"));
        put("b/ETHUSDT_1h.csv", text.replace(",5\n", ",5,5\n").replace("close,volume", "close,volume,note"));
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.file("a/BTCUSDT_1h.csv").skipped()).contains("two columns have this name");
        assertThat(report.file("b/ETHUSDT_1h.csv").skipped()).isEmpty();
    }

    @Test
    void aSecondMemberOfAnArchiveWhoseHeadIsDamagedIsNotLeftOutInSilence() throws IOException {
        double[] closes = walk(60, 1);
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        String text = bars(60, i -> START + i * HOUR, i -> closes[i]);
        int half = text.indexOf('\n', text.length() / 2) + 1;
        int second = 0;
        for (String part : List.of(text.substring(0, half), text.substring(half))) {
            second = packed.size();
            try (java.util.zip.GZIPOutputStream out = new java.util.zip.GZIPOutputStream(packed)) {
                out.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = packed.toByteArray();
        Files.write(folder.resolve("WHOLEUSDT_1h.csv.gz"), bytes);
        bytes[second] ^= 1;
        Files.write(folder.resolve("HALFUSDT_1h.csv.gz"), bytes);
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.file("WHOLEUSDT_1h.csv.gz").series().get(0).added()).isEqualTo(60);
        assertThat(report.file("HALFUSDT_1h.csv.gz").count(Reason.UNREADABLE)).isEqualTo(1);
        assertThat(report.file("HALFUSDT_1h.csv.gz").series()).isEmpty();
        assertThat(report.file("HALFUSDT_1h.csv.gz").skipped()).contains("behind the end of the first member");
    }

    @Test
    void fewSwappedBarsAreChance() throws IOException {
        put("binance_ADAUSDT_1h.csv", swapped(20, 25));
        assertThat(run(ImportOptions.defaults()).count(Reason.SWAPPED_VOLUME)).isZero();
    }

    @Test
    void aConstantColumnIsNoHistoryButPropertiesAre() throws IOException {
        StringBuilder text = new StringBuilder("time_ms,liquidity,feeGrowthGlobal0X128,tvl,decimals\n");
        for (int i = 0; i < 30; i++) {
            text.append(START + i * HOUR + "," + (1e18 + i * 1e6) + "," + i * 1e30 + ",382322523.42,18\n");
        }
        put("uniswap_v3_USDC_ETH_pool.csv", text.toString());
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.count(Reason.CONSTANT_HISTORY)).isEqualTo(1);
        ParquetTable rows = all(SeriesKey.of("UNISWAP_V3.SPOT.ETH-USDC", RecordKind.POOLS));
        assertThat(rows.names()).contains("liquidity", "decimals").doesNotContain("tvl");
        // known when the hour is over
        assertThat(rows.times(RecordKind.AVAILABLE)[0]).isEqualTo((START + HOUR) * NANOS);
    }

    @Test
    void barsInACoinOffItsPegAreNamed() throws IOException {
        double[] closes = walk(100, 6);
        put("kraken_USDTUSD_1h.csv", bars(100, i -> START + i * HOUR, i -> i >= 40 && i < 50 ? 0.95 - i / 1e4 : 1.0));
        put("binance_BTCUSDT_1h.csv", bars(100, i -> START + i * HOUR, i -> closes[i]));
        put("binance_BTCUSDC_1h.csv", bars(100, i -> START + i * HOUR, i -> closes[i] + 1));
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.file("binance_BTCUSDT_1h.csv").count(Reason.QUOTE_OFF_PEG))
                .isEqualTo(10);
        assertThat(report.file("kraken_USDTUSD_1h.csv").count(Reason.QUOTE_OFF_PEG))
                .isEqualTo(10);
        assertThat(report.file("binance_BTCUSDC_1h.csv").count(Reason.QUOTE_OFF_PEG))
                .isZero();
    }

    @Test
    void fundingInALocalClockIsHeldOrShiftedToTheVenuesHours() throws IOException {
        StringBuilder text = new StringBuilder("Symbol,Date,Funding Rate\n");
        for (int i = 0; i < 60; i++) {
            text.append("BTC-USDT," + java.time.Instant.ofEpochMilli(1_577_836_800_000L + (8L * i + 3) * HOUR)
                    + ",0.000" + (i + 10) + "\n");
        }
        put("binance_BTCUSDT.csv", text.toString());
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.count(Reason.TIME_ZONE)).isEqualTo(60);
        assertThat(store.catalogue()).isEmpty();
        run(ImportOptions.defaults().withSuspects(ImportOptions.Suspects.REPAIR));
        ParquetTable rows = all(SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.FUNDING));
        assertThat(rows.times(RecordKind.TIME)[1]).isEqualTo((1_577_836_800_000L + 8 * HOUR) * NANOS);
        assertThat(rows.doubles("rate")[1]).isEqualTo(0.00011);
    }

    @Test
    void ticksKeepVenueNumbersAndAreNeverKnownBeforeTheyHappen() throws IOException {
        put("usdm_btcusdt_trades.csv", """
                local_ns,time_ms,trade_ms,trade_id,price,qty,buyer_is_maker
                1700000000000000000,1700000000500,1700000000400,7,100.5,0.25,True
                1700000001000000000,1700000000900,1700000000800,8,100.6,0.5,False
                """);
        put("usdm_btcusdt_depth.csv", """
                local_ns,time_ms,trade_ms,U,u,pu,side,price,qty
                1700000001000000000,1700000000900,1700000000800,10,12,9,b,100,1
                1700000001000000000,1700000000900,1700000000800,10,12,9,a,101,0
                1700000002000000000,1700000001900,1700000001800,15,16,14,a,102,3
                """);
        ImportReport report = run(ImportOptions.defaults());
        ParquetTable trades = all(SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.TRADES));
        assertThat(trades.longs(RecordKind.SEQUENCE)).containsExactly(7, 8);
        assertThat(trades.longs("side")).containsExactly(0, 1);
        assertThat(trades.times(RecordKind.AVAILABLE))
                .containsExactly(1_700_000_000_400_000_000L, 1_700_000_001_000_000_000L);
        assertThat(report.file("usdm_btcusdt_trades.csv").count(Reason.RECEIVED_EARLY))
                .isEqualTo(1);
        assertThat(report.file("usdm_btcusdt_depth.csv").count(Reason.SEQUENCE_GAP))
                .isEqualTo(1);
        assertThat(all(SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.BOOK_UPDATES))
                        .longs(RecordKind.SEQUENCE))
                .containsExactly(12L << 16, (12L << 16) + 1, 16L << 16);
    }

    @Test
    void brokenMessagesOfAStreamAreCountedAndTheOthersKept() throws IOException {
        put(
                "raw_spot_btcusdt.txt",
                "1700000001000000000 {\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1700000000900,"
                        + "\"s\":\"BTCUSDT\",\"t\":5,\"p\":\"100.1\",\"q\":\"2\",\"T\":1700000000800,\"m\":true}}\n"
                        + "1700000001000000000 {\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1}}\n"
                        + "1700000001000000000 {\"stream\"\n"
                        + "1700000001000000000 {\"data\":{\"e\":\"kline\"}}\n");
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.count(Reason.CUT_LINE)).isEqualTo(2);
        assertThat(report.count(Reason.UNREADABLE)).isEqualTo(1);
        assertThat(all(SeriesKey.of("BINANCE.SPOT.BTC-USDT", RecordKind.TRADES)).doubles("price"))
                .containsExactly(100.1);
    }

    /** A REST snapshot names no symbol: it belongs to the one among whose changes its number lies. */
    @Test
    void aSnapshotWithoutASymbolBelongsToTheOneThatItsNumberFits() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
                long number = (symbol.equals("BTCUSDT") ? 1_000 : 5_000) + 10L * i;
                lines.append(String.format(
                        "%d {\"stream\":\"x\",\"data\":{\"e\":\"depthUpdate\",\"E\":%d,\"T\":%d,\"s\":\"%s\",\"U\":%d,"
                                + "\"u\":%d,\"pu\":%d,\"b\":[[\"10\",\"1\"]],\"a\":[]}}%n",
                        1_700_000_001_000_000_000L + i,
                        1_700_000_000_900L + i,
                        1_700_000_000_900L + i,
                        symbol,
                        number,
                        number + 9,
                        number - 1));
            }
        }
        String snapshot = "1700000001000000003 {\"lastUpdateId\":%d,\"T\":1700000000901,\"bids\":[[\"%d\",\"1\"]],"
                + "\"asks\":[[\"%d\",\"1\"]]}%n";
        lines.append(String.format(snapshot, 5_015, 9, 11)).append(String.format(snapshot, 1_015, 9, 12));
        lines.append(String.format(snapshot, 77, 9, 13));
        put("recording_of_mine.txt", lines.toString());
        ImportReport report = run(ImportOptions.defaults());
        assertThat(all(SeriesKey.of("BINANCE.SPOT.BTC-USDT", RecordKind.BOOK_SNAPSHOTS))
                        .doubles("price"))
                .containsExactlyInAnyOrder(9, 12);
        assertThat(all(SeriesKey.of("BINANCE.SPOT.ETH-USDT", RecordKind.BOOK_SNAPSHOTS))
                        .doubles("price"))
                .containsExactlyInAnyOrder(9, 11);
        assertThat(report.count(Reason.NOT_COVERED)).as("its number fits none").isOne();
    }

    @Test
    void storedBarsGiveTheFrameOfTheFile() throws IOException {
        double[] closes = walk(200, 7);
        Path file = put(
                "binance_BTCUSDT_1h.csv",
                bars(200, i -> START + (i < 90 ? i : i + 5) * HOUR, i -> i == 60 ? closes[i] * 30 : closes[i]));
        run(ImportOptions.defaults());
        Frame direct = BarFiles.load(file, LoadOptions.defaults()).frames().get(0);
        MarketData stored = StoreBars.load(store, "made", LoadOptions.defaults());
        Frame frame = stored.frame("BTC-USDT");
        for (String column : direct.columnNames()) {
            assertThat(frame.column(column).toArray())
                    .as(column)
                    .containsExactly(direct.column(column).toArray());
        }
        assertThat(stored.quality().get(0).missing()).isEqualTo(5);
        assertThat(stored.quality().get(0).count(Reason.SPIKE)).isPositive();
    }

    @Test
    void aJumpIsExplainedByAnEventAndADeadCoinGetsItsEnd() throws IOException {
        double[] closes = walk(200, 8);
        put("binance_BNXUSDT_1h.csv", bars(200, i -> START + i * HOUR, i -> i < 100 ? closes[i] * 100 : closes[i]));
        InstrumentId bnx = InstrumentId.parse("BINANCE.SPOT.BNX-USDT");
        assertThat(run(ImportOptions.defaults()).count(Reason.REDENOMINATION_SUSPECT))
                .isEqualTo(1);
        Universe universe = Universe.of(List.of(Universe.Event.redenominated(bnx, (START + 100 * HOUR) * NANOS, 100)));
        ImportReport explained = run(ImportOptions.defaults().withUniverse(universe));
        assertThat(explained.count(Reason.REDENOMINATION_SUSPECT)).isZero();
        assertThat(explained.count(Reason.INSTRUMENT_EVENT)).isEqualTo(1);
        StringBuilder dead = new StringBuilder(bars(100, i -> START + i * HOUR, i -> closes[i]));
        for (int i = 100; i < 140; i++) {
            dead.append(START + i * HOUR + ",7,7,7,7,0\n");
        }
        put("ftx_FTTUSD_1h.csv", dead.toString());
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.file("ftx_FTTUSD_1h.csv").count(Reason.DEAD_TAIL)).isPositive();
        InstrumentId ftt = InstrumentId.parse("FTX.SPOT.FTT-USD");
        assertThat(report.universe().at(ftt, (START + 99 * HOUR) * NANOS)).isPresent();
        assertThat(report.universe().at(ftt, (START + 139 * HOUR) * NANOS)).isEmpty();
    }

    @Test
    void theSameFileAgainIsNotLikeAnotherSeries() throws IOException {
        StringBuilder text = new StringBuilder("time,open,high,low,close,volume\n");
        Rng rng = Seeds.rng(5, 1);
        for (int day = 0; day < 700; day++) {
            double close = 100 + rng.nextInt(100_000) / 1000.0;
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%s,%s,5%n",
                    java.time.LocalDate.ofEpochDay(18_000 + day),
                    close,
                    close,
                    close,
                    close));
        }
        Path file = Files.writeString(folder.resolve("BINANCE_BTCUSDT_1d.csv"), text);
        MemoryStore store = new MemoryStore();
        FileImport.run(file, store, ImportOptions.defaults());
        ImportReport again = FileImport.run(file, store, ImportOptions.defaults());
        assertThat(again.total(ImportReport.SeriesEntry::duplicates)).isEqualTo(700);
        assertThat(again.count(Reason.SAME_AS_OTHER)).isZero();
        // under another name it is
        Path other = Files.writeString(folder.resolve("COINBASE_BTCUSDT_1d.csv"), text);
        ImportReport third = FileImport.run(other, store, ImportOptions.defaults());
        assertThat(third.count(Reason.SAME_AS_OTHER) + third.count(Reason.WRONG_VENUE))
                .isPositive();
    }

    @Test
    void aBrokenJsonFileIsTheFaultOfThatFileAlone() throws IOException {
        put("a_BINANCE_spot_BTCUSDT_1h.csv", bars(30, i -> START + i * HOUR, i -> 100 + i));
        put("b_events.json", "{\"events\": [{\"what\": \"LISTED\", ");
        put("c_events.json", "{\"events\": [{\"what\": \"LISTED\"}]}");
        put("d_events.json", "{\"events\": " + "[".repeat(5000) + "\"what\"" + "]".repeat(5000) + "}");
        put("e_delisted.json", "{\"delisted_coins\": 7}");
        put("f_BINANCE_spot_ETHUSDT_1h.csv", bars(30, i -> START + i * HOUR, i -> 50 + i));
        ImportReport report = run(ImportOptions.defaults());
        assertThat(report.files()).hasSize(6);
        for (String broken : List.of("b_events.json", "c_events.json", "d_events.json", "e_delisted.json")) {
            assertThat(report.file(broken).count(Reason.UNREADABLE)).as(broken).isEqualTo(1);
            assertThat(report.file(broken).skipped()).as(broken).isNotBlank();
        }
        assertThat(report.file("b_events.json").skipped())
                .contains("b_events.json")
                .contains("line 1");
        assertThat(report.total(ImportReport.SeriesEntry::added)).isEqualTo(60);
        assertThat(store.keys()).hasSize(2);
    }

    @Test
    void howFarAnImportIsIsSaidFileByFile() throws IOException {
        for (int i = 0; i < 3; i++) {
            put("BINANCE_spot_C" + i + "USDT_1h.csv", bars(30, bar -> START + bar * HOUR, bar -> 100 + bar));
        }
        List<String> told = new ArrayList<>();
        FileImport.run(
                folder, store, ImportOptions.defaults(), (stage, done, of) -> told.add(stage + " " + done + "/" + of));
        assertThat(told).containsExactly("look 1/3", "look 2/3", "look 3/3", "import 1/3", "import 2/3", "import 3/3");
    }
}
