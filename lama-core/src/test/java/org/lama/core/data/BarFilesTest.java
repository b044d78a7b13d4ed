package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.store.Checksums;

class BarFilesTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Frame only(String text) throws IOException {
        return BarFiles.load(file("BTCUSDT_1h.csv", text), LoadOptions.defaults())
                .frames()
                .get(0);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void aCleanFileBecomesAFrameWithItsProvenance() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(50);
        Path file = file("BTCUSDT_1h.csv", bars.text());
        MarketData data = BarFiles.load(file, LoadOptions.defaults().withKind(Provenance.Kind.EXCHANGE));
        Frame frame = data.frame("BTCUSDT");
        assertThat(frame.size()).isEqualTo(50);
        assertThat(frame.barNanos()).isEqualTo(3_600_000_000_000L);
        assertThat(frame.index().at(1)).isEqualTo(GeneratedBars.nanos(1));
        assertThat(frame.columnNames()).containsExactly("open", "high", "low", "close", "volume", BarFiles.SEGMENT);
        for (int i = 0; i < 50; i++) {
            assertThat(frame.column("close").get(i)).isEqualTo(bars.bars.get(i)[3]);
        }
        assertThat(frame.provenance().source()).isEqualTo("BTCUSDT_1h.csv");
        assertThat(frame.provenance().sha256()).isEqualTo(Checksums.sha256(file));
        assertThat(frame.provenance().kind()).isEqualTo(Provenance.Kind.EXCHANGE);
        assertThat(data.quality().get(0).findings()).isEmpty();
    }

    @Test
    void gzipIsKnownByItsFirstBytesAndGivesTheSameBars() throws IOException {
        byte[] text = GeneratedBars.hourly(30).text().getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("A.csv"), text);
        Files.write(folder.resolve("B.csv"), gzip(text));
        MarketData data = BarFiles.load(folder, LoadOptions.defaults());
        assertThat(data.symbols()).containsExactly("A", "B");
        assertThat(data.frame("A").column("close").toArray())
                .isEqualTo(data.frame("B").column("close").toArray());
        Files.write(folder.resolve("B.csv"), java.util.Arrays.copyOf(gzip(text), 60));
        assertThatThrownBy(() -> BarFiles.load(folder.resolve("B.csv"), LoadOptions.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("B.csv: the gzip stream is broken");
    }

    @Test
    void aGzipBombIsRefused() throws IOException {
        Files.write(folder.resolve("bomb.csv.gz"), gzip(new byte[80 << 20]));
        assertThatThrownBy(() -> BarFiles.load(folder.resolve("bomb.csv.gz"), LoadOptions.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expands to more than 100 times");
    }

    @Test
    void delimitersQuotesMarksAndLineEndsAreUnderstood() throws IOException {
        String expected = "[1.0, 2.0, 3.0]";
        for (String text : List.of(
                "time;open;high;low;close\n1704067200;1;1;1;1\n1704070800;2;2;2;2\n1704074400;3;3;3;3\n",
                String.join(
                        "\r\n",
                        "\uFEFFtime\topen\thigh\tlow\tclose",
                        "1704067200\t1\t1\t1\t1",
                        "1704070800\t2\t2\t2\t2",
                        "",
                        "1704074400\t3\t3\t3\t3"),
                """
                "Date","Open","High","Low","Close"
                "2024-01-01 00:00","1",1,1,1
                "2024-01-01 01:00",2,2,2,"2"
                2024-01-01T02:00:00Z,3,3,3, 3
                """,
                "ts,price\n1704067200000,1\n1704070800000,2\n1704074400000,3")) {
            Frame frame = only(text);
            assertThat(java.util.Arrays.toString(frame.column("close").toArray()))
                    .isEqualTo(expected);
            assertThat(frame.index().at(0)).isEqualTo(GeneratedBars.nanos(0));
            assertThat(frame.column("volume").get(0)).isNaN();
        }
    }

    @Test
    void numericTimesArePreferredAndBaseVolumeIsTaken() throws IOException {
        Frame frame = only("""
                Unix,Date,Oymbol,Open,High,Low,Close,Volume USD,Volume BTC
                1704067200,1999-01-01,BTC/USD,1,1,1,1,500,5
                1704070800,1999-01-02,BTC/USD,2,2,2,2,600,6
                """);
        assertThat(frame.index().at(0)).isEqualTo(GeneratedBars.nanos(0));
        assertThat(frame.column("volume").toArray()).containsExactly(5, 6);
        assertThat(frame.column("quote_volume").toArray()).containsExactly(500, 600);
    }

    @Test
    void optionalColumnsAreKept() throws IOException {
        Frame frame = only("""
                time,open,high,low,close,volume,book.bidSize5,market_cap,venue
                1704067200,1,1,1,1,1,7,100,x
                1704070800,2,2,2,2,2,,200,x
                """);
        assertThat(frame.column("book.bidSize5").toArray()).containsExactly(7, Double.NaN);
        assertThat(frame.column("market.cap").toArray()).containsExactly(100, 200);
        assertThat(frame.has("venue")).isFalse();
    }

    @Test
    void aSymbolColumnSplitsTheFile() throws IOException {
        Path file = file(
                "many.csv",
                "time,symbol,close\n1704067200,BBB,1\n1704067200,AAA,10\n1704070800,BBB,2\n1704070800,AAA,20\n");
        MarketData data = BarFiles.load(file, LoadOptions.defaults());
        assertThat(data.symbols()).containsExactly("AAA", "BBB");
        assertThat(data.frame("AAA").column("high").toArray()).containsExactly(10, 20);
        assertThat(BarFiles.load(file, LoadOptions.defaults().withSymbols(List.of("BBB")))
                        .symbols())
                .containsExactly("BBB");
        assertThatThrownBy(() -> BarFiles.load(file, LoadOptions.defaults().withSymbols(List.of("AAB"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("symbol 'AAB' is not in the data; nearest of 2 is AAA");
    }

    @Test
    void parquetOfAnotherWriterGivesTheSameAsText() throws Exception {
        Path file = Path.of(
                BarFilesTest.class.getResource("/parquet/bars_snappy.parquet").toURI());
        MarketData data = BarFiles.load(file, LoadOptions.defaults());
        assertThat(data.symbols()).containsExactly("AAAUSDT", "BBBUSDT");
        Frame frame = data.frame("BBBUSDT");
        assertThat(frame.barNanos()).isEqualTo(7_200_000_000_000L);
        assertThat(frame.column("close").get(0)).isEqualTo(100 + 37 % 11 - 0.25);
        assertThat(frame.column("volume").get(2)).isNaN();
        assertThat(frame.column("count").get(1)).isEqualTo(3 * 1_000_003.0);
        assertThat(BarFiles.verify(file).get(0).count(Issue.Reason.NO_VOLUME)).isZero();
        assertThat(BarFiles.verify(file).get(1).count(Issue.Reason.NO_VOLUME)).isEqualTo(1);
    }

    @Test
    void parquetWithEpochOrTextTimesIsRead() throws IOException {
        Path file = folder.resolve("XUSDT.parquet");
        for (String kind : List.of("long", "double", "text", "index")) {
            var table = org.lama.core.store.ParquetTable.builder(2).doubles("price", new double[] {1, 2});
            switch (kind) {
                case "long" -> table.longs("ts", new long[] {1704067200L, 1704070800L});
                case "double" -> table.doubles("ts", new double[] {1704067200.0, 1704070800.0});
                case "text" -> table.texts("date", List.of("2024-01-01 00:00", "2024-01-01 01:00"));
                default ->
                    table.times("__index_level_0__", new long[] {GeneratedBars.nanos(0), GeneratedBars.nanos(1)});
            }
            org.lama.core.store.ParquetFrames.write(file, table.build());
            Frame frame = BarFiles.load(file, LoadOptions.defaults()).frame("XUSDT");
            assertThat(frame.index().at(1)).isEqualTo(GeneratedBars.nanos(1));
            assertThat(frame.column("low").toArray()).containsExactly(1, 2);
        }
        org.lama.core.store.ParquetFrames.write(
                file,
                org.lama.core.store.ParquetTable.builder(1)
                        .longs("a", new long[1])
                        .build());
        assertUnusable(file, "no time or no price column");
        Files.writeString(file, "PAR1");
        assertUnusable(file, "not a readable Parquet file");
    }

    @Test
    void rangeAndIntervalShapeTheBars() throws IOException {
        Path file = file("BTCUSDT.csv", GeneratedBars.hourly(72).text());
        Frame frame = BarFiles.load(
                        file,
                        LoadOptions.defaults()
                                .withRange(
                                        Optional.of(Instant.parse("2024-01-01T05:00:00Z")),
                                        Optional.of(Instant.parse("2024-01-01T09:00:00Z"))))
                .frame("BTCUSDT");
        assertThat(frame.size()).isEqualTo(4);
        assertThat(frame.index().at(0)).isEqualTo(GeneratedBars.nanos(5));
        Frame daily = BarFiles.load(file, LoadOptions.defaults().withBarNanos(86_400_000_000_000L))
                .frame("BTCUSDT");
        assertThat(daily.size()).isEqualTo(3);
        assertThatThrownBy(() -> BarFiles.load(file, LoadOptions.defaults().withBarNanos(1_800_000_000_000L)))
                .hasMessageContaining("bars of 3600 s cannot become bars of 1800 s");
        assertThatThrownBy(() -> BarFiles.load(
                        file,
                        LoadOptions.defaults()
                                .withRange(Optional.of(Instant.parse("2031-01-01T00:00:00Z")), Optional.empty())))
                .hasMessageContaining("has no bar in the wanted range");
        assertThat(BarFiles.load(
                                file,
                                LoadOptions.defaults().withRange(Optional.of(Instant.MIN), Optional.of(Instant.MAX)))
                        .frame("BTCUSDT")
                        .size())
                .isEqualTo(72);
    }

    @Test
    void unusableInputSaysFileRowColumnRuleAndRemedy() throws IOException {
        assertUnusable(file("a.csv", ""), "a.csv: the file is empty; give a file");
        assertUnusable(file("a.csv", "\n \n"), "the file is empty");
        assertUnusable(file("a.csv", "time,open,high,low,close\n"), "a.csv, row 2: the header has no rows below");
        assertUnusable(file("a.csv", "open,high,low,close\n1,1,1,1\n"), "row 1, column time: no header with a time");
        assertUnusable(file("a.csv", "time,open\n1,1\n"), "column close");
        assertUnusable(file("a.csv", "time,close\n1704067200,1\n"), "too few to tell their spacing");
        assertUnusable(file("a.csv", "time,close\n1704067200,x\n1704070800,y\n"), "has no usable bar");
        assertUnusable(folder.resolve("missing.csv"), "there is no such file");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertUnusable(empty, "the folder holds no file that ends in");
        file("empty/BTCUSDT_1h.csv", GeneratedBars.hourly(5).text());
        file("empty/BTCUSDT_1h.csv.gz", GeneratedBars.hourly(5).text());
        assertUnusable(empty, "symbol BTCUSDT is also in BTCUSDT_1h.csv");
        file("empty/BTCUSDT_1h.csv.gz", "");
        Files.delete(empty.resolve("BTCUSDT_1h.csv.gz"));
        file(
                "empty/ETHUSDT_1d.csv",
                GeneratedBars.of(5, 24 * GeneratedBars.HOUR, 10).text());
        assertUnusable(empty, "last 86400 s, those of BTCUSDT 3600 s");
    }

    @Test
    void aFolderWithBarsOfSeveralLengthsGivesThoseThatAreAskedFor() throws IOException {
        Path mixed = Files.createDirectory(folder.resolve("mixed"));
        long hour = 3_600_000_000_000L;
        long day = 24 * hour;
        file("mixed/BTCUSDT_1h.csv", GeneratedBars.hourly(24 * 20).text());
        file(
                "mixed/BTCUSDT_1d.csv",
                GeneratedBars.of(40, 24 * GeneratedBars.HOUR, 10).text());
        file(
                "mixed/ETHUSDT_1d.csv",
                GeneratedBars.of(30, 24 * GeneratedBars.HOUR, 10).text());
        // the one that both have
        assertThat(BarFiles.load(mixed, LoadOptions.defaults()).frames())
                .extracting(Frame::size)
                .containsExactly(40, 30);
        LoadOptions daily = LoadOptions.defaults().withBarNanos(day);
        assertThat(BarFiles.load(mixed, daily).frame("BTCUSDT").size()).isEqualTo(40);
        LoadOptions bitcoin = LoadOptions.defaults().withSymbols(List.of("BTCUSDT"));
        assertThat(BarFiles.load(mixed, bitcoin.withBarNanos(hour))
                        .frame("BTCUSDT")
                        .size())
                .isEqualTo(480);
        // out of hours, as no file has it, and out of days, as those are longer
        assertThat(BarFiles.load(mixed, bitcoin.withBarNanos(4 * hour))
                        .frame("BTCUSDT")
                        .size())
                .isEqualTo(120);
        assertThat(BarFiles.load(mixed, bitcoin.withBarNanos(2 * day))
                        .frame("BTCUSDT")
                        .size())
                .isEqualTo(19);
        assertThatThrownBy(() -> BarFiles.load(mixed, bitcoin))
                .isInstanceOf(DataException.class)
                .hasMessage("mixed: there are bars of 1h, 1d; say which with --interval, or choose with --symbols");
        assertThatThrownBy(() -> BarFiles.load(mixed, bitcoin.withBarNanos(hour / 2)))
                .hasMessageContaining("cannot become bars of 1800 s");
        file(
                "mixed/ETHUSDT_4h.csv",
                GeneratedBars.of(30, 4 * GeneratedBars.HOUR, 10).text());
        Files.delete(mixed.resolve("ETHUSDT_1d.csv"));
        assertThatThrownBy(() -> BarFiles.load(mixed, LoadOptions.defaults()))
                .hasMessageContaining("the series have no bar length in common but 1h, 4h, 1d; say which");
        assertThat(BarFiles.everyLength(mixed, LoadOptions.defaults()))
                .extracting(frame -> frame.symbol() + " " + frame.size())
                .containsExactly("BTCUSDT 480", "BTCUSDT 40", "ETHUSDT 30");
    }

    private static void assertUnusable(Path path, String part) {
        assertThatThrownBy(() -> BarFiles.load(path, LoadOptions.defaults()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(part)
                .satisfies(thrown -> {
                    DataException broken = (DataException) thrown;
                    assertThat(broken.rule()).isNotBlank();
                    assertThat(broken.remedy()).isNotBlank();
                    assertThat(broken.file()).isNotBlank();
                    assertThat(broken.row()).isNotNegative();
                    assertThat(broken.column()).isNotNull();
                });
    }

    @Test
    void verifyReportsWhatCannotBeReadInsteadOfThrowing() throws IOException {
        file("A_1h.csv", GeneratedBars.hourly(5).text());
        file("B_1h.csv", "x,y\n1,2\n");
        Files.createDirectory(folder.resolve("deep"));
        file("deep/C_1h.csv", "");
        var reports = BarFiles.verify(folder);
        assertThat(reports).extracting("source").containsExactly("A_1h.csv", "B_1h.csv", "deep/C_1h.csv");
        assertThat(reports.get(0).hasErrors()).isFalse();
        assertThat(reports.get(1).count(Issue.Reason.UNREADABLE)).isEqualTo(1);
        assertThat(reports.get(2).hasErrors()).isTrue();
        assertThat(reports.get(2).symbol()).isEqualTo("C");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> LoadOptions.defaults().withBarNanos(-1)).hasMessageContaining("barNanos must be >= 0");
        assertThatThrownBy(
                        () -> LoadOptions.defaults().withRange(Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH)))
                .hasMessageContaining("from must lie before to");
        assertThatThrownBy(() -> new LoadOptions.Quarantine(1, 3, 20, 24)).hasMessageContaining("spikeRatio");
        assertThatThrownBy(() -> new LoadOptions.Quarantine(10, 3, 5, 24)).hasMessageContaining("splitRatio");
    }

    @Test
    void instrumentsComeFromSymbols() {
        assertThat(Instruments.fromSymbol("BINANCE.SPOT", "BTCUSDT").id()).isEqualTo("BINANCE.SPOT.BTC-USDT");
        assertThat(Instruments.fromSymbol("unknown.perp", "eth/usd").id()).isEqualTo("UNKNOWN.PERP.ETH-USD");
        assertThat(Instruments.fromSymbol("X.SPOT", "BTC-USD").id()).isEqualTo("X.SPOT.BTC-USD");
        assertThat(Instruments.fromSymbol("X.SPOT", "ETHBTC").id()).isEqualTo("X.SPOT.ETH-BTC");
        assertThat(Instruments.fromSymbol("X.SPOT", "BTC").id()).isEqualTo("X.SPOT.BTC-USD");
        assertThatThrownBy(() -> Instruments.fromSymbol("BINANCE", "BTC")).hasMessageContaining("VENUE.KIND");
        assertThatThrownBy(() -> Instruments.fromSymbol("BINANCE.SWAP", "BTC")).hasMessageContaining("SPOT");
    }

    @Test
    void symbolsComeFromFileNames() {
        assertThat(FileNames.symbol("ACTUSD_1d.csv.gz")).isEqualTo("ACTUSD");
        assertThat(FileNames.symbol("binance_spot_BTCUSDT_1h_2017-08_2024-04.csv.gz"))
                .isEqualTo("BTCUSDT");
        assertThat(FileNames.symbol("SOLUSDT_1h_2024-01_2024-09.csv.gz")).isEqualTo("SOLUSDT");
        assertThat(FileNames.symbol("GCC1USD_1d.csv")).isEqualTo("GCC1USD");
        assertThat(FileNames.symbol("BTC-USD-2017-1m_TRUNCATED.csv.gz")).isEqualTo("BTC-USD");
        assertThat(FileNames.symbol("coinmarketcap_BTC_1d_2013-04_2019-03.csv.gz"))
                .isEqualTo("BTC");
        assertThat(FileNames.symbol("btcusdt_1h.parquet")).isEqualTo("BTCUSDT");
        assertThat(FileNames.symbol("minute_1m.parquet")).isEqualTo("MINUTE_1M");
        assertThat(FileNames.symbol("my bars (2).csv")).isEqualTo("MY_BARS_2_");
        assertThat(FileNames.symbol("daily.csv")).isEqualTo("DAILY");
        assertThat(FileNames.symbol("2017.csv")).isEqualTo("2017");
        assertThat(FileNames.symbol(".csv")).isNotBlank();
        assertThat(FileNames.symbol("BINANCE_BTCUSDT, 60.csv")).isEqualTo("BTCUSDT");
        assertThat(FileNames.symbol("BINANCE_BTCUSDT.P, 1D.csv")).isEqualTo("BTCUSDT");
        assertThat(FileNames.symbol("KRAKEN_ADA, 60.csv")).isEqualTo("ADA");
        assertThat(FileNames.symbol("GDAX BTC.csv")).isEqualTo("BTC");
        assertThat(FileNames.symbol("kraken_DYDX_1h.csv")).isEqualTo("DYDX");
        assertThat(FileNames.symbol("KRAKEN_DYDX_1h.csv")).isEqualTo("DYDX");
    }

    @Test
    void dataSetsAreFoundByName() {
        assertThatThrownBy(() -> Datasets.named("nowhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no data set is called 'nowhere'");
        assertThat(Datasets.all()).isSortedAccordingTo(java.util.Comparator.comparing(DatasetProvider::name));
    }

    @Test
    void swappedVolumesAreSwappedBackAndSaid() throws IOException {
        StringBuilder text = new StringBuilder("time_ms,open,high,low,close,volume,quote_volume\n");
        for (int i = 0; i < 60; i++) {
            double base = 2 + i % 5;
            boolean swapped = i >= 20 && i < 50;
            text.append(1_577_836_800_000L + i * 3_600_000L)
                    .append(",100,101,99,100,")
                    .append(swapped ? 100 * base : base)
                    .append(',')
                    .append(swapped ? base : 100 * base)
                    .append('\n');
        }
        Frame frame = only(text.toString());
        for (int i = 0; i < 60; i++) {
            assertThat(frame.column("volume").get(i)).isEqualTo(2 + i % 5);
            assertThat(frame.column("quote_volume").get(i)).isEqualTo(100 * (2 + i % 5));
        }
        assertThat(frame.provenance().note()).contains("volumes swapped back in 30 bars");
    }

    @Test
    void volumesThatNoMarketTradesAreSaid() throws IOException {
        String header = "time_ms,open,high,low,close,volume\n";
        StringBuilder money = new StringBuilder(header);
        StringBuilder coins = new StringBuilder(header);
        for (int i = 0; i < 40; i++) {
            String bar = 1_577_836_800_000L + i * 86_400_000L + ",30000,30100,29900,30000,";
            money.append(bar).append("3e10\n");
            coins.append(bar).append("1e6\n");
        }
        MarketData dear = BarFiles.load(file("BTCUSD_1d.csv", money.toString()), LoadOptions.defaults());
        assertThat(dear.quality().get(0).count(Issue.Reason.VOLUME_UNIT)).isEqualTo(40);
        MarketData sound = BarFiles.load(file("ETHUSD_1d.csv", coins.toString()), LoadOptions.defaults());
        assertThat(sound.quality().get(0).findings()).noneMatch(f -> f.reason() == Issue.Reason.VOLUME_UNIT);
        // as many yen are worth a hundredth
        MarketData yen =
                BarFiles.load(file("BTCJPY_1d.csv", coins.toString().replace("1e6", "1e9")), LoadOptions.defaults());
        assertThat(yen.quality().get(0).count(Issue.Reason.VOLUME_UNIT)).isZero();
    }
}
