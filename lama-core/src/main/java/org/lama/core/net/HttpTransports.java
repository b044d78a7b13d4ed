package org.lama.core.net;

import java.net.InetAddress;
import org.lama.core.base.Api;

/**
 * Makes transports.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class HttpTransports {
    private HttpTransports() {}

    /**
     * A transport over the network with the HTTP client of the JDK: certificates and host names are always checked;
     * redirects are followed to the same scheme, host and port only; addresses of private networks are refused unless the
     * base allows them. Threads of the client are daemons and end when the transport is no longer used.
     *
     * @param base where calls go
     * @param settings its patience
     * @param clock time and waiting
     * @return the transport, thread-safe
     */
    public static HttpTransport overNetwork(BaseUrl base, TransportSettings settings, NetClock clock) {
        return new JdkTransport(base, settings, clock, new AddressRules(InetAddress::getAllByName));
    }
}
