package org.lama.core.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses may be called: a name in the public network must not lead into a private one, to this machine or to
 * the services of a cloud host (169.254.169.254), whoever owns the name. Stateless.
 */
final class AddressRules {
    private final Resolver resolver;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    AddressRules(Resolver resolver) {
        this.resolver = resolver;
    }

    /** Throws where a host's name leads to an address that must not be called, or to none. */
    void check(BaseUrl base, String shown) throws NetException {
        InetAddress[] addresses;
        try {
            String host = base.host();
            addresses = resolver.resolve(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (UnknownHostException e) {
            throw new NetException(
                    NetException.Reason.CONNECT,
                    shown,
                    "host " + base.host() + " has no address; check the name and the network",
                    0,
                    0,
                    e);
        }
        for (InetAddress address : addresses) {
            boolean allowed = base.isLoopback()
                    ? address.isLoopbackAddress()
                    : isPublic(address) || (base.privateAllowed() && !isNeverCalled(address));
            if (!allowed) {
                throw new NetException(
                        NetException.Reason.ADDRESS,
                        shown,
                        "host " + base.host() + " leads to " + address.getHostAddress()
                                + ", which is not in the public network",
                        "use BaseUrl.inPrivateNetwork if this is your own machine");
            }
        }
    }

    /** Addresses that stay closed even where private networks are open. */
    private static boolean isNeverCalled(InetAddress address) {
        return address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLinkLocalAddress();
    }

    static boolean isPublic(InetAddress address) {
        if (isNeverCalled(address) || address.isLoopbackAddress() || address.isSiteLocalAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublic(bytes);
        }
        return !(address instanceof Inet6Address) || isPublicSix(bytes);
    }

    private record Block(int network, int bits) {
        boolean holds(int address) {
            return (address ^ network) >>> (32 - bits) == 0;
        }
    }

    /** IANA's special-purpose blocks that InetAddress has no word for. */
    private static final List<Block> SPECIAL = List.of(
            new Block(0, 8),
            new Block(100 << 24 | 64 << 16, 10),
            new Block(192 << 24, 24),
            new Block(192 << 24 | 2 << 8, 24),
            new Block(198 << 24 | 18 << 16, 15),
            new Block(198 << 24 | 51 << 16 | 100 << 8, 24),
            new Block(203 << 24 | 113 << 8, 24),
            new Block(240 << 24, 4));

    private static boolean isPublic(byte[] b) {
        int address = (b[0] & 255) << 24 | (b[1] & 255) << 16 | (b[2] & 255) << 8 | (b[3] & 255);
        return SPECIAL.stream().noneMatch(block -> block.holds(address));
    }

    private static boolean isPublicSix(byte[] b) {
        boolean uniqueLocal = (b[0] & 0xfe) == 0xfc;
        boolean documentation = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && (b[3] & 255) == 0xb8;
        // 64:ff9b::/96 and 2002::/16 carry an address of version 4, which may be private
        boolean translated = (b[0] == 0 && b[1] == 0x64) || (b[0] == 0x20 && b[1] == 0x02);
        boolean compatible = true;
        for (int i = 0; i < 12; i++) {
            compatible &= b[i] == 0;
        }
        return !uniqueLocal && !documentation && !translated && !compatible;
    }
}
