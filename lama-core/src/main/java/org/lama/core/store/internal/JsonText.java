package org.lama.core.store.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;

/**
 * Strict JSON in and the pieces of JSON out. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class JsonText {
    private static final int MAX_STRING = 5 * 1024 * 1024;
    private static final int MAX_NUMBER = 100;
    private static final double SMALLEST_PLAIN = 1e-7;
    private static final double LARGEST_PLAIN = 1e15;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(RawDocument.MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNumberLength(MAX_NUMBER)
                    .maxDocumentLength(RawDocument.MAX_CHARACTERS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonText() {}

    /**
     * Reads one document; anything after it is an error, and so are duplicate keys.
     *
     * @param text the JSON text
     * @param source its name for messages
     * @return a tree as {@link RawDocument} says
     * @throws IOException if the text is not JSON or breaks a limit, with line and column
     */
    public static Object read(String text, String source) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw RawDocument.broken(source, 1, 1, "the document is empty; write at least {}");
            }
            Object value = value(parser, first, source);
            if (parser.nextToken() != null) {
                throw at(parser, source, "text follows after the end of the document; remove it");
            }
            return value;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            IOException broken = RawDocument.broken(source, line, column, e.getOriginalMessage());
            broken.initCause(e);
            throw broken;
        }
    }

    private static Object value(JsonParser parser, JsonToken token, String source) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser, source);
            case START_ARRAY -> array(parser, source);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> RawDocument.NULL;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, source);
            default -> throw at(parser, source, "unexpected " + token);
        };
    }

    private static Map<String, Object> object(JsonParser parser, String source) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            fields.put(name, value(parser, parser.nextToken(), source));
        }
        return fields;
    }

    private static List<Object> array(JsonParser parser, String source) throws IOException {
        List<Object> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token, source));
        }
        return items;
    }

    private static Object number(JsonParser parser, String source) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw at(parser, source, "the number " + parser.getText() + " is beyond the range of a double");
        }
        return value;
    }

    private static IOException at(JsonParser parser, String source, String message) {
        return RawDocument.broken(
                source,
                parser.currentTokenLocation().getLineNr(),
                parser.currentTokenLocation().getColumnNr(),
                message);
    }

    /**
     * Appends text between quotes with JSON escapes.
     *
     * @param text the text
     * @param out where to append
     */
    public static void quote(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    /**
     * The shortest decimal that reads back to the same double, equal on every JDK.
     *
     * @param value a finite number
     * @return for example {@code 0.1}; powers of ten only where zeros would hide the digits, such as {@code 1.0E-8}
     */
    public static String shortest(double value) {
        String text = NumberOutput.toString(value, true);
        double size = Math.abs(value);
        if (text.indexOf('E') < 0 || size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) {
            return text;
        }
        String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
        // a number without a fraction would read back as an integer
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
