"""Bars of seconds as Parquet in DuckDB's hands: written, read as a whole into arrays, and one day of it.

    bench_store.py FILE --task store-write|store-read|store-day|store-read-same|store-day-same [--reps N] [--threads 1]

FILE is what our side wrote (time and five prices); it is loaded into memory as doubles before the clock starts. store-write
copies that table to a Parquet file with zstd; store-read and store-day read that file of DuckDB's own; -same reads ours.
Results go to numpy arrays, column by column: DuckDB's quickest way out. Prints one JSON line with the fields of PeerTask for each task; the
first call is not counted.
"""
import argparse
import json
import os
import statistics
import time

import duckdb

PRICES = ("open", "high", "low", "close", "volume")
DOUBLES = ", ".join(f"{name}::double as {name}" for name in PRICES)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--task", nargs="+", required=True)
    parser.add_argument("--reps", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    con = duckdb.connect()
    con.execute(f"set threads = {args.threads}")
    con.execute("set timezone = 'UTC'")
    con.execute(f"create table t as select time, {DOUBLES} from '{args.file}'")
    rows, first = con.execute("select count(*), min(time) from (select epoch_us(time) as time from t)").fetchone()
    own = args.file.removesuffix(".parquet") + ".duckdb.parquet"
    copy = f"copy t to '{own}' (format parquet, compression zstd, row_group_size 1000000)"
    con.execute(copy)
    day = 86_400_000_000
    start = first + rows // (2 * 86_400) * day
    where = f"where time >= make_timestamptz({start}) and time < make_timestamptz({start + day})"
    queries = {
        "store-read": f"select * from '{own}'",
        "store-day": f"select * from '{own}' {where}",
        "store-read-same": f"select time, {DOUBLES} from '{args.file}'",
        "store-day-same": f"select time, {DOUBLES} from '{args.file}' {where}",
    }
    for task in args.task:
        cpu, wall, found = [], [], 0
        for rep in range(args.reps + 1):
            begin, process = time.perf_counter(), time.process_time()
            if task == "store-write":
                con.execute(copy)
                found = rows
            else:
                found = len(con.execute(queries[task]).fetchnumpy()["time"])
            if rep > 0:
                cpu.append(time.process_time() - process)
                wall.append(time.perf_counter() - begin)
        print(json.dumps({"task": task, "n": rows, "threads": args.threads, "reps": len(cpu), "cpu_min": min(cpu),
                          "cpu_med": statistics.median(cpu), "wall_min": min(wall), "wall_med": statistics.median(wall),
                          "rows": found, "bytes": os.path.getsize(args.file if task.endswith("same") else own)}))


if __name__ == "__main__":
    main()
