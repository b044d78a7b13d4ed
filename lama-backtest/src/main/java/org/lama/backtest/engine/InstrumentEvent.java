package org.lama.backtest.engine;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Something that a venue does to an instrument. A closed family. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface InstrumentEvent {
    /**
     * When.
     *
     * @return UTC epoch nanoseconds
     */
    long tsNanos();

    /**
     * To which instrument.
     *
     * @return its symbol in the data
     */
    String symbol();

    /**
     * Calls the visitor's method for this case.
     *
     * @param <R> type of the answer
     * @param visitor one method per case
     * @return the visitor's answer
     */
    <R> R accept(Visitor<R> visitor);

    /**
     * One method per case.
     *
     * @param <R> type of the answer
     */
    interface Visitor<R> {
        /**
         * Trading begins.
         *
         * @param event the event
         * @return the answer
         */
        R listed(Listed event);

        /**
         * Trading ends.
         *
         * @param event the event
         * @return the answer
         */
        R delisted(Delisted event);

        /**
         * The name changes, nothing else.
         *
         * @param event the event
         * @return the answer
         */
        R renamed(Renamed event);

        /**
         * The unit changes.
         *
         * @param event the event
         * @return the answer
         */
        R redenominated(Redenominated event);

        /**
         * The contract expires.
         *
         * @param event the event
         * @return the answer
         */
        R settled(Settled event);

        /**
         * The venue closes a part of winning positions.
         *
         * @param event the event
         * @return the answer
         */
        R deleveraged(Deleveraged event);
    }

    /**
     * Trading begins: orders before are refused with {@code NOT_LISTED} even if the data hold earlier rows.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol the instrument
     */
    record Listed(long tsNanos, String symbol) implements InstrumentEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.listed(this);
        }
    }

    /**
     * Trading ends: orders end, a position is closed at its last price less the run's delisting haircut, later orders are
     * refused.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol the instrument
     */
    record Delisted(long tsNanos, String symbol) implements InstrumentEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.delisted(this);
        }
    }

    /**
     * The name changes: positions and orders stay. Data, results and contexts keep the symbol that they have.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol the instrument
     * @param newSymbol its new name at the venue
     */
    record Renamed(long tsNanos, String symbol, String newSymbol) implements InstrumentEvent {
        /**
         * Checks the parts.
         *
         * @param tsNanos when, UTC epoch nanoseconds
         * @param symbol the instrument
         * @param newSymbol its new name at the venue
         */
        public Renamed {
            Check.notBlank(newSymbol, "newSymbol");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.renamed(this);
        }
    }

    /**
     * The unit changes: for each old unit there are so many new ones, and the price falls as much. Orders end. The data
     * must show prices in new units from this time on.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol the instrument
     * @param newUnits new units for an old one, above 0; 1000 if a thousand new ones replace one
     */
    record Redenominated(long tsNanos, String symbol, double newUnits) implements InstrumentEvent {
        /**
         * Checks the parts.
         *
         * @param tsNanos when, UTC epoch nanoseconds
         * @param symbol the instrument
         * @param newUnits new units for an old one, above 0; 1000 if a thousand new ones replace one
         */
        public Redenominated {
            Check.positive(newUnits, "newUnits");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.redenominated(this);
        }
    }

    /**
     * The contract expires: orders end, options pay off, other positions close at the settlement price, without fee.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol the instrument
     * @param price settlement price of the underlying in quote currency, above 0
     */
    record Settled(long tsNanos, String symbol, double price) implements InstrumentEvent {
        /**
         * Checks the parts.
         *
         * @param tsNanos when, UTC epoch nanoseconds
         * @param symbol the instrument
         * @param price settlement price of the underlying in quote currency, above 0
         */
        public Settled {
            Check.positive(price, "price");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.settled(this);
        }
    }

    /**
     * Auto-deleveraging: the venue closes a share of every winning position at the bankruptcy price of somebody else.
     * Losing positions are left alone.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol the instrument
     * @param share of the position that is closed, in (0, 1]
     * @param price at which, above 0
     */
    record Deleveraged(long tsNanos, String symbol, double share, double price) implements InstrumentEvent {
        /**
         * Checks the parts.
         *
         * @param tsNanos when, UTC epoch nanoseconds
         * @param symbol the instrument
         * @param share of the position that is closed, in (0, 1]
         * @param price at which, above 0
         */
        public Deleveraged {
            Check.that(share > 0 && share <= 1, "share must be in (0, 1], got " + share);
            Check.positive(price, "price");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.deleveraged(this);
        }
    }
}
