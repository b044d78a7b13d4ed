"""The market maker over levels and prints in hftbacktest's hands.

    bench_replay.py FILE --task replay:risk replay:power replay:log [--reps N]

FILE is the Parquet file of the peers' events. Every 100 ms it cancels all and quotes one unit at the touch, at most five
held; 10 ms each way, no partial fills. The first call of each task, which compiles, is not counted. Prints one JSON line
with the fields of PeerTask for each task, and what came of it.
"""
import argparse
import json
import statistics
import time

import numpy as np
import pyarrow.parquet as pq
from hftbacktest import GTX, LIMIT, BacktestAsset, HashMapMarketDepthBacktest
from hftbacktest.types import BUY_EVENT, DEPTH_EVENT, EXCH_EVENT, LOCAL_EVENT, SELL_EVENT, TRADE_EVENT
from hftbacktest.binding import event_dtype
from numba import njit

MODELS = {"risk": "risk_adverse_queue_model", "power": "power_prob_queue_model", "log": "log_prob_queue_model"}


@njit
def market_maker(hbt, step):
    n = 0
    oid = 0
    while hbt.elapse(step) == 0:
        hbt.clear_inactive_orders(0)
        depth = hbt.depth(0)
        n += 1
        if n % 10 == 0:
            values = hbt.orders(0).values()
            while values.has_next():
                order = values.get()
                if order.cancellable:
                    hbt.cancel(0, order.order_id, False)
            bid = depth.best_bid
            ask = depth.best_ask
            position = hbt.position(0)
            if position < 5:
                oid += 1
                hbt.submit_buy_order(0, oid, bid, 1.0, GTX, LIMIT, False)
            if position > -5:
                oid += 1
                hbt.submit_sell_order(0, oid, ask, 1.0, GTX, LIMIT, False)
    return n


def events(file):
    table = {name: column.to_numpy() for name, column in zip(*(lambda t: (t.column_names, t.columns))(pq.read_table(file)))}
    out = np.zeros(len(table["kind"]), event_dtype)
    kind = np.where(table["kind"] == 1, DEPTH_EVENT, TRADE_EVENT)
    side = np.where(table["side"] == 1, BUY_EVENT, SELL_EVENT)
    out["ev"] = EXCH_EVENT | LOCAL_EVENT | kind | side
    out["exch_ts"], out["local_ts"] = table["exch_ns"], table["local_ns"]
    out["px"], out["qty"] = np.round(table["price_ticks"] * 0.1, 1), np.round(table["qty_lots"] * 0.001, 3)
    return out


def asset(data, model):
    made = BacktestAsset().data([data]).linear_asset(1.0).constant_order_latency(10_000_000, 10_000_000)
    made = getattr(made, MODELS[model])(3.0) if model == "power" else getattr(made, MODELS[model])()
    return made.no_partial_fill_exchange().trading_value_fee_model(-0.00005, 0.0007).tick_size(0.1).lot_size(0.001)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--task", nargs="+", required=True)
    parser.add_argument("--reps", type=int, default=5)
    args = parser.parse_args()
    data = events(args.file)
    for task in args.task:
        cpu, wall, found = [], [], {}
        for rep in range(args.reps + 1):
            hbt = HashMapMarketDepthBacktest([asset(data, task.split(":")[1])])
            begin, process = time.perf_counter(), time.process_time()
            market_maker(hbt, 10_000_000)
            if rep > 0:
                cpu.append(time.process_time() - process)
                wall.append(time.perf_counter() - begin)
            state = hbt.state_values(0)
            found = {"trades": int(state.num_trades), "position": float(state.position), "balance": float(state.balance),
                     "fees": float(state.fee)}
            hbt.close()
        print(json.dumps({"task": task, "n": len(data), "threads": 1, "reps": len(cpu), "cpu_min": min(cpu),
                          "cpu_med": statistics.median(cpu), "wall_min": min(wall), "wall_med": statistics.median(wall), **found}))


if __name__ == "__main__":
    main()
