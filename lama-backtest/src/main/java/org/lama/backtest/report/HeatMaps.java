package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.lama.backtest.analytics.MonthlyReturns;

/** Coloured cells with their numbers: monthly returns, and any matrix of two parameters. */
final class HeatMaps {
    private HeatMaps() {}

    /** Cells by row and column with their headings. */
    @SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
    record Grid(List<String> rows, List<String> columns, double[][] cells) {}

    static Figure monthly(EquityCurve curve) {
        Grid grid = months(curve);
        double[] all = flat(grid.cells(), 12);
        double span = quantile(all, 0.95);
        int rows = Math.max(1, grid.rows().size());
        return Figure.of(
                Heading.of("Monthly returns", "after costs, in per cent; the last column is the whole year"),
                describeMonths(all),
                new Figure.Size(30 + rows * 26.0, 30 + rows * 24.0),
                (svg, box) -> {
                    int decimals = box.width() < Figure.NARROW ? 0 : 1;
                    draw(
                            svg,
                            box,
                            grid,
                            new Look(span, true, v -> Numbers.fixed(v * 100, decimals))
                                    .orShorter(v -> Numbers.fixed(v / 10, 0) + "k"));
                });
    }

    static Figure matrix(String title, String subtitle, Grid grid) {
        double[] range = Scale.range(grid.cells());
        boolean diverging = range[0] < 0 && range[1] > 0;
        double span = Math.max(Math.abs(range[0]), Math.abs(range[1]));
        int decimals = Numbers.decimalsFor(range);
        int rows = Math.max(1, grid.rows().size());
        return Figure.of(
                Heading.of(title, subtitle),
                "Values from " + Numbers.significant(range[0], 3) + " to " + Numbers.significant(range[1], 3) + " over "
                        + grid.rows().size() + " rows and " + grid.columns().size() + " columns.",
                new Figure.Size(30 + rows * 28.0, 30 + rows * 26.0),
                (svg, box) -> draw(
                        svg,
                        box,
                        grid,
                        diverging
                                ? new Look(span, true, v -> Numbers.fixed(v, decimals))
                                : new Look(range[1], false, v -> Numbers.fixed(v, decimals)).from(range[0])));
    }

    /** Colouring and number format of the cells. */
    private record Look(
            double low, double high, boolean diverging, DoubleFunction<String> text, DoubleFunction<String> shorter) {
        Look(double span, boolean diverging, DoubleFunction<String> text) {
            this(-span, span, diverging, text, text);
        }

        Look from(double start) {
            return new Look(start, high, diverging, text, shorter);
        }

        /** For cells that the number does not fit into. */
        Look orShorter(DoubleFunction<String> other) {
            return new Look(low, high, diverging, text, other);
        }

        Tone tone(double value) {
            if (!Double.isFinite(value)) {
                return Tone.DIVERGING_4;
            }
            double span = diverging ? high : high - low;
            double part = span > 0 ? (diverging ? value : value - low) / span : 0;
            return diverging ? Tone.diverging(part) : Tone.sequential(part);
        }
    }

    private static void draw(Svg svg, Box box, Grid grid, Look look) {
        Box area = box.inset(rowLabelWidth(grid, box.width()), 22, 10, 8);
        double cellWidth = area.width() / Math.max(1, grid.columns().size());
        double cellHeight = area.height() / Math.max(1, grid.rows().size());
        Svg.Face face = cellWidth < 40 ? Svg.Face.SMALL : Svg.Face.LABEL;
        for (int c = 0; c < grid.columns().size(); c++) {
            double x = area.left() + (c + 0.5) * cellWidth;
            String label = shorten(grid.columns().get(c), face, cellWidth);
            svg.text(x, area.top() - 7, label, face, Tone.MUTED, Svg.Anchor.MIDDLE);
        }
        for (int r = 0; r < grid.rows().size(); r++) {
            double y = area.top() + r * cellHeight;
            svg.text(
                    area.left() - 7,
                    y + cellHeight / 2 + 4,
                    grid.rows().get(r),
                    Svg.Face.LABEL,
                    Tone.MUTED,
                    Svg.Anchor.END);
            for (int c = 0; c < grid.columns().size(); c++) {
                Box cell = new Box(area.left() + c * cellWidth, y, cellWidth, cellHeight);
                cell(svg, cell.inset(1, 1, 1, 1), grid, new int[] {r, c}, look);
            }
        }
    }

    private static void cell(Svg svg, Box cell, Grid grid, int[] place, Look look) {
        double value = grid.cells()[place[0]][place[1]];
        if (Double.isNaN(value)) {
            return;
        }
        Tone tone = look.tone(value);
        String text = look.text().apply(value);
        svg.rect(cell, tone, grid.rows().get(place[0]) + " " + grid.columns().get(place[1]) + ": " + text);
        Svg.Face face = cell.width() < 38 ? Svg.Face.SMALL : Svg.Face.LABEL;
        String shown =
                face.widthOf(text) <= cell.width() ? text : look.shorter().apply(value);
        if (face.widthOf(shown) <= cell.width()) {
            svg.text(cell.middleX(), cell.middleY() + 4, shown, face, tone.textOn(), Svg.Anchor.MIDDLE);
        }
    }

    private static String shorten(String label, Svg.Face face, double width) {
        int fits = (int) Math.max(1, width / face.widthOf("x"));
        return label.length() <= fits ? label : label.substring(0, fits);
    }

    private static double rowLabelWidth(Grid grid, double width) {
        double widest =
                grid.rows().stream().mapToDouble(Svg.Face.LABEL::widthOf).max().orElse(0);
        return Math.min(widest + 20, width * 0.3);
    }

    /** Twelve months and the year; row 0 is the base, rows without a known equity are passed over. */
    static Grid months(EquityCurve curve) {
        double[] growth = curve.growth();
        long[] inside = new long[growth.length];
        double[] returns = new double[growth.length];
        int count = 0;
        double before = Double.NaN;
        for (int i = 0; i < growth.length; i++) {
            if (Double.isFinite(growth[i])) {
                if (before > 0) {
                    // A value known at midnight belongs to the day before.
                    inside[count] = curve.times().at(i) - 1;
                    returns[count++] = growth[i] / before - 1;
                }
                before = growth[i];
            }
        }
        MonthlyReturns table = MonthlyReturns.of(Arrays.copyOf(inside, count), Arrays.copyOf(returns, count));
        List<String> years = new ArrayList<>();
        double[][] cells = new double[table.years()][13];
        for (int k = 0; k < cells.length; k++) {
            int year = table.firstYear() + k;
            years.add(String.valueOf(year));
            for (int month = 1; month <= 12; month++) {
                cells[k][month - 1] = table.month(year, month);
            }
            cells[k][12] = table.year(year);
        }
        List<String> columns = new ArrayList<>(List.of(Ticks.MONTHS));
        columns.add("Year");
        return new Grid(years, columns, cells);
    }

    private static double[] flat(double[][] cells, int columns) {
        return Arrays.stream(cells)
                .flatMapToDouble(row -> Arrays.stream(row, 0, columns))
                .filter(Double::isFinite)
                .toArray();
    }

    private static double quantile(double[] values, double part) {
        double[] sorted = Arrays.stream(values).map(Math::abs).sorted().toArray();
        return sorted.length == 0 ? 1 : Math.max(sorted[(int) ((sorted.length - 1) * part)], 1e-9);
    }

    private static String describeMonths(double[] months) {
        double[] range = Scale.range(months);
        long up = Arrays.stream(months).filter(v -> v > 0).count();
        return months.length == 0
                ? "No month to show."
                : up + " of " + months.length + " months gained; the worst lost " + Numbers.percent(-range[0], 1)
                        + ", the best gained " + Numbers.percent(range[1], 1) + ".";
    }
}
