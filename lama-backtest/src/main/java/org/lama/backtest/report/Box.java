package org.lama.backtest.report;

/** A rectangle in pixels; y grows downward. */
record Box(double left, double top, double width, double height) {
    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    double middleX() {
        return left + width / 2;
    }

    double middleY() {
        return top + height / 2;
    }

    Box inset(double leftBy, double topBy, double rightBy, double bottomBy) {
        return new Box(left + leftBy, top + topBy, width - leftBy - rightBy, height - topBy - bottomBy);
    }

    /** The part from one fraction of the height to another. */
    Box band(double from, double to) {
        return new Box(left, top + height * from, width, height * (to - from));
    }

    /** The part from one fraction of the width to another. */
    Box slice(double from, double to) {
        return new Box(left + width * from, top, width * (to - from), height);
    }
}
