package org.lama.backtest.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.backtest.honesty.CheckReport;
import org.lama.backtest.honesty.Leak;
import org.lama.core.base.Api;

/**
 * What a check of honesty found, as a page. The same report gives the same bytes; every text is escaped. Stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CheckPage {
    private CheckPage() {}

    /**
     * The page.
     *
     * @param checked what was found
     * @param facts data, settings and versions, for the end of the page
     * @param synthetic whether the data were generated
     * @return the page, ready to be written
     */
    public static HtmlReport of(CheckReport checked, Map<String, String> facts, boolean synthetic) {
        HtmlReport page = HtmlReport.titled("Does " + checked.name() + " see the future?")
                .subtitle(String.format(Locale.ROOT, "%,d comparisons by bits", checked.compared()));
        if (synthetic) {
            page.banner("SYNTHETIC", "These prices were generated. What is checked is the code, not a market.");
        }
        HtmlReport.Mood failed = checked.isDecided() ? HtmlReport.Mood.CAREFUL : HtmlReport.Mood.NEUTRAL;
        long warnings = checked.warnings();
        HtmlReport.Mood passed = warnings == 0 ? HtmlReport.Mood.GOOD : HtmlReport.Mood.CAREFUL;
        String found = warnings == 0
                ? "NOTHING FOUND"
                : "NO CHEAT FOUND, " + warnings + (warnings == 1 ? " WARNING" : " WARNINGS");
        page.verdict(
                checked.passed() ? passed : failed,
                checked.passed() ? found : checked.isDecided() ? "FAILED" : "NOTHING TO CHECK",
                checked.verdict(),
                "");
        page.section(section(checked));
        return page.section(ReportSection.titled("How it was checked").facts(facts))
                .footnote(BacktestReport.DISCLAIMER);
    }

    /** A page needs no marks around the name of a column. */
    private static String sentence(Leak leak) {
        String text = leak.sentence().replace('`', '"');
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    /**
     * The findings as a part of another report.
     *
     * @param checked what was found
     * @return where the future was seen, and a line for each check
     */
    public static ReportSection section(CheckReport checked) {
        ReportSection section = ReportSection.titled("Honesty checks");
        List<String> leaks = checked.leaks().stream().map(CheckPage::sentence).toList();
        if (!leaks.isEmpty()) {
            section.text("Where the future was seen:").bullets(leaks);
        }
        return section.table(ReportTable.of("Checks", checked)
                        .stacked()
                        .format(ReportTable.Format.LABEL, "outcome")
                        .format(ReportTable.Format.SENTENCE, "found"))
                .note("Each run saw other data from a time on; what was decided before must keep its bits. Warnings are"
                        + " figures to think about and prove nothing. A pass is no proof. What cannot be caught: a model or"
                        + " table that was fitted on everything, the future included, and is read from a file, unless it"
                        + " looks up exact prices; a leak that none of the cuts touches; choices made by people who have"
                        + " seen the future.");
    }
}
