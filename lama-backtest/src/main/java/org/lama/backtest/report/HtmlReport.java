package org.lama.backtest.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.AtomicFiles;

/**
 * A report in one HTML file: no script, no outside resource, light and dark, readable on a phone and on paper. A policy
 * in the page forbids scripts and connections, and every text is escaped, so that a hostile symbol or file name can do
 * nothing. Mutable while it is filled, single-threaded; the same parts give the same text.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class HtmlReport {
    /** Width for which figures are laid out anew on a phone. */
    static final int PHONE_WIDTH = 360;

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';" + " form-action 'none'";

    private final String title;
    private String subtitle = "";
    private final StringBuilder banners = new StringBuilder();
    private final StringBuilder verdict = new StringBuilder();
    private final List<KeyFigure> keyFigures = new ArrayList<>();
    private final List<ReportSection> sections = new ArrayList<>();
    private final List<String> footnotes = new ArrayList<>();

    /** How good the news of a verdict is; a colour, never the only sign. */
    public enum Mood {
        /** An edge was found. */
        GOOD,
        /** No edge. */
        NEUTRAL,
        /** Not enough to decide. */
        CAREFUL
    }

    private HtmlReport(String title) {
        this.title = title;
    }

    /**
     * An empty report.
     *
     * @param title its title
     * @return the report
     */
    public static HtmlReport titled(String title) {
        return new HtmlReport(Check.notBlank(title, "title"));
    }

    /**
     * Sets the line below the title.
     *
     * @param text plain text
     * @return this report
     */
    public HtmlReport subtitle(String text) {
        subtitle = Check.notNull(text, "text");
        return this;
    }

    /**
     * Adds a banner that cannot be overlooked.
     *
     * @param word the warning in one word, such as {@code SYNTHETIC}
     * @param text what it means
     * @return this report
     */
    public HtmlReport banner(String word, String text) {
        banners.append("<div class=\"banner\" role=\"note\"><strong>").append(Html.escape(word));
        banners.append("</strong> ").append(Html.escape(text)).append("</div>\n");
        return this;
    }

    /**
     * Sets the verdict in three lines.
     *
     * @param mood its colour
     * @param word the verdict, such as {@code NO EDGE}
     * @param why the reason in one sentence
     * @param next the command to type next; empty for none
     * @return this report
     */
    public HtmlReport verdict(Mood mood, String word, String why, String next) {
        verdict.setLength(0);
        verdict.append("<div class=\"verdict ").append(mood.name().toLowerCase(Locale.ROOT));
        verdict.append("\"><p class=\"small\">Verdict</p>\n<p class=\"word\">").append(Html.escape(word));
        verdict.append("</p>\n<p class=\"why\">").append(Html.escape(why)).append("</p>\n");
        if (!next.isBlank()) {
            verdict.append("<p class=\"small\">Next</p>\n<pre><code>").append(Html.escape(next));
            verdict.append("</code></pre>");
        }
        verdict.append("</div>\n");
        return this;
    }

    /**
     * Adds numbers that stand right below the verdict.
     *
     * @param figures the numbers in reading order
     * @return this report
     */
    public HtmlReport keyFigures(List<KeyFigure> figures) {
        keyFigures.addAll(figures);
        return this;
    }

    /**
     * Adds a section.
     *
     * @param section the section
     * @return this report
     */
    public HtmlReport section(ReportSection section) {
        sections.add(Check.notNull(section, "section"));
        return this;
    }

    /**
     * Adds a line at the end of the page.
     *
     * @param text plain text
     * @return this report
     */
    public HtmlReport footnote(String text) {
        footnotes.add(Check.notNull(text, "text"));
        return this;
    }

    /**
     * The whole page.
     *
     * @return an HTML document
     */
    public String html() {
        StringBuilder out = new StringBuilder(1 << 18);
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(POLICY)
                .append("\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(Html.escape(title));
        out.append("</title>\n<style>\n").append(ReportStyle.css()).append("</style>\n</head>\n<body>\n");
        out.append(banners).append("<div class=\"page\">\n<header>\n<p class=\"brand\">LAMA</p>\n<h1>");
        out.append(Html.escape(title)).append("</h1>\n");
        out.append(subtitle.isEmpty() ? "" : "<p class=\"lead\">" + Html.escape(subtitle) + "</p>\n");
        out.append("</header>\n").append(verdict);
        if (!keyFigures.isEmpty()) {
            out.append("<dl class=\"cards\">\n");
            keyFigures.forEach(figure -> figure.write(out));
            out.append("</dl>\n");
        }
        List<String> anchors = anchors();
        contents(out, anchors);
        out.append("<main>\n");
        for (int i = 0; i < sections.size(); i++) {
            sections.get(i).write(out, anchors.get(i));
        }
        out.append("</main>\n");
        footer(out);
        return out.append("</div>\n</body>\n</html>\n").toString();
    }

    private void contents(StringBuilder out, List<String> anchors) {
        if (sections.size() > 2) {
            out.append("<nav aria-label=\"Contents\">\n<ol>\n");
            for (int i = 0; i < anchors.size(); i++) {
                out.append("<li><a href=\"#").append(anchors.get(i)).append("\">");
                out.append(Html.escape(sections.get(i).title())).append("</a></li>\n");
            }
            out.append("</ol>\n</nav>\n");
        }
    }

    private void footer(StringBuilder out) {
        if (!footnotes.isEmpty()) {
            out.append("<footer>\n");
            footnotes.forEach(
                    text -> out.append("<p>").append(Html.escape(text)).append("</p>\n"));
            out.append("</footer>\n");
        }
    }

    private List<String> anchors() {
        Set<String> taken = new HashSet<>();
        List<String> anchors = new ArrayList<>();
        for (ReportSection section : sections) {
            String base = Html.anchor(section.title());
            String anchor = base;
            for (int k = 2; !taken.add(anchor); k++) {
                anchor = base + "-" + k;
            }
            anchors.add(anchor);
        }
        return anchors;
    }

    /**
     * Writes the page at once: a reader sees the old or the new one, never a part.
     *
     * @param file the file, replaced if it is there; its folder must exist
     * @return the file
     * @throws IOException if it cannot be written
     */
    public Path write(Path file) throws IOException {
        AtomicFiles.write(file, html().getBytes(StandardCharsets.UTF_8));
        return file;
    }
}
