package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.Store;
import org.lama.core.search.Seal;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** A store with one instrument in bars of a day and of an hour, with trades, funding and a pool, sealed as a whole. */
final class SealedStoreTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final String BTC = "UNKNOWN.SPOT.BTC-USD";
    /** In the middle of a day, so that the bar of that day is closed too. */
    private static final String FROM = "2020-02-20T12:00:00Z";

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void write() throws IOException {
        store = folder.resolve("market");
        List<String> hours = hours(60);
        imported(BarTexts.write(folder.resolve("btc-usd.csv"), hours));
        imported(BarTexts.write(Files.createDirectories(folder.resolve("days")).resolve("btc-usd.csv"), days(hours)));
    }

    private void imported(Path file, String... more) {
        List<String> args = new ArrayList<>(List.of("data", "import", file.toString(), "--store", store.toString()));
        args.addAll(List.of(more));
        Shell.Outcome done = Shell.run(args.toArray(String[]::new));
        assertThat(done.code()).as(done.err()).isZero();
    }

    /** A walk by the hour that begins with 2020. */
    private static List<String> hours(int days) {
        List<String> hours = BarTexts.walk(11, 24 * days);
        long first = Long.parseLong(hours.get(0).split(",", 2)[0]);
        for (int hour = 0; hour < hours.size(); hour++) {
            hours.set(hour, first + hour * 3_600_000L + "," + hours.get(hour).split(",", 2)[1]);
        }
        return hours;
    }

    /** The same walk by the day. */
    private static List<String> days(List<String> hours) {
        List<String> days = new ArrayList<>();
        for (int hour = 0; hour < hours.size(); hour += 24) {
            String[] first = hours.get(hour).split(",", -1);
            double high = 0;
            double low = Double.MAX_VALUE;
            for (String row : hours.subList(hour, hour + 24)) {
                high = Math.max(high, Double.parseDouble(row.split(",", -1)[2]));
                low = Math.min(low, Double.parseDouble(row.split(",", -1)[3]));
            }
            String close = hours.get(hour + 23).split(",", -1)[4];
            days.add(first[0] + "," + first[1] + "," + high + "," + low + "," + close + ",1000");
        }
        return days;
    }

    /** Rows of another kind, an hour apart from the first hour of 2020 on. */
    private void told(String id, RecordKind kind, String... columns) throws IOException {
        int size = 24 * 60;
        long[] times = new long[size];
        Arrays.setAll(times, row -> TimeIndex.nanos(Instant.parse("2020-01-01T00:00:00Z")) + row * HOUR);
        ParquetTable.Builder rows =
                ParquetTable.builder(size).times("time", times).times("available", times);
        for (String column : columns) {
            double[] values = new double[size];
            Arrays.setAll(values, row -> 100 + row % 13);
            rows.doubles(column, values);
        }
        if (kind == RecordKind.TRADES) {
            rows.longs("side", new long[size]).longs("seq", new long[size]);
        }
        try (Store there = Lama.store(store)) {
            there.rows()
                    .write(
                            SeriesKey.of(id, kind),
                            rows.build(),
                            new Provenance(Provenance.Kind.HISTORICAL, "made", "", ""),
                            true);
        }
    }

    private Shell.Outcome seal(String... more) {
        List<String> args = new ArrayList<>(List.of("seal", "--store", store.toString(), "--from", FROM));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    private Frame bars(String symbol, String interval) throws IOException {
        DataRequest request =
                DataRequest.of(store).withSymbols(List.of(symbol)).withInterval(Optional.of(Duration.parse(interval)));
        return Lama.load(request).data().frames().get(0);
    }

    private static long end(Frame frame) {
        return frame.availableAt(frame.size() - 1);
    }

    private Shell.Outcome data(String command, String... more) {
        List<String> args = new ArrayList<>(List.of("data", command, "--store", store.toString()));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    @Test
    void barsOfEveryLengthEndBeforeTheSeal() throws IOException {
        Shell.Outcome sealed = seal();
        assertThat(sealed.code()).as(sealed.err()).isZero();
        assertThat(sealed.out())
                .contains("Sealed: BTCUSD from " + FROM + " on, as seal 1")
                .contains("Open: 1212 bars before it");
        long from = TimeIndex.nanos(Instant.parse(FROM));
        assertThat(end(bars("BTC-USD", "PT1H"))).isEqualTo(from);
        assertThat(end(bars("BTC-USD", "PT4H"))).isEqualTo(from);
        // the day in which the seal begins tells of its second half
        assertThat(end(bars("BTC-USD", "P1D"))).isEqualTo(from - 12 * HOUR);
        Shell.Outcome into = Shell.run(
                "study",
                "--store",
                store.toString(),
                "--interval",
                "1d",
                "--to",
                "2020-02-25",
                "--quick",
                "--out",
                folder.resolve("into").toString());
        assertThat(into.code()).isEqualTo(ExitCode.USAGE);
        assertThat(into.err()).contains("seal 1 in ").contains("reaches into it");
        assertThat(seal().err()).contains("sealed");
    }

    @Test
    void theLastDaysAreThoseOfTheLengthThatEndsLast() throws IOException {
        imported(BarTexts.write(Files.createDirectories(folder.resolve("more")).resolve("btc-usd.csv"), more(70)));
        Shell.Outcome sealed = Shell.run("seal", "--store", store.toString(), "--last", "15d");
        assertThat(sealed.code()).as(sealed.err()).isZero();
        assertThat(sealed.out()).contains("Sealed: BTCUSD from 2020-02-25T00:00:00Z on");
        assertThat(end(bars("BTC-USD", "PT1H"))).isEqualTo(TimeIndex.nanos(Instant.parse("2020-02-25T00:00:00Z")));
    }

    /** Days that follow those that are there. */
    private static List<String> more(int days) {
        return days(hours(days)).subList(60, days);
    }

    @Test
    void theBarsOfOneLengthUnderAnotherNameAreClosedByThoseOfTheOther() throws IOException {
        assertThat(seal().code()).isZero();
        Path renamed = BarTexts.write(folder.resolve("xyz-usd.csv"), hours(60));
        Path daily = BarTexts.write(folder.resolve("abc-usd.csv"), days(hours(60)));
        long from = TimeIndex.nanos(Instant.parse(FROM));
        assertThat(end(Lama.load(renamed).data().frames().get(0))).isLessThanOrEqualTo(from);
        assertThat(end(Lama.load(daily).data().frames().get(0))).isLessThanOrEqualTo(from);
    }

    @Test
    void aFolderOfFilesIsClosedInEveryLengthToo() throws IOException {
        Path files = Files.createDirectories(folder.resolve("files"));
        BarTexts.write(files.resolve("btc-usd_1h.csv"), hours(60));
        BarTexts.write(files.resolve("btc-usd_1d.csv"), days(hours(60)));
        Shell.Outcome sealed = Shell.run("seal", "--data", files.toString(), "--from", FROM);
        assertThat(sealed.code()).as(sealed.err()).isZero();
        DataRequest request = DataRequest.of(files);
        long from = TimeIndex.nanos(Instant.parse(FROM));
        for (String interval : List.of("PT1H", "PT4H", "P1D")) {
            DataRequest asked = request.withInterval(Optional.of(Duration.parse(interval)));
            Frame frame = Lama.load(asked).data().frames().get(0);
            assertThat(end(frame)).as(interval).isBetween(from - 12 * HOUR, from);
        }
        Shell.Outcome open = Shell.run(
                "backtest",
                "--strategy",
                "buy-and-hold",
                "--data",
                files.toString(),
                "--out",
                folder.resolve("o").toString());
        assertThat(open.code()).isEqualTo(ExitCode.USAGE);
        assertThat(open.err()).contains("there are bars of 1h, 1d; say which with --interval");
    }

    @Test
    void tradesBooksFundingAndSeriesWithoutBarsAreClosedToo() throws IOException {
        told("UNKNOWN.PERP.BTC-USD", RecordKind.FUNDING, "rate");
        told(BTC, RecordKind.TRADES, "price", "size");
        told("UNKNOWN.PERP.SOL-USD", RecordKind.OPEN_INTEREST, "open_interest");
        Shell.Outcome sealed = seal();
        assertThat(sealed.code()).as(sealed.err()).isZero();
        assertThat(sealed.out()).contains("Sealed: BTCUSD, SOLUSD from ");
        Path out = folder.resolve("out");
        Shell.Outcome refused = data("export", "--out", out.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err().lines().filter(line -> line.contains("seal 1 keeps it closed")))
                .hasSize(5);
        assertThat(out).isEmptyDirectory();
        // the bar of the day in which the seal begins would tell of its second half
        Shell.Outcome day = data("export", "--out", out.toString(), "--to", "2020-02-20T12:00:00Z");
        assertThat(day.err()).contains("1 of 5 series were not given out").contains("BTC-USD bars 1d: Sealed: seal 1");
        Shell.Outcome open = data("export", "--out", out.toString(), "--to", "2020-02-20", "--force");
        assertThat(open.code()).as(open.err()).isZero();
    }

    @Test
    void barsOfAnotherInstrumentEndBeforeTheSealIfASealedOneIsJoinedToThem() throws IOException {
        imported(BarTexts.write(folder.resolve("eth-usd.csv"), BarTexts.walk(5, 60)));
        told("UNKNOWN.PERP.BTC-USD", RecordKind.OPEN_INTEREST, "open_interest");
        Shell.Outcome sealed = seal("--symbols", "BTC-USD");
        assertThat(sealed.out()).as(sealed.err()).contains("Sealed: BTCUSD from ");
        assertThat(bars("ETH-USD", "P1D").size()).isEqualTo(60);
        Shell.Outcome cut = Shell.run(
                "backtest",
                "--strategy",
                "buy-and-hold",
                "--store",
                store.toString(),
                "--symbols",
                "ETH-USD",
                "--join",
                "open_interest=UNKNOWN.PERP.BTC-USD",
                "--out",
                folder.resolve("cut").toString());
        assertThat(cut.out()).as(cut.err()).contains("ETH-USD: 50 bars").contains("Sealed: seal 1");
    }

    @Test
    void slippageOfAPoolIsThatOfTheStatesBeforeTheSeal() throws IOException {
        told("UNISWAP_V2.SPOT.BTC-USD", RecordKind.POOLS, "reserve_base", "reserve_quote");
        Shell.Outcome all = data("slippage", "UNISWAP_V2.SPOT.BTC-USD", "--json");
        assertThat(all.code()).as(all.err()).isZero();
        assertThat(states(all)).isEqualTo(24 * 60);
        assertThat(seal().code()).isZero();
        Shell.Outcome cut = data("slippage", "UNISWAP_V2.SPOT.BTC-USD", "--json");
        assertThat(cut.err()).contains("Sealed: nothing from " + FROM + " on is seen.");
        assertThat(states(cut)).isEqualTo(24 * 50 + 12);
        Shell.Outcome none = data("slippage", "UNISWAP_V2.SPOT.BTC-USD", "--from", "2020-02-25");
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("from must lie before the end of what may be seen");
    }

    private static int states(Shell.Outcome answer) throws IOException {
        return answer.json().get("slippage").at(0).get("states").asInt();
    }

    @Test
    void aSealOnOneAssetOfATickerIsOneOnTheTicker() {
        assertThat(Seal.instrument("UNKNOWN.SPOT.LUNA-USDT%232")).isEqualTo("LUNAUSDT");
        assertThat(Seal.instrument("LUNA-USDT#2")).isEqualTo("LUNAUSDT");
    }
}
