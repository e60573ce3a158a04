"""The same training step in PyTorch, on its GPU: how long it takes, beside what `npx m3lab bench` says of the same GPU.

NOT RUN on a GPU so far: none with PyTorch was at hand. Tried on a CPU alone (PyTorch 2.13, --device cpu): from the weights of
test/reference/golden.json it gives that file's ten losses to 1e-7, and a run of a fleet has the loss and the gradients of the
run alone. The form `graphed` is untried.

    pip install torch            # built for the GPU
    python bench/pytorch.py --json pytorch.json

The model is the lab's: Llama with RMSNorm, rotary positions in halves, causal attention, SwiGLU, no biases, an untied
head; float32 throughout, TF32 off unless --tf32 is given. A step is forward, backward and AdamW (fused), over batches that lie
on the GPU beforehand; no clip, as in `npm run bench`. Everything is measured in PyTorch's best known forms:

    eager      as written
    compiled   forward and backward by torch.compile
    graphed    the compiled step, update included, captured into one CUDA graph and replayed: no host work is left

Several runs of size A, each with its own weights and batches, are trained side by side: their weights are stacked along a leading axis
and multiplied as batched matrices, so that one kernel serves all runs, as in the lab's fleets. (As many
processes would only share the GPU by turns.) A fleet's rate here is to be compared with a fleet's rate there.

Prints one JSON object a line for every figure: milliseconds a step (median of the rounds), tokens a second over all runs, and
the first losses, which fall from about ln(vocabulary).
"""

import argparse
import json
import math
import statistics
import sys
import time

import torch
import torch.nn.functional as F

# src/model/bench/sizes.ts has the same.
SIZES = {
    "A": dict(layers=2, width=64, heads=2, mlp=176, context=64, vocabulary=256, batch=4),
    "B": dict(layers=4, width=128, heads=4, mlp=352, context=128, vocabulary=512, batch=4),
    "10M": dict(layers=6, width=384, heads=6, mlp=1024, context=256, vocabulary=512, batch=16),
}
FLEET_SIZE = "A"
FLEETS = [1, 4, 16, 32, 64, 256]
FORMS = ["eager", "compiled", "graphed"]

NORM_EPSILON = 1e-5
ROTARY_BASE = 10_000.0
LEARNING_RATE = 1e-3
ADAMW = dict(lr=LEARNING_RATE, betas=(0.9, 0.95), eps=1e-8)
WEIGHT_DECAY = 0.1
INITIAL_DEVIATION = 0.02
BATCHES = 16
WARM_UP_STEPS = 12
SHOWN_LOSSES = 3


class Fleet(torch.nn.Module):
    """`runs` Llamas of one size. Every tensor has the run as its leading axis."""

    def __init__(self, runs, layers, width, heads, mlp, context, vocabulary, device):
        super().__init__()
        self.runs, self.heads, self.vocabulary = runs, heads, vocabulary

        def matrix(rows, columns, deviation=INITIAL_DEVIATION):
            return torch.nn.Parameter(torch.randn(runs, rows, columns, device=device) * deviation)

        def gain():
            return torch.nn.Parameter(torch.ones(runs, 1, width, device=device))

        deep = INITIAL_DEVIATION / math.sqrt(2 * layers)
        self.embedding = matrix(vocabulary, width)
        self.blocks = torch.nn.ModuleList(
            torch.nn.ParameterDict(
                {
                    "attention_norm": gain(),
                    "qkv": matrix(3 * width, width),
                    "output": matrix(width, width, deep),
                    "mlp_norm": gain(),
                    "gate_up": matrix(2 * mlp, width),
                    "down": matrix(width, mlp, deep),
                }
            )
            for _ in range(layers)
        )
        self.norm = gain()
        self.head = matrix(vocabulary, width)

        half = width // heads // 2
        frequencies = ROTARY_BASE ** (-torch.arange(half, device=device, dtype=torch.float64) / half)
        angles = torch.arange(context, device=device, dtype=torch.float64)[:, None] * frequencies
        self.register_buffer("cosine", angles.cos().float().repeat(1, 2), persistent=False)
        self.register_buffer("sine", angles.sin().float().repeat(1, 2), persistent=False)

    def project(self, x, weight):
        """x [runs, rows, inputs] by weight [runs, outputs, inputs]; one run is spared the batched kernel."""
        if self.runs == 1:
            return F.linear(x[0], weight[0])[None]
        return torch.bmm(x, weight.transpose(1, 2))

    def rms_norm(self, x, weight):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + NORM_EPSILON) * weight

    def rotate(self, x):
        first, second = x.chunk(2, dim=-1)
        return x * self.cosine + torch.cat((-second, first), dim=-1) * self.sine

    def attention(self, x, block, windows, context):
        """Runs and windows are one axis here: heads of different windows have nothing to do with one another."""
        width = x.shape[-1]
        qkv = self.project(x, block["qkv"]).view(self.runs * windows, context, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(self.rotate(q), self.rotate(k), v, is_causal=True)
        return self.project(mixed.transpose(1, 2).reshape(x.shape), block["output"])

    def feed_forward(self, x, block):
        gate, up = self.project(x, block["gate_up"]).chunk(2, dim=-1)
        return self.project(F.silu(gate) * up, block["down"])

    def forward(self, inputs, targets):
        """inputs, targets [runs, windows, context] → mean loss of each run, [runs]."""
        runs, windows, context = inputs.shape
        rows = windows * context
        if runs == 1:
            x = F.embedding(inputs.view(rows), self.embedding[0])[None]
        else:
            # One table with the runs below one another, so that the gather is one kernel.
            first = torch.arange(runs, device=inputs.device)[:, None] * self.vocabulary
            x = F.embedding(inputs.view(runs, rows) + first, self.embedding.flatten(0, 1))
        for block in self.blocks:
            x = x + self.attention(self.rms_norm(x, block["attention_norm"]), block, windows, context)
            x = x + self.feed_forward(self.rms_norm(x, block["mlp_norm"]), block)
        logits = self.project(self.rms_norm(x, self.norm), self.head)
        losses = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none")
        return losses.view(runs, rows).mean(1)


def make_optimizer(model, device, capturable):
    gains = [p for name, p in model.named_parameters() if "norm" in name]
    matrices = [p for name, p in model.named_parameters() if "norm" not in name]
    groups = [
        {"params": matrices, "weight_decay": WEIGHT_DECAY},
        {"params": gains, "weight_decay": 0.0},
    ]
    fused = device.type == "cuda"
    return torch.optim.AdamW(groups, **ADAMW, fused=fused, capturable=capturable and fused)


def make_batches(runs, batch, context, vocabulary, device):
    """Inputs and targets of each batch, [runs, batch, context]: a noisy chain, the next token 5 times the last and some."""
    generator = torch.Generator().manual_seed(1)
    batches = []
    for _ in range(BATCHES):
        tokens = torch.empty(runs, batch, context + 1, dtype=torch.long)
        tokens[..., 0] = torch.randint(vocabulary, (runs, batch), generator=generator)
        for place in range(context):
            noise = torch.randint(3, (runs, batch), generator=generator)
            tokens[..., place + 1] = (5 * tokens[..., place] + 17 + noise) % vocabulary
        tokens = tokens.to(device)
        batches.append((tokens[..., :-1].contiguous(), tokens[..., 1:].contiguous()))
    return batches


def make_step(form, model, optimizer, batches):
    """A function that takes one step on the batch it is given and returns the loss of each run, on the GPU."""
    loss_of = model if form == "eager" else torch.compile(model)

    def step(inputs, targets):
        losses = loss_of(inputs, targets)
        # Runs share no weight, so the gradient of the sum is the gradient of each.
        losses.sum().backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return losses.detach()

    if form != "graphed":
        return step

    inputs, targets = (torch.empty_like(part) for part in batches[0])
    inputs.copy_(batches[0][0])
    targets.copy_(batches[0][1])
    # Kernels are compiled and the optimiser's state is made before the capture, on a stream of their own, as CUDA graphs ask.
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            step(inputs, targets)
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        captured = step(inputs, targets)

    def replay(next_inputs, next_targets):
        inputs.copy_(next_inputs)
        targets.copy_(next_targets)
        graph.replay()
        return captured

    return replay


def synchronize(device):
    if device.type == "cuda":
        torch.cuda.synchronize()


def measure(name, runs, form, options, device):
    torch.manual_seed(1)
    size = dict(SIZES[name])
    batch = size.pop("batch")
    model = Fleet(runs, **size, device=device)
    optimizer = make_optimizer(model, device, capturable=form == "graphed")
    batches = make_batches(runs, batch, size["context"], size["vocabulary"], device)
    step = make_step(form, model, optimizer, batches)

    taken = 0

    def train(steps):
        nonlocal taken
        for _ in range(steps):
            losses = step(*batches[taken % BATCHES])
            taken += 1
        return losses

    first_losses = [train(1)[0].item() for _ in range(SHOWN_LOSSES)]
    train(WARM_UP_STEPS)
    synchronize(device)
    times = []
    for _ in range(options.rounds):
        start = time.perf_counter()
        train(options.steps)
        synchronize(device)
        times.append((time.perf_counter() - start) / options.steps)
    median = statistics.median(times)
    return {
        "size": name,
        "runs": runs,
        "form": form,
        "stepMs": median * 1e3,
        "fastestStepMs": min(times) * 1e3,
        "tokensPerSecond": runs * batch * size["context"] / median,
        "parametersPerRun": sum(p.numel() for p in model.parameters()) // runs,
        "firstLosses": first_losses,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="A,B,10M", help="some of A,B,10M")
    parser.add_argument("--runs", default=",".join(map(str, FLEETS)), help="fleets of size A")
    parser.add_argument("--forms", default=",".join(FORMS), help="some of eager,compiled,graphed")
    parser.add_argument("--steps", type=int, default=50, help="steps of one timing")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tf32", action="store_true", help="let variants round their inputs to 10 bits")
    parser.add_argument("--device", default="cuda", help="cuda; cpu only to try the script")
    parser.add_argument("--json", help="write all figures there as well")
    options = parser.parse_args()
    sizes, forms = options.size.split(","), options.forms.split(",")
    for word, known in [(sizes, SIZES), (forms, FORMS)]:
        if unknown := [one for one in word if one not in known]:
            parser.error(f"{unknown[0]} is none of {', '.join(known)}")
    device = torch.device(options.device)
    if device.type == "cuda" and not torch.cuda.is_available():
        sys.exit("PyTorch finds no GPU; its CPU's figures would say nothing (--device cpu only tries the script)")
    if device.type != "cuda":
        forms = [form for form in forms if form != "graphed"]

    torch.backends.cuda.matmul.allow_tf32 = options.tf32
    torch.backends.cudnn.allow_tf32 = options.tf32
    machine = {
        "torch": torch.__version__,
        "device": torch.cuda.get_device_name() if device.type == "cuda" else "cpu",
        "tf32": options.tf32,
        "steps": options.steps,
        "rounds": options.rounds,
    }
    print(json.dumps(machine), flush=True)
    plan = [(size, 1) for size in sizes if size != FLEET_SIZE]
    if FLEET_SIZE in sizes:
        plan = [(FLEET_SIZE, int(runs)) for runs in options.runs.split(",")] + plan
    figures = []
    for size, runs in plan:
        for form in forms:
            # What was compiled for one shape is of no use to the next, and too many shapes make the compiler give up.
            torch.compiler.reset()
            try:
                figure = measure(size, runs, form, options, device)
            except Exception as error:  # one form that fails does not keep the others from being measured
                figure = {"size": size, "runs": runs, "form": form, "failed": f"{type(error).__name__}: {error}"[:300]}
            figures.append(figure)
            print(json.dumps(figure), flush=True)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"machine": machine, "figures": figures}, file, indent=2)


if __name__ == "__main__":
    main()
