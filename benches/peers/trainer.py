#!/usr/bin/env python3
"""What a user would train with instead: PyTorch on the same documents, timed.

usage: trainer.py course|best DATA [--seconds 20] [--threads 2]

course  f32, every sequence padded to 128, attention written out, batch 128: the course's way
best    bf16 autocast, fused attention, batches sorted by length and trimmed, logits only where the loss looks

Prints real (non-pad) tokens a second. Compare only with figures of the same machine and hour:
`just bench-train DATA` takes turns with ours. Exit code 77 without PyTorch, with the reason.
"""
import argparse
import random
import sys
import time

try:
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
except ImportError as missing:
    print(f"skipped: {missing} (pip install torch numpy)")
    sys.exit(77)

WIDTH, HEADS, LAYERS, BLOCK, BATCH, DROPOUT = 256, 8, 4, 128, 128, 0.1


def examples(folder, rng):
    """Span corruption of wiki.txt without end, as token ids."""
    text = open(f"{folder}/wiki.txt", encoding="utf-8").read()
    ids = {c: i for i, c in enumerate(["\u25a1", "\u2047"] + sorted(set(text)))}
    documents = [d for d in text.split("\n") if len(d) >= 8]
    yield len(ids)
    while True:
        d = rng.choice(documents)[: rng.randint(4, BLOCK * 7 // 8)]
        length = rng.randint(1, max(1, 2 * (len(d) // 4) - 1))
        i = rng.randint(0, len(d) - length)
        yield [ids[c] for c in d[:i] + "\u2047" + d[i + length :] + "\u2047" + d[i : i + length]]


class Attention(nn.Module):
    def __init__(self, fused):
        super().__init__()
        self.fused = fused
        self.key, self.query, self.value, self.proj = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, x):
        b, t, _ = x.shape
        q, k, v = (f(x).view(b, t, HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        if self.fused:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True, dropout_p=DROPOUT)
        else:
            a = q @ k.transpose(-2, -1) / (WIDTH // HEADS) ** 0.5
            a = a.masked_fill(torch.tril(torch.ones(t, t)) == 0, -1e10).softmax(-1)
            y = F.dropout(a, DROPOUT) @ v
        return F.dropout(self.proj(y.transpose(1, 2).reshape(b, t, WIDTH)), DROPOUT)


class Block(nn.Module):
    def __init__(self, fused):
        super().__init__()
        self.ln1, self.ln2, self.attn = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH), Attention(fused)
        self.mlp = nn.Sequential(nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH))

    def forward(self, x):
        x = x + self.attn(self.ln1(x))
        return x + F.dropout(self.mlp(self.ln2(x)), DROPOUT)


class GPT(nn.Module):
    def __init__(self, vocabulary, fused):
        super().__init__()
        self.tok, self.pos = nn.Embedding(vocabulary, WIDTH), nn.Parameter(torch.zeros(1, BLOCK, WIDTH))
        self.blocks = nn.Sequential(*(Block(fused) for _ in range(LAYERS)))
        self.ln, self.head, self.fused = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, vocabulary, bias=False), fused

    def forward(self, x, y):
        z = self.blocks(F.dropout(self.tok(x) + self.pos[:, : x.shape[1]], DROPOUT))
        z, y = z.flatten(0, 1), y.flatten()
        if self.fused:
            z, y = z[y > 0], y[y > 0]
        return F.cross_entropy(self.head(self.ln(z)).float(), y, ignore_index=0)


def batches(stream, best, rng):
    while True:
        pool = [next(stream) for _ in range(BATCH * 16)]
        if best:
            pool.sort(key=len)
        cut = [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
        rng.shuffle(cut)
        yield from cut


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("way", choices=["course", "best"])
    ap.add_argument("data")
    ap.add_argument("--seconds", type=float, default=20)
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    rng, best = random.Random(0), a.way == "best"
    stream = examples(a.data, rng)
    model = GPT(next(stream), best)
    opt = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95), weight_decay=0.1)
    real, steps, start = 0, 0, None
    for batch in batches(stream, best, rng):
        t = max(map(len, batch)) if best else BLOCK + 1
        x = torch.zeros(len(batch), t, dtype=torch.long)
        for row, ids in zip(x, batch):
            row[: len(ids)] = torch.tensor(ids)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=best):
            loss = model(x[:, :-1], x[:, 1:])
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        if start is None:  # the first step is warm-up
            start = time.time()
            continue
        real, steps = real + sum(len(s) - 1 for s in batch), steps + 1
        if time.time() - start > a.seconds:
            break
    dt = time.time() - start
    print(f"PyTorch {torch.__version__}, {a.way}: {real / dt:.0f} real tokens/s, {steps / dt:.2f} steps/s, loss {loss.item():.3f}")


if __name__ == "__main__":
    main()
