#!/usr/bin/env python3
"""The full sampling of keys as a user would write it in NumPy (and PyTorch, where it is installed).

usage: montecarlo.py N D      prints "name draws-per-second", a line an engine

n keys in d dimensions around axes, covariance alpha I, key 0 with 1/2 mu mu^T more; one query
beta (mu_0 + mu_1); mean and variance of every coordinate of the output, orthonormal values.
"""
import sys
import time

import numpy as np

BETA, ALPHA = 20.0, 1e-4


def with_numpy(rng, draws, n, d):
    mu = np.eye(n, d)
    keys = mu + np.sqrt(ALPHA) * rng.standard_normal((draws, n, d))
    keys[:, 0, :] += np.sqrt(0.5) * rng.standard_normal((draws, 1)) * mu[0]
    scores = keys @ (BETA * (mu[0] + mu[1]))
    weights = np.exp(scores - scores.max(1, keepdims=True))
    output = (weights / weights.sum(1, keepdims=True)) @ np.eye(n, d)
    return output.mean(0), output.var(0)


def with_torch(torch, draws, n, d, dtype):
    mu = torch.eye(n, d, dtype=dtype)
    keys = mu + ALPHA**0.5 * torch.randn(draws, n, d, dtype=dtype)
    keys[:, 0, :] += 0.5**0.5 * torch.randn(draws, 1, dtype=dtype) * mu[0]
    output = torch.softmax(keys @ (BETA * (mu[0] + mu[1])), 1) @ torch.eye(n, d, dtype=dtype)
    return output.mean(0), output.var(0)


def rate(work, draws, seconds=1.0):
    work()
    start, rounds = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        work()
        rounds += 1
    return draws * rounds / (time.perf_counter() - start)


def main():
    n, d = int(sys.argv[1]), int(sys.argv[2])
    draws = max(1000, 8_000_000 // (n * d))
    rng = np.random.default_rng(0)
    print(f"numpy f64 {rate(lambda: with_numpy(rng, draws, n, d), draws):.6g}", flush=True)
    try:
        import torch
    except ImportError:
        return
    for name, dtype in [("f64", torch.float64), ("f32", torch.float32)]:
        print(f"torch {name} {rate(lambda: with_torch(torch, draws, n, d, dtype), draws):.6g}", flush=True)


if __name__ == "__main__":
    main()
