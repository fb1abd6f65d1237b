"""Passphrases, Ed25519 keys and signed records.

A key is derived from a passphrase with Argon2id (RFC 9106, the second recommended option: 64 MiB, three passes, four
lanes). A user's private key is locked by that user's own passphrase with AES-256-GCM; the user's name is inside the
locked box, so that a locked key can lie in the public zone without naming anybody.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pipeline.canonical import canonical, sha256
from pipeline.errors import WeakPassphrase, WrongPassphrase

SHORTEST_PASSPHRASE = 12  # characters


class Role(StrEnum):
    OFFICER = "officer"
    REVIEWER = "reviewer"
    CHAIR = "chair"
    COMMS = "comms"


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What Argon2id costs: memory as a power of two in KiB, passes, lanes. Lowered in tests only."""

    memory_power: int = 16
    passes: int = 3
    lanes: int = 4

    def sane(self) -> bool:
        """Within what Argon2id allows and a small machine can give (1 GiB)."""
        return 5 <= self.memory_power <= 20 and 1 <= self.passes <= 32 and 1 <= self.lanes <= 4


STANDARD_COST = KdfCost()


def check_strength(passphrase: str) -> None:
    """Raises WeakPassphrase for one shorter than twelve characters or made of one repeated character."""
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE or len(set(passphrase)) < 4:
        raise WeakPassphrase(
            f"The passphrase is too short or too plain: it needs {SHORTEST_PASSPHRASE} characters or more.",
            "Take four or more unrelated words.",
        )


def derive(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    """A 32-byte key from a passphrase; composed (NFC) first, because keyboards spell an accent in two ways."""
    words = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=1 << cost.memory_power)
    return kdf.derive(words)


def key_id(public_key: bytes) -> str:
    """How a key is named in public: the first 96 bits of its SHA-256."""
    return "key-" + sha256(public_key)[:24]


def public_bytes(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()


def sign(record: Mapping[str, Any], private: Ed25519PrivateKey) -> dict[str, Any]:
    """The record with a `signature` over its canonical bytes. A record says its `purpose`, so that a signature made
    for one thing is never one for another."""
    if "purpose" not in record or "signature" in record:
        raise ValueError("a record to sign has a purpose and no signature yet")
    return {**record, "signature": private.sign(canonical(dict(record))).hex()}


def signature_holds(record: Mapping[str, Any], public_key: bytes, purpose: str) -> bool:
    """Whether a signed record of this purpose was signed with this key. Never raises for bad input."""
    body = {name: value for name, value in record.items() if name != "signature"}
    signature = record.get("signature")
    if record.get("purpose") != purpose or not isinstance(signature, str):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(bytes.fromhex(signature), canonical(body))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who has signed in: what they may do, and the key they sign with."""

    key_id: str
    role: Role
    name: str = field(repr=False)
    private: Ed25519PrivateKey = field(repr=False)

    def sign(self, record: Mapping[str, Any]) -> dict[str, Any]:
        return sign(record, self.private)


def lock(private: Ed25519PrivateKey, name: str, passphrase: str, cost: KdfCost) -> dict[str, Any]:
    """A private key and its owner's name, locked by the owner's passphrase. Raises WeakPassphrase."""
    check_strength(passphrase)
    salt, nonce = os.urandom(16), os.urandom(12)
    owner = key_id(public_bytes(private))
    inside = json.dumps({"name": name, "private": private.private_bytes_raw().hex()}).encode()
    box = AESGCM(derive(passphrase, salt, cost)).encrypt(nonce, inside, owner.encode())
    return {
        "key_id": owner,
        "kdf": "argon2id",
        "memory_power": cost.memory_power,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "box": box.hex(),
    }


def unlock(locked: Mapping[str, Any], passphrase: str) -> tuple[str, Ed25519PrivateKey]:
    """Owner's name and private key. Raises WrongPassphrase, also when the locked key was altered."""
    try:
        cost = KdfCost(int(locked["memory_power"]), int(locked["passes"]), int(locked["lanes"]))
        if locked["kdf"] != "argon2id" or not cost.sane():
            raise ValueError("unknown key derivation")
        key = derive(passphrase, bytes.fromhex(locked["salt"]), cost)
        owner = str(locked["key_id"])
        inside = AESGCM(key).decrypt(bytes.fromhex(locked["nonce"]), bytes.fromhex(locked["box"]), owner.encode())
        content = json.loads(inside)
        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(content["private"]))
    except (InvalidTag, KeyError, ValueError, TypeError):
        raise WrongPassphrase(
            "The passphrase does not open this user's key.", "Try again; passphrases cannot be recovered."
        ) from None
    return str(content["name"]), private
