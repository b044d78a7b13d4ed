package org.lama.backtest.api;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.lama.backtest.cost.SlippageModel;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.Api;
import org.lama.core.base.Suggestion;
import org.lama.core.market.Instrument;
import org.lama.core.store.Node;

/**
 * Reads and writes a {@link StudyRequest} as a document: what stands in a configuration file and in a manifest. Unknown
 * keys are errors that name the nearest right one.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StudyConfig {
    private static final List<String> ROOT = List.of("data", "study", "verdict");
    private static final List<String> DATA = List.of(
            "path",
            "database",
            "symbols",
            "from",
            "to",
            "interval",
            "instrument",
            "volumeUnit",
            "syntheticAssets",
            "syntheticDays",
            "joins",
            "syntheticMarket");
    private static final List<String> STUDY = List.of(
            "models",
            "combiner",
            "regime",
            "sizing",
            "cash",
            "commission",
            "slippage",
            "slippageModel",
            "impact",
            "trainDays",
            "stepDays",
            "targetVolatility",
            "bootstrapSamples",
            "seed",
            "combinerSwitching");
    private static final List<String> VERDICT = List.of(
            "hypothesis",
            "metric",
            "minimumDeflatedSharpe",
            "trackRecordConfidence",
            "minimumRoundTrips",
            "falseDiscoveryRate");

    private StudyConfig() {}

    /**
     * Applies a document on top of a request: keys that are missing keep their value.
     *
     * @param base what holds without the document
     * @param document an object with the optional keys {@code data}, {@code study} and {@code verdict}
     * @return the new request
     * @throws IllegalArgumentException for an unknown key or a value out of range, naming its path
     */
    public static StudyRequest apply(StudyRequest base, Node document) {
        known(document, ROOT);
        DataRequest data =
                document.find("data").map(node -> data(base.data(), node)).orElse(base.data());
        StudySettings study = document.find("study")
                .map(node -> study(base.study(), data.kind(), node))
                .orElse(base.study());
        StudyClaim claim =
                document.find("verdict").map(node -> claim(base.claim(), node)).orElse(base.claim());
        return new StudyRequest(data, study, claim);
    }

    private static StudyClaim claim(StudyClaim base, Node node) {
        known(node, VERDICT);
        return new StudyClaim(
                node.find("hypothesis").map(Node::asText).or(base::hypothesis),
                text(node, "metric", base.metric()),
                value(node, "minimumDeflatedSharpe", Node::asDouble, base.minimumDeflatedSharpe()),
                value(node, "trackRecordConfidence", Node::asDouble, base.trackRecordConfidence()),
                value(node, "minimumRoundTrips", Node::asInt, base.minimumRoundTrips()),
                value(node, "falseDiscoveryRate", Node::asDouble, base.falseDiscoveryRate()));
    }

    /** The claim, as {@link #claim} reads it; a hypothesis that follows from the settings is left out. */
    private static Node document(StudyClaim claim) {
        Node.Fields fields = Node.object();
        claim.hypothesis().ifPresent(text -> fields.put("hypothesis", text));
        return fields.put("metric", claim.metric())
                .put("minimumDeflatedSharpe", claim.minimumDeflatedSharpe())
                .put("trackRecordConfidence", claim.trackRecordConfidence())
                .put("minimumRoundTrips", claim.minimumRoundTrips())
                .put("falseDiscoveryRate", claim.falseDiscoveryRate())
                .build();
    }

    static DataRequest data(DataRequest base, Node node) {
        known(node, DATA);
        String[] instrument =
                text(node, "instrument", base.venue() + "." + base.kind()).split("\\.", -1);
        if (instrument.length != 2) {
            throw new IllegalArgumentException(
                    "instrument must be VENUE.KIND such as BINANCE.SPOT, got '" + String.join(".", instrument) + "'");
        }
        Optional<String> database = node.find("database").map(Node::asText);
        Optional<Path> path = node.find("path").map(Node::asText).map(Path::of);
        return new DataRequest(
                path.or(() -> database.isPresent() ? Optional.empty() : base.path()),
                node.find("symbols").map(Node::asTexts).orElse(base.symbols()),
                time(node, "from").or(base::from),
                time(node, "to").or(base::to),
                node.find("interval")
                        .map(Node::asText)
                        .map(StudyConfig::interval)
                        .or(base::interval),
                instrument[0].toUpperCase(Locale.ROOT),
                kind(instrument[1]),
                volumeInQuote(text(node, "volumeUnit", base.volumeInQuote() ? "quote" : "base")),
                node.find("syntheticAssets").map(Node::asInt).orElse(base.syntheticAssets()),
                node.find("syntheticDays").map(Node::asInt).orElse(base.syntheticDays()),
                database.or(() -> path.isPresent() ? Optional.empty() : base.database()),
                node.find("joins").map(Node::asTexts).orElse(base.joins()),
                text(node, "syntheticMarket", base.syntheticMarket()));
    }

    private static Optional<Instant> time(Node node, String key) {
        try {
            return node.find(key).map(Node::asText).map(StudyConfig::time);
        } catch (IllegalArgumentException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw new IllegalArgumentException(message.replaceFirst("^a time must look", key + " must look"), wrong);
        }
    }

    private static StudySettings study(StudySettings base, Instrument.Kind kind, Node node) {
        known(node, STUDY);
        return new StudySettings(
                value(node, "models", Node::asTexts, base.models()),
                text(node, "combiner", base.combiner()),
                text(node, "regime", base.regime()),
                text(node, "sizing", base.sizing()),
                kind,
                value(node, "cash", Node::asDouble, base.cash()),
                value(node, "commission", Node::asDouble, base.commission()),
                value(node, "slippage", Node::asDouble, base.slippage()),
                SlippageModel.of(
                        text(node, "slippageModel", base.slippageModel().text())),
                value(node, "impact", Node::asDouble, base.impact()),
                value(node, "trainDays", Node::asInt, base.trainDays()),
                value(node, "stepDays", Node::asInt, base.stepDays()),
                value(node, "targetVolatility", Node::asDouble, base.targetVolatility()),
                value(node, "bootstrapSamples", Node::asInt, base.bootstrapSamples()),
                value(node, "seed", Node::asLong, base.seed()),
                value(node, "combinerSwitching", Node::asBoolean, base.combinerSwitching()));
    }

    /**
     * The request as a document that {@link #apply(StudyRequest, Node)} reads back.
     *
     * @param request the request
     * @return an object with the keys {@code data}, {@code study} and {@code verdict}
     */
    public static Node document(StudyRequest request) {
        StudySettings study = request.study();
        Node.Fields studyFields = Node.object()
                .put("models", Node.texts(study.models()))
                .put("combiner", study.combiner())
                .put("regime", study.regime())
                .put("sizing", study.sizing())
                .put("cash", study.cash())
                .put("commission", study.commission())
                .put("slippage", study.slippage())
                .put("slippageModel", study.slippageModel().text())
                .put("impact", study.impact())
                .put("trainDays", study.trainDays())
                .put("stepDays", study.stepDays())
                .put("targetVolatility", study.targetVolatility())
                .put("bootstrapSamples", study.bootstrapSamples())
                .put("seed", study.seed())
                .put("combinerSwitching", study.combinerSwitching());
        return Node.object()
                .put("data", document(request.data()))
                .put("study", studyFields.build())
                .put("verdict", document(request.claim()))
                .build();
    }

    /** Which data, as {@link #data} reads it. */
    static Node document(DataRequest data) {
        Node.Fields dataFields = Node.object();
        data.path().ifPresent(path -> dataFields.put("path", path.toString().replace('\\', '/')));
        data.database().ifPresent(database -> dataFields.put("database", database));
        dataFields.put("symbols", Node.texts(data.symbols()));
        data.from().ifPresent(from -> dataFields.put("from", from));
        data.to().ifPresent(to -> dataFields.put("to", to));
        data.interval().ifPresent(interval -> dataFields.put("interval", interval.toString()));
        dataFields
                .put("instrument", data.venue() + "." + data.kind())
                .put("volumeUnit", data.volumeInQuote() ? "quote" : "base")
                .put("syntheticAssets", data.syntheticAssets())
                .put("syntheticDays", data.syntheticDays());
        if (!data.joins().isEmpty()) {
            dataFields.put("joins", Node.texts(data.joins()));
        }
        // what is usual is left out, so that requests from before have the hash that they had
        if (!data.syntheticMarket().equals(DataRequest.synthetic().syntheticMarket())) {
            dataFields.put("syntheticMarket", data.syntheticMarket());
        }
        return dataFields.build();
    }

    /**
     * Reads a bar length: {@code 1m, 5m, 1h, 4h, 1d, 1w} or ISO-8601 such as {@code PT1H}.
     *
     * @param text the text
     * @return the length
     * @throws IllegalArgumentException if it is neither
     */
    public static Duration interval(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("[1-9][0-9]{0,5}[smhdw]")) {
            long count = Long.parseLong(lower.substring(0, lower.length() - 1));
            return switch (lower.charAt(lower.length() - 1)) {
                case 's' -> Duration.ofSeconds(count);
                case 'm' -> Duration.ofMinutes(count);
                case 'h' -> Duration.ofHours(count);
                case 'd' -> Duration.ofDays(count);
                default -> Duration.ofDays(7 * count);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException notIso) {
            throw new IllegalArgumentException(
                    "interval must look like 5m, 1h, 1d or PT1H, got '" + text + "'", notIso);
        }
    }

    /**
     * Reads a time: a date such as {@code 2021-01-01} (its midnight in UTC) or an ISO-8601 instant.
     *
     * @param text the text
     * @return the time
     * @throws IllegalArgumentException if it is neither
     */
    public static Instant time(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(
                    "a time must look like 2021-01-01 or 2021-01-01T00:00:00Z, got '" + text + "'", wrong);
        }
    }

    /**
     * Reads an instrument kind.
     *
     * @param text spot or perp, in any case
     * @return the kind
     */
    public static Instrument.Kind kind(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "SPOT" -> Instrument.Kind.SPOT;
            case "PERP" -> Instrument.Kind.PERP;
            default -> throw new IllegalArgumentException("instrument kind must be SPOT or PERP, got '" + text + "'");
        };
    }

    /**
     * Reads the unit of the volume column.
     *
     * @param text base or quote
     * @return true for quote
     */
    public static boolean volumeInQuote(String text) {
        return switch (text) {
            case "base" -> false;
            case "quote" -> true;
            default -> throw new IllegalArgumentException("volumeUnit must be base or quote, got '" + text + "'");
        };
    }

    static String text(Node node, String key, String otherwise) {
        return value(node, key, Node::asText, otherwise);
    }

    static <T> T value(Node node, String key, Function<Node, T> reader, T otherwise) {
        return node.find(key).map(reader).orElse(otherwise);
    }

    static void known(Node node, List<String> keys) {
        for (String name : node.names()) {
            if (!keys.contains(name)) {
                String where = node.path().isEmpty() ? "" : " in '" + node.path() + "'";
                throw new IllegalArgumentException(
                        "unknown key '" + name + "'" + where + "; known keys: " + keys + Suggestion.alike(name, keys));
            }
        }
    }
}
