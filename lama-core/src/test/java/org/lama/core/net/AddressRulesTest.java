package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    private static AddressRules leadingTo(String... addresses) {
        return new AddressRules(host -> {
            InetAddress[] found = new InetAddress[addresses.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = InetAddress.getByName(addresses[i]);
            }
            return found;
        });
    }

    private static NetException refusal(AddressRules rules, BaseUrl base) {
        return catchThrowableOfType(NetException.class, () -> rules.check(base, "GET https://shown"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "0.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "203.0.113.9",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:db8::1",
                "::7f00:1"
            })
    void aPublicNameMustNotLeadInside(String address) {
        NetException refusal = refusal(leadingTo("8.8.8.8", address), BaseUrl.of("https://rebind.example.com"));
        assertThat(refusal.reason()).isEqualTo(NetException.Reason.ADDRESS);
        assertThat(refusal).hasMessageContaining("GET https://shown: host rebind.example.com leads to");
        assertThat(refusal).hasMessageContaining("not in the public network; use BaseUrl.inPrivateNetwork");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.63.0.1",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "198.17.0.1",
                "198.20.0.1",
                "169.253.0.1",
                "11.0.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void publicAddressesPass(String address) {
        assertThatCode(() -> leadingTo(address).check(BaseUrl.of("https://example.com"), "x"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "fc00::1", "127.0.0.1"})
    void privateAddressesPassWhereTheyAreConfigured(String address) {
        assertThatCode(() -> leadingTo(address).check(BaseUrl.inPrivateNetwork("https://node.home"), "x"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "0.0.0.0", "224.0.0.1"})
    void someAddressesAreNeverCalled(String address) {
        assertThat(refusal(leadingTo(address), BaseUrl.inPrivateNetwork("https://node.home"))
                        .reason())
                .isEqualTo(NetException.Reason.ADDRESS);
    }

    @Test
    void loopbackNamesLeadToLoopbackOnly() {
        assertThatCode(() -> leadingTo("127.0.0.1").check(BaseUrl.of("http://localhost:1"), "x"))
                .doesNotThrowAnyException();
        assertThatCode(() -> new AddressRules(InetAddress::getAllByName).check(BaseUrl.of("http://[::1]:1"), "x"))
                .doesNotThrowAnyException();
        assertThat(refusal(leadingTo("10.0.0.1"), BaseUrl.of("http://localhost:1"))
                        .reason())
                .isEqualTo(NetException.Reason.ADDRESS);
    }

    @Test
    void aNameWithoutAddressIsNamed() {
        AddressRules rules = new AddressRules(host -> {
            throw new UnknownHostException(host);
        });
        NetException refusal = refusal(rules, BaseUrl.of("https://no.such.host"));
        assertThat(refusal.reason()).isEqualTo(NetException.Reason.CONNECT);
        assertThat(refusal).hasMessageContaining("host no.such.host has no address");
    }
}
