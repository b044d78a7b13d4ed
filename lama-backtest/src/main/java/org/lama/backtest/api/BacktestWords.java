package org.lama.backtest.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Words and durations of settings documents. */
final class BacktestWords {
    private BacktestWords() {}

    /** A constant by its name in lower case with hyphens. */
    static <E extends Enum<E>> E word(Node node, String key, E otherwise) {
        List<String> words = new ArrayList<>();
        Class<E> type = otherwise.getDeclaringClass();
        for (E each : type.getEnumConstants()) {
            words.add(text(each));
        }
        String word = StudyConfig.text(node, key, text(otherwise));
        Check.that(
                words.contains(word),
                key + " must be one of " + words + ", got '" + word + "'" + Suggestion.alike(word, words));
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of something; YAML reads {@code 123} as a number, and {@code 1e5} as one whose letters are lost. */
    static String name(Node node, String key) {
        Node value = node.get(key);
        boolean number = value.kind() == Node.Kind.NUMBER;
        Check.that(
                !number || value.isInteger(),
                key + " is a name, but without quotes it reads as the number "
                        + (number ? Documents.compactJson(value).strip() : "") + "; put it in quotes");
        return number ? Long.toString(value.asLong()) : value.asText();
    }

    /** Such as 30s or 8h; 0 is none. */
    static Duration duration(Node node, String key, Duration otherwise) {
        try {
            return StudyConfig.value(node, key, Node::asText, otherwise.toString())
                            .equals("0")
                    ? Duration.ZERO
                    : node.find(key)
                            .map(Node::asText)
                            .map(StudyConfig::interval)
                            .orElse(otherwise);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    key + " must be a time such as 30s, 5m, 8h, 30d or PT0.25S, got '"
                            + node.get(key).asText() + "'",
                    wrong);
        }
    }
}
