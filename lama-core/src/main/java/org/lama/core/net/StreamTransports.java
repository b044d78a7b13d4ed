package org.lama.core.net;

import java.net.InetAddress;
import org.lama.core.base.Api;

/**
 * Makes transports of streams.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StreamTransports {
    private StreamTransports() {}

    /**
     * WebSocket over the client of the JDK, with the rules of {@link HttpTransports}. A message of more than 16 Mi
     * characters or bytes ends its connection.
     *
     * @param base where connections go: {@code wss://host}, or {@code ws://} to this machine
     * @param settings its patience
     * @param clock time and waiting
     * @return the transport, thread-safe
     */
    public static StreamTransport overNetwork(BaseUrl base, TransportSettings settings, NetClock clock) {
        return new JdkStreams(base, settings, clock, new AddressRules(InetAddress::getAllByName));
    }
}
