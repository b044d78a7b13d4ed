package org.lama.backtest.report;

import java.util.Locale;

/** Escaping for HTML and SVG: nothing that comes from data reaches a page in any other way. */
final class Html {
    private Html() {}

    /** Makes a text safe between tags and inside quoted attributes; control characters become blanks. */
    static String escape(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String safe = entity(c);
            if (!safe.isEmpty() && out == null) {
                out = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (out != null) {
                if (safe.isEmpty()) {
                    out.append(c);
                } else {
                    out.append(safe);
                }
            }
        }
        return out == null ? text : out.toString();
    }

    private static String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            case '\n', '\t', '\r' -> "";
            default -> c < 0x20 || c == 0x7f || c >= 0xfffe ? " " : "";
        };
    }

    /** A name for an anchor: letters, digits and hyphens only. */
    static String anchor(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                out.append(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '-') {
                out.append('-');
            }
        }
        while (!out.isEmpty() && out.charAt(out.length() - 1) == '-') {
            out.setLength(out.length() - 1);
        }
        return out.isEmpty() ? "part" : out.toString();
    }
}
