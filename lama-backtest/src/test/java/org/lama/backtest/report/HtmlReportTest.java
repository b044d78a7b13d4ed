package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Tabular;

class HtmlReportTest {
    @TempDir
    Path folder;

    private static Tabular table() {
        return () -> List.of(
                new Tabular.Column("asset", List.of(Samples.HOSTILE, "B", "C")),
                new Tabular.Column("maxDrawdown", List.of(-0.25, Double.NaN, 0.0)),
                new Tabular.Column("rows", List.of(1_234_567L, 2L, 3L)),
                new Tabular.Column("status", List.of("OK", "WARNING", "ERROR")),
                new Tabular.Column("complete", List.of(true, false, true)),
                new Tabular.Column(
                        "from",
                        List.of(
                                Instant.parse("2020-01-01T00:00:00Z"),
                                Instant.parse("2020-01-01T05:30:00Z"),
                                Instant.EPOCH)));
    }

    private static HtmlReport report() {
        return HtmlReport.titled("Title & <more>")
                .subtitle("Below")
                .banner("SYNTHETIC", Samples.HOSTILE)
                .verdict(HtmlReport.Mood.CAREFUL, "NOT ENOUGH DATA", "Because " + Samples.HOSTILE, "./lama study")
                .keyFigures(List.of(
                        KeyFigure.number("Sharpe", new KeyFigure.Whisker(0.1, 0.4, 0.7), "hold 0.2"),
                        KeyFigure.percent("Growth", new KeyFigure.Whisker(Double.NaN, 0.1, 0.3), ""),
                        KeyFigure.percent("Return", new KeyFigure.Whisker(-0.1, 0.1, 0.3), ""),
                        KeyFigure.of("Trades", "7", "")))
                .section(ReportSection.titled("One")
                        .text("A < B")
                        .note("small")
                        .bullets(List.of("first", "second"))
                        .code("rm -rf <nothing>")
                        .facts(Map.of("Seed", "42")))
                .section(ReportSection.titled("One")
                        .figure(Figures.equity(Samples.curve(40)))
                        .table(ReportTable.of("Table", table())
                                .format(ReportTable.Format.PERCENT, "maxDrawdown", "not there")
                                .format(ReportTable.Format.LABEL, "status")))
                .section(ReportSection.titled("!!")
                        .table(ReportTable.of("Folded", table()).folded().first(2)))
                .footnote("The end <3");
    }

    @Test
    void pageLoadsNothingAndRunsNothing() {
        String html = report().html();
        assertThat(html)
                .doesNotContain("<script")
                .doesNotContain("src=\"http")
                .doesNotContain("href=\"http")
                .doesNotContain("@import")
                .doesNotContain("url(")
                .doesNotContain("<link");
        assertThat(html).contains("Content-Security-Policy\" content=\"default-src 'none';");
    }

    @Test
    void hostileTextsAreEscapedEverywhere() {
        String html = report().html();
        assertThat(html).doesNotContain("<img").doesNotContain("<nothing>").doesNotContain("<more>");
        assertThat(Samples.count(html, "&lt;img src=x onerror=alert(1)&gt;")).isGreaterThanOrEqualTo(4);
    }

    @Test
    void pageServesPhonesDarkPaperAndPrint() {
        String html = report().html();
        assertThat(html)
                .contains("width=device-width")
                .contains("prefers-color-scheme:dark")
                .contains("@media (max-width:640px)")
                .contains("@media print")
                .contains("<div class=\"narrow\"><svg", "viewBox=\"0 0 360 ", "viewBox=\"0 0 940 ");
    }

    @Test
    void sectionsOfOneTitleHaveTheirOwnAnchors() {
        assertThat(report().html())
                .contains("<section id=\"one\">", "<section id=\"one-2\">", "<section id=\"part\">")
                .contains("<a href=\"#one-2\">One</a>");
    }

    @Test
    void tablesFormatAlignAndCount() {
        String html = report().html();
        assertThat(html)
                .contains("<th scope=\"col\" class=\"n\">max drawdown</th>")
                .contains("<td class=\"n\">−25.0%</td>", "<td class=\"n\">–</td>", "<td class=\"n\">0.0%</td>")
                .contains("<td class=\"n\">1\u202f234\u202f567</td>")
                .contains("<span class=\"label good\">OK</span>", "<span class=\"label careful\">WARNING</span>")
                .contains("<span class=\"label bad\">ERROR</span>")
                .contains("<td>yes</td>", "<td class=\"t\">2020-01-01</td>", "<td class=\"t\">2020-01-01 05:30</td>")
                .contains("<span class=\"count\">3 rows</span>", "<details class=\"table\"><summary>Folded")
                .contains("first 2 of 3 rows");
    }

    @Test
    void intervalsAreWrittenAndDrawnWhereKnown() {
        String html = report().html();
        assertThat(html).contains("95 %: 0.10 to 0.70", "95 %: −10.0% to 30.0%").doesNotContain("NaN");
        assertThat(Samples.count(html, "class=\"whisker\"")).isEqualTo(2);
    }

    @Test
    void theSamePartsGiveTheSamePage() throws IOException {
        String first = report().html();
        assertThat(report().html()).isEqualTo(first);
        assertThat(Files.readString(report().write(folder.resolve("r.html")))).isEqualTo(first);
    }

    @Test
    void anEmptyReportIsAPage() {
        String html = HtmlReport.titled("Nothing").html();
        assertThat(html).contains("<h1>Nothing</h1>").doesNotContain("<nav").doesNotContain("<footer");
    }

    @Test
    void cellsReadByTheirKind() {
        assertThat(ReportTable.text(0.123456, ReportTable.Format.PLAIN)).isEqualTo("0.1235");
        assertThat(ReportTable.text(1234.5, ReportTable.Format.WHOLE)).isEqualTo("1\u202f234");
        assertThat(ReportTable.text(0.5, ReportTable.Format.FIXED_2)).isEqualTo("0.50");
        assertThat(ReportTable.text("x", ReportTable.Format.PERCENT)).isEqualTo("x");
        assertThat(ReportTable.of("One row", () -> List.of(new Tabular.Column("a", List.of(1L))))
                        .rows())
                .isEqualTo(1);
        assertThat(ReportTable.of("No column", List::of).rows()).isZero();
        assertThat(ReportTable.heading("valueAtRisk95")).isEqualTo("value at risk95");
        assertThat(ReportTable.heading("turnoverAYear")).isEqualTo("turnover a year");
        assertThat(ReportTable.heading("OHLC")).isEqualTo("OHLC");
    }

    @Test
    void escapingCoversQuotesAndControlCharacters() {
        assertThat(Html.escape("a\"b'c<d>e&f\u0001g\nh")).isEqualTo("a&quot;b&#39;c&lt;d&gt;e&amp;f g\nh");
        assertThat(Html.escape("plain")).isSameAs("plain");
        assertThat(Html.anchor("  Four ways — to combine! ")).isEqualTo("four-ways-to-combine");
        assertThat(Html.anchor("§§")).isEqualTo("part");
    }

    @Test
    void headingsBreakWhereTheyMust() {
        assertThat(Heading.wrap("one two three", Svg.Face.TITLE, 60)).containsExactly("one two", "three");
        assertThat(Heading.wrap("", Svg.Face.TITLE, 60)).isEmpty();
        assertThat(Heading.wrap("unbreakable-and-long", Svg.Face.TITLE, 10)).containsExactly("unbreakable-and-long");
    }
}
