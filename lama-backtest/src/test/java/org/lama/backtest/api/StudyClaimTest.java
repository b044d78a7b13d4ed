package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.walkforward.StudyMonitor;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Hypothesis, metric and rule stand in the study file and are fixed before the data are opened. */
class StudyClaimTest {
    private static final String FILE = """
            study: {trainDays: 120, stepDays: 60, bootstrapSamples: 100}
            verdict: {hypothesis: "Walks have no edge.", metric: "mean daily return", minimumDeflatedSharpe: 0.99,
              trackRecordConfidence: 0.9, minimumRoundTrips: 5, falseDiscoveryRate: 0.2}
            """;

    @TempDir
    private Path folder;

    private static StudyRequest request(DataRequest data) throws IOException {
        return StudyConfig.apply(new StudyRequest(data, StudySettings.defaults()), Documents.parseYaml(FILE, "text"));
    }

    @Test
    void theRuleIsHashedBeforeTheDataAreOpenedForTheyDoNotExistUntilThen() throws IOException {
        Path file = folder.resolve("WALKUSDT.csv");
        List<String> told = new ArrayList<>();
        StudyMonitor writes = new StudyMonitor() {
            @Override
            public void ruleFixed(String sha256) {
                assertThat(file).as("nothing to open yet").doesNotExist();
                told.add(sha256);
                try {
                    BarTexts.write(file, BarTexts.walk(1, 300));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }

            @Override
            public void progress(String stage, int done, int total) {
                assertThat(told).as("the rule stands before the first fit").hasSize(1);
            }
        };
        Study study = Lama.study(
                request(DataRequest.of(file)),
                Lama.Options.defaults().withThreads(1).withMonitor(writes));
        assertThat(told).hasSize(1);
        Node hypothesis = study.manifest().get("hypothesis");
        assertThat(hypothesis.get("sha256").asText()).isEqualTo(told.get(0));
        assertThat(hypothesis.get("text").asText())
                .contains("\"hypothesis\":\"Walks have no edge.\"", "\"metric\":\"mean daily return\"")
                .contains("\"minimumDeflatedSharpe\":0.99", "\"minimumRoundTrips\":5", "\"falseDiscoveryRate\":0.2");
    }

    @Test
    void whatStandsInTheFileIsTheRuleAndSurvivesTheManifest() throws IOException {
        StudyRequest request = request(DataRequest.synthetic());
        assertThat(Lama.rule(request).hypothesis()).isEqualTo("Walks have no edge.");
        assertThat(Lama.rule(request).assetRates().minimumRoundTrips()).isEqualTo(5);
        assertThat(StudyConfig.apply(StudyRequest.defaults(), StudyConfig.document(request)))
                .isEqualTo(request);
        StudyRequest plain = StudyRequest.defaults();
        assertThat(Lama.rule(plain).hypothesis()).startsWith("The signals of momentum, anomaly, liquidity");
        assertThat(Lama.rule(new StudyRequest(
                                plain.data(), plain.study(), plain.claim().withHypothesis("Mine.")))
                        .hypothesis())
                .isEqualTo("Mine.");
        assertThat(Lama.rule(request).hash()).isNotEqualTo(Lama.rule(plain).hash());
    }

    @Test
    void wrongKeysAndRatesAreNamed() {
        assertThatThrownBy(() -> StudyConfig.apply(
                        StudyRequest.defaults(), Documents.parseYaml("verdict: {hypotesis: x}", "text")))
                .hasMessageContaining("unknown key 'hypotesis'")
                .hasMessageContaining("hypothesis");
        assertThatThrownBy(() -> StudyConfig.apply(
                        StudyRequest.defaults(), Documents.parseYaml("verdict: {falseDiscoveryRate: 1}", "text")))
                .hasMessageContaining("falseDiscoveryRate must be in");
        assertThatThrownBy(() -> StudyClaim.STANDARD.withHypothesis(" ")).hasMessageContaining("hypothesis");
    }

    @Test
    void theHashIsToldBeforeItIsFoundThatThereAreNoData() throws IOException {
        assertThat(Files.exists(folder.resolve("none.csv"))).isFalse();
        List<String> told = new ArrayList<>();
        StudyMonitor listens = new StudyMonitor() {
            @Override
            public void ruleFixed(String sha256) {
                told.add(sha256);
            }

            @Override
            public void progress(String stage, int done, int total) {}
        };
        StudyRequest request = request(DataRequest.of(folder.resolve("none.csv")));
        assertThatThrownBy(() -> Lama.study(request, Lama.Options.defaults().withMonitor(listens)))
                .isInstanceOf(IOException.class);
        assertThat(told).containsExactly(Lama.rule(request).hash());
    }
}
