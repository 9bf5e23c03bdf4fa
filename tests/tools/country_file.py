#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes a small MaxMind DB file (format 2.0) of countries: country_file.py FILE NETWORK=COUNTRY ..."""

import ipaddress
import os
import pathlib
import struct
import sys

STRING, UINT16, UINT32, MAP, UINT64, ARRAY = 2, 5, 6, 7, 9, 11
SEPARATOR = bytes(16)
MARKER = b"\xab\xcd\xefMaxMind.com"


def head(kind, size):
    assert size < 29
    return bytes([kind << 5 | size]) if kind < 8 else bytes([size, kind - 7])


def encoded(value, kind=UINT32):
    if isinstance(value, str):
        text = value.encode()
        return head(STRING, len(text)) + text
    if isinstance(value, dict):
        rows = b"".join(encoded(key) + (item if isinstance(item, bytes) else encoded(item))
                        for key, item in value.items())
        return head(MAP, len(value)) + rows
    if isinstance(value, list):
        return head(ARRAY, len(value)) + b"".join(encoded(item) for item in value)
    number = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return head(kind, len(number)) + number


def bits_of(network):
    """Of an IPv6 tree; IPv4 has its place under ::/96."""
    net = ipaddress.ip_network(network)
    prefix = net.prefixlen + (96 if net.version == 4 else 0)
    return [int(net.network_address) >> (127 - i) & 1 for i in range(prefix)]


def tree_of(countries):
    """Nodes [left, right]: another node's number, None for nothing, or a country's text."""
    nodes = [[None, None]]
    for network, country in countries.items():
        at, path = 0, bits_of(network)
        for bit in path[:-1]:
            if nodes[at][bit] is None:
                nodes.append([None, None])
                nodes[at][bit] = len(nodes) - 1
            at = nodes[at][bit]
        nodes[at][path[-1]] = country
    return nodes


def country_file(countries):
    """The bytes of a file that knows {network: country}; networks do not overlap."""
    nodes, data, places = tree_of(countries), b"", {}
    for country in sorted(set(countries.values())):
        places[country] = len(data)
        data += encoded({"country": {"iso_code": country}})

    def record(entry):
        if entry is None:
            return len(nodes)
        if isinstance(entry, str):
            return len(nodes) + len(SEPARATOR) + places[entry]
        return entry

    tree = b"".join(struct.pack(">I", record(entry))[1:] for node in nodes for entry in node)
    about = {"binary_format_major_version": encoded(2, UINT16),
             "binary_format_minor_version": encoded(0, UINT16),
             "record_size": encoded(24, UINT16), "ip_version": encoded(6, UINT16),
             "node_count": encoded(len(nodes)), "database_type": "Test-Country",
             "build_epoch": encoded(1, UINT64), "languages": [], "description": {}}
    return tree + SEPARATOR + data + MARKER + encoded(about)


def write(path, countries):
    """In one step, as programs do that keep such files up to date."""
    path = pathlib.Path(path)
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(country_file(countries))
    os.replace(fresh, path)


if __name__ == "__main__":
    write(sys.argv[1], dict(word.split("=") for word in sys.argv[2:]))
