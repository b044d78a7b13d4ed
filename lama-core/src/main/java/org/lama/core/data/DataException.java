package org.lama.core.data;

import java.io.IOException;
import org.lama.core.base.Api;

/**
 * Input that cannot be used: says file, row, column, rule and what to do.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class DataException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Name of the file or folder. */
    private final String file;

    /** Line in the file, 0 if none. */
    private final long row;

    /** Name of the column, empty if none. */
    private final String column;

    /** What was broken. */
    private final String rule;

    /** What to do. */
    private final String remedy;

    /** Whether the question is wrong rather than the data. */
    private final boolean request;

    /**
     * Describes what is wrong where.
     *
     * @param file name of the file or folder
     * @param row line in the file from 1, 0 if no single row is to blame
     * @param column name of the column, empty if no single one is to blame
     * @param rule what was broken, with the value
     * @param remedy what to do
     */
    public DataException(String file, long row, String column, String rule, String remedy) {
        this(file, row, column, rule, remedy, false);
    }

    private DataException(String file, long row, String column, String rule, String remedy, boolean request) {
        super(text(file, row, column, rule, remedy));
        this.file = file;
        this.row = row;
        this.column = column;
        this.rule = rule;
        this.remedy = remedy;
        this.request = request;
    }

    /**
     * Describes a question that the data cannot answer: nothing is wrong with the data themselves.
     *
     * @param file name of the file or folder
     * @param column name of the column, empty if no single one is to blame
     * @param rule what was asked for in vain
     * @param remedy what to do
     * @return the exception
     */
    public static DataException ofRequest(String file, String column, String rule, String remedy) {
        return new DataException(file, 0, column, rule, remedy, true);
    }

    private static String text(String file, long row, String column, String rule, String remedy) {
        return file + (row > 0 ? ", row " + row : "") + (column.isEmpty() ? "" : ", column " + column) + ": " + rule
                + "; " + remedy;
    }

    /**
     * Whether the question was wrong, such as a path, symbol, range or interval that is not there, rather than the data.
     *
     * @return true for the question, false for the data
     */
    public boolean isRequest() {
        return request;
    }

    /**
     * The file or folder.
     *
     * @return its name
     */
    public String file() {
        return file;
    }

    /**
     * The line in the file.
     *
     * @return from 1, or 0 if no single row is to blame
     */
    public long row() {
        return row;
    }

    /**
     * The column.
     *
     * @return its name, or empty if no single one is to blame
     */
    public String column() {
        return column;
    }

    /**
     * What was broken.
     *
     * @return rule and value
     */
    public String rule() {
        return rule;
    }

    /**
     * What to do.
     *
     * @return a sentence
     */
    public String remedy() {
        return remedy;
    }
}
