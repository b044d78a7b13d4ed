package org.lama.core.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Renders columns as aligned text: numbers to the right with six significant digits and thousands apart, texts to the left. */
final class TextTable {
    private static final int DIGITS = 6;
    private static final double GROUPED = 1000;
    private static final double LARGEST = 1e15;

    private TextTable() {}

    static String render(List<Tabular.Column> columns) {
        List<List<String>> texts = new ArrayList<>();
        int[] widths = new int[columns.size()];
        int rows = 0;
        for (int c = 0; c < columns.size(); c++) {
            List<String> column = new ArrayList<>();
            column.add(columns.get(c).name());
            columns.get(c).cells().forEach(cell -> column.add(cellText(cell)));
            for (String text : column) {
                widths[c] = Math.max(widths[c], text.length());
            }
            rows = Math.max(rows, column.size());
            texts.add(column);
        }
        StringBuilder out = new StringBuilder();
        for (int r = 0; r < rows; r++) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns.size(); c++) {
                boolean left = columns.get(c).cells().stream().allMatch(String.class::isInstance);
                String format = "%" + (left ? "-" : "") + Math.max(1, widths[c]) + "s";
                line.append(c == 0 ? "" : "  ")
                        .append(String.format(Locale.ROOT, format, texts.get(c).get(r)));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static String cellText(Object cell) {
        if (cell instanceof Double number) {
            return number(number);
        }
        return String.valueOf(cell);
    }

    /** Six significant digits, thousands apart, powers of ten only where digits would be made up. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (!(size >= GROUPED && size < LARGEST)) {
            return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : String.valueOf(value);
        }
        int decimals = Math.max(0, DIGITS - 1 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
