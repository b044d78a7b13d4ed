package org.lama.backtest.sweep;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.market.MarginTiers;

/**
 * Settings as bytes: LAMA's records and enums, and what they are made of. Nothing else is read back, so that bytes can make
 * no object but settings; each record checks its values again.
 */
final class RecordBytes {
    private static final String OURS = "org.lama.";
    private static final int BLOCK = 1 << 13;

    private RecordBytes() {}

    static void write(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Double number) {
            out.writeByte('d');
            number(out, number);
        } else if (value instanceof Integer number) {
            out.writeByte('i');
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte('l');
            out.writeLong(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte('b');
            out.writeBoolean(flag);
        } else if (value instanceof String text) {
            out.writeByte('s');
            text(out, text);
        } else if (value instanceof Duration duration) {
            out.writeByte('t');
            out.writeLong(duration.getSeconds());
            out.writeInt(duration.getNano());
        } else if (value instanceof List<?> list) {
            out.writeByte('L');
            writeAll(out, list);
        } else if (value instanceof Optional<?> optional) {
            out.writeByte('O');
            writeAll(out, optional.stream().toList());
        } else {
            writeOurs(out, value);
        }
    }

    private static void writeOurs(DataOutputStream out, Object value) throws IOException {
        if (value instanceof MarginTiers tiers) {
            out.writeByte('m');
            numbers(out, tiers.floors());
            numbers(out, tiers.rates());
            number(out, tiers.maxLeverage());
            number(out, tiers.liquidationFee());
        } else if (value instanceof Enum<?> choice
                && isOurs(choice.getDeclaringClass().getName())) {
            out.writeByte('e');
            text(out, choice.getDeclaringClass().getName());
            text(out, choice.name());
        } else if (value instanceof Record && isOurs(value.getClass().getName())) {
            out.writeByte('r');
            text(out, value.getClass().getName());
            List<Object> parts = new ArrayList<>();
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                parts.add(part(value, component.getAccessor()));
            }
            writeAll(out, parts);
        } else {
            throw new IllegalArgumentException("settings hold a "
                    + value.getClass().getName()
                    + ", which cannot travel to another process; only records and enums of LAMA can");
        }
    }

    private static boolean isOurs(String type) {
        return type.startsWith(OURS);
    }

    private static Object part(Object value, Method accessor) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalArgumentException("cannot read " + accessor, broken);
        }
    }

    private static void writeAll(DataOutputStream out, List<?> values) throws IOException {
        out.writeInt(values.size());
        for (Object each : values) {
            write(out, each);
        }
    }

    static Object read(DataInputStream in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case 'd' -> number(in);
            case 'i' -> in.readInt();
            case 'l' -> in.readLong();
            case 'b' -> in.readBoolean();
            case 's' -> text(in);
            case 't' -> Duration.ofSeconds(in.readLong(), in.readInt());
            case 'L' -> readAll(in);
            case 'O' -> readAll(in).stream().findFirst();
            case 'm' -> MarginTiers.of(numbers(in), numbers(in), number(in), number(in));
            case 'e' -> choice(type(in), text(in));
            case 'r' -> made(type(in), readAll(in).toArray());
            default -> throw new IOException("no value begins with the byte " + tag);
        };
    }

    /** A value that must be of a type. */
    static <T> T read(DataInputStream in, Class<T> type) throws IOException {
        Object value = read(in);
        if (!type.isInstance(value)) {
            throw new IOException(type.getSimpleName() + " expected, found "
                    + value.getClass().getName());
        }
        return type.cast(value);
    }

    static <T> List<T> readList(DataInputStream in, Class<T> type) throws IOException {
        List<T> values = new ArrayList<>();
        for (Object each : read(in, List.class)) {
            if (!type.isInstance(each)) {
                throw new IOException(type.getSimpleName() + " expected, found " + each);
            }
            values.add(type.cast(each));
        }
        return values;
    }

    private static List<Object> readAll(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Object> values = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            values.add(read(in));
        }
        return values;
    }

    private static Class<?> type(DataInputStream in) throws IOException {
        String name = text(in);
        if (!isOurs(name)) {
            throw new IOException(name + " is no type of LAMA");
        }
        try {
            return Class.forName(name, false, RecordBytes.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IOException("this process has another version of LAMA: it lacks " + name, missing);
        }
    }

    private static Object choice(Class<?> type, String name) throws IOException {
        Object[] all = type.getEnumConstants();
        if (all != null) {
            for (Object each : all) {
                if (((Enum<?>) each).name().equals(name)) {
                    return each;
                }
            }
        }
        throw new IOException(type.getName() + " has no " + name);
    }

    private static Object made(Class<?> type, Object[] parts) throws IOException {
        if (!type.isRecord()) {
            throw new IOException(type.getName() + " is no record");
        }
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(parts);
        } catch (ReflectiveOperationException | IllegalArgumentException broken) {
            throw new IOException("cannot make a " + type.getName() + " of " + Arrays.toString(parts), broken);
        }
    }

    static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInputStream in) throws IOException {
        return new String(bytes(in, in.readInt()), StandardCharsets.UTF_8);
    }

    /** As many bytes as were announced, which must be there before room is made for them. */
    static byte[] bytes(DataInputStream in, int count) throws IOException {
        byte[] bytes = count < 0 ? new byte[0] : in.readNBytes(count);
        if (bytes.length != count) {
            throw new IOException("the bytes end too early: " + bytes.length + " of " + count);
        }
        return bytes;
    }

    static void number(DataOutputStream out, double value) throws IOException {
        out.writeLong(Double.doubleToRawLongBits(value));
    }

    static double number(DataInputStream in) throws IOException {
        return Double.longBitsToDouble(in.readLong());
    }

    static void numbers(DataOutputStream out, double[] values) throws IOException {
        long[] bits = new long[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(values[i]);
        }
        longs(out, bits);
    }

    static double[] numbers(DataInputStream in) throws IOException {
        return Arrays.stream(longs(in)).mapToDouble(Double::longBitsToDouble).toArray();
    }

    static void longs(DataOutputStream out, long[] values) throws IOException {
        out.writeInt(values.length);
        ByteBuffer block = ByteBuffer.allocate(BLOCK * Long.BYTES);
        for (int from = 0; from < values.length; from += BLOCK) {
            int count = Math.min(BLOCK, values.length - from);
            block.asLongBuffer().put(values, from, count);
            out.write(block.array(), 0, count * Long.BYTES);
        }
    }

    static long[] longs(DataInputStream in) throws IOException {
        int count = in.readInt();
        long bytes = (long) count * Long.BYTES;
        if (count < 0 || bytes > Integer.MAX_VALUE - Long.BYTES) {
            throw new IOException("a column has " + count + " values");
        }
        long[] values = new long[count];
        ByteBuffer.wrap(bytes(in, (int) bytes)).asLongBuffer().get(values);
        return values;
    }
}
