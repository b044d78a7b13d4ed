package org.lama.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    @Test
    void onlyWordsThatAreAlikeAreSuggested() {
        assertThat(Suggestion.alike("modle", List.of("p", "model"))).isEqualTo("; did you mean 'model'?");
        assertThat(Suggestion.alike("ADFF", List.of("pp", "adf"))).isEqualTo("; did you mean 'adf'?");
        assertThat(Suggestion.alike("cahs", List.of("kelly", "cash"))).isEqualTo("; did you mean 'cash'?");
        assertThat(Suggestion.alike("foo", List.of("adf", "pp"))).isEmpty();
        assertThat(Suggestion.alike("z", List.of("y", "x"))).isEmpty();
        assertThat(Suggestion.alike("cauchy", List.of("normal", "t"))).isEmpty();
        assertThat(Suggestion.alike("cauchy", List.of())).isEmpty();
        assertThat(Suggestion.nearest("cauchy", List.of("normal", "t"))).isEqualTo("normal");
    }
}
