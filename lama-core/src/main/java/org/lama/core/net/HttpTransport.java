package org.lama.core.net;

import org.lama.core.base.Api;

/**
 * Sends calls to one source and returns what came back, whatever its status: no retries, no limits, no cache. The real
 * one is made by {@link HttpTransports}; tests write their own. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface HttpTransport {
    /**
     * Where calls go.
     *
     * @return the base of all addresses
     */
    BaseUrl base();

    /**
     * Sends a call and waits for status and headers; the body follows as a stream.
     *
     * @param call what to ask
     * @return the answer, of any status
     * @throws NetException if there is no answer, with the redacted endpoint
     */
    HttpReply send(HttpCall call) throws NetException;
}
