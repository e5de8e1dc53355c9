"""Trains densenet121_phantoms_128 from scratch on synthetic phantoms and exports it to ONNX.

The commands that were run, and what came of them, stand in README.md and training-log.txt.
"""

import argparse
import csv
import os
import time

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import torchvision
from sklearn.metrics import roc_auc_score

FINDINGS = ["cardiomegaly", "edema", "consolidation", "atelectasis", "pleural effusion"]
# ImageNet's mean and deviation of red, green and blue: the card's `mean` and `std`.
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)


def load(folder, name, side):
    with open(os.path.join(folder, name + ".csv"), newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pixels = np.fromfile(os.path.join(folder, name + ".u8"), np.uint8)
    pixels = torch.from_numpy(pixels.reshape(len(rows), 1, side, side))
    truth = torch.tensor([[float(row[finding]) for finding in FINDINGS] for row in rows])
    return pixels, truth, np.array([row["site"] for row in rows])


def network():
    return torchvision.models.densenet121(weights=None, num_classes=len(FINDINGS))


def inputs(pixels, side):
    """Grey bytes to the network's input; a smaller side is an antialiased reduction."""
    grey = pixels.float() / 255
    if side != grey.shape[-1]:
        grey = torch.nn.functional.interpolate(
            grey, size=(side, side), mode="bilinear", antialias=True, align_corners=False
        )
    return grey


def normalised(grey):
    return ((grey - MEAN) / STD).contiguous(memory_format=torch.channels_last)


def jittered(grey, random):
    """Small shifts, contrast and brightness; no flips: the heart is on the left."""
    n, _, side, _ = grey.shape
    reach = side // 20
    padded = torch.nn.functional.pad(grey, (reach,) * 4, mode="replicate")
    moved = torch.empty_like(grey)
    for i in range(n):
        dx, dy = random.integers(0, 2 * reach + 1, 2)
        moved[i] = padded[i, :, dy : dy + side, dx : dx + side]
    contrast = torch.from_numpy(random.uniform(0.9, 1.1, (n, 1, 1, 1))).float()
    brightness = torch.from_numpy(random.uniform(-0.05, 0.05, (n, 1, 1, 1))).float()
    return ((moved - 0.5) * contrast + 0.5 + brightness).clamp(0, 1)


def scores(model, pixels, side):
    model.eval()
    out = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(pixels), 64):
            out.append(model(normalised(inputs(pixels[start : start + 64], side))).float())
    model.train()
    return torch.cat(out).numpy()


def areas(truth, score):
    return [roc_auc_score(truth[:, k], score[:, k]) for k in range(len(FINDINGS))]


def say(file, text):
    print(text, flush=True)
    with open(file, "a", encoding="utf-8") as log:
        log.write(text + "\n")


def worker(rank, options):
    torch.set_num_threads(1)
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", str(options.port))
    dist.init_process_group("gloo", rank=rank, world_size=options.workers)
    torch.manual_seed(options.seed)
    random = np.random.default_rng([options.seed, rank])
    pixels, truth, _ = load(options.data, options.train, options.stored)
    valid, valid_truth, valid_site = load(options.data, options.valid, options.stored)
    model = network().to(memory_format=torch.channels_last)
    parallel = torch.nn.parallel.DistributedDataParallel(model)
    phases = [tuple(map(int, phase.split(":"))) for phase in options.schedule.split(",")]
    share = options.batch // options.workers
    steps = len(pixels) // options.batch
    total = steps * sum(epochs for _, epochs in phases)
    optimiser = torch.optim.AdamW(model.parameters(), weight_decay=1e-2)
    rate = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=options.rate, total_steps=total, pct_start=0.15
    )
    begin = time.time()
    epoch = 0
    order_of = torch.Generator().manual_seed(options.seed)
    for side, epochs in phases:
        for _ in range(epochs):
            order = torch.randperm(len(pixels), generator=order_of)
            loss_sum = 0.0
            for step in range(steps):
                at = step * options.batch + rank * share
                chosen = order[at : at + share]
                grey = jittered(inputs(pixels[chosen], side), random)
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    logits = parallel(normalised(grey))
                loss = torch.nn.functional.binary_cross_entropy_with_logits(
                    logits.float(), truth[chosen]
                )
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                rate.step()
                loss_sum += loss.item()
                if rank == 0 and step % 50 == 49:
                    print(side, epoch, step + 1, round(loss_sum / (step + 1), 4), flush=True)
            epoch += 1
            if rank == 0:
                some = slice(0, options.glance)
                found = areas(valid_truth[some].numpy(), scores(model, valid[some], side))
                say(
                    options.log,
                    "epoch %d side %d loss %.4f seconds %d AUROC of %d validation phantoms %s"
                    % (
                        epoch,
                        side,
                        loss_sum / steps,
                        time.time() - begin,
                        len(valid[some]),
                        " ".join("%.3f" % area for area in found),
                    ),
                )
                torch.save(model.state_dict(), options.out + ".pt")
            dist.barrier()
    if rank == 0:
        side = phases[-1][0]
        table(options, valid_truth.numpy(), scores(model, valid, side), valid_site)
        if not options.probe:
            export(model, options)
        say(options.log, "done after %d seconds" % (time.time() - begin))
    dist.barrier()
    dist.destroy_process_group()


def table(options, truth, score, site):
    say(options.log, "\nAUROC on %d validation phantoms (synthetic)\n" % len(truth))
    say(options.log, "| site | n | " + " | ".join(FINDINGS) + " |")
    say(options.log, "|---|---|" + "---|" * len(FINDINGS))
    for name in ["all", *dict.fromkeys(site)]:
        rows = np.ones(len(site), bool) if name == "all" else site == name
        cells = " | ".join("%.3f" % area for area in areas(truth[rows], score[rows]))
        say(options.log, "| %s | %d | %s |" % (name, rows.sum(), cells))


def export(model, options):
    model = model.float().to(memory_format=torch.contiguous_format).eval()
    torch.onnx.export(
        model,
        torch.zeros(1, 3, 128, 128),
        options.out + ".onnx",
        opset_version=13,
        input_names=["input"],
        output_names=["logits"],
        dynamic_axes={"input": {0: "n"}, "logits": {0: "n"}},
        training=torch.onnx.TrainingMode.PRESERVE,  # keeps BatchNormalization apart
        do_constant_folding=False,
        dynamo=False,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="folder of TrainingExport's files")
    parser.add_argument("--train", default="train")
    parser.add_argument("--valid", default="valid")
    parser.add_argument("--stored", type=int, default=128, help="side of the stored pixels")
    parser.add_argument("--schedule", default="64:4,96:1,128:1", help="side:epochs, …")
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--glance", type=int, default=1000, help="validation phantoms an epoch")
    parser.add_argument("--port", type=int, default=29511)
    parser.add_argument("--log", default="training.log")
    parser.add_argument("--out", default="densenet121_phantoms_128")
    parser.add_argument("--probe", action="store_true", help="no export: to tune the phantoms")
    chosen = parser.parse_args()
    mp.spawn(worker, args=(chosen,), nprocs=chosen.workers)
