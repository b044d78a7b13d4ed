"""Writes foreign_*.parquet beside itself: the same 5,000 rows by other writers (pyarrow 26.0.1, DuckDB 1.5.6).

Row i: time = 2024-01-01 + i minutes; small = i % 1000 - 500; wide = i * 1000003 - 7; price = (10000 + i * 37 % 1009) / 100;
rate = 1 / (i + 1); gap = i / 4, missing where i % 7 == 3; side = "buy" or "sell", missing where i % 11 == 5;
dec9, dec18, dec38 = (i - 2500) / 1000 as decimals of 4, 8 and 16 bytes; huge = (9007199254740993 + i) / 10.
"""
import os
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

HERE = os.path.dirname(os.path.abspath(__file__))
N = 5000
START = 1704067200000
rows = range(N)


def decimals(digits):
    return pa.array([Decimal(i - 2500) / 1000 for i in rows], pa.decimal128(digits, 3))


table = pa.table({
    "time": pa.array([START + i * 60000 for i in rows], pa.timestamp("ms", tz="UTC")),
    "small": pa.array([i % 1000 - 500 for i in rows], pa.int32()),
    "wide": pa.array([i * 1000003 - 7 for i in rows], pa.int64()),
    "price": pa.array([(10000 + i * 37 % 1009) / 100 for i in rows], pa.float64()),
    "rate": pa.array([1 / (i + 1) for i in rows], pa.float32()),
    "gap": pa.array([None if i % 7 == 3 else i / 4 for i in rows], pa.float64()),
    "count": pa.array([None if i % 7 == 3 else i for i in rows], pa.int64()),
    "side": pa.array([None if i % 11 == 5 else "buy" if i % 2 else "sell" for i in rows]),
    "dec9": decimals(9), "dec18": decimals(18), "dec38": decimals(38),
    "huge": pa.array([Decimal(9007199254740993 + i) / 10 for i in rows], pa.decimal128(18, 1)),
})


def name(kind):
    return os.path.join(HERE, f"foreign_{kind}.parquet")


pq.write_table(table, name("dictionary"), compression="snappy", row_group_size=2000, data_page_size=2000,
               store_decimal_as_integer=True, write_page_index=True, write_page_checksum=True)
packed = {"time": "DELTA_BINARY_PACKED", "small": "DELTA_BINARY_PACKED", "wide": "DELTA_BINARY_PACKED",
          "price": "BYTE_STREAM_SPLIT", "rate": "BYTE_STREAM_SPLIT", "gap": "BYTE_STREAM_SPLIT", "count": "DELTA_BINARY_PACKED",
          "side": "DELTA_LENGTH_BYTE_ARRAY", "dec9": "DELTA_BINARY_PACKED", "dec18": "BYTE_STREAM_SPLIT", "dec38": "PLAIN",
          "huge": "DELTA_BINARY_PACKED"}
pq.write_table(table, name("packed"), compression="gzip", use_dictionary=False, column_encoding=packed, data_page_version="2.0",
               store_decimal_as_integer=True, data_page_size=4000)
pq.write_table(table, name("fixed"), compression="zstd", use_dictionary=["side"])
duckdb.from_arrow(table).query("t", f"copy t to '{name('duckdb')}' (format parquet, parquet_version v2, compression zstd, row_group_size 2048)")
