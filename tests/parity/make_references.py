#!/usr/bin/env python3
"""Writes the reference tensors that `cargo test --test trainer` compares with.

usage: python3 tests/parity/make_references.py      (needs torch, numpy and safetensors)

For each kind of model: first weights (`w.`), ids and targets padded to one length (-1 is ignored),
logits, loss and every gradient (`g.`), and the losses of 50 steps of the course's recipe without
dropout: AdamW, clipping at 1, warm-up and cosine, on the batches in `steps.ids`.
"""
import pathlib

import torch
from reference_model import GPT, course_factor, optimizer
from safetensors.torch import save_file

SHAPE = dict(vocabulary=29, block=24, layers=3, heads=2, width=16, bottleneck=6)
KINDS = [("vanilla", "learned"), ("vanilla", "rotary"), ("perceiver", "learned"), ("perceiver", "rotary")]
RATE, WARMUP, END, STEPS, BATCH = 6e-3, 600, 2500, 50, 6


def ragged(n, c, generator):
    """n sequences as long as the block less one, real up to a random length, and their targets."""
    t = c["block"] - 1
    ids = torch.randint(2, c["vocabulary"], (n, t), generator=generator)
    targets = torch.randint(2, c["vocabulary"], (n, t), generator=generator)
    lengths = torch.randint(1, t + 1, (n, 1), generator=generator)
    pads = torch.arange(t) >= lengths
    return ids.masked_fill(pads, 0), targets.masked_fill(pads, -1)


def main():
    torch.set_num_threads(1)
    for seed, (variant, positions) in enumerate(KINDS):
        torch.manual_seed(seed)
        generator = torch.Generator().manual_seed(100 + seed)
        c = dict(SHAPE, variant=variant, positions=positions)
        model = GPT(c)
        with torch.no_grad():
            for p in model.parameters():  # away from zeros and ones, where mistakes hide
                p.add_(0.1 * torch.randn(p.shape))
        ids, targets = ragged(BATCH, c, generator)
        out = {f"w.{n}": p.detach().clone() for n, p in model.named_parameters()}
        loss = model.loss(ids, targets)
        loss.backward()
        out |= {f"g.{n}": p.grad.clone() for n, p in model.named_parameters()}
        out |= {"ids": ids, "targets": targets, "logits": model(ids).detach(), "loss": loss.detach()}
        batches = [ragged(BATCH, c, generator) for _ in range(STEPS)]
        opt, losses, seen = optimizer(model, RATE), [], 0
        for ids, targets in batches:
            opt.zero_grad()
            loss = model.loss(ids, targets)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            losses.append(loss.item())
            seen += targets.numel()
            for group in opt.param_groups:
                group["lr"] = RATE * course_factor(seen, WARMUP, END)
        out["steps.ids"] = torch.stack([b[0] for b in batches]).to(torch.int16)
        out["steps.targets"] = torch.stack([b[1] for b in batches]).to(torch.int16)
        out["steps.losses"] = torch.tensor(losses)
        path = pathlib.Path(__file__).parent / f"{variant}-{positions}.safetensors"
        save_file({k: v.contiguous() for k, v in out.items()}, path, {"torch": torch.__version__.split("+")[0]})
        print(path.name, path.stat().st_size, "bytes, losses", losses[0], "to", losses[-1])


if __name__ == "__main__":
    main()
