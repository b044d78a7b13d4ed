package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Issue.Reason;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;

/** What the manifest of the real data says about its price files must be found by reading them. */
class SharedDataIT {
    private static final Pattern LINE = Pattern.compile(
            "\\| ((?:ohlcv_|universe/)\\S+) \\| \\d+ \\| .*? \\| (\\d+) \\| \\S+ \\.\\. \\S+ \\| (\\{.*?\\}) \\|.*");
    private static final String INTERLEAVED = "ohlcv_1h/coinbase_BTCUSD_1h_2017-07_2019-10.csv.gz";

    private static int number(String checks, String name) {
        Matcher found = Pattern.compile("\"" + name + "\": (\\d+)").matcher(checks);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private static QualityReport named(Map<String, QualityReport> reports, String name) {
        return Optional.ofNullable(reports.get(name)).orElseThrow();
    }

    private static int sum(List<QualityReport> reports, Reason reason) {
        return reports.stream().mapToInt(report -> report.count(reason)).sum();
    }

    @Test
    void everyFileOfTheManifestHasTheRowsGapsAndFaultsItStates() throws IOException {
        Path manifest = SharedData.path("data/MANIFEST.md");
        int files = 0;
        for (String line : Files.readAllLines(manifest)) {
            Matcher entry = LINE.matcher(line);
            if (!entry.matches()) {
                continue;
            }
            String name = entry.group(1);
            String checks = entry.group(3);
            List<QualityReport> reports = BarFiles.verify(SharedData.path("data/" + name));
            files++;
            assertThat(sum(reports, Reason.UNREADABLE)).as(name).isZero();
            assertThat(reports.stream().mapToInt(QualityReport::rows).sum())
                    .as(name)
                    .isEqualTo(Integer.parseInt(entry.group(2)));
            assertThat(sum(reports, Reason.DUPLICATE_EQUAL) + sum(reports, Reason.DUPLICATE_DIFFERENT))
                    .as(name)
                    .isEqualTo(number(checks, "dups"));
            assertThat(sum(reports, Reason.MIXED_SPACING)).as(name).isEqualTo(number(checks, "offgrid"));
            // the manifest does not print a single row without a value or without trade
            int nulls = number(checks, "nulls");
            assertThat(sum(reports, Reason.NON_FINITE)).as(name).isBetween(nulls, Math.max(nulls, 1));
            int quiet = number(checks, "zero_vol");
            assertThat(sum(reports, Reason.ZERO_VOLUME)).as(name).isBetween(quiet, Math.max(quiet, 1));
            if (checks.contains("symbols")) {
                assertThat(reports).as(name).hasSize(number(checks, "symbols"));
                continue;
            }
            assertThat(sum(reports, Reason.OHLC_VIOLATION)).as(name).isEqualTo(number(checks, "ohlc_viol"));
            // the manifest counts steps in the file's order: sorted, the interleaved rows fill their own gaps
            boolean interleaved = name.equals(INTERLEAVED);
            assertThat(reports.get(0).gaps()).as(name).isEqualTo(interleaved ? 0 : number(checks, "gaps"));
            assertThat(reports.get(0).missing()).as(name).isEqualTo(interleaved ? 0 : number(checks, "missing_bars"));
        }
        assertThat(files).isGreaterThan(200);
    }

    @Test
    void theGapsOfTheBinanceFileAreNamed() throws IOException {
        Path file = SharedData.path("data/ohlcv_1h/binance_spot_BTCUSDT_1h_2017-08_2024-04.csv.gz");
        QualityReport report = BarFiles.verify(file).get(0);
        assertThat(report.gaps()).isEqualTo(28);
        assertThat(report.missing()).isEqualTo(128);
        assertThat(report.expected()).isEqualTo(58_547);
        assertThat(BarFiles.gaps(file))
                .hasSize(28)
                .anySatisfy(gap ->
                        assertThat(gap.detail()).startsWith("2018-02-08T").endsWith("33 bars"));
        Frame frame = BarFiles.load(file, LoadOptions.defaults()).frame("BTCUSDT");
        assertThat(frame.size()).isEqualTo(58_547);
        int missing = 0;
        for (double close : frame.column("close").toArray()) {
            missing += Double.isNaN(close) ? 1 : 0;
        }
        assertThat(missing).isEqualTo(128);
    }

    @Test
    void theInterleavedRowsOfTheCoinbaseFileAreFound() throws IOException {
        QualityReport report =
                BarFiles.verify(SharedData.path("data/" + INTERLEAVED)).get(0);
        assertThat(report.count(Reason.OUT_OF_ORDER)).isEqualTo(5);
        assertThat(report.findings().toString())
                .contains("2017-11-11T23:00:00Z")
                .contains("2017-11-12T03:00:00Z");
        assertThat(report.hasErrors()).isTrue();
    }

    @Test
    void thePanelHoldsTheJumpsAndZeroPricesOfTheManifest() throws IOException {
        TreeSet<String> jumps = new TreeSet<>();
        TreeSet<String> nonPositive = new TreeSet<>();
        for (QualityReport report : BarFiles.verify(SharedData.path("data/ohlcv_1d/yahoo_panel_2022"))) {
            if (report.count(Reason.REDENOMINATION_SUSPECT) > 0) {
                jumps.add(report.symbol().replace("USD", ""));
            }
            if (report.count(Reason.NON_POSITIVE) > 0) {
                nonPositive.add(report.symbol().replace("USD", ""));
            }
        }
        assertThat(jumps).containsExactly("AIB", "BCA", "CSC", "ECA", "FAIR", "MOAC", "PAC", "QRK");
        assertThat(nonPositive).contains("PAC", "DIME");
    }

    @Test
    void theRawFilesAreReadWithTheirQuirks() throws IOException {
        Map<String, QualityReport> reports = new TreeMap<>();
        for (QualityReport report : BarFiles.verify(SharedData.path("data/raw_quirks"))) {
            reports.put(report.source().replaceAll("[-_].*", ""), report);
        }
        QualityReport cut = named(reports, "BTC");
        assertThat(cut.count(Reason.CUT_LINE)).isEqualTo(1);
        assertThat(cut.count(Reason.REVERSED)).isEqualTo(1);
        assertThat(cut.rows()).isEqualTo(12_672);
        QualityReport banner = named(reports, "Coinbase");
        assertThat(banner.count(Reason.BANNER)).isEqualTo(1);
        assertThat(banner.count(Reason.REVERSED)).isEqualTo(1);
        assertThat(banner.count(Reason.OUT_OF_ORDER)).isEqualTo(5);
        assertThat(banner.rows()).isEqualTo(20_111);
        QualityReport mislabelled = named(reports, "bitfinex");
        assertThat(mislabelled.count(Reason.REVERSED)).isEqualTo(1);
        assertThat(mislabelled.stepNanos()).isEqualTo(3_600_000_000_000L);
        assertThat(named(reports, "supervik").count(Reason.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void aRawFileGivesTheSameBarsAsItsRepairedCopy() throws IOException {
        Frame raw = BarFiles.load(SharedData.path("data/raw_quirks/Coinbase_BTCUSD_1h.csv.gz"), LoadOptions.defaults())
                .frame("BTCUSD");
        Frame copy = BarFiles.load(SharedData.path("data/" + INTERLEAVED), LoadOptions.defaults())
                .frame("BTCUSD");
        assertThat(raw.index()).isEqualTo(copy.index());
        for (String name : List.of("open", "high", "low", "close", "volume", "quote_volume")) {
            assertThat(raw.column(name).toArray()).isEqualTo(copy.column(name).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ohlcv_1d", "ohlcv_1h", "ohlcv_1m", "ohlcv_4h", "ohlcv_5m", "raw_quirks", "universe"})
    void everyPriceFileLoads(String folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(SharedData.path("data/" + folder))) {
            walk.filter(file -> file.toString().endsWith(".csv.gz"))
                    .filter(file -> !file.toString().contains("funding"))
                    .sorted()
                    .forEach(files::add);
        }
        for (Path file : files) {
            MarketData data = BarFiles.load(file, LoadOptions.defaults());
            for (Frame frame : data.frames()) {
                assertThat(frame.size()).as("%s", file).isPositive();
                assertThat(frame.provenance().source()).doesNotContain("/");
            }
        }
    }

    @Test
    void thePanelOfOneHundredAndTwentyCoinsLoadsAsOneUniverse() throws IOException {
        MarketData data = BarFiles.load(SharedData.path("data/ohlcv_1d/yahoo_panel_2022"), LoadOptions.defaults());
        assertThat(data.symbols()).hasSize(120);
        assertThat(data.barNanos()).isEqualTo(86_400_000_000_000L);
        assertThat(data.frame("CSCUSD").column(BarFiles.SEGMENT).last()).isEqualTo(1);
        assertThat(data.quality()).hasSize(120);
    }
}
