package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Inverse roots of the two lag polynomials of an ARMA model in the complex plane. */
record RootPanel(List<Root> roots) {
    private static final int LISTED = 12;
    private static final double CLOSE = 0.99;
    private static final double NOISE = 1e-9;

    /** An inverse root of the autoregressive or the moving-average side. */
    record Root(boolean moving, double real, double imaginary) {
        double modulus() {
            return Math.hypot(real, imaginary);
        }

        /** The modulus in millionths: roots on one circle stay together whatever their last bits are. */
        long rank() {
            return Math.round(modulus() * 1e6);
        }

        /** Rows of one turn; infinite for a positive real root, 2 for a negative one. */
        double period() {
            double angle = Math.abs(Math.atan2(imaginary, real));
            return angle < 1e-9 ? Double.POSITIVE_INFINITY : 2 * Math.PI / angle;
        }
    }

    /** Reads the roots, which lie outside the circle for a stationary and invertible model, and inverts them. */
    static RootPanel of(Map<String, double[]> vectors) {
        List<Root> roots = new ArrayList<>();
        add(roots, false, of(vectors, "arRootsReal"), of(vectors, "arRootsImaginary"));
        add(roots, true, of(vectors, "maRootsReal"), of(vectors, "maRootsImaginary"));
        roots.sort(Comparator.comparing(Root::moving)
                .thenComparing(Comparator.comparingLong(Root::rank).reversed())
                .thenComparing(Comparator.comparingDouble(Root::period).reversed())
                .thenComparing(Root::imaginary));
        return new RootPanel(List.copyOf(roots));
    }

    private static double[] of(Map<String, double[]> vectors, String name) {
        return vectors.getOrDefault(name, new double[0]);
    }

    private static void add(List<Root> roots, boolean moving, double[] real, double[] imaginary) {
        for (int k = 0; k < Math.min(real.length, imaginary.length); k++) {
            // Scaled before squaring, so that neither a huge nor a tiny root leaves the range of numbers.
            double size = Math.max(Math.abs(real[k]), Math.abs(imaginary[k]));
            double re = real[k] / size;
            double im = imaginary[k] / size;
            double square = (re * re + im * im) * size;
            if (square > 0 && square < Double.POSITIVE_INFINITY) {
                roots.add(new Root(moving, re / square, -im / square));
            }
        }
    }

    boolean isEmpty() {
        return roots.isEmpty();
    }

    String describe() {
        if (isEmpty()) {
            return "The model has no autoregressive and no moving-average roots.";
        }
        return side(false)
                + side(true)
                + (largest(false) > CLOSE || largest(true) > CLOSE
                        ? "A root on the border hints at one difference too few or too many."
                        : "All lie well inside the circle.");
    }

    private String side(boolean moving) {
        long count = roots.stream().filter(root -> root.moving == moving).count();
        return count == 0
                ? ""
                : (moving ? "Moving average: " : "Autoregression: ") + count
                        + (count == 1 ? " inverse root" : " inverse roots") + ", largest modulus "
                        + Numbers.fixed(largest(moving), 4) + ". ";
    }

    private double largest(boolean moving) {
        return roots.stream()
                .filter(root -> root.moving == moving)
                .mapToDouble(Root::modulus)
                .max()
                .orElse(0);
    }

    void draw(Svg svg, Box box) {
        boolean narrow = box.width() < Figure.NARROW;
        double side = Math.min(
                narrow ? box.width() - 70 : box.width() * 0.45, box.height() - 56 - (narrow ? listHeight() : 0));
        double left = box.left() + (narrow ? (box.width() - side) / 2 + 10 : 62);
        circle(svg, new Box(left, box.top() + 12, side, side));
        if (narrow) {
            list(svg, box.left() + 16, box.top() + side + 72);
        } else {
            list(svg, left + side + 60, box.top() + 26);
        }
    }

    private double listHeight() {
        return 18.0 * (Math.min(LISTED, pairs().size()) + 2);
    }

    /** Height that circle and list need on narrow paper of the given width. */
    static double narrowHeight(RootPanel panel, double width) {
        return width - 70 + 56 + panel.listHeight();
    }

    private void circle(Svg svg, Box plot) {
        double reach = 1.12 * Math.max(1, Math.min(2, Math.max(largest(false), largest(true))));
        double[] range = {-reach, reach};
        Panel panel = Panel.linear(svg, plot, range, range);
        svg.ring(
                panel.x().map(0), panel.y().map(0), panel.x().map(1) - panel.x().map(0), Tone.FRAME);
        panel.yGrid(Ticks.Unit.NUMBER, "imaginary");
        panel.xTicks(Ticks.Unit.NUMBER, "real");
        svg.line(panel.x().map(0), plot.top(), panel.x().map(0), plot.bottom(), Tone.GRID, 1);
        for (Root root : roots) {
            double shrink = Math.min(1, reach * 0.98 / Math.max(Math.abs(root.real), Math.abs(root.imaginary)));
            double x = panel.x().map(root.real * shrink);
            double y = panel.y().map(root.imaginary * shrink);
            svg.dot(x, y, root.moving ? 5 : 3.2, tone(root), root.moving);
        }
    }

    private static Tone tone(Root root) {
        return root.moving ? Tone.VERMILLION : Tone.BLUE;
    }

    /** A conjugate pair is listed once. */
    private List<Root> pairs() {
        return roots.stream().filter(root -> root.imaginary >= -NOISE).toList();
    }

    private void list(Svg svg, double left, double top) {
        List<Root> pairs = pairs();
        double y = top;
        svg.text(left + 14, y, "side", Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
        svg.text(left + 110, y, "modulus", Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.END);
        svg.text(left + 210, y, "period in rows", Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.END);
        for (Root root : pairs.subList(0, Math.min(LISTED, pairs.size()))) {
            y += 18;
            svg.dot(left + 3, y - 4, root.moving ? 4 : 3.2, tone(root), root.moving);
            svg.text(left + 14, y, root.moving ? "MA" : "AR", Svg.Face.LABEL, Tone.INK, Svg.Anchor.START);
            svg.text(left + 110, y, Numbers.fixed(root.modulus(), 4), Svg.Face.LABEL, Tone.INK, Svg.Anchor.END);
            String period = Double.isInfinite(root.period()) ? "none" : Numbers.significant(root.period(), 4);
            svg.text(left + 210, y, period, Svg.Face.LABEL, Tone.INK, Svg.Anchor.END);
        }
        if (pairs.size() > LISTED) {
            String rest = "and " + (pairs.size() - LISTED) + " more";
            svg.text(left + 14, y + 18, rest, Svg.Face.LABEL, Tone.MUTED, Svg.Anchor.START);
        }
    }
}
