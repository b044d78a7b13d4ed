package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {
    private static final String SECRET = "hunter2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:hunter2@db.example:5433/cryptarch?sslmode=require",
                "postgres://ann:hunter2@db.example:5433/cryptarch",
                "jdbc:postgresql://ann:hunter2@db.example:5433/cryptarch",
                "jdbc:postgresql://db.example:5433/cryptarch?user=ann&password=hunter2",
            })
    void anAddressGivesAwayNoPassword(String url) {
        ServerSettings settings = ServerSettings.of(url);
        assertThat(settings).hasToString("postgresql://ann@db.example:5433/cryptarch");
        assertThat(settings.access().password().get()).containsExactly(SECRET.toCharArray());
        assertThat(settings.access().properties()).doesNotContainKeys("user", "password");
        // wiped by who takes it, and there again for the next
        char[] taken = settings.access().password().get();
        taken[0] = '\0';
        assertThat(settings.access().password().get()).containsExactly(SECRET.toCharArray());
    }

    @Test
    void specialCharactersArePercentEncoded() {
        ServerSettings settings = ServerSettings.of("postgresql://a%40b:p%2Fw%3A+x@h/d");
        assertThat(settings.access().user()).isEqualTo("a@b");
        assertThat(settings.access().password().get()).containsExactly("p/w:+x".toCharArray());
        assertThat(ServerSettings.of("postgresql://h/d").access().user()).isEqualTo("postgres");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ann:hunter2@h/d",
                "postgresql://ann:hunter2@h",
                "postgresql://ann:hunter2@h/",
                "postgresql://ann:hunter2@/d",
                "postgresql://ann:hunter2@h/d/e",
                "postgresql://ann:hunter2 @h/d",
                "postgresql://ann:hunter2@h/d?socketFactory=org.evil.Factory",
                "postgresql://ann:hunter2@h/d?options",
            })
    void brokenAddressesAreRefusedWithoutRepeatingThem(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSettings.of(url))
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(SECRET));
    }

    @Test
    void settingsAreChecked() {
        ServerSettings settings = ServerSettings.of("postgresql://h/d");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withSpool(Path.of("x"), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withAttempts(0, Duration.ZERO, nanos -> {}))
                .withMessageContaining("times");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withAttempts(1, Duration.ofMillis(-1), nanos -> {}));
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withTimeouts(Duration.ZERO, second, second));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withTimeouts(second, Duration.ZERO, second));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withTimeouts(second, second, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withUser(" ", () -> new char[0]));
        assertThat(settings.withUser("bob", SECRET::toCharArray)).hasToString("postgresql://bob@h/d");
    }

    @Test
    void withoutTheLibrariesTheErrorNamesThem() {
        ServerSettings settings = ServerSettings.of("postgresql://h/d");
        assertThatThrownBy(() -> ServerStores.driver(settings, "org.lama.core.store.internal.NotThere"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("org.postgresql:postgresql:")
                .hasMessageContaining("com.zaxxer:HikariCP:")
                .hasMessageContaining("org.flywaydb:flyway-database-postgresql:");
    }

    @Test
    void theNamedLibrariesAreThoseOfTheBuild() throws IOException {
        Path pom = Path.of("../pom.xml");
        List<String> lines = Files.readAllLines(pom);
        for (String property : List.of("postgresql", "hikari", "flyway")) {
            String version = lines.stream()
                    .filter(line -> line.contains("<" + property + ".version>"))
                    .map(line -> line.replaceAll("<[^>]*>", "").trim())
                    .findFirst()
                    .orElseThrow();
            assertThat(ServerStores.LIBRARIES).contains(":" + version);
        }
    }
}
