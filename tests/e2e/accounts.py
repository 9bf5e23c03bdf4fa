# SPDX-License-Identifier: MIT
"""Accounts for tests: registered in band, logged in to with SASL."""

import base64

from service import Client

PASSWORD = "correct-horse"


def register(service, nick, *commands):
    """An account of that name; whoever registered it is gone again."""
    client = Client(service, nick, caps="standard-replies draft/account-registration")
    client.send(f"REGISTER * * {PASSWORD}")
    client.expect("REGISTER SUCCESS")
    client.send(*commands)
    client.barrier()
    client.send("QUIT")
    client.expect_end()
    client.close()


def log_in(service, nick, login=None, caps=""):
    """A client that sends its nick before it has logged in, as most do."""
    client = Client(service, nick, register=False)
    token = base64.b64encode(f"\0{login or nick}\0{PASSWORD}".encode()).decode()
    client.send("CAP LS 302", f"NICK {nick}", f"USER {nick} 0 * :{nick}",
                f"CAP REQ :sasl {caps}".strip(), "AUTHENTICATE PLAIN")
    client.expect("AUTHENTICATE +")
    client.send(f"AUTHENTICATE {token}")
    client.expect(" 903 ")
    client.send("CAP END")
    client.expect(" 001 ")
    client.burst = client.barrier()
    return client
