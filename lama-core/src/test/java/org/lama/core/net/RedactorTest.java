package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {
    private static final String KEY = "canary+/47=11&canary";
    private final Redactor redactor = Redactor.of(List.of(Secret.of(KEY.toCharArray())));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://h/v2/abcDEF123_-abcDEF123_-abcDEF123_/x | https://h/v2/***/x",
                "https://g/api/0123456789abcdef0123456789abcdef/subgraphs/id/5z | https://g/api/***/subgraphs/id/5z",
                "https://h/x?symbol=A&signature=c8db56825ae71d&t=1 | https://h/x?symbol=A&signature=***&t=1",
                "https://h/x?apikey=abc&api_key=def&key=g&monkey=h | https://h/x?apikey=***&api_key=***&key=***&monkey=h",
                "https://h/x?access_token=abc | https://h/x?access_token=***",
                "Authorization: Bearer abc.def | Authorization: Bearer ***",
                "{\"password\":\"abc\",\"a\":1} | {\"password\":\"***\",\"a\":1}",
                "https://me:pass@h/x | https://***@h/x",
                "https://h/tx/0x0123456789abcdef0123456789abcdef01234567 | https://h/tx/0x0123456789abcdef0123456789abcdef01234567",
                "/data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01-01.zip | /data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01-01.zip",
                "/public/get_order_book/BTC-27DEC24-100000-C | /public/get_order_book/BTC-27DEC24-100000-C"
            })
    void keysAreMaskedByTheirPlace(String text, String masked) {
        assertThat(Redactor.of(List.of()).redact(text)).isEqualTo(masked);
    }

    @Test
    void knownValuesAreMaskedInEveryForm() {
        byte[] bytes = KEY.getBytes(StandardCharsets.UTF_8);
        String text = "plain " + KEY + " encoded canary%2B%2F47%3D11%26canary base64 "
                + Base64.getEncoder().encodeToString(bytes) + " url "
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        assertThat(redactor.redact(text)).isEqualTo("plain *** encoded *** base64 ***= url ***");
    }

    @Test
    void causesThatShowASecretAreReplacedByALikeness() {
        IOException harmless = new IOException("reset");
        assertThat(redactor.cause(harmless)).isSameAs(harmless);
        IOException leaking = new IOException("outer", new IllegalStateException("inner " + KEY));
        Throwable likeness = redactor.cause(leaking);
        StringWriter printed = new StringWriter();
        likeness.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString())
                .contains("java.lang.IllegalStateException: inner ***")
                .doesNotContain(KEY);
        assertThat(likeness.getStackTrace()).isEqualTo(leaking.getStackTrace());
    }
}
