package org.lama.core.store.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;

/** Walks through a sealed file from the first byte to the seal: pages, indexes, and nothing between them. Used once. */
final class Verification {
    private final Footer footer;
    private final FileChannel file;
    private final PageReader pages;
    private long at = Seal.HEAD_BYTES;

    Verification(Footer footer, FileChannel file, PageReader pages) {
        this.footer = footer;
        this.file = file;
        this.pages = pages;
    }

    void run() throws IOException {
        int columns = footer.columns().size();
        for (int group = 0; group < footer.groups(); group++) {
            for (int column = 0; column < columns; column++) {
                PageTable table = pages.table(group, column);
                for (int page = 0; page < table.sizes().length; page++) {
                    pass(table.offsets()[page], table.sizes()[page]);
                }
                pages.verify(group, column);
            }
        }
        List<Seal.Chunk> seals = pagesOfSeal();
        for (int i = 0; i < seals.size(); i++) {
            ColumnChunk chunk = chunk(i / columns, i % columns);
            if (chunk.isSetColumn_index_offset()) {
                index(
                        chunk.getColumn_index_offset(),
                        chunk.getColumn_index_length(),
                        seals.get(i).columnIndexCrc());
            }
        }
        for (int i = 0; i < seals.size(); i++) {
            ColumnChunk chunk = chunk(i / columns, i % columns);
            index(
                    chunk.getOffset_index_offset(),
                    chunk.getOffset_index_length(),
                    seals.get(i).offsetIndexCrc());
        }
        pass(footer.start(), 0);
    }

    private List<Seal.Chunk> pagesOfSeal() throws IOException {
        Seal.Pages sealed = footer.pages();
        if (sealed == null) {
            throw new IOException("it has no seal");
        }
        return sealed.chunks();
    }

    private ColumnChunk chunk(int group, int column) {
        return footer.data().getRow_groups().get(group).getColumns().get(column);
    }

    private void index(long offset, int length, int crc) throws IOException {
        pass(offset, length);
        TimeRange.check(TimeRange.indexBytes(footer, file, offset, length), crc);
    }

    private void pass(long offset, int length) throws IOException {
        if (offset != at) {
            throw new IOException("it has bytes at " + at + " that belong to nothing");
        }
        at += length;
    }
}
