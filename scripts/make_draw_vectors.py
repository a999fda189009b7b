#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright the Hongbao authors. Rules and bytes: docs/VERIFIABLE-DRAW.md.
"""Prints the test vectors of rule 1, made by verify_draw.py and not by the server.

Usage: make_draw_vectors.py > src/test/resources/draw-vectors.json
       make_draw_vectors.py --markdown        the same as the table in docs/VERIFIABLE-DRAW.md
"""
import base64
import hashlib
import json
import sys

import verify_draw

MAX = 2**53 - 1
# kind, total, count, minimum, opened, nonce; every edge of the rule once for each lucky kind.
CASES = [
    ("lucky", 10000, 10, 1, 10, b""),
    ("lucky", 20, 10, 1, 10, b"pick me"),
    ("lucky", 10, 10, 1, 10, b""),
    ("lucky", 7, 1, 1, 1, b""),
    ("lucky", 100, 2, 1, 2, b""),
    ("lucky", 11, 3, 1, 2, b""),
    ("lucky", MAX, 5, 1, 5, bytes(range(64))),
    ("lucky", MAX, 2, 1, 2, b""),
    ("lucky", 5000, 7, 100, 7, b""),
    ("lucky", 8888, 8, 1, 0, b"\x00"),
    ("lucky_fair", 10000, 10, 1, 10, b""),
    ("lucky_fair", 20, 10, 1, 10, b"pick me"),
    ("lucky_fair", 10, 10, 1, 4, b""),
    ("lucky_fair", 7, 1, 1, 1, b""),
    ("lucky_fair", 100, 2, 1, 2, b""),
    ("lucky_fair", MAX, 5, 1, 5, b"\xff\xfe\xfd"),
    ("lucky_fair", 5000, 7, 100, 6, b""),
    ("equal", 8800, 10, 1, 10, b""),
    ("equal", 30, 3, 10, 1, b"pick me"),
    ("exclusive", 52000, 1, 1, 1, b""),
    ("exclusive", 1, 1, 1, 0, b""),
]


def vector(number, kind, total, count, minimum, opened, nonce):
    seed = hashlib.sha256(f"hongbao draw vector {number}".encode()).digest()
    packet_id = 1203450000000000000 + number * 1000 + number % 7
    p = {
        "rule": 1, "packet_id": str(packet_id), "asset": "CNY", "kind": kind, "total": total,
        "count": count, "minimum": minimum, "expires_at_ms": 1767225600000 + number,
    }
    if nonce:
        p["nonce"] = base64.urlsafe_b64encode(nonce).decode().rstrip("=")
    p["seed"] = seed.hex()
    p["commitment"] = verify_draw.commitment(p)
    drawn = verify_draw.table(p)
    p["shares"] = [{"place": i + 1, "amount": drawn[i]} for i in range(opened)]
    tag = {"lucky": b"hb1live", "lucky_fair": b"hb1fair"}.get(kind)
    words = verify_draw.chance(tag, seed, packet_id, 1) if tag else []
    first = b"".join(map(verify_draw.u64, words)).hex()
    return {"name": f"v{number:02}", "proof": p, "first_chance": first, "table": drawn}


def markdown(vectors):
    for v in vectors:
        p = v["proof"]
        nonce = f", nonce `{p['nonce']}`" if "nonce" in p else ""
        print(f"**{v['name']}** {p['kind']}, total {p['total']}, count {p['count']}, minimum "
              f"{p['minimum']}, packet `{p['packet_id']}`, expiry `{p['expires_at_ms']}`{nonce}  ")
        print(f"seed `{p['seed']}`  ")
        print(f"commitment `{p['commitment']}`  ")
        if v["first_chance"]:
            print(f"chance of place 1 `{v['first_chance']}`  ")
        print(f"shares {' '.join(map(str, v['table']))}\n")


if __name__ == "__main__":
    made = [vector(number, *case) for number, case in enumerate(CASES, 1)]
    if sys.argv[1:] == ["--markdown"]:
        markdown(made)
    else:
        lines = ",\n".join(json.dumps(v) for v in made)
        print(f"[\n{lines}\n]")
