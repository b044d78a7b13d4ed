package org.lama.backtest.report;

/**
 * Writes the body of one SVG drawing. Every text is escaped, every number is locale-free, and every colour is a class
 * with the light colour as fall-back. Mutable, single-threaded.
 */
final class Svg {
    /** Where a text stands against its point. */
    enum Anchor {
        START("start"),
        MIDDLE("middle"),
        END("end");

        private final String css;

        Anchor(String css) {
            this.css = css;
        }
    }

    /** Size and weight of a text. */
    enum Face {
        TITLE(15, " font-weight=\"650\""),
        LABEL(11, ""),
        SMALL(9.5, ""),
        STRONG(11, " font-weight=\"600\"");

        private final double size;
        private final String weight;

        Face(double size, String weight) {
            this.size = size;
            this.weight = weight;
        }

        /** Rough width of a text in pixels: the fonts of the reader's machine are not known here. */
        double widthOf(String text) {
            return text.length() * size * (this == TITLE ? 0.56 : 0.54);
        }

        double lineHeight() {
            return Math.ceil(size * 1.35);
        }
    }

    private final StringBuilder out = new StringBuilder(16_384);

    void line(double x1, double y1, double x2, double y2, Tone tone, double width) {
        lineOpen(x1, y1, x2, y2, tone, width);
        out.append("/>\n");
    }

    void dashed(double x1, double y1, double x2, double y2, Tone tone) {
        lineOpen(x1, y1, x2, y2, tone, 1);
        out.append(" stroke-dasharray=\"4 3\"/>\n");
    }

    private void lineOpen(double x1, double y1, double x2, double y2, Tone tone, double width) {
        out.append("<line x1=\"").append(Numbers.pixel(x1)).append("\" y1=\"").append(Numbers.pixel(y1));
        out.append("\" x2=\"").append(Numbers.pixel(x2)).append("\" y2=\"").append(Numbers.pixel(y2));
        out.append('"');
        stroke(tone, width);
    }

    void rect(Box box, Tone tone) {
        if (box.width() > 0 && box.height() > 0) {
            rectOpen(box, tone);
            out.append("/>\n");
        }
    }

    /** A rectangle that tells its value when the pointer rests on it. */
    void rect(Box box, Tone tone, String hint) {
        rectOpen(box, tone);
        out.append("><title>").append(Html.escape(hint)).append("</title></rect>\n");
    }

    private void rectOpen(Box box, Tone tone) {
        out.append("<rect x=\"").append(Numbers.pixel(box.left())).append("\" y=\"");
        out.append(Numbers.pixel(box.top())).append("\" width=\"");
        out.append(Numbers.pixel(box.width())).append("\" height=\"");
        out.append(Numbers.pixel(box.height())).append('"');
        fill(tone);
    }

    void path(String data, Tone tone, double width) {
        if (!data.isEmpty()) {
            out.append("<path d=\"").append(data).append("\" fill=\"none\" stroke-linejoin=\"round\"");
            stroke(tone, width);
            out.append("/>\n");
        }
    }

    void area(String data, Tone tone, double opacity) {
        if (!data.isEmpty()) {
            out.append("<path d=\"").append(data).append('"');
            fill(tone);
            out.append(" fill-opacity=\"")
                    .append(Numbers.significant(opacity, 2))
                    .append("\"/>\n");
        }
    }

    void dot(double x, double y, double radius, Tone tone, boolean hollow) {
        out.append("<circle cx=\"").append(Numbers.pixel(x)).append("\" cy=\"").append(Numbers.pixel(y));
        out.append("\" r=\"").append(Numbers.pixel(radius)).append('"');
        if (hollow) {
            out.append(" class=\"").append(Tone.PAPER.fill()).append(' ').append(tone.stroke());
            out.append("\" fill=\"")
                    .append(Tone.PAPER.light())
                    .append("\" stroke=\"")
                    .append(tone.light());
            out.append("\" stroke-width=\"1.4\"/>\n");
        } else {
            fill(tone);
            out.append("/>\n");
        }
    }

    /** A circle without filling. */
    void ring(double x, double y, double radius, Tone tone) {
        out.append("<circle cx=\"").append(Numbers.pixel(x)).append("\" cy=\"").append(Numbers.pixel(y));
        out.append("\" r=\"").append(Numbers.pixel(radius)).append("\" fill=\"none\"");
        stroke(tone, 1.5);
        out.append("/>\n");
    }

    /** A small triangle with its tip at the point; the body lies below if it points up, above if it points down. */
    void triangle(double x, double y, boolean up, Tone tone) {
        double base = up ? y + 6 : y - 6;
        out.append("<path d=\"M").append(Numbers.pixel(x)).append(' ').append(Numbers.pixel(y));
        out.append('L').append(Numbers.pixel(x - 3.6)).append(' ').append(Numbers.pixel(base));
        out.append('L')
                .append(Numbers.pixel(x + 3.6))
                .append(' ')
                .append(Numbers.pixel(base))
                .append("Z\"");
        fill(tone);
        out.append("/>\n");
    }

    void text(double x, double y, String text, Face face, Tone tone, Anchor anchor) {
        out.append("<text x=\"").append(Numbers.pixel(x)).append("\" y=\"").append(Numbers.pixel(y));
        textRest(text, face, tone, anchor);
    }

    /** A text that runs from bottom to top, centred on the point. */
    void upright(double x, double y, String text, Tone tone) {
        out.append("<text transform=\"translate(").append(Numbers.pixel(x)).append(' ');
        out.append(Numbers.pixel(y)).append(") rotate(-90)");
        textRest(text, Face.LABEL, tone, Anchor.MIDDLE);
    }

    private void textRest(String text, Face face, Tone tone, Anchor anchor) {
        out.append("\" font-size=\"")
                .append(Numbers.pixel(face.size))
                .append('"')
                .append(face.weight);
        fill(tone);
        if (anchor != Anchor.START) {
            out.append(" text-anchor=\"").append(anchor.css).append('"');
        }
        out.append('>').append(Html.escape(text)).append("</text>\n");
    }

    private void fill(Tone tone) {
        out.append(" class=\"")
                .append(tone.fill())
                .append("\" fill=\"")
                .append(tone.light())
                .append('"');
    }

    private void stroke(Tone tone, double width) {
        out.append(" class=\"").append(tone.stroke()).append("\" stroke=\"").append(tone.light());
        out.append("\" stroke-width=\"").append(Numbers.pixel(width)).append('"');
    }

    /** All elements so far. */
    String body() {
        return out.toString();
    }
}
