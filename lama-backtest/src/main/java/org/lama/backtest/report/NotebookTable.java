package org.lama.backtest.report;

import java.util.List;
import org.lama.core.base.Tabular;

/** A plain HTML table that takes its looks from the notebook around it. */
final class NotebookTable {
    private NotebookTable() {}

    static String html(List<Tabular.Column> columns, int most) {
        int rows = columns.isEmpty() ? 0 : columns.get(0).cells().size();
        int shown = Math.min(rows, most);
        StringBuilder out = new StringBuilder("<table><thead><tr>");
        for (Tabular.Column column : columns) {
            out.append(cell("th", column, ReportTable.heading(column.name())));
        }
        out.append("</tr></thead><tbody>");
        for (int row = 0; row < shown; row++) {
            out.append("<tr>");
            for (Tabular.Column column : columns) {
                out.append(cell("td", column, ReportTable.text(column.cells().get(row), ReportTable.Format.PLAIN)));
            }
            out.append("</tr>");
        }
        out.append("</tbody></table>");
        return shown < rows ? out + "<p>first " + shown + " of " + rows + " rows</p>" : out.toString();
    }

    private static String cell(String tag, Tabular.Column column, String text) {
        boolean number = ReportTable.numeric(column);
        return "<" + tag + " style=\"text-align:" + (number ? "right" : "left") + "\">" + Html.escape(text) + "</" + tag
                + ">";
    }
}
