package org.lama.core.sources;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.lama.core.base.Check;

/**
 * Encodes and decodes values by the contract ABI of Ethereum (Solidity documentation, "Contract ABI Specification").
 * Integers are {@link BigInteger}, truth values {@link Boolean}, bytes {@code byte[]}, texts and addresses {@link String}
 * (addresses as {@code 0x} and 40 hexadecimal digits in lower case), lists and tuples {@link List}. Decoding is strict:
 * offsets, lengths, padding and ranges that no encoder writes are refused, so that a wrong type is noticed. Stateless.
 */
final class Abi {
    private static final int WORD = 32;
    private static final int MOST_ITEMS = 1 << 20;
    private static final HexFormat HEX = HexFormat.of();

    private Abi() {}

    /** The topic of an event: {@code Transfer(address,address,uint256)}. */
    static String topic(String signature) {
        return "0x" + HEX.formatHex(Keccak.hash(signature));
    }

    /** The data of a call: four bytes that name the function, then its arguments. */
    static String call(String signature, Object... arguments) {
        String types = signature.substring(signature.indexOf('('));
        return "0x" + HEX.formatHex(Keccak.hash(signature), 0, 4) + HEX.formatHex(encode(types, List.of(arguments)));
    }

    /** Bytes of hexadecimal text after {@code 0x}. */
    static byte[] bytes(String hex) {
        boolean good = hex.startsWith("0x") && hex.length() % 2 == 0;
        Check.that(good, "bytes must be 0x and an even number of hexadecimal digits, got " + shown(hex));
        try {
            return HEX.parseHex(hex, 2, hex.length());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("bytes must be hexadecimal digits, got " + shown(hex), e);
        }
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** Encodes a tuple of values; types as {@code (uint256,string)}. */
    static byte[] encode(String types, List<?> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(tuple(AbiType.parse(types).parts(), values));
        return out.toByteArray();
    }

    private static byte[] tuple(List<AbiType> types, List<?> values) {
        Check.that(types.size() == values.size(), types.size() + " values are needed, got " + values.size());
        int head = types.stream().mapToInt(AbiType::headBytes).sum();
        ByteArrayOutputStream heads = new ByteArrayOutputStream();
        ByteArrayOutputStream tails = new ByteArrayOutputStream();
        for (int i = 0; i < types.size(); i++) {
            byte[] encoded = value(types.get(i), values.get(i));
            if (types.get(i).isDynamic()) {
                heads.writeBytes(word(BigInteger.valueOf(head + (long) tails.size())));
                tails.writeBytes(encoded);
            } else {
                heads.writeBytes(encoded);
            }
        }
        heads.writeBytes(tails.toByteArray());
        return heads.toByteArray();
    }

    private static byte[] value(AbiType type, Object value) {
        return switch (type.kind()) {
            case UINT, INT -> word(ranged(type, (BigInteger) value));
            case ADDRESS -> word(address((String) value));
            case BOOL -> word((Boolean) value ? BigInteger.ONE : BigInteger.ZERO);
            case FIXED_BYTES -> {
                byte[] bytes = (byte[]) value;
                Check.that(bytes.length == type.size(), "bytes" + type.size() + " needs as many, got " + bytes.length);
                yield Arrays.copyOf(bytes, WORD);
            }
            case BYTES -> sized((byte[]) value);
            case STRING -> sized(((String) value).getBytes(StandardCharsets.UTF_8));
            case TUPLE -> tuple(type.parts(), (List<?>) value);
            case LIST -> {
                List<?> items = (List<?>) value;
                Check.that(
                        type.size() < 0 || type.size() == items.size(),
                        "a list of " + type.size() + " is needed, got " + items.size());
                byte[] body = tuple(same(type, items.size()), items);
                yield type.size() < 0 ? joined(word(BigInteger.valueOf(items.size())), body) : body;
            }
        };
    }

    private static List<AbiType> same(AbiType list, int length) {
        return java.util.Collections.nCopies(length, list.parts().get(0));
    }

    private static byte[] sized(byte[] bytes) {
        int padded = (bytes.length + WORD - 1) / WORD * WORD;
        return joined(word(BigInteger.valueOf(bytes.length)), Arrays.copyOf(bytes, padded));
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] word(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] word = new byte[WORD];
        if (number.signum() < 0) {
            Arrays.fill(word, (byte) 0xff);
        }
        int skip = Math.max(0, bytes.length - WORD); // the sign of a number of 256 bits
        System.arraycopy(bytes, skip, word, WORD - bytes.length + skip, bytes.length - skip);
        return word;
    }

    private static BigInteger ranged(AbiType type, BigInteger number) {
        boolean good = type.kind() == AbiType.Kind.UINT
                ? number.signum() >= 0 && number.bitLength() <= type.size()
                : number.bitLength() < type.size();
        Check.that(good, "a number must fit into " + type.size() + " bits, got " + number);
        return number;
    }

    private static BigInteger address(String text) {
        Check.that(text.matches("0x[0-9a-fA-F]{40}"), "an address is 0x and 40 hexadecimal digits, got " + shown(text));
        return new BigInteger(text.substring(2), 16);
    }

    /** Decodes a tuple of values; types as {@code (uint256,string)}. */
    static List<Object> decode(String types, byte[] data) {
        return new Decoder(data).tuple(AbiType.parse(types).parts(), 0);
    }

    /** Decodes one value that stands alone in a word, such as an indexed topic. */
    static Object decodeWord(String type, byte[] data) {
        return decode("(" + type + ")", data).get(0);
    }

    private static final class Decoder {
        private final byte[] data;
        private int items;

        Decoder(byte[] data) {
            this.data = data;
        }

        List<Object> tuple(List<AbiType> types, int base) {
            List<Object> values = new ArrayList<>();
            int at = base;
            for (AbiType type : types) {
                values.add(type.isDynamic() ? value(type, base + offset(at, base)) : value(type, at));
                at += type.headBytes();
            }
            return List.copyOf(values);
        }

        private int offset(int at, int base) {
            BigInteger offset = unsigned(at);
            Check.that(
                    offset.bitLength() < 31 && offset.intValue() <= data.length - base,
                    "an offset must stay within the data, got " + offset);
            return offset.intValue();
        }

        private int length(int at) {
            BigInteger length = unsigned(at);
            Check.that(
                    length.bitLength() < 31 && length.intValue() <= data.length,
                    "a length must stay within the data, got " + length);
            return length.intValue();
        }

        private byte[] word(int at) {
            Check.that(
                    at >= 0 && at <= data.length - WORD,
                    "the data end too early: " + data.length + " bytes, a value stands at " + at);
            return Arrays.copyOfRange(data, at, at + WORD);
        }

        private BigInteger unsigned(int at) {
            return new BigInteger(1, word(at));
        }

        private Object value(AbiType type, int at) {
            Check.that(++items <= MOST_ITEMS, "the data hold more than " + MOST_ITEMS + " values");
            return switch (type.kind()) {
                case UINT -> ranged(type, unsigned(at));
                case INT -> ranged(type, new BigInteger(word(at)));
                case ADDRESS -> {
                    BigInteger number = ranged(AbiType.parse("uint160"), unsigned(at));
                    yield "0x" + String.format(Locale.ROOT, "%040x", number);
                }
                case BOOL -> ranged(AbiType.parse("uint8"), unsigned(at)).signum() == truth(at);
                case FIXED_BYTES -> trimmed(word(at), type.size());
                case BYTES -> sized(at);
                case STRING -> text(sized(at));
                case TUPLE -> tuple(type.parts(), at);
                case LIST -> {
                    int length = type.size() < 0 ? length(at) : type.size();
                    Check.that(
                            (long) length * type.parts().get(0).headBytes() <= data.length,
                            "a list must stay within the data, got a length of " + length);
                    yield tuple(same(type, length), type.size() < 0 ? at + WORD : at);
                }
            };
        }

        /** 1; refuses what is neither 0 nor 1. */
        private int truth(int at) {
            Check.that(unsigned(at).bitLength() <= 1, "a truth value must be 0 or 1, got " + unsigned(at));
            return 1;
        }

        private static byte[] trimmed(byte[] padded, int length) {
            for (int i = length; i < padded.length; i++) {
                Check.that(padded[i] == 0, "bytes must be padded with zeros");
            }
            return Arrays.copyOf(padded, length);
        }

        private byte[] sized(int at) {
            int length = length(at);
            int padded = (length + WORD - 1) / WORD * WORD;
            int from = at + WORD;
            Check.that(padded <= data.length - from, "the data end within bytes of length " + length);
            return trimmed(Arrays.copyOfRange(data, from, from + padded), length);
        }

        private static String text(byte[] bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("a string must be UTF-8", e);
            }
        }
    }
}
