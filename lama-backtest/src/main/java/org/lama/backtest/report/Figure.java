package org.lama.backtest.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A drawing in SVG that needs no display, no script and no network, coloured for light and for dark paper. Made by
 * {@link Figures}. The same data give the same text on every machine. Immutable and thread-safe; the text is written
 * anew on each call, in time linear in the data drawn.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Figure {
    /** Below this width a figure is laid out for a phone. */
    static final int NARROW = 560;

    private static final int DEFAULT_WIDTH = 940;
    private static final String FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

    private final Heading heading;
    private final String description;
    private final Size size;
    private final Painter painter;
    private final int width;

    /** Draws what stands below the heading. */
    interface Painter {
        void paint(Svg svg, Box box);
    }

    /** Height below the heading, in pixels, on wide and on narrow paper. */
    record Size(double wide, double narrow) {}

    private Figure(Heading heading, String description, Size size, Painter painter, int width) {
        this.heading = heading;
        this.description = description;
        this.size = size;
        this.painter = painter;
        this.width = width;
    }

    static Figure of(Heading heading, String description, Size size, Painter painter) {
        return new Figure(heading, description, size, painter, DEFAULT_WIDTH);
    }

    /**
     * The title that stands above the drawing.
     *
     * @return the title
     */
    public String title() {
        return heading.title();
    }

    /**
     * What the drawing shows, in words, for readers who cannot see it.
     *
     * @return one or two sentences
     */
    public String description() {
        return description;
    }

    /**
     * Width of the drawing.
     *
     * @return pixels
     */
    public int width() {
        return width;
    }

    /**
     * Height of the drawing.
     *
     * @return pixels
     */
    public int height() {
        return (int) Math.ceil(heading.draw(new Svg(), width) + (width < NARROW ? size.narrow() : size.wide()));
    }

    /**
     * The same figure laid out anew for another width: fewer ticks and taller panels where the paper is narrow.
     *
     * @param pixels width, 240 to 4000
     * @return the figure
     */
    public Figure at(int pixels) {
        Check.inRange(pixels, 240, 4000, "pixels");
        return new Figure(heading, description, size, painter, pixels);
    }

    /**
     * The same figure under another title.
     *
     * @param title the title
     * @return the figure
     */
    public Figure withTitle(String title) {
        return new Figure(heading.withTitle(Check.notBlank(title, "title")), description, size, painter, width);
    }

    /**
     * The figure as one SVG document with its own style sheet, which follows the reader's light or dark setting.
     *
     * @return the document
     */
    public String svg() {
        String style = "<style>" + Tone.css(".lama-figure") + "</style>\n";
        return document(style + "<rect width=\"100%\" height=\"100%\" rx=\"6\" class=\"" + Tone.PAPER.fill()
                + "\" fill=\"" + Tone.PAPER.light() + "\"/>\n");
    }

    /** The figure without style sheet and paper: the page around it brings both. */
    String inline() {
        return document("");
    }

    private String document(String before) {
        Svg svg = new Svg();
        double top = heading.draw(svg, width);
        int height = height();
        painter.paint(svg, new Box(0, top, width, height - top));
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lama-figure\" role=\"img\" viewBox=\"0 0 " + width
                + " " + height + "\" width=\"" + width + "\" height=\"" + height + "\" font-family=\"" + FONT
                + "\" aria-label=\"" + Html.escape(title()) + "\">\n<title>" + Html.escape(title())
                + "</title>\n<desc>" + Html.escape(description) + "</desc>\n" + before + svg.body() + "</svg>\n";
    }

    /**
     * The figure for notebooks: an {@code <img>} that holds the SVG as base64, because plain SVG is not drawn in a
     * notebook that is not trusted.
     *
     * @return one HTML element
     */
    public String html() {
        String data = Base64.getEncoder().encodeToString(svg().getBytes(StandardCharsets.UTF_8));
        return "<img alt=\"" + Html.escape(title() + ". " + description) + "\" width=\"" + width + "\" height=\""
                + height() + "\" style=\"max-width:100%;height:auto\" src=\"data:image/svg+xml;base64," + data
                + "\">";
    }

    /**
     * Writes the SVG document.
     *
     * @param file the file, replaced if it is there
     * @return the file
     * @throws IOException if it cannot be written
     */
    public Path write(Path file) throws IOException {
        return Files.writeString(file, svg(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Figure[" + title() + ", " + width + " x " + height() + "]";
    }
}
