package org.lama.core.net;

import org.lama.core.base.Api;

/**
 * Opens WebSocket connections to one source: no reconnecting, no limits. The real one is made by {@link
 * StreamTransports}; tests write their own. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface StreamTransport {
    /**
     * Where connections go.
     *
     * @return the base of all addresses
     */
    BaseUrl base();

    /**
     * Opens a connection. Nothing is delivered before the first {@link Connection#request}.
     *
     * @param call path and query, a GET
     * @param receiver is told what comes, by one thread at a time
     * @return the open connection
     * @throws NetException if it cannot be opened
     */
    Connection connect(HttpCall call, Receiver receiver) throws NetException;

    /** An open connection. Thread-safe. */
    interface Connection {
        /**
         * Sends a text message.
         *
         * @param text the message
         * @throws NetException if the connection is broken
         */
        void send(String text) throws NetException;

        /**
         * Asks the other side for a sign of life.
         *
         * @throws NetException if the connection is broken
         */
        void ping() throws NetException;

        /**
         * Lets some more messages come.
         *
         * @param messages at least 1
         */
        void request(int messages);

        /** Says good-bye and does not wait for the answer. */
        void close();

        /** Drops the connection without a word. */
        void abort();
    }

    /** Is told what comes over a connection. */
    interface Receiver {
        /**
         * A whole text message.
         *
         * @param text the message
         */
        void text(String text);

        /**
         * A whole binary message.
         *
         * @param bytes the message, owned by the receiver
         */
        void binary(byte[] bytes);

        /** A sign of life that is no message. */
        void alive();

        /**
         * The connection has ended; nothing comes after it.
         *
         * @param reason why, redacted
         */
        void ended(String reason);
    }
}
