#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Copyright the Hongbao authors. Rules and bytes: docs/VERIFIABLE-DRAW.md.
"""Draws a closed red packet again and compares; shares no code with the server.

Usage: verify_draw.py PROOF.json [COMMITMENT-NOTED-ON-ARRIVAL]
Exit:  0 all as drawn, 1 something differs, 2 usage.
"""
import base64
import hashlib
import json
import sys

KINDS = {"lucky": 1, "lucky_fair": 2, "equal": 3, "exclusive": 4}


def u64(number):
    return number.to_bytes(8, "big")


def chance(tag, seed, packet_id, place):
    """The 32 bytes of chance for a place, as four unsigned 64-bit words."""
    digest = hashlib.sha256(tag + seed + u64(packet_id) + u64(place)).digest()
    return [int.from_bytes(digest[i:i + 8], "big") for i in range(0, 32, 8)]


def below(word, bound):
    return word * bound >> 64


def one_by_one(tag, seed, packet_id, total, count, minimum):
    shares, left = [], total
    for place in range(1, count + 1):
        n = count - place + 1
        lot, position, _, _ = chance(tag, seed, packet_id, place)
        spare = left - n * minimum
        upper = 2 * spare // n + (1 if below(lot, n) < 2 * spare % n else 0)
        share = left if n == 1 else minimum + below(position, upper + 1)
        shares.append(share)
        left -= share
    return shares


def table(p):
    """All shares of the packet, the first place first."""
    seed, packet_id = bytes.fromhex(p["seed"]), int(p["packet_id"])
    size = (p["total"], p["count"], p["minimum"])
    if p["kind"] == "lucky":
        return one_by_one(b"hb1live", seed, packet_id, *size)
    if p["kind"] == "lucky_fair":
        shares = one_by_one(b"hb1fair", seed, packet_id, *size)
        for i in range(len(shares), 1, -1):
            other = below(chance(b"hb1shuf", seed, packet_id, i)[0], i)
            shares[i - 1], shares[other] = shares[other], shares[i - 1]
        return shares
    return [p["total"] // p["count"]] * p["count"]


def commitment(p):
    text = p.get("nonce", "")
    nonce = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    numbers = (int(p["packet_id"]), p["total"], p["count"], KINDS[p["kind"]], p["minimum"],
               p["expires_at_ms"], len(nonce))
    hashed = b"hb1seal" + b"".join(map(u64, numbers)) + nonce + bytes.fromhex(p["seed"])
    return hashlib.sha256(hashed).hexdigest()


def differences(p, noted=None):
    if p["rule"] != 1:
        return [f"rule {p['rule']} is not known here"]
    if (not 1 <= p["count"] <= p["count"] * p["minimum"] <= p["total"] < 2**53
            or p["kind"] == "equal" and p["total"] % p["count"]
            or p["kind"] == "exclusive" and p["count"] != 1):
        return ["no packet has such terms"]
    found, drawn = [], table(p)
    if noted and noted.lower() != p["commitment"].lower():
        found.append("commitment is not the one noted on arrival")
    if commitment(p) != p["commitment"].lower():
        found.append("commitment does not match terms and seed")
    if [s["place"] for s in p["shares"]] != list(range(1, len(p["shares"]) + 1)):
        found.append("places are not 1, 2, 3 and so on")
    for s in p["shares"]:
        if not 1 <= s["place"] <= p["count"]:
            found.append(f"there is no place {s['place']}")
        elif s["amount"] != drawn[s["place"] - 1]:
            found.append(f"share at place {s['place']} is {s['amount']}, drawn {drawn[s['place'] - 1]}")
    return found


def main(args):
    if not 1 <= len(args) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(args[0], encoding="utf-8") as file:
        proof = json.load(file)
    found = differences(proof, *args[1:])
    print("\n".join(found) or f"draw ok: {len(proof['shares'])} of {proof['count']} shares as drawn")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
