package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue.Reason;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;

class QualityCheckTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("BTCUSDT_1h.csv"), text);
    }

    private QualityReport report(GeneratedBars bars) throws IOException {
        return BarFiles.verify(file(bars.text())).get(0);
    }

    private Frame frame(GeneratedBars bars) throws IOException {
        return frame(bars, LoadOptions.Policy.MARK_GAP);
    }

    private Frame frame(GeneratedBars bars, LoadOptions.Policy policy) throws IOException {
        return BarFiles.load(file(bars.text()), LoadOptions.defaults().withPolicy(policy, 2))
                .frame("BTCUSDT");
    }

    private static String first(QualityReport report, Reason reason) {
        return report.findings().stream()
                .filter(finding -> finding.reason() == reason)
                .findFirst()
                .orElseThrow()
                .first();
    }

    @Test
    void missingBarsAreCountedNamedAndMarked() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(100).remove(50, 53).remove(10, 11);
        QualityReport report = report(bars);
        assertThat(List.of(report.rows(), report.expected(), report.present(), report.missing(), report.gaps()))
                .containsExactly(96, 100, 96, 4, 2);
        assertThat(report.count(Reason.MISSING_BARS)).isEqualTo(4);
        assertThat(first(report, Reason.MISSING_BARS)).isEqualTo("2024-01-01T10:00:00Z to 2024-01-01T11:00:00Z, 1 bar");
        Frame frame = frame(bars);
        assertThat(frame.size()).isEqualTo(100);
        assertThat(frame.column("close").get(10)).isNaN();
        assertThat(frame.column("close").get(9)).isFinite();
        assertThat(frame.column(BarFiles.SEGMENT).get(10)).isZero();
    }

    @Test
    void oneHundredOfManyBarsAreMissedAndEachPlaceIsNamed() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(52_488);
        for (int i = 0; i < 100; i++) {
            bars.remove(52_000 - i * 500, 52_001 - i * 500);
        }
        Path file = file(bars.text());
        QualityReport report = BarFiles.verify(file).get(0);
        assertThat(List.of(report.rows(), report.expected(), report.missing(), report.gaps()))
                .containsExactly(52_388, 52_488, 100, 100);
        assertThat(BarFiles.gaps(file)).hasSize(100).allSatisfy(issue -> {
            assertThat(issue.reason()).isEqualTo(Reason.MISSING_BARS);
            assertThat(issue.where()).isEqualTo("BTCUSDT_1h.csv BTCUSDT");
            assertThat(issue.detail()).endsWith("1 bar");
        });
    }

    @Test
    void policiesTreatTheSameGapDifferently() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(30).remove(10, 14);
        assertThat(frame(bars, LoadOptions.Policy.DROP).size()).isEqualTo(26);
        Frame filled = frame(bars, LoadOptions.Policy.FFILL);
        double last = filled.column("close").get(9);
        assertThat(filled.column("open").get(10)).isEqualTo(last);
        assertThat(filled.column("close").get(11)).isEqualTo(last);
        assertThat(filled.column("volume").get(11)).isZero();
        assertThat(filled.column("close").get(12)).isNaN();
        assertThatThrownBy(() -> frame(bars, LoadOptions.Policy.FAIL))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("MISSING_BARS 4 times, first 2024-01-01T10:00:00Z");
        assertThat(frame(GeneratedBars.hourly(30), LoadOptions.Policy.FAIL).size())
                .isEqualTo(30);
    }

    @Test
    void equalDuplicatesAreDroppedAndDifferentOnesAreNotBelieved() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(20);
        bars.insert(6, bars.times.get(5), bars.bars.get(5));
        double[] other = bars.bars.get(10).clone();
        other[4] = 99;
        bars.insert(11, bars.times.get(10), other);
        QualityReport report = report(bars);
        assertThat(report.count(Reason.DUPLICATE_EQUAL)).isEqualTo(1);
        assertThat(report.count(Reason.DUPLICATE_DIFFERENT)).isEqualTo(1);
        assertThat(report.present()).isEqualTo(20);
        Frame frame = frame(bars);
        assertThat(frame.column("close").get(5)).isFinite();
        assertThat(frame.column("close").get(9)).isNaN();
    }

    @Test
    void descendingFilesAreReversedAndOneSwapIsCounted() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(40);
        Frame straight = frame(bars);
        Collections.reverse(bars.bars);
        Collections.reverse(bars.times);
        assertThat(report(bars).count(Reason.REVERSED)).isEqualTo(1);
        assertThat(report(bars).count(Reason.OUT_OF_ORDER)).isZero();
        assertThat(frame(bars).column("close").toArray())
                .isEqualTo(straight.column("close").toArray());
        assertThat(frame(bars).provenance().note()).contains("reversed");
        Collections.swap(bars.bars, 7, 8);
        Collections.swap(bars.times, 7, 8);
        assertThat(report(bars).count(Reason.OUT_OF_ORDER)).isEqualTo(1);
        assertThat(report(bars).count(Reason.REVERSED)).isEqualTo(1);
        assertThat(frame(bars).column("close").toArray())
                .isEqualTo(straight.column("close").toArray());
    }

    @Test
    void aShuffledFileIsSorted() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(101);
        double[] straight = frame(bars).column("close").toArray();
        GeneratedBars mixed = new GeneratedBars();
        for (int i = 0; i < 101; i++) {
            mixed.times.add(bars.times.get(i * 37 % 101));
            mixed.bars.add(bars.bars.get(i * 37 % 101));
        }
        assertThat(report(mixed).count(Reason.OUT_OF_ORDER)).isGreaterThan(20);
        assertThat(frame(mixed).column("close").toArray()).isEqualTo(straight);
    }

    @Test
    void brokenValuesAreCountedWithRowAndColumnAndMarked() throws IOException {
        List<String> lines = new java.util.ArrayList<>(GeneratedBars.hourly(20).lines());
        lines.set(3, lines.get(3).replaceFirst(",[^,]*,", ",abc,"));
        lines.set(5, lines.get(5).replaceFirst(",[^,]*,", ",inf,"));
        lines.set(7, lines.get(7).replaceFirst(",[^,]*,", ",-1,"));
        lines.set(9, lines.get(9).replaceFirst(",[^,]*,", ",1000,"));
        lines.set(11, lines.get(11).replaceFirst(",[^,]*$", ",many"));
        lines.set(13, lines.get(13).replaceFirst(",[^,]*$", ","));
        lines.set(15, "soon" + lines.get(15).substring(13));
        lines.set(17, lines.get(17) + ",12,13");
        lines.set(20, lines.get(20).substring(0, 25));
        Path file = file(String.join("\n", lines));
        QualityReport report = BarFiles.verify(file).get(0);
        assertThat(report.count(Reason.NON_FINITE)).isEqualTo(4);
        assertThat(report.count(Reason.NON_POSITIVE)).isEqualTo(1);
        assertThat(report.count(Reason.OHLC_VIOLATION)).isEqualTo(1);
        assertThat(report.count(Reason.NO_VOLUME)).isEqualTo(1);
        assertThat(report.count(Reason.CUT_LINE)).isEqualTo(2);
        assertThat(report.count(Reason.MISSING_BARS)).isEqualTo(2);
        assertThat(first(report, Reason.NON_POSITIVE)).isEqualTo("2024-01-01T06:00:00Z (row 8), column open: -1.0");
        assertThat(report.findings().toString())
                .contains("(row 16), column time_ms: 'soon'")
                .contains("(row 12), column volume: 'many'")
                .contains("row 18")
                .contains("row 21");
        Frame frame = BarFiles.load(file, LoadOptions.defaults()).frame("BTCUSDT");
        for (int row : new int[] {2, 4, 6, 8, 10, 14, 16}) {
            assertThat(frame.column("high").get(row)).isNaN();
        }
        assertThat(frame.column("close").get(12)).isFinite();
        assertThat(frame.column("volume").get(12)).isNaN();
    }

    @Test
    void aSpikeIsQuarantinedAndTheRestStays() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(60).scale(30, 32, 12);
        QualityReport report = report(bars);
        assertThat(report.count(Reason.SPIKE)).isEqualTo(1);
        assertThat(report.count(Reason.REDENOMINATION_SUSPECT)).isZero();
        assertThat(report.hasErrors()).isFalse();
        Frame frame = frame(bars);
        assertThat(frame.column("close").get(29)).isFinite();
        assertThat(frame.column("close").get(30)).isNaN();
        assertThat(frame.column("close").get(31)).isNaN();
        assertThat(frame.column("close").get(32)).isFinite();
        assertThat(frame.column(BarFiles.SEGMENT).get(59)).isZero();
    }

    @Test
    void aSpikeOfMoreThanTwentyTimesIsAlsoAnError() throws IOException {
        QualityReport report = report(GeneratedBars.hourly(60).scale(30, 31, 0.001));
        assertThat(report.count(Reason.SPIKE)).isEqualTo(1);
        assertThat(report.count(Reason.REDENOMINATION_SUSPECT)).isEqualTo(2);
        assertThat(report.hasErrors()).isTrue();
    }

    @Test
    void aRedenominationBeginsANewSegment() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(90).scale(30, 60, 1000).scale(60, 90, 30);
        QualityReport report = report(bars);
        assertThat(report.count(Reason.REDENOMINATION_SUSPECT)).isEqualTo(2);
        assertThat(report.count(Reason.SPIKE)).isZero();
        Frame frame = frame(bars);
        assertThat(frame.column("close").get(30)).isFinite();
        assertThat(frame.column(BarFiles.SEGMENT).toArray())
                .startsWith(0, 0, 0)
                .containsSequence(0, 1)
                .containsSequence(1, 2)
                .endsWith(2, 2);
        assertThat(frame.column(BarFiles.SEGMENT).get(30)).isEqualTo(1);
    }

    @Test
    void aMoveOfFifteenTimesThatStaysIsBelieved() throws IOException {
        QualityReport report = report(GeneratedBars.hourly(60).scale(30, 60, 15));
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void aReusedTickerAfterAGapBeginsANewSegment() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(90).scale(60, 90, 0.01).remove(30, 60);
        Frame frame = frame(bars);
        assertThat(frame.size()).isEqualTo(90);
        assertThat(frame.column(BarFiles.SEGMENT).get(59)).isZero();
        assertThat(frame.column(BarFiles.SEGMENT).get(60)).isEqualTo(1);
    }

    @Test
    void aDeadCoinHasNoSegmentAfterItsEnd() throws IOException {
        GeneratedBars bars = GeneratedBars.hourly(100).flat(60, 100, 0);
        QualityReport report = report(bars);
        assertThat(report.count(Reason.DEAD_TAIL)).isEqualTo(40);
        assertThat(report.count(Reason.STALE_RUN)).isEqualTo(1);
        assertThat(report.count(Reason.ZERO_VOLUME)).isEqualTo(40);
        assertThat(report.hasErrors()).isFalse();
        Frame frame = frame(bars);
        assertThat(frame.size()).isEqualTo(100);
        assertThat(frame.column("close").get(59)).isFinite();
        assertThat(frame.column("close").get(60)).isNaN();
        assertThat(frame.column(BarFiles.SEGMENT).get(60)).isNaN();
        Frame quiet = frame(GeneratedBars.hourly(100).flat(60, 100, 5));
        assertThat(quiet.column("close").get(99)).isFinite();
        assertThat(report(GeneratedBars.hourly(100).flat(77, 100, 0)).count(Reason.DEAD_TAIL))
                .isZero();
    }

    @Test
    void staleRunsBeginAtTwentyFourBars() throws IOException {
        assertThat(report(GeneratedBars.hourly(100).flat(10, 34, 1)).count(Reason.STALE_RUN))
                .isEqualTo(1);
        assertThat(report(GeneratedBars.hourly(100).flat(10, 33, 1)).count(Reason.STALE_RUN))
                .isZero();
    }

    @Test
    void anotherSpacingIsFoundButAGapIsNone() throws IOException {
        GeneratedBars coarse = GeneratedBars.hourly(400);
        for (int block = 0; block < 8; block++) {
            coarse.remove(101 + block, 101 + block + 23);
        }
        assertThat(report(coarse).count(Reason.MIXED_SPACING)).isEqualTo(8);
        GeneratedBars fine = GeneratedBars.hourly(100);
        for (int i = 0; i < 5; i++) {
            fine.insert(
                    51 + 2 * i, GeneratedBars.START + (50 + i) * GeneratedBars.HOUR + 1_800_000L, fine.bars.get(50));
        }
        QualityReport report = report(fine);
        assertThat(report.count(Reason.MIXED_SPACING)).isEqualTo(5);
        assertThat(report.missing()).isZero();
        assertThat(frame(fine).size()).isEqualTo(100);
        assertThat(frame(fine, LoadOptions.Policy.DROP).size()).isEqualTo(100);
        assertThat(report(GeneratedBars.hourly(100).remove(50, 80)).count(Reason.MIXED_SPACING))
                .isZero();
    }

    @Test
    void bannersAreSkippedAndCounted() throws IOException {
        Path file = file(
                "Times are UTC,https://example.org\n" + GeneratedBars.hourly(5).text());
        QualityReport report = BarFiles.verify(file).get(0);
        assertThat(report.count(Reason.BANNER)).isEqualTo(1);
        assertThat(report.rows()).isEqualTo(5);
        assertThat(report.hasErrors()).isFalse();
        assertThat(BarFiles.load(file, LoadOptions.defaults())
                        .frame("BTCUSDT")
                        .provenance()
                        .note())
                .contains("1 banner lines skipped");
    }

    @Test
    void rareSymbolsTakeTheSpacingOfTheOthers() throws IOException {
        StringBuilder text = new StringBuilder("time,symbol,price\n");
        for (int day = 0; day < 30; day++) {
            long time = 1_704_067_200L + day * 86_400L;
            text.append(time).append(",A,").append(10 + day).append('\n');
            text.append(time).append(",B,").append(20 + day).append('\n');
            text.append(day % 7 == 0 ? time + ",C,5\n" : "").append(day == 3 ? time + ",D,7\n" : "");
        }
        MarketData data = BarFiles.load(file(text.toString()), LoadOptions.defaults());
        assertThat(data.symbols()).containsExactly("A", "B", "C", "D");
        assertThat(data.frame("C").size()).isEqualTo(29);
        assertThat(data.frame("D").size()).isEqualTo(1);
        assertThat(data.frame("D").barNanos()).isEqualTo(86_400_000_000_000L);
    }

    @Test
    void oneWrongTimeFarAwayIsRefusedInsteadOfFillingTheMemory() throws IOException {
        GeneratedBars bars = GeneratedBars.of(50, 1000, 10);
        bars.insert(50, 7_000_000_000_000L, bars.bars.get(3));
        assertThatThrownBy(() -> frame(bars)).hasMessageContaining("an even grid up to here would need more than");
        assertThat(frame(bars, LoadOptions.Policy.DROP).size()).isEqualTo(51);
    }
}
