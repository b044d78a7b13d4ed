package org.lama.core.net;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.lama.core.base.Api;

/**
 * Masks secrets in text that somebody may see: known values, plain, percent-encoded or in Base64; the values of
 * {@code signature=}, {@code apikey=} and their like; and parts of a path that look like a key (28 and more letters,
 * digits, {@code -} and {@code _} with both letters and digits, not beginning with {@code 0x}), since Alchemy and The
 * Graph put the key into the path. It masks too much rather than too little. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Redactor {
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:signature|api[-_]?key|(?<=[?&])key|[a-z_-]*token|secret|password|passphrase|x-mbx-apikey|authorization)"
                    + "[\"']?\\s*[=:]\\s*[\"']?(?:bearer |basic )?)[^&\\s\"',;}]+");
    private static final Pattern USER = Pattern.compile("(?<=://)[^/@\\s]+@");
    private static final Pattern LIKE_A_KEY = Pattern.compile(
            "(?<=/)(?!0x)(?=[A-Za-z_-]*\\d)(?=[\\d_-]*[A-Za-z])[A-Za-z0-9_-]{28,}(?=[/?#\\s\"',;:)\\]}]|$)");

    private final List<Secret> known;

    private Redactor(List<Secret> known) {
        this.known = List.copyOf(known);
    }

    /**
     * Masks by patterns and by value.
     *
     * @param known secrets that must not be seen in any form
     * @return the redactor
     */
    public static Redactor of(List<Secret> known) {
        return new Redactor(known);
    }

    /**
     * Masks what must not be seen.
     *
     * @param text any text
     * @return the text with {@code ***} in place of secrets
     */
    public String redact(String text) {
        String out = exact(text);
        out = USER.matcher(out).replaceAll(Secret.MASK + "@");
        out = NAMED.matcher(out).replaceAll("$1" + Secret.MASK);
        return LIKE_A_KEY.matcher(out).replaceAll(Secret.MASK);
    }

    private String exact(String text) {
        String out = text;
        for (Secret secret : known) {
            for (String form : forms(secret)) {
                out = out.replace(form, Secret.MASK);
            }
        }
        return out;
    }

    /** Longest forms first, so that no tail of one is left over. */
    private static List<String> forms(Secret secret) {
        return secret.use(chars -> {
            String plain = new String(chars);
            byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
            Set<String> forms = new LinkedHashSet<>();
            forms.add(URLEncoder.encode(plain, StandardCharsets.UTF_8));
            forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            forms.add(plain);
            List<String> sorted = new ArrayList<>(forms);
            sorted.sort((a, b) -> Integer.compare(b.length(), a.length()));
            return sorted;
        });
    }

    /**
     * A cause that may be kept: itself if nothing in its chain shows a secret, else a likeness with the same stack and
     * masked messages.
     *
     * @param cause the failure
     * @return the failure or its likeness
     */
    Throwable cause(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (!String.valueOf(at.getMessage()).equals(redact(String.valueOf(at.getMessage())))) {
                return likeness(cause, 0);
            }
        }
        return cause;
    }

    private IOException likeness(Throwable cause, int depth) {
        IOException copy =
                new IOException(cause.getClass().getName() + ": " + redact(String.valueOf(cause.getMessage())));
        copy.setStackTrace(cause.getStackTrace());
        if (cause.getCause() != null && depth < 16) {
            copy.initCause(likeness(cause.getCause(), depth + 1));
        }
        return copy;
    }
}
