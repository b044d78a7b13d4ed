package org.lama.core.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Check;

/**
 * A type of the contract ABI of Ethereum. Immutable.
 *
 * @param kind what it is
 * @param size bits of integers, length of fixed bytes and fixed lists, -1 for lists of any length, else 0
 * @param parts types of a tuple's fields, or the type of a list's items
 */
record AbiType(Kind kind, int size, List<AbiType> parts) {
    private static final Pattern LIST = Pattern.compile("(.+)\\[([0-9]{0,6})]");
    private static final Pattern SIZED = Pattern.compile("(uint|int|bytes)([0-9]{1,3})");
    private static final int MOST_NESTING = 16;

    /** Kinds of types. */
    enum Kind {
        UINT,
        INT,
        ADDRESS,
        BOOL,
        FIXED_BYTES,
        BYTES,
        STRING,
        LIST,
        TUPLE
    }

    /** Reads a type as it stands in signatures: {@code uint256}, {@code (address,int24[2])[]}. */
    static AbiType parse(String text) {
        return parse(text.strip(), 0);
    }

    private static AbiType parse(String text, int depth) {
        Check.that(depth < MOST_NESTING, "types nest at most " + MOST_NESTING + " deep");
        Matcher list = LIST.matcher(text);
        if (list.matches()) {
            int length = list.group(2).isEmpty() ? -1 : Integer.parseInt(list.group(2));
            return new AbiType(Kind.LIST, length, List.of(parse(list.group(1), depth + 1)));
        }
        if (text.startsWith("(") && text.endsWith(")")) {
            List<AbiType> parts = new ArrayList<>();
            for (String part : split(text.substring(1, text.length() - 1))) {
                parts.add(parse(part, depth + 1));
            }
            return new AbiType(Kind.TUPLE, parts.size(), List.copyOf(parts));
        }
        Matcher sized = SIZED.matcher(text);
        if (sized.matches()) {
            int size = Integer.parseInt(sized.group(2));
            boolean bytes = sized.group(1).equals("bytes");
            Check.that(
                    bytes ? size >= 1 && size <= 32 : size >= 8 && size <= 256 && size % 8 == 0,
                    "size of an ABI type must be 1 to 32 bytes, or 8 to 256 bits in steps of 8, got " + text);
            Kind kind = bytes ? Kind.FIXED_BYTES : sized.group(1).equals("uint") ? Kind.UINT : Kind.INT;
            return new AbiType(kind, size, List.of());
        }
        return switch (text) {
            case "uint" -> new AbiType(Kind.UINT, 256, List.of());
            case "int" -> new AbiType(Kind.INT, 256, List.of());
            case "address" -> new AbiType(Kind.ADDRESS, 160, List.of());
            case "bool" -> new AbiType(Kind.BOOL, 0, List.of());
            case "bytes" -> new AbiType(Kind.BYTES, 0, List.of());
            case "string" -> new AbiType(Kind.STRING, 0, List.of());
            default -> throw new IllegalArgumentException("type must be one of the contract ABI, got '" + text + "'");
        };
    }

    /** The types between two brackets. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        if (!text.isBlank()) {
            parts.add(text.substring(from).strip());
        }
        return List.copyOf(parts);
    }

    /** Whether its length depends on its value, so that it stands behind the heads. */
    boolean isDynamic() {
        return switch (kind) {
            case BYTES, STRING -> true;
            case LIST -> size < 0 || parts.get(0).isDynamic();
            case TUPLE -> parts.stream().anyMatch(AbiType::isDynamic);
            default -> false;
        };
    }

    /** Bytes of its head. */
    int headBytes() {
        if (isDynamic()) {
            return 32;
        }
        return switch (kind) {
            case LIST -> Math.multiplyExact(size, parts.get(0).headBytes());
            case TUPLE -> parts.stream().mapToInt(AbiType::headBytes).sum();
            default -> 32;
        };
    }
}
