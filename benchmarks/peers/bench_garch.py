#!/usr/bin/env python3
"""bench_garch.py CSV --task garch:garch garch:garch-t garch:gjr garch:egarch [--reps 5] [--budget 60]
Volatility models of order one by the package arch, with a constant mean and robust standard errors. One JSON line per
task; wall_* and cpu_* in seconds per call (cpu = process CPU, all threads)."""
import os
for _v in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_v, "1")
import argparse
import json
import statistics
import time
import warnings

import numpy as np
from arch import arch_model

MODELS = {
    "garch": {"vol": "GARCH", "p": 1, "o": 0, "q": 1},
    "garch-t": {"vol": "GARCH", "p": 1, "o": 0, "q": 1, "dist": "t"},
    "gjr": {"vol": "GARCH", "p": 1, "o": 1, "q": 1},
    "egarch": {"vol": "EGARCH", "p": 1, "o": 1, "q": 1},
}


def fit(returns, model):
    result = arch_model(returns, mean="Constant", rescale=False, **MODELS[model]).fit(disp="off")
    # computed when first asked for
    assert np.all(np.isfinite(result.params)) and len(result.std_err) == len(result.params)
    return {"loglik": float(result.loglikelihood)}


def measure(returns, task, reps, budget):
    model = task.split(":")[1]
    fit(returns[:200], model)
    wall, cpu, found = [], [], {}
    begin = time.time()
    while len(wall) < reps and (not wall or time.time() - begin < budget):
        w, c = time.perf_counter(), time.process_time()
        found = fit(returns, model)
        wall.append(time.perf_counter() - w)
        cpu.append(time.process_time() - c)
    return {"lib": "arch", "task": task, "n": len(returns), "threads": 1, "reps": len(wall),
            "wall_min": min(wall), "wall_med": statistics.median(wall),
            "cpu_min": min(cpu), "cpu_med": statistics.median(cpu), **found}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv")
    parser.add_argument("--task", nargs="+", required=True)
    parser.add_argument("--reps", type=int, default=5)
    parser.add_argument("--budget", type=float, default=60)
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    returns = np.loadtxt(args.csv, skiprows=1)
    for task in args.task:
        print(json.dumps(measure(returns, task, args.reps, args.budget)), flush=True)


if __name__ == "__main__":
    main()
