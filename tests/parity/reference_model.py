"""The course's model in PyTorch, under minGPT's names: what the trainer is held against."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def rotate(x, positions):
    """Turns the pairs (2i, 2i+1) of every head of x [B, H, T, D] by position * 10000^(-2i/D)."""
    d = x.shape[-1]
    angle = positions[:, None].to(torch.float64) * 10000.0 ** (-torch.arange(0, d, 2, dtype=torch.float64) / d)
    cos, sin = angle.cos().to(x.dtype), angle.sin().to(x.dtype)
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2)


class Attention(nn.Module):
    """Queries from x_q, keys and values from x_kv; the mask is the lower triangle's leading corner."""

    def __init__(self, c):
        super().__init__()
        self.c = c
        self.key, self.query, self.value, self.proj = (nn.Linear(c["width"], c["width"]) for _ in range(4))

    def forward(self, x_kv, x_q):
        (b, tk, w), tq, h = x_kv.shape, x_q.shape[1], self.c["heads"]
        split = lambda y: y.view(b, -1, h, w // h).transpose(1, 2)
        q, k, v = split(self.query(x_q)), split(self.key(x_kv)), split(self.value(x_kv))
        if self.c["positions"] == "rotary":
            q, k = rotate(q, torch.arange(tq)), rotate(k, torch.arange(tk))
        att = q @ k.transpose(-2, -1) / math.sqrt(w // h)
        att = att.masked_fill(torch.tril(torch.ones(tq, tk)) == 0, -1e10).softmax(-1)
        return self.proj((att @ v).transpose(1, 2).reshape(b, tq, w))


def feed_forward(w):
    return nn.Sequential(nn.Linear(w, 4 * w), nn.GELU(), nn.Linear(4 * w, w))


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        w = c["width"]
        self.ln1, self.ln2, self.attn, self.mlp = nn.LayerNorm(w), nn.LayerNorm(w), Attention(c), feed_forward(w)

    def forward(self, x):
        y = self.ln1(x)
        x = x + self.attn(y, y)
        return x + self.mlp(self.ln2(x))


class DownBlock(Block):
    def __init__(self, c):
        super().__init__(c)
        self.C = nn.Parameter(torch.empty(1, c["bottleneck"], c["width"]))
        nn.init.xavier_uniform_(self.C)

    def forward(self, x):
        x = self.attn(self.ln1(x), self.ln1(self.C).expand(x.shape[0], -1, -1))
        return x + self.mlp(self.ln2(x))


class UpBlock(Block):
    def forward(self, y, x):
        x = self.attn(self.ln1(y), x)
        return x + self.mlp(self.ln2(x))


class GPT(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        w = c["width"]
        self.tok_emb = nn.Embedding(c["vocabulary"], w)
        if c["positions"] == "learned":
            self.pos_emb = nn.Parameter(torch.zeros(1, c["block"], w))
        down = c["variant"] == "perceiver"
        if down:
            self.down_block, self.up_block = DownBlock(c), UpBlock(c)
        self.blocks = nn.Sequential(*(Block(c) for _ in range(c["layers"] - 2 * down)))
        self.ln_f, self.head = nn.LayerNorm(w), nn.Linear(w, c["vocabulary"], bias=False)

    def forward(self, ids):
        x = self.tok_emb(ids)
        if self.c["positions"] == "learned":
            x = x + self.pos_emb[:, : ids.shape[1]]
        if self.c["variant"] == "perceiver":
            x = self.up_block(self.blocks(self.down_block(x)), x)
        else:
            x = self.blocks(x)
        return self.head(self.ln_f(x))

    def loss(self, ids, targets):
        return F.cross_entropy(self(ids).flatten(0, 1), targets.flatten(), ignore_index=-1)


def optimizer(model, rate):
    """AdamW as the course sets it: decay on the weights of matrix products alone."""
    matmul = {n + ".weight" for n, m in model.named_modules() if isinstance(m, nn.Linear)}
    decay = [p for n, p in model.named_parameters() if n in matmul]
    rest = [p for n, p in model.named_parameters() if n not in matmul]
    groups = [{"params": decay, "weight_decay": 0.1}, {"params": rest, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95))


def course_factor(positions, warmup, end):
    """The course's schedule after `positions` target positions, pads counted."""
    if positions < warmup:
        return positions / max(1, warmup)
    u = (positions - warmup) / max(1, end - warmup)
    return max(0.1, 0.5 * (1.0 + math.cos(math.pi * u)))
