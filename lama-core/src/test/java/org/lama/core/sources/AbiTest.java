package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Vectors of the Solidity documentation, and of an independent Keccak that was held against SHA3-256 of Python. */
class AbiTest {
    private static BigInteger n(long number) {
        return BigInteger.valueOf(number);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String words(String... words) {
        StringBuilder all = new StringBuilder();
        for (String word : words) {
            boolean left = word.startsWith("<");
            String digits = left ? word.substring(1) : word;
            String zeros = "0".repeat(64 - digits.length());
            all.append(left ? digits + zeros : zeros + digits);
        }
        return all.toString();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(ascii(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0,c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
        "1,bc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a",
        "135,cbdfd9dee5faad3818d6b06f95a219fd290b0e1706f6a82e5a595b9ce9faca62",
        "136,7ce759f1ab7f9ce437719970c26b0a66ff11fe3e38e17df89cf5d29c7d7f807e",
        "137,ac73d4fae68b8453f764007c1a20ce95994187861f0c3227a3a8e99a73a3b1db",
        "1000,af692982e84a5a9688359025660a7857cd28ee7c8d867cfa1677baf2e6d1f63b"
    })
    void keccakOfMessagesAroundTheLengthOfItsBlock(int length, String hash) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (i % 251);
        }
        assertThat(HexFormat.of().formatHex(Keccak.hash(message))).isEqualTo(hash);
    }

    @Test
    void eventsHaveTheirKnownTopics() {
        assertThat(Abi.topic("Transfer(address,address,uint256)"))
                .isEqualTo("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
        assertThat(UniswapPool.SWAP).isEqualTo("0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67");
        assertThat(Abi.call("totalSupply()")).isEqualTo("0x18160ddd");
        assertThat(Abi.call("decimals()")).isEqualTo("0x313ce567");
        assertThat(Abi.call("balanceOf(address)", "0x000000000000000000000000000000000000dEaD"))
                .isEqualTo("0x70a08231" + words("dead"));
    }

    @Test
    void theExamplesOfTheDocumentationOfSolidity() {
        assertThat(Abi.call("baz(uint32,bool)", n(69), true)).isEqualTo("0xcdcd77c0" + words("45", "1"));
        assertThat(Abi.call("bar(bytes3[2])", List.of(ascii("abc"), ascii("def"))))
                .isEqualTo("0xfce353f6" + words("<" + hex("abc"), "<" + hex("def")));
        assertThat(Abi.call("sam(bytes,bool,uint256[])", ascii("dave"), true, List.of(n(1), n(2), n(3))))
                .isEqualTo("0xa5643bf2" + words("60", "1", "a0", "4", "<" + hex("dave"), "3", "1", "2", "3"));
        assertThat(Abi.call(
                        "f(uint256,uint32[],bytes10,bytes)",
                        n(0x123),
                        List.of(n(0x456), n(0x789)),
                        ascii("1234567890"),
                        ascii("Hello, world!")))
                .isEqualTo("0x8be65246"
                        + words(
                                "123",
                                "80",
                                "<" + hex("1234567890"),
                                "e0",
                                "2",
                                "456",
                                "789",
                                "d",
                                "<" + hex("Hello, world!")));
        assertThat(Abi.call(
                        "g(uint256[][],string[])",
                        List.of(List.of(n(1), n(2)), List.of(n(3))),
                        List.of("one", "two", "three")))
                .isEqualTo("0x2289b18c"
                        + words(
                                "40",
                                "140",
                                "2",
                                "40",
                                "a0",
                                "2",
                                "1",
                                "2",
                                "1",
                                "3",
                                "3",
                                "60",
                                "a0",
                                "e0",
                                "3",
                                "<" + hex("one"),
                                "3",
                                "<" + hex("two"),
                                "5",
                                "<" + hex("three")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(uint8,int8,bool,address)",
                "(int256,int256,uint160,uint128,int24)",
                "(string,bytes,bytes32)",
                "(uint256[],int24[3],string[2])",
                "((uint8,string)[],(bool,(bytes,uint16)))",
                "(uint256[2][],bytes4[][2])",
                "()"
            })
    void whatIsEncodedIsDecoded(String types) {
        for (int seed = 0; seed < 50; seed++) {
            Rng rng = Seeds.rng(46, seed);
            List<Object> values = AbiType.parse(types).parts().stream()
                    .map(type -> any(type, rng))
                    .toList();
            byte[] encoded = Abi.encode(types, values);

            assertThat(encoded.length % 32).isZero();
            assertThat(Abi.encode(types, Abi.decode(types, encoded))).isEqualTo(encoded);
            assertThat(shown(Abi.decode(types, encoded))).isEqualTo(shown(values));
        }
    }

    private static String shown(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(AbiTest::shown).toList().toString();
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }

    private static Object any(AbiType type, Rng rng) {
        return switch (type.kind()) {
            case UINT -> new BigInteger(1, bytes(type.size() / 8, rng));
            case INT -> new BigInteger(bytes(type.size() / 8, rng));
            case ADDRESS -> "0x" + HexFormat.of().formatHex(bytes(20, rng));
            case BOOL -> rng.nextInt(2) == 1;
            case FIXED_BYTES -> bytes(type.size(), rng);
            case BYTES -> bytes(rng.nextInt(70), rng);
            case STRING -> "ÄΩ€".repeat(rng.nextInt(12));
            case TUPLE -> type.parts().stream().map(part -> any(part, rng)).toList();
            case LIST -> {
                int length = type.size() < 0 ? rng.nextInt(4) : type.size();
                yield java.util.stream.IntStream.range(0, length)
                        .mapToObj(i -> any(type.parts().get(0), rng))
                        .toList();
            }
        };
    }

    private static byte[] bytes(int length, Rng rng) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) rng.nextInt(256);
        }
        return bytes;
    }

    @Test
    void damagedDataAreDecodedOrRefusedButNeverEndInAnotherException() {
        String types = "(uint256[],string,(bool,bytes)[],address)";
        byte[] good = Abi.encode(
                types,
                List.of(
                        List.of(n(1), n(2)),
                        "text",
                        List.of(List.of(true, ascii("x"))),
                        "0x00000000000000000000000000000000000000ff"));
        int refused = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Rng rng = Seeds.rng(47, seed);
            byte[] bad = rng.nextInt(4) == 0 ? java.util.Arrays.copyOf(good, rng.nextInt(good.length)) : good.clone();
            for (int i = 0; i < 3 && bad.length > 0; i++) {
                bad[rng.nextInt(bad.length)] = (byte) rng.nextInt(256);
            }
            try {
                Abi.decode(types, bad);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.encode("(uint8)", List.of(n(256))));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.encode("(int8)", List.of(n(128))));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.encode("(uint8)", List.of(n(-1))));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.encode("(uint8[2])", List.of(List.of(n(1)))));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.encode("(bytes4)", List.of(new byte[5])));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.encode("(address)", List.of("0x12")));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.encode("(bool,bool)", List.of(true)));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.bytes("12"));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.bytes("0xzz"));
        for (String type : List.of("uint7", "uint264", "bytes33", "bytes0", "float", "uint8[", "uint8[-1]")) {
            assertThatIllegalArgumentException().as(type).isThrownBy(() -> AbiType.parse(type));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> AbiType.parse("uint8" + "[]".repeat(40)));
        // what no encoder writes
        byte[] padded = Abi.encode("(uint256)", List.of(n(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.decode("(uint8)", padded));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.decode("(bool)", padded));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.decode("(bytes4)", padded));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.decode("(uint256,uint256)", padded));
        assertThatIllegalArgumentException().isThrownBy(() -> Abi.decode("(uint256[])", padded));
    }
}
