package org.lama.models.anomaly;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Check;
import org.lama.models.anomaly.IsolationForestOptions.Missing;
import org.lama.models.anomaly.IsolationForestOptions.Scoring;

/** The content of a saved forest, to bytes and back. */
final class ForestBytes {
    private static final int FIXED_BYTES = 64;
    private static final int BYTES_PER_SLOT = 25;
    private static final int BYTES_PER_PLACE = 20;

    /** What the content says. */
    record Content(IsolationForestModel model, List<String> columns, double threshold) {}

    private ForestBytes() {}

    static byte[] of(Content saved) {
        IsolationForestModel model = saved.model();
        Trees trees = model.grown();
        List<byte[]> names = new ArrayList<>();
        int length = FIXED_BYTES + 8 * model.features();
        for (String column : saved.columns()) {
            byte[] name = column.getBytes(StandardCharsets.UTF_8);
            names.add(name);
            length += 4 + name.length;
        }
        length = Math.addExact(length, trees.threshold.length * BYTES_PER_SLOT);
        length = Math.addExact(length, Math.multiplyExact(trees.feature.length, BYTES_PER_PLACE));
        ByteBuffer out = ByteBuffer.allocate(length);
        IsolationForestOptions options = model.options();
        out.putInt(options.trees()).putInt(options.sampleSize()).putLong(options.seed());
        out.putInt(options.missing().ordinal()).putInt(options.scoring().ordinal());
        out.putInt(options.featuresPerSplit()).putInt(options.depthLimit());
        out.putInt(model.features()).putInt(model.sampleSize()).putDouble(saved.threshold());
        out.putInt(trees.count).putInt(trees.depth).putInt(trees.width);
        names.forEach(name -> out.putInt(name.length).put(name));
        put(out, model.medians());
        for (int feature : trees.feature) {
            out.putInt(feature);
        }
        put(out, trees.weight);
        put(out, trees.centre);
        put(out, trees.threshold);
        for (boolean right : trees.missingRight) {
            out.put((byte) (right ? 1 : 0));
        }
        put(out, trees.leaf);
        put(out, trees.expected);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    static Content read(ByteBuffer in) {
        IsolationForestOptions options = new IsolationForestOptions(
                in.getInt(),
                in.getInt(),
                in.getLong(),
                Missing.values()[in.getInt()],
                Scoring.values()[in.getInt()],
                in.getInt(),
                in.getInt());
        int features = Check.atLeast(in.getInt(), 1, "features");
        int sampleSize = Check.atLeast(in.getInt(), 1, "sampleSize");
        double threshold = in.getDouble();
        int count = Check.atLeast(in.getInt(), 1, "trees");
        int depth = Check.atLeast(in.getInt(), 0, "depth");
        int width = Check.atLeast(in.getInt(), 1, "features per split");
        Check.that(
                count <= options.trees()
                        && depth <= IsolationForestOptions.DEEPEST
                        && width <= IsolationForestOptions.MOST_FEATURES_PER_SPLIT
                        && features <= in.remaining()
                        && (((long) count << depth) * width) <= in.remaining(),
                "the content must hold " + count + " trees of depth " + depth + ", got " + in.remaining() + " bytes");
        List<String> columns = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            int length = in.getInt();
            Check.that(length >= 0 && length <= in.remaining(), "a column's name must end within the content");
            byte[] name = new byte[length];
            in.get(name);
            columns.add(new String(name, StandardCharsets.UTF_8));
        }
        double[] medians = get(in, new double[features]);
        Trees trees = trees(in, new Trees(count, depth, width), features);
        Check.that(!in.hasRemaining(), "the content must end with the trees, got " + in.remaining() + " bytes more");
        Imputation imputation = new Imputation(options.missing(), medians);
        return new Content(
                new IsolationForestModel(trees, options, features, sampleSize, imputation), columns, threshold);
    }

    private static Trees trees(ByteBuffer in, Trees trees, int features) {
        for (int i = 0; i < trees.feature.length; i++) {
            trees.feature[i] = in.getInt();
            Check.that(
                    trees.feature[i] >= -1 && trees.feature[i] < features,
                    "a node must split by a feature below " + features + ", got " + trees.feature[i]);
        }
        get(in, trees.weight);
        get(in, trees.centre);
        get(in, trees.threshold);
        for (int i = 0; i < trees.missingRight.length; i++) {
            trees.missingRight[i] = in.get() != 0;
        }
        get(in, trees.leaf);
        get(in, trees.expected);
        return trees;
    }

    private static void put(ByteBuffer out, double[] values) {
        for (double value : values) {
            out.putDouble(value);
        }
    }

    private static double[] get(ByteBuffer in, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getDouble();
        }
        return values;
    }
}
