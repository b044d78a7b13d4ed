package org.lama.backtest.sweep;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lama.core.search.ParameterSet;

/** Trials and findings as bytes, bit by bit. */
final class TrialBytes {
    private TrialBytes() {}

    static byte[] ofCase(TrialCase wanted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Map<String, String> values = wanted.parameters().values();
            out.writeInt(values.size());
            for (Map.Entry<String, String> each : values.entrySet()) {
                RecordBytes.text(out, each.getKey());
                RecordBytes.text(out, each.getValue());
            }
            out.writeLong(wanted.step());
            out.writeBoolean(wanted.wantsReturns());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static TrialCase caseOf(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            Map<String, String> values = new LinkedHashMap<>();
            for (int k = 0; k < count; k++) {
                String name = RecordBytes.text(in);
                values.put(name, RecordBytes.text(in));
            }
            return new TrialCase(ParameterSet.of(values), in.readLong(), in.readBoolean());
        } catch (IOException damaged) {
            throw new UncheckedIOException("a trial is damaged", damaged);
        }
    }

    static byte[] ofFinding(TrialFinding found) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            RecordBytes.number(out, found.value());
            RecordBytes.text(out, found.reason());
            RecordBytes.number(out, found.figures().sharpePerPeriod());
            RecordBytes.number(out, found.figures().totalReturn());
            RecordBytes.number(out, found.figures().maximumDrawdown());
            out.writeInt(found.figures().roundTrips());
            RecordBytes.text(out, found.path());
            RecordBytes.numbers(out, found.returns());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static TrialFinding finding(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            double value = RecordBytes.number(in);
            String reason = RecordBytes.text(in);
            TrialFinding.Figures figures = new TrialFinding.Figures(
                    RecordBytes.number(in), RecordBytes.number(in), RecordBytes.number(in), in.readInt());
            String path = RecordBytes.text(in);
            TrialFinding found = reason.isEmpty()
                    ? TrialFinding.of(value, figures, path)
                    : TrialFinding.undefined(reason, figures, path);
            return found.withReturns(RecordBytes.numbers(in));
        } catch (IOException damaged) {
            throw new UncheckedIOException("a finding is damaged", damaged);
        }
    }
}
