"""Holds an exported folder against the lab, with PyTorch and transformers: same ids, same loss, same greedy continuation.

    pip install torch==2.13.0 transformers==5.18.0
    npx m3lab corpus write "world:sw?seed=9" --bytes 20000 --out text.txt
    npx m3lab export CHECKPOINT --format hf --out FOLDER
    npx m3lab eval CHECKPOINT --text text.txt --json > eval.json
    npx m3lab generate CHECKPOINT --prompt "Mtoto " --tokens 50 --temperature 0 --json > generated.json
    python test/export/pytorch/compare.py FOLDER text.txt eval.json generated.json

Ends with 1 where the mean loss differs by more than 1e-4 nats, or any token does. The model's context must hold prompt and
continuation: beyond it the lab lets the window slide, and transformers goes on to positions that were never trained.
"""

import json
import sys

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM

LIMIT_NATS = 1e-4


def tokens_of(text, tokenizer):
    """As the lab lays out a text: the end of a document before the first and after each; a repeated document counts once."""
    end = tokenizer.eos_token_id
    tokens = [end]
    for document in dict.fromkeys(line for line in text.split("\n") if line.strip()):
        ids = tokenizer(document)["input_ids"]
        if ids[0] != end:
            raise SystemExit("the tokenizer does not begin a text with the end-of-document token")
        tokens += ids[1:] + [end]
    return tokens


@torch.no_grad()
def loss_of(model, tokens):
    """Mean nats a token, every token scored once: windows of the context, the last one ending at the end of the text."""
    context = model.config.max_position_embeddings
    nats, scored = 0.0, 0
    while scored < len(tokens) - 1:
        start = scored if scored + context < len(tokens) else max(0, len(tokens) - 1 - context)
        window = torch.tensor([tokens[start : start + context + 1]])
        logits = model(window[:, :-1]).logits[0].double()
        each = torch.nn.functional.cross_entropy(logits, window[0, 1:], reduction="none")
        nats += each[scored - start :].sum().item()
        scored = start + len(each)
    return nats / scored, scored


@torch.no_grad()
def continuation_of(model, tokenizer, prompt, tokens):
    inputs = tokenizer(prompt, return_tensors="pt")
    written = model.generate(
        **inputs, max_new_tokens=tokens, max_length=None, do_sample=False, eos_token_id=None
    )
    return written[0, inputs["input_ids"].shape[1] :].tolist()


def main(folder, text_file, eval_file, generated_file):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder).eval()
    assert isinstance(model, LlamaForCausalLM), type(model)
    assert model.dtype == torch.float32, model.dtype
    with open(text_file, encoding="utf-8") as file:
        tokens = tokens_of(file.read(), tokenizer)
    with open(eval_file, encoding="utf-8") as file:
        ours = json.load(file)
    with open(generated_file, encoding="utf-8") as file:
        generated = json.load(file)

    loss, scored = loss_of(model, tokens)
    difference = abs(loss - ours["nats"])
    written = continuation_of(model, tokenizer, generated["prompt"], len(generated["tokens"]))
    same = sum(a == b for a, b in zip(written, generated["tokens"], strict=True))
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, on the {model.device.type}")
    print(f"tokens  {scored} here, {ours['tokens']} in the lab")
    print(f"loss    {loss:.7f} here, {ours['nats']:.7f} in the lab: a difference of {difference:.1e} nats")
    print(f"greedy  {same} of {len(written)} tokens are the same")
    passed = scored == ours["tokens"] and difference <= LIMIT_NATS and same == len(written)
    print("passed" if passed else "failed")
    return 0 if passed else 1


if __name__ == "__main__":
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    sys.exit(main(*sys.argv[1:]))
