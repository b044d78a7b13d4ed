package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.List;

/** Title, subtitle and legend above a figure, broken into lines that fit its width. */
record Heading(String title, String subtitle, List<Key> keys) {
    /** How a legend entry is drawn. */
    enum Mark {
        LINE,
        DASH,
        BOX,
        UP,
        DOWN,
        DOT,
        HOLLOW
    }

    /** One entry of the legend. */
    record Key(String label, Tone tone, Mark mark) {}

    private static final double SWATCH = 18;
    private static final double MARGIN = 12;

    static Heading of(String title, String subtitle, Key... keys) {
        return new Heading(title, subtitle, List.of(keys));
    }

    Heading withTitle(String text) {
        return new Heading(text, subtitle, keys);
    }

    /** Draws at the top and returns the height used. */
    double draw(Svg svg, double width) {
        double y = 8;
        for (String line : wrap(title, Svg.Face.TITLE, width - 2 * MARGIN)) {
            y += Svg.Face.TITLE.lineHeight();
            svg.text(MARGIN, y - 5, line, Svg.Face.TITLE, Tone.INK, Svg.Anchor.START);
        }
        for (String line : wrap(subtitle, Svg.Face.LABEL, width - 2 * MARGIN)) {
            y += Svg.Face.LABEL.lineHeight();
            svg.text(MARGIN, y - 3, line, Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
        }
        return keys.isEmpty() ? y + 6 : legend(svg, width, y + 6) + 6;
    }

    private double legend(Svg svg, double width, double top) {
        double x = MARGIN;
        double y = top + 7;
        for (Key key : keys) {
            double needed = SWATCH + 5 + Svg.Face.LABEL.widthOf(key.label()) + 12;
            if (x > MARGIN && x + needed > width) {
                x = MARGIN;
                y += 16;
            }
            swatch(svg, x, y, key);
            svg.text(x + SWATCH + 5, y + 4, key.label(), Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
            x += needed;
        }
        return y + 8;
    }

    private static void swatch(Svg svg, double x, double y, Key key) {
        switch (key.mark()) {
            case LINE -> svg.line(x, y, x + SWATCH, y, key.tone(), 2);
            case DASH -> svg.dashed(x, y, x + SWATCH, y, key.tone());
            case BOX -> svg.rect(new Box(x + 2, y - 5, SWATCH - 4, 10), key.tone());
            case UP -> svg.triangle(x + SWATCH / 2, y - 3, true, key.tone());
            case DOWN -> svg.triangle(x + SWATCH / 2, y + 3, false, key.tone());
            case DOT -> svg.dot(x + SWATCH / 2, y, 3.5, key.tone(), false);
            case HOLLOW -> svg.dot(x + SWATCH / 2, y, 3.5, key.tone(), true);
        }
    }

    /** Breaks a text at blanks so that each line fits; an empty text has no line. */
    static List<String> wrap(String text, Svg.Face face, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && face.widthOf(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }
}
