"""Times SymPy's `simplify(a - b) == 0` on the scalar pairs of the tables.

    cargo bench --bench algebra -- --pairs | python3 benches/peers/algebra.py

Pairs that SymPy cannot read from plain notation (sums, indices, matrices, sets) are left out.
A pair counts as undecided where the difference is not simplified to zero although the table
calls it equal, or where it takes more than 20 s. The script fails where our median is not a hundred
times shorter on the pairs that both read, or where we leave no fewer undecided.
"""

import json
import re
import signal
import statistics
import sys
import time

import sympy

LIMIT_S = 20
GREEK = {"α": "alpha", "β": "beta", "π": "pi", "ℓ": "ell"}


def read(text, where):
    if re.search(r"R\^|'|orthonormal", where):
        raise ValueError("matrices")
    positive = set( re.findall(r"(\w+) > [01]", where))
    for sign, name in GREEK.items():
        text = text.replace(sign, name)
    text = text.replace("·", "*").replace("^", "**")
    text = re.sub(r"\|([^|]*)\|", r"Abs(\1)", text)
    if re.search(r"[∑⟨ᵀ_∞…]", text):
        raise ValueError(text)
    names = set(re.findall(r"[A-Za-z]+", text))
    known = {"exp", "ln", "sin", "cos", "tan", "sqrt", "Abs", "asin", "acos", "atan", "sinh", "cosh", "tanh", "pi", "factorial", "binomial", "floor", "max", "min"}
    symbols = {n: sympy.Symbol(n, positive=True) if n in positive else sympy.Symbol(n, real=True) for n in names - known}
    if "i" in symbols:
        symbols["i"] = sympy.I
    symbols |= {"max": sympy.Max, "min": sympy.Min}
    return sympy.sympify(text, locals=symbols)


def late(*_):
    raise TimeoutError


signal.signal(signal.SIGALRM, late)
times, undecided, wrong, skipped = [], [], [], 0
ours, ours_undecided = [], 0
for line in sys.stdin:
    pair = json.loads(line) if line.startswith("{") else None
    if not pair or pair["left"] is None or pair["right"] is None:
        skipped += 1
        continue
    try:
        left, right = (read(pair[side], pair["where"]) for side in ("left", "right"))
    except Exception:
        skipped += 1
        continue
    started = time.perf_counter()
    signal.alarm(LIMIT_S)
    try:
        zero = sympy.simplify(left - right) == 0
    except Exception:
        zero = None
    signal.alarm(0)
    times.append((time.perf_counter() - started) * 1e6)
    ours.append(pair["us"])
    ours_undecided += pair["verdict"] not in ("holds", "refuted")
    expected = pair["table"] != "different"
    if expected and not zero or zero is None:
        undecided.append(f"{pair['left']} = {pair['right']}")
    if zero and not expected:
        wrong.append(f"{pair['left']} = {pair['right']}")
print(f"{len(times)} pairs, {skipped} left out; median {statistics.median(times):.0f} us, most {max(times):.0f} us")
print(f"{len(undecided)} undecided, {len(wrong)} called equal that are not")
for line in undecided + wrong:
    print("  ", line)
ratio = statistics.median(times) / statistics.median(ours)
print(f"ours on the same pairs: median {statistics.median(ours):.0f} us, {ours_undecided} undecided; {ratio:.0f} times as fast")
if ratio < 100 or ours_undecided >= len(undecided):
    sys.exit("error: not a hundred times as fast with fewer undecided")
