"""Make a tiny model that talks gibberish, as a GGUF file for llama.cpp: nothing is downloaded, nothing is known.

    python make_gguf.py gibberish.gguf

It needs numpy, gguf and tokenizers. Attention and feed-forward weights are random. The embeddings are factors of a
table of which token follows which, counted in the Python manual that comes with Python and in replies of the wire
shape made up from its words: so sentences end, strings close, and cited ids look like ids. The same seed makes the
same model.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from pydoc_data import topics

import gguf
import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

BEGIN, TURN, END = SPECIAL = ("<|begin|>", "<|turn|>", "<|end|>")
TEMPLATE = (
    "{% for message in messages %}<|turn|>{{ message['role'] }}\n{{ message['content'] }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|turn|>assistant\n{% endif %}"
)
CONTEXT = 131_072
VOCABULARY = 2048
WIDTH, HEADS, LAYERS = 64, 2, 1
REPLIES = 6000

Table = NDArray[np.float32]


def replies(prose: str, chance: random.Random) -> Iterator[str]:
    """Yield replies in the wire shape of a section, of words that stand side by side in the prose."""
    words = [word for word in prose.split() if word.isalpha() and word.isascii()]

    def sentence(end: str = ".") -> str:
        length = chance.randint(3, 6)
        at = chance.randrange(len(words) - length)
        while words[at][0] in "aA":  # a string that begins with A is to be an id
            at -= 1
        return " ".join(words[at : at + length]).capitalize() + end

    def cites() -> list[str]:
        return [f"A{chance.randint(1, 4)}.{chance.randint(1, 9)}"]

    def statement() -> dict[str, object]:
        return {"text": sentence(), "kind": chance.choice(["reported", "inference"]), "cites": cites()}

    for _ in range(REPLIES):
        statements = [statement() for _ in range(chance.randint(1, 3))]
        reply = {
            "call": "",
            "headline": {"text": sentence(), "cites": cites()},
            "blocks": [{"heading": sentence(), "date": "", "statements": statements}],
            "open_questions": [sentence("?")],
        }
        # Without spaces, a key, a value and the first item of a list each begin with a token of their own.
        yield json.dumps(reply, separators=(",", ":"))


def trained(texts: Sequence[str]) -> Tokenizer:
    """Return a byte-level BPE tokenizer, the kind that llama.cpp calls gpt2."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=list(SPECIAL), initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def factors(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[Table, Table]:
    """Return input and output embeddings whose product is near the log-probability of each token after each."""
    size = tokenizer.get_vocab_size()
    counts = np.zeros((size, size))
    for encoded in tokenizer.encode_batch(list(texts)):
        ids = [*encoded.ids, tokenizer.token_to_id(END)]
        np.add.at(counts, (ids[:-1], ids[1:]), 1)
    overall = counts.sum(0) + 0.05
    smooth = 2 * overall / overall.sum()
    logs = np.log((counts + smooth) / (counts.sum(1, keepdims=True) + 2))
    left, strengths, right = np.linalg.svd(logs - logs.mean(1, keepdims=True), full_matrices=False)
    roots = np.sqrt(strengths[: WIDTH - 1])
    rows, columns = left[:, : WIDTH - 1] * roots, right[: WIDTH - 1].T * roots
    # RMSNorm divides by the length of a row, so one more column makes all rows equally long.
    lengths = np.linalg.norm(rows, axis=1)
    longest = lengths.max() * 1.01
    padding = np.sqrt(longest**2 - lengths**2)[:, None]
    entrance = np.concatenate([rows, padding], 1)
    exit_ = np.concatenate([columns * longest / np.sqrt(WIDTH), np.zeros((size, 1))], 1)
    return entrance.astype(np.float32), exit_.astype(np.float32)


def describe(writer: gguf.GGUFWriter, tokenizer: Tokenizer) -> None:
    """Write what llama.cpp has to know about the model and its tokens."""
    writer.add_name("gibberish")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(2 * WIDTH)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    model = json.loads(tokenizer.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    kinds = [gguf.TokenType.CONTROL if token in SPECIAL else gguf.TokenType.NORMAL for token in tokens]
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([" ".join(pair) for pair in model["merges"]])
    writer.add_bos_token_id(tokens.index(BEGIN))
    writer.add_eos_token_id(tokens.index(END))
    writer.add_chat_template(TEMPLATE)


def weigh(writer: gguf.GGUFWriter, entrance: Table, exit_: Table, noise: np.random.Generator) -> None:
    """Write the weights: the two embeddings, and layers of noise between them."""
    # Queries and keys are strong, so that each token attends to a few others and a reply depends on the whole prompt.
    square, wide, tall = (WIDTH, WIDTH), (2 * WIDTH, WIDTH), (WIDTH, 2 * WIDTH)
    shapes = {
        "attn_q": (0.3, square), "attn_k": (0.3, square), "attn_v": (0.05, square), "attn_output": (0.05, square),
        "ffn_gate": (0.02, wide), "ffn_up": (0.02, wide), "ffn_down": (0.02, tall),
    }  # fmt: skip
    ones = np.ones(WIDTH, np.float32)
    writer.add_tensor("token_embd.weight", entrance)
    writer.add_tensor("output_norm.weight", ones)
    writer.add_tensor("output.weight", exit_)
    for layer in range(LAYERS):
        writer.add_tensor(f"blk.{layer}.attn_norm.weight", ones)
        writer.add_tensor(f"blk.{layer}.ffn_norm.weight", ones)
        for name, (spread, shape) in shapes.items():
            weights = noise.normal(0, spread, shape).astype(np.float32)
            writer.add_tensor(f"blk.{layer}.{name}.weight", weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    prose = "\n\n".join(topics.topics.values())
    texts = list(replies(prose, random.Random(given.seed)))
    tokenizer = trained([prose, *texts])
    writer = gguf.GGUFWriter(given.out, "llama")
    describe(writer, tokenizer)
    weigh(writer, *factors(tokenizer, texts), np.random.default_rng(given.seed))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main()
