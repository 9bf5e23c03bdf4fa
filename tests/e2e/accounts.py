# SPDX-License-Identifier: MIT
"""Accounts for tests: registered in band, logged in to with SASL."""

import base64
import hashlib
import hmac
import struct
import time

from service import Client

PASSWORD = "correct-horse"


def registered(service, nick, *commands):
    """A client who has just registered an account of that name."""
    client = Client(service, nick, caps="standard-replies draft/account-registration")
    client.send(f"REGISTER * * {PASSWORD}")
    client.expect("REGISTER SUCCESS")
    client.send(*commands)
    client.barrier()
    return client


def register(service, nick, *commands):
    """An account of that name; whoever registered it is gone again."""
    client = registered(service, nick, *commands)
    client.send("QUIT")
    client.expect_end()
    client.close()


def log_in(service, nick, login=None, caps="", settled=True):
    """A client that sends its nick before it has logged in, as most do. Settled: `burst` is what it was
    told behind 001; else that is still to come."""
    client = Client(service, nick, register=False)
    token = base64.b64encode(f"\0{login or nick}\0{PASSWORD}".encode()).decode()
    client.send("CAP LS 302", f"NICK {nick}", f"USER {nick} 0 * :{nick}",
                f"CAP REQ :sasl {caps}".strip(), "AUTHENTICATE PLAIN")
    client.expect("AUTHENTICATE +")
    client.send(f"AUTHENTICATE {token}")
    client.expect(" 903 ")
    client.send("CAP END")
    client.expect(" 001 ")
    if settled:
        client.burst = client.barrier()
    return client


def totp_code(secret, steps=0):
    """RFC 6238: the code of now, or of so many steps later."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack("!Q", int(time.time()) // 30 + steps), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(struct.unpack('!I', digest[at:at + 4])[0] & 0x7fffffff) % 10 ** 6:06d}"


def password_hash(password):
    """An RFC 5803 string of few rounds: what chatd --hash-password makes takes longer."""
    rounds, salt = 4096, b"0123456789abcdef"
    salted = hashlib.pbkdf2_hmac("sha256", password, salt, rounds)
    client = hmac.new(salted, b"Client Key", "sha256").digest()
    stored = hashlib.sha256(client).digest()
    server = hmac.new(salted, b"Server Key", "sha256").digest()
    salt, stored, server = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return f"SCRAM-SHA-256${rounds}:{salt}${stored}:{server}"
