package org.lama.datasets;

/** What an anomaly of a book looks like. */
enum BookAnomaly {
    /** Nearly all orders are gone, on both sides. */
    VACUUM,
    /** Nearly all orders of one side are gone. */
    ONE_SIDED,
    /** Great orders some levels behind the best price of one side, which do not want to be filled. */
    PRETENDED,
    /** Nobody stands near the mid price. */
    TORN;

    private static final BookAnomaly[] ALL = values();

    static BookAnomaly of(int number) {
        return ALL[number];
    }

    static int count() {
        return ALL.length;
    }

    /** The direction of the move that may follow, given the side it shows on: 1 for the bid, -1 for the ask. */
    int direction(int side) {
        return switch (this) {
            case VACUUM, TORN -> -1;
            case ONE_SIDED, PRETENDED -> -side;
        };
    }

    /** The name, with the side where it has one. */
    String shown(int side) {
        return this == VACUUM || this == TORN ? name() : name() + (side > 0 ? "_BID" : "_ASK");
    }
}
