package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class DocumentsTest {
    private static Node sample() {
        return Node.object()
                .put("text", "a \"quoted\" line\nwith é and \u0001")
                .put("long", Long.MIN_VALUE)
                .put("double", 0.1)
                .put("whole", 5.0)
                .put("nan", Double.NaN)
                .put("inf", Double.NEGATIVE_INFINITY)
                .put("flag", true)
                .put("time", Instant.parse("2024-01-31T00:00:00Z"))
                .put("none", Node.nothing())
                .put("yes", "yes")
                .put("007", "007")
                .put("empty", Node.object().build())
                .put("numbers", Node.array(1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY))
                .put(
                        "nested",
                        Node.array(List.of(
                                Node.object()
                                        .put("a", 1)
                                        .put("b", Node.texts(List.of("x", "")))
                                        .build(),
                                Node.array(List.of(Node.array(List.of()), Node.of(2))))))
                .build();
    }

    @Test
    void jsonRoundTripGivesAnEqualNode() throws IOException {
        assertThat(Documents.parseJson(Documents.json(sample()), "x")).isEqualTo(sample());
        assertThat(Documents.parseJson(Documents.compactJson(sample()), "x"))
                .isEqualTo(sample())
                .hasSameHashCodeAs(sample());
    }

    @Test
    void yamlRoundTripGivesAnEqualNode() throws IOException {
        assertThat(Documents.parseYaml(Documents.yaml(sample()), "x")).isEqualTo(sample());
        assertThat(Documents.parseYaml(Documents.yaml(Node.of(3)), "x")).isEqualTo(Node.of(3));
        assertThat(Documents.parseYaml("", "x")).isEqualTo(Node.object().build());
    }

    @Test
    void everyDoubleSurvivesWritingAndReading() throws IOException {
        Rng rng = Seeds.rng(7, 1);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(rng.nextLong());
            Node back = Documents.parseJson(Documents.compactJson(Node.of(value)), "x");
            assertThat(Double.doubleToLongBits(back.asDouble())).isEqualTo(Double.doubleToLongBits(value));
        }
    }

    @Test
    void prettyTextIsAsExpected() {
        Node node = Node.object()
                .put("a", Node.array(1, 2.5))
                .put("b", Node.object().put("c", "d").build())
                .build();
        assertThat(Documents.json(node)).isEqualTo("{\n  \"a\": [1.0, 2.5],\n  \"b\": {\n    \"c\": \"d\"\n  }\n}\n");
        assertThat(node).hasToString("{\"a\":[1.0,2.5],\"b\":{\"c\":\"d\"}}");
        assertThat(Documents.compactJson(Node.of(2e-9))).isEqualTo("2.0E-9");
        assertThat(Documents.compactJson(Node.of(5e-4))).isEqualTo("0.0005");
        assertThat(Documents.compactJson(Node.of(-1.25e9))).isEqualTo("-1250000000.0");
        assertThat(Documents.compactJson(Node.of(1.2345678912345e10))).isEqualTo("12345678912.345");
        assertThat(Documents.compactJson(Node.of(1e15))).isEqualTo("1.0E15");
    }

    @Test
    void gettersNameThePathTheRuleAndTheValue() throws IOException {
        Node node = Documents.parseJson("{\"s\":{\"list\":[1,{\"t\":\"x\"}],\"n\":1.5,\"big\":3000000000}}", "x");
        assertThatThrownBy(() -> node.get("s").get("list").at(1).get("t").asDouble())
                .hasMessage("s.list[1].t must be a number, got \"x\"");
        assertThatThrownBy(() -> node.get("q")).hasMessage("field 'q' is missing in the document, which has [s]");
        assertThatThrownBy(() -> node.get("s").get("n").asLong()).hasMessage("s.n must be an integer, got 1.5");
        assertThatThrownBy(() -> node.get("s").get("big").asInt())
                .hasMessage("s.big must fit into 32 bits, got 3000000000");
        assertThatThrownBy(() -> node.get("s").get("list").at(2)).hasMessageContaining("has 2 items");
        assertThatThrownBy(() -> node.get("s").asText()).hasMessageContaining("s must be a text, got {");
        assertThatThrownBy(() -> Node.of("soon").asInstant()).hasMessageContaining("UTC time");
        assertThatThrownBy(() -> Node.object().put("a", 1).put("a", 2)).hasMessageContaining("set twice");
    }

    @Test
    void gettersGiveTypedValues() {
        Node node = sample();
        assertThat(node.get("double").asDouble()).isEqualTo(0.1);
        assertThat(node.get("nan").asDouble()).isNaN();
        assertThat(node.get("whole").asInt()).isEqualTo(5);
        assertThat(node.get("flag").asBoolean()).isTrue();
        assertThat(node.get("time").asInstant()).isEqualTo(Instant.parse("2024-01-31T00:00:00Z"));
        assertThat(node.find("none")).isEmpty();
        assertThat(node.find("missing")).isEmpty();
        assertThat(node.find("flag")).isPresent();
        assertThat(node.has("none")).isTrue();
        assertThat(node.get("numbers").asDoubles()).hasSize(5);
        assertThat(node.get("nested").at(0).get("b").asTexts()).containsExactly("x", "");
        assertThat(node.get("nested").at(0).get("b").path()).isEqualTo("nested[0].b");
        assertThat(node.with("flag", Node.of(false)).get("flag").asBoolean()).isFalse();
        assertThat(node.with("new", Node.of(1)).size()).isEqualTo(node.size() + 1);
    }

    @Test
    void brokenJsonIsRefusedWithItsPlace() {
        assertBrokenJson("{\"a\":1,\"a\":2}", "Duplicate");
        assertBrokenJson("{\"a\":1} x", "line 1");
        assertBrokenJson("{\"a\":1} 2", "text follows");
        assertBrokenJson("", "empty");
        assertBrokenJson("{\n\"a\":NaN}", "line 2");
        assertBrokenJson("1e999", "beyond the range");
        assertBrokenJson("[".repeat(101) + "]".repeat(101), "100");
        assertBrokenJson("1" + "0".repeat(200), "100");
    }

    @Test
    void integersBeyondLongBecomeDoubles() throws IOException {
        assertThat(Documents.parseJson("18446744073709551616", "x").asDouble()).isEqualTo(0x1p64);
        assertThat(Documents.parseYaml("18446744073709551616", "x").asDouble()).isEqualTo(0x1p64);
        assertThat(Documents.parseYaml("9223372036854775807", "x").asLong()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void yamlScalarsFollowTheCoreSchema() throws IOException {
        Node node = Documents.parseYaml(
                "from: 2020-01-01\non: yes\nn: 12\nr: .5\ne: 1e3\nnan: .nan\ninf: -.inf\nz: ~\nt: true\nq: '1'\nv: 1.2.3",
                "x");
        assertThat(node.get("from").asText()).isEqualTo("2020-01-01");
        assertThat(node.get("on").asText()).isEqualTo("yes");
        assertThat(node.get("n").asLong()).isEqualTo(12);
        assertThat(node.get("r").asDouble()).isEqualTo(0.5);
        assertThat(node.get("e").asDouble()).isEqualTo(1000);
        assertThat(node.get("nan").asDouble()).isNaN();
        assertThat(node.get("inf").asDouble()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(node.get("z").isNull()).isTrue();
        assertThat(node.get("t").asBoolean()).isTrue();
        assertThat(node.get("q").asText()).isEqualTo("1");
        assertThat(node.get("v").asText()).isEqualTo("1.2.3");
    }

    @Test
    void dangerousYamlIsRefused() {
        assertBrokenYaml("a: !!javax.script.ScriptEngineManager [x]", "tag");
        assertBrokenYaml("a: !!str 1", "tag");
        assertBrokenYaml("a: 1\na: 2", "appears twice");
        assertBrokenYaml("a: &x {k: 1}\nb:\n  <<: *x", "merge keys");
        assertBrokenYaml("? [1]\n: 2", "plain text");
        assertBrokenYaml("a: 1\n---\nb: 2", "second document");
        assertBrokenYaml("a: &x 1\nb: [" + "*x,".repeat(51) + "]", "50 aliases");
        assertBrokenYaml("a: *nowhere", "nowhere");
        assertBrokenYaml("[".repeat(101) + "]".repeat(101), "100");
        assertBrokenYaml("a: [1", "line");
        assertBrokenYaml("a: 1e999", "beyond");
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x]\n");
        for (int i = 1; i < 25; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(",*a")
                    .append(i - 1);
            bomb.append("]\n");
        }
        assertBrokenYaml(bomb.toString(), "values after aliases");
    }

    @Test
    @Timeout(60)
    void yamlThatIsTooLongOrTooDeepIsRefusedBeforeItCostsTime(@TempDir Path folder) throws IOException {
        int limit = 1024 * 1024;
        String line = "key: [1, 2, 3]\n";
        assertBrokenYaml("a".repeat(limit + 1), "the document has 1048577 characters; YAML may have 1048576 at most");
        Path long30 = folder.resolve("study.yaml");
        Files.writeString(long30, line.repeat(30 * limit / line.length()));
        assertThatThrownBy(() -> Documents.read(long30))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        long30 + ": has 31457280 bytes; YAML may have 1048576 at most; keep numbers in");
        for (String deep : List.of("[", "{a: ", "- ", "? ", "a:\n", "[a, ", "\"", "&a [")) {
            String text = deep.equals("a:\n") ? stairs() : deep.repeat(limit / deep.length());
            assertThatThrownBy(() -> Documents.parseYaml(text, "file.yaml"))
                    .as(deep)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("file.yaml, line ");
        }
    }

    /** Each line one deeper than the one above. */
    private static String stairs() {
        StringBuilder text = new StringBuilder();
        for (int depth = 0; depth < 1_400; depth++) {
            text.append(" ".repeat(depth)).append("a:\n");
        }
        return text.toString();
    }

    /** As much as is allowed, in shapes that a reader of the square of the length would not finish. */
    @Test
    @Timeout(60)
    void yamlOfTheLargestSizeIsReadInSeconds() throws IOException {
        StringBuilder keys = new StringBuilder();
        int count = 0;
        while (keys.length() < 1_040_000) {
            keys.append('k').append(count++).append(": 1\n");
        }
        assertThat(Documents.parseYaml(keys.toString(), "x").size()).isEqualTo(count);
        assertThat(Documents.parseYaml("a: [" + "1,".repeat(500_000) + "1]", "x")
                        .get("a")
                        .size())
                .isEqualTo(500_001);
        assertThat(Documents.parseYaml("- 1\n".repeat(250_000), "x").size()).isEqualTo(250_000);
        assertThat(Documents.parseYaml("a: |\n" + " text\n".repeat(150_000), "x")
                        .get("a")
                        .asText())
                .hasSize(750_000);
    }

    @Test
    void filesAreReadByTheirEndingAndWrittenAtOnce(@TempDir Path folder) throws IOException {
        Documents.writeJson(folder.resolve("a.json"), sample());
        assertThat(Documents.read(folder.resolve("a.json"))).isEqualTo(sample());
        Files.writeString(folder.resolve("b.yml"), "a: 1\n");
        assertThat(Documents.read(folder.resolve("b.yml")).get("a").asInt()).isEqualTo(1);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        assertThat(Checksums.sha256(folder.resolve("b.yml")))
                .isEqualTo(Checksums.sha256("a: 1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(Checksums.sha256(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aFailedWriteLeavesTheOldFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.txt");
        Files.writeString(file, "old");
        assertThatThrownBy(() -> AtomicFiles.write(file, (Path temporary) -> {
                    Files.writeString(temporary, "half");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("no/x"), new byte[1]))
                .hasMessageContaining("folder does not exist");
    }

    private static void assertBrokenJson(String text, String part) {
        assertThatThrownBy(() -> Documents.parseJson(text, "file.json"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("file.json, line ")
                .hasMessageContaining(part);
    }

    private static void assertBrokenYaml(String text, String part) {
        assertThatThrownBy(() -> Documents.parseYaml(text, "file.yaml"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("file.yaml, line ")
                .hasMessageContaining(part);
    }
}
