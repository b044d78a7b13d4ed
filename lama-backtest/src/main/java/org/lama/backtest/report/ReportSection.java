package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * One part of a report: a heading and blocks of text, figures and tables in the order in which they were added. Mutable
 * while it is filled, single-threaded; every text is escaped when it is written.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ReportSection {
    private final String title;
    private final List<Block> blocks = new ArrayList<>();

    /** What a section holds. */
    private interface Block {
        void write(StringBuilder out);
    }

    private ReportSection(String title) {
        this.title = title;
    }

    /**
     * An empty section.
     *
     * @param title its heading
     * @return the section
     */
    public static ReportSection titled(String title) {
        return new ReportSection(Check.notBlank(title, "title"));
    }

    String title() {
        return title;
    }

    /**
     * Adds a paragraph.
     *
     * @param words plain text
     * @return this section
     */
    public ReportSection text(String words) {
        blocks.add(out -> out.append("<p>").append(Html.escape(words)).append("</p>\n"));
        return this;
    }

    /**
     * Adds a remark in smaller type.
     *
     * @param words plain text
     * @return this section
     */
    public ReportSection note(String words) {
        blocks.add(out ->
                out.append("<p class=\"note\">").append(Html.escape(words)).append("</p>\n"));
        return this;
    }

    /**
     * Adds bullet points.
     *
     * @param points plain texts
     * @return this section
     */
    public ReportSection bullets(List<String> points) {
        List<String> copy = List.copyOf(points);
        blocks.add(out -> {
            out.append("<ul>\n");
            copy.forEach(point -> out.append("<li>").append(Html.escape(point)).append("</li>\n"));
            out.append("</ul>\n");
        });
        return this;
    }

    /**
     * Adds a command or a text that must keep its lines.
     *
     * @param text plain text
     * @return this section
     */
    public ReportSection code(String text) {
        blocks.add(out -> out.append("<pre><code>").append(Html.escape(text)).append("</code></pre>\n"));
        return this;
    }

    /**
     * Adds names with their values, one under the other.
     *
     * @param facts values by name, in the order of the map
     * @return this section
     */
    public ReportSection facts(Map<String, String> facts) {
        Map<String, String> copy = new LinkedHashMap<>(facts);
        blocks.add(out -> {
            out.append("<dl class=\"facts\">\n");
            copy.forEach((name, value) -> out.append("<dt>")
                    .append(Html.escape(name))
                    .append("</dt><dd>")
                    .append(value.startsWith("{") ? "<code>" + Html.escape(value) + "</code>" : Html.escape(value))
                    .append("</dd>\n"));
            out.append("</dl>\n");
        });
        return this;
    }

    /**
     * Adds a figure, drawn once for wide and once for narrow paper.
     *
     * @param figure the figure
     * @return this section
     */
    public ReportSection figure(Figure figure) {
        Check.notNull(figure, "figure");
        blocks.add(out -> out.append("<figure>\n<div class=\"wide\">")
                .append(figure.inline())
                .append("</div>\n<div class=\"narrow\">")
                .append(figure.at(HtmlReport.PHONE_WIDTH).inline())
                .append("</div>\n</figure>\n"));
        return this;
    }

    /**
     * Adds a table.
     *
     * @param table the table
     * @return this section
     */
    public ReportSection table(ReportTable table) {
        Check.notNull(table, "table");
        blocks.add(table::write);
        return this;
    }

    void write(StringBuilder out, String anchor) {
        out.append("<section id=\"").append(anchor).append("\">\n<h2>").append(Html.escape(title));
        out.append("</h2>\n");
        blocks.forEach(block -> block.write(out));
        out.append("</section>\n");
    }
}
