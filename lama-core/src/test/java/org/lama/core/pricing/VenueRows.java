package org.lama.core.pricing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.lama.core.data.SharedData;
import org.lama.core.market.Contract.Option;
import org.lama.core.market.Contract.Right;

/** Rows of the venue's files in the shared folder, and the terms in the names of options. */
final class VenueRows {
    private static final DateTimeFormatter EXPIRY = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dMMMyy")
            .toFormatter(Locale.ENGLISH);

    private VenueRows() {}

    static List<Map<String, String>> read(String relative) {
        Path path = SharedData.path(relative);
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            String[] names = reader.readLine().split(",", -1);
            List<Map<String, String>> rows = new ArrayList<>();
            reader.lines().forEach(line -> {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new TreeMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], cells[i]);
                }
                rows.add(row);
            });
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Map<String, String> row, String name) {
        return Objects.requireNonNull(row.get(name), name);
    }

    static double number(Map<String, String> row, String name) {
        return Double.parseDouble(text(row, name));
    }

    /** {@code ETH-30JUL21-2800-C} expires at 08:00 UTC. */
    static Black76 option(String symbol, double forward, long timeMillis) {
        String[] parts = symbol.split("-", -1);
        long expiry = LocalDate.parse(parts[1], EXPIRY).toEpochDay() * 86_400_000L + 8 * 3_600_000L;
        Right right = parts[3].equals("C") ? Right.CALL : Right.PUT;
        Option terms = new Option(right, Double.parseDouble(parts[2]), expiry * 1_000_000, parts[0], true);
        return Black76.of(terms, forward, timeMillis * 1_000_000);
    }
}
