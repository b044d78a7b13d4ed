package org.lama.core.net;

import org.lama.core.base.Api;

/**
 * Something that happened on a stream, in order. Immutable as long as nobody writes into the bytes of a message.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface StreamEvent {
    /**
     * Hands the event to the method for its kind.
     *
     * @param visitor takes it
     */
    void accept(Visitor visitor);

    /**
     * When it happened.
     *
     * @return UTC epoch nanoseconds of our wall clock
     */
    long receivedNanos();

    /** One method for each kind of event. */
    interface Visitor {
        /**
         * A connection was made: what came before it does not continue in what comes after.
         *
         * @param event the event
         */
        void opened(Opened event);

        /**
         * A text message came.
         *
         * @param event the event
         */
        void text(Text event);

        /**
         * A binary message came.
         *
         * @param event the event
         */
        void binary(Binary event);

        /**
         * A connection was lost: what is known by it is stale from now on.
         *
         * @param event the event
         */
        void lost(Lost event);
    }

    /**
     * A connection was made.
     *
     * @param connection its number, from 1
     * @param receivedNanos when, UTC epoch nanoseconds
     */
    record Opened(int connection, long receivedNanos) implements StreamEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.opened(this);
        }
    }

    /**
     * A text message.
     *
     * @param text the message
     * @param receivedNanos when it came, UTC epoch nanoseconds
     */
    record Text(String text, long receivedNanos) implements StreamEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.text(this);
        }
    }

    /** A binary message; equal only to itself. */
    final class Binary implements StreamEvent {
        private final byte[] bytes;
        private final long receivedNanos;

        Binary(byte[] bytes, long receivedNanos) {
            this.bytes = bytes;
            this.receivedNanos = receivedNanos;
        }

        /**
         * The message.
         *
         * @return its bytes, lent: not copied, must not be changed
         */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public long receivedNanos() {
            return receivedNanos;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.binary(this);
        }
    }

    /**
     * A connection was lost, or could not be made.
     *
     * @param reason why, redacted
     * @param receivedNanos when, UTC epoch nanoseconds
     */
    record Lost(String reason, long receivedNanos) implements StreamEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.lost(this);
        }
    }
}
