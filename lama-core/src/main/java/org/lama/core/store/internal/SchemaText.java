package org.lama.core.store.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;

/** The schema of a file as its footer says it, for columns as they are kept. Static and thread-safe. */
final class SchemaText {
    /** What 64 bits can hold. */
    private static final int DECIMAL_DIGITS = 18;

    private SchemaText() {}

    static List<SchemaElement> of(List<RawColumn> columns, List<ColumnPlan> plans) {
        List<SchemaElement> schema = new ArrayList<>();
        schema.add(new SchemaElement("table").setNum_children(columns.size()));
        for (int i = 0; i < plans.size(); i++) {
            schema.add(element(columns.get(i), plans.get(i)));
        }
        return schema;
    }

    private static SchemaElement element(RawColumn column, ColumnPlan plan) {
        SchemaElement element = new SchemaElement(column.name())
                .setType(plan.type())
                .setRepetition_type(plan.optional() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
        switch (column.kind()) {
            case TIME -> {
                boolean nanos = plan.unitNanos() == 1;
                TimeUnit unit = nanos ? TimeUnit.NANOS(new NanoSeconds()) : TimeUnit.MICROS(new MicroSeconds());
                element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(true, unit)));
                if (!nanos) {
                    element.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
                }
            }
            case TEXT ->
                element.setLogicalType(LogicalType.STRING(new StringType())).setConverted_type(ConvertedType.UTF8);
            case DOUBLE -> {
                if (plan.scale() != DecimalScale.NONE) {
                    element.setLogicalType(LogicalType.DECIMAL(new DecimalType(plan.scale(), DECIMAL_DIGITS)))
                            .setConverted_type(ConvertedType.DECIMAL)
                            .setScale(plan.scale())
                            .setPrecision(DECIMAL_DIGITS);
                }
            }
            case LONG -> {
                // a bare INT64
            }
        }
        return element;
    }
}
