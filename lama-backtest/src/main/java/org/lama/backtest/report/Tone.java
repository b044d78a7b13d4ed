package org.lama.backtest.report;

import java.util.Locale;
import org.lama.core.signal.RegimeLabel;

/**
 * The colours of all figures, one pair per meaning: for light and for dark paper. After Okabe and Ito (2008): no pair
 * that carries a meaning differs in red against green alone, and meanings also differ in shape or place.
 */
enum Tone {
    INK("#1d2733", "#e7ebf0"),
    MUTED("#5b6878", "#9ba7b6"),
    GRID("#e4e8ed", "#2a323d"),
    FRAME("#b8c1cc", "#4a5563"),
    PAPER("#ffffff", "#151a21"),
    BLUE("#0a62a9", "#5cb0f2"),
    GREY("#8d98a5", "#7f8b9a"),
    VERMILLION("#c44a06", "#f58a4e"),
    GREEN("#00805b", "#3fca9c"),
    ORANGE("#c98600", "#f2b63c"),
    PURPLE("#a8528c", "#dd94c2"),
    SKY("#3a9bd6", "#8fd0fa"),
    SHADE_VOLATILE("#f5ecd9", "#2e281b"),
    SHADE_ILLIQUID("#dfebf5", "#1a2a39"),
    SHADE_CRISIS("#f8d9cd", "#452519"),
    /** Text on a strongly coloured cell. */
    ON_STRONG("#ffffff", "#ffffff"),
    /** Nine steps from strongly negative over neutral to strongly positive. */
    DIVERGING_0("#a93f04", "#c6591c"),
    DIVERGING_1("#d9793f", "#9a4a1d"),
    DIVERGING_2("#f0b48f", "#693720"),
    DIVERGING_3("#f9e0d1", "#402a20"),
    DIVERGING_4("#f3f4f6", "#20262f"),
    DIVERGING_5("#d5e6f4", "#1c3145"),
    DIVERGING_6("#9cc7e8", "#1d4669"),
    DIVERGING_7("#4a97d1", "#1f609a"),
    DIVERGING_8("#0a5c9f", "#2a7fca"),
    /** Nine steps from little to much. */
    SEQUENTIAL_0("#f1f5f9", "#1b222b"),
    SEQUENTIAL_1("#dfeaf4", "#1b2c3d"),
    SEQUENTIAL_2("#c7dcee", "#1b364f"),
    SEQUENTIAL_3("#a8cbe7", "#1c4162"),
    SEQUENTIAL_4("#83b6dd", "#1d4d76"),
    SEQUENTIAL_5("#5d9fd1", "#1e598a"),
    SEQUENTIAL_6("#3a86c1", "#20669f"),
    SEQUENTIAL_7("#1d6eb0", "#2573b5"),
    SEQUENTIAL_8("#08528f", "#2b80cb");

    private static final Tone[] ALL = values();
    private static final Tone[] SERIES = {BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, GREY};

    private final String light;
    private final String dark;

    Tone(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /** The colour on white paper, for viewers that know no style sheet. */
    String light() {
        return light;
    }

    private String css() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String variable() {
        return "--l-" + css();
    }

    /** Class that fills with this colour. */
    String fill() {
        return "f-" + css();
    }

    /** Class that draws lines in this colour. */
    String stroke() {
        return "s-" + css();
    }

    /** The tone of the k-th series of a figure; tones repeat after seven. */
    static Tone series(int k) {
        return SERIES[k % SERIES.length];
    }

    /** The tone behind a regime; normal markets have none and give the paper. */
    static Tone regime(RegimeLabel label) {
        return switch (label) {
            case NORMAL -> PAPER;
            case HIGH_VOLATILITY -> SHADE_VOLATILE;
            case LOW_LIQUIDITY -> SHADE_ILLIQUID;
            case CRISIS -> SHADE_CRISIS;
        };
    }

    /** One of nine steps; the position runs from -1 to 1 (diverging) and is cut there. */
    static Tone diverging(double position) {
        int step = (int) Math.round(4 + 4 * Math.max(-1, Math.min(1, position)));
        return valueOf("DIVERGING_" + step);
    }

    /** One of nine steps; the position runs from 0 to 1 and is cut there. */
    static Tone sequential(double position) {
        int step = (int) Math.round(8 * Math.max(0, Math.min(1, position)));
        return valueOf("SEQUENTIAL_" + step);
    }

    /** Text colour that can be read on a cell of this tone, on light and on dark paper. */
    Tone textOn() {
        return switch (this) {
            case DIVERGING_0, DIVERGING_8, SEQUENTIAL_6, SEQUENTIAL_7, SEQUENTIAL_8 -> ON_STRONG;
            default -> INK;
        };
    }

    /** Variables for light paper, then the same for dark paper, then one fill and one stroke class per tone. */
    static String css(String selector) {
        StringBuilder out = new StringBuilder(4096);
        out.append(selector).append('{').append(variables(false)).append("}\n");
        out.append("@media (prefers-color-scheme:dark){").append(selector).append('{');
        out.append(variables(true)).append("}}\n");
        for (Tone tone : ALL) {
            out.append('.').append(tone.fill()).append("{fill:var(").append(tone.variable());
            out.append(")}.").append(tone.stroke()).append("{stroke:var(").append(tone.variable());
            out.append(")}\n");
        }
        return out.toString();
    }

    /** The light variables alone, as declarations: print uses them. */
    static String variables(boolean onDark) {
        StringBuilder out = new StringBuilder(2048);
        for (Tone tone : ALL) {
            out.append(tone.variable()).append(':').append(onDark ? tone.dark : tone.light);
            out.append(';');
        }
        return out.toString();
    }
}
