"""Writes golden.json: what Hugging Face's LlamaForCausalLM and PyTorch's AdamW make of a fixed tiny model.

    pip install torch==2.13.0 transformers==5.18.0
    python test/reference/golden.py > test/reference/golden.json
    npx biome check --write test/reference/golden.json

Weights, tokens and probes are formulas, not random draws, so golden.test.ts makes the very same ones by itself.
"""

import json

import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM

WINDOWS, CONTEXT, VOCABULARY, STEPS = 2, 16, 257, 10


def build(tied):
    config = LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=32,
        intermediate_size=24,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT,
        rms_norm_eps=1e-5,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
        tie_word_embeddings=tied,
        attention_bias=False,
        mlp_bias=False,
        attn_implementation="sdpa",
    )
    model = LlamaForCausalLM(config).double()
    for number, (_, weight) in enumerate(sorted(model.named_parameters())):
        i = torch.arange(weight.numel(), dtype=torch.float64)
        wave = torch.sin(i * i * 0.7 + i + number).reshape(weight.shape)
        weight.data = 1 + 0.1 * wave if weight.dim() == 1 else 0.2 * wave
    return model


def loss_of(model, tokens):
    logits = model(input_ids=tokens[:, :-1]).logits
    return torch.nn.functional.cross_entropy(logits.reshape(-1, VOCABULARY), tokens[:, 1:].reshape(-1)), logits


def case(tied):
    model = build(tied)
    i = torch.arange(WINDOWS * (CONTEXT + 1))
    tokens = ((7 * i * i + 3 * i) % VOCABULARY).reshape(WINDOWS, CONTEXT + 1)
    loss, logits = loss_of(model, tokens)
    loss.backward()
    gradients = {}
    for name, weight in sorted(model.named_parameters()):
        probe = torch.cos(torch.arange(weight.numel(), dtype=torch.float64))
        gradient = weight.grad.reshape(-1)
        gradients[name] = [gradient.norm().item(), (gradient @ probe).item()]

    gains = [weight for _, weight in model.named_parameters() if weight.dim() == 1]
    matrices = [weight for _, weight in model.named_parameters() if weight.dim() == 2]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": gains, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=3e-3, betas=(0.9, 0.95), eps=1e-8)
    losses, norms = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        step_loss, _ = loss_of(model, tokens)
        step_loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).item())
        losses.append(step_loss.item())
        optimizer.step()
    return {
        "loss": loss.item(),
        "lastLogits": logits[-1, -1, :8].tolist(),
        "gradients": gradients,
        "losses": losses,
        "gradientNorms": norms,
    }


versions = {"torch": torch.__version__, "transformers": transformers.__version__}
print(json.dumps({"versions": versions, "untied": case(False), "tied": case(True)}, indent=2))
