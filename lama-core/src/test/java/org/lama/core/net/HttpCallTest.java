package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallTest {
    private static final BaseUrl BASE = BaseUrl.of("https://host.com/api");
    private static final Secret KEY = Secret.of("canary/4711/canary".toCharArray());

    @Test
    void secretsGoOutButAreNotShown() {
        HttpCall call = HttpCall.get("/v2/{key}/pools")
                .part("key", KEY)
                .query("symbol", "BTC USDT&x=1")
                .query("limit", 1000)
                .query("sig", KEY)
                .header("X-Key", KEY)
                .header("X-Plain", "a")
                .weight(5)
                .build();
        assertThat(call.uri(BASE))
                .hasToString("https://host.com/api/v2/canary%2F4711%2Fcanary/pools?symbol=BTC%20USDT%26x%3D1"
                        + "&limit=1000&sig=canary%2F4711%2Fcanary");
        assertThat(call.headers()).containsEntry("X-Key", "canary/4711/canary").containsEntry("X-Plain", "a");
        assertThat(call.shown(BASE))
                .isEqualTo("GET https://host.com/api/v2/***/pools?symbol=BTC%20USDT%26x%3D1&limit=1000&sig=***");
        assertThat(call).hasToString("GET /v2/***/pools?symbol=BTC%20USDT%26x%3D1&limit=1000&sig=***");
        assertThat(call.identity(BASE)).doesNotContain("canary");
        assertThat(call.weight()).isEqualTo(5);
        assertThat(call.isReadOnly()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"../../etc/passwd, ..%2F..%2Fetc%2Fpasswd", ".., %2E%2E", "., %2E", "a?b#c, a%3Fb%23c", "é/, %C3%A9%2F"
    })
    void aPartOfThePathStaysOnePart(String symbol, String encoded) {
        HttpCall call =
                HttpCall.get("/klines/{symbol}/1m").part("symbol", symbol).build();
        assertThat(call.uri(BASE)).hasToString("https://host.com/api/klines/" + encoded + "/1m");
        assertThat(call.uri(BASE).normalize()).hasToString("https://host.com/api/klines/" + encoded + "/1m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "/a b", "/a?b=c", "/a#b", "/../x", "/a/..", "/a\n"})
    void strangePathsAreRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get(path).build())
                .withMessageContaining("path must be");
    }

    @Test
    void partsMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get("/a/{b}").build())
                .withMessage("parts of the path /a/{b} must be [b], got []");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get("/a").part("b", "x").build())
                .withMessageContaining("must be [], got [b]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get("/a").query("b", "x").query("b", "y"))
                .withMessage("b is set twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get("/a").header("X-A", "x\r\nX-Evil: y"))
                .withMessage("X-A must be printable ASCII");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get("/a").header("X A", "x"))
                .withMessageContaining("header must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get("/a").weight(-1))
                .withMessage("weight must be >= 0, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpCall.get("/a").keepFor(Duration.ofSeconds(-1)))
                .withMessageContaining("timeToLive must be >= 0");
    }

    @Test
    void postsAreRepeatedOnlyIfTheySayThatTheyChangeNothing() {
        HttpCall.Builder post = HttpCall.post("/graphql", "{\"query\":\"é\"}", "application/json");
        assertThat(post.build().isReadOnly()).isFalse();
        HttpCall call = post.readOnly().build();
        assertThat(call.isReadOnly()).isTrue();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo("{\"query\":\"é\"}");
        assertThat(call.headers()).containsEntry("Content-Type", "application/json");
        HttpCall other = HttpCall.post("/graphql", "{}", "application/json").build();
        assertThat(call.identity(BASE)).isNotEqualTo(other.identity(BASE));
        assertThat(call.with("X-A", "b").headers()).containsEntry("X-A", "b");
    }

    @Test
    void checksNameTheField() {
        BodyCheck check = BodyCheck.jsonObject("lastUpdateId", "data.bids");
        assertThat(check.complaint(bytes("{\"lastUpdateId\":1,\"data\":{\"bids\":[],\"new\":1}}")))
                .isEmpty();
        assertThat(check.complaint(bytes("{\"lastUpdateId\":1,\"data\":[]}")))
                .contains("required field 'data.bids' is missing");
        assertThat(check.complaint(bytes("[]"))).contains("the reply must be a JSON OBJECT, got ARRAY");
        assertThat(check.complaint(bytes("<html>")).orElse("")).startsWith("the reply is no JSON");
        assertThat(BodyCheck.jsonList().complaint(bytes("[1]"))).isEmpty();
        assertThat(BodyCheck.jsonList().complaint(bytes("{}"))).contains("the reply must be a JSON ARRAY, got OBJECT");
        HttpCall call =
                HttpCall.get("/a").check(BodyCheck.jsonList()).check(check).build();
        assertThat(call.complaint(bytes("[]"))).contains("the reply must be a JSON OBJECT, got ARRAY");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
