package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.binance.com",
                "ws://stream.binance.com",
                "http://localhost.evil.com",
                "http://127.0.0.1.evil.com",
                "http://10.0.0.1",
                "http://0.0.0.0",
                "http://[::2]"
            })
    void plainHttpToAnotherMachineIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaseUrl.of(url))
                .withMessageContaining("goes to this machine only")
                .withMessageContaining(url);
        assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.inPrivateNetwork(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://host", "host", "https:///path", "file:///etc/passwd", "https://a b", "", "https://h#f"})
    void whatIsNoAddressIsRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> BaseUrl.of(url)).withMessageContaining("base URL must");
    }

    @Test
    void passwordsInTheAddressAreRefusedWithoutShowingThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaseUrl.of("https://user:canary-password@host"))
                .withMessageContaining("no user")
                .withMessageNotContaining("canary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaseUrl.of("https://host?apikey=canary-password"))
                .withMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1",
                "ws://[::1]:9",
                "https://api.kraken.com",
                "wss://h/ws"
            })
    void goodAddressesPass(String url) {
        assertThat(BaseUrl.of(url)).hasToString(url);
        assertThat(BaseUrl.of(url + "/").resolve("/a")).isEqualTo(URI.create(url + "/a"));
    }

    @Test
    void theSamePlaceHasTheSameSchemeHostAndPort() {
        BaseUrl base = BaseUrl.of("https://api.host.com/v1");
        assertThat(base.host()).isEqualTo("api.host.com");
        assertThat(base.isSamePlace(URI.create("https://API.host.com:443/other")))
                .isTrue();
        assertThat(base.isSamePlace(URI.create("http://api.host.com/v1"))).isFalse();
        assertThat(base.isSamePlace(URI.create("https://host.com/v1"))).isFalse();
        assertThat(base.isSamePlace(URI.create("https://api.host.com:8443/v1"))).isFalse();
        assertThat(base.isSamePlace(URI.create("https://api.host.com@evil.com/v1")))
                .isFalse();
        assertThat(base.isSamePlace(URI.create("https://user@api.host.com/v1"))).isFalse();
        assertThat(base.isSamePlace(URI.create("mailto:a"))).isFalse();
    }
}
