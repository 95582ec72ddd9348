"""Times SymPy's `simplify(a - b) == 0` on the scalar pairs of the tables.

    cargo bench --bench algebra -- --pairs | python3 benches/peers/algebra.py

Pairs that SymPy cannot read from plain notation (matrices, sets, sums that leave out members) are left out.
Our time is that of the first decision, as SymPy's is. A pair counts as undecided where the difference is not simplified to zero although the table
calls it equal, or where it takes more than 20 s. The script fails where our median is not a hundred
times shorter on the pairs that both read, or where we leave more undecided.
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


def sums(text):
    """`∑_{i=1}^{n} body` as `Sum(body, (i, 1, n))`; the body ends at the next sign of its own depth."""
    head = re.search(r"∑_\{(\w+)=([^{},]+)\}\^\{([^{}]+)\} ", text)
    if not head:
        return text
    depth, end = 0, len(text)
    for at in range(head.end(), len(text)):
        depth += text[at] in "([{"
        depth -= text[at] in ")]}"
        if depth < 0 or depth == 0 and text[at : at + 3] in (" + ", " - "):
            end = at
            break
    index, low, high = head.groups()
    body = sums(text[head.end() : end])
    member = re.sub(rf"\b(\w+?)_{index}\b", rf"\1[{index}]", body)
    return f"{text[: head.start()]}Sum({member}, ({index}, {low}, {high})){sums(text[end:])}"


def read(text, where):
    text = sums(text)
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
    known = {"exp", "ln", "sin", "cos", "tan", "sqrt", "Abs", "asin", "acos", "atan", "sinh", "cosh", "tanh", "pi", "factorial", "binomial", "floor", "max", "min", "Sum"}
    symbols = {n: sympy.Symbol(n, positive=True) if n in positive else sympy.Symbol(n, real=True) for n in names - known}
    if "i" in symbols and "(i, " not in text:
        symbols["i"] = sympy.I
    symbols |= {name: sympy.IndexedBase(name) for name in re.findall(r"(\w+)\[", text)}
    symbols |= {"max": sympy.Max, "min": sympy.Min, "Sum": sympy.Sum}
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
    ours.append(pair["first_us"])
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
if ratio < 100 or ours_undecided > len(undecided):
    sys.exit("error: not a hundred times as fast, or more undecided than SymPy leaves")
