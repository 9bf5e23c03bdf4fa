/* SPDX-License-Identifier: MIT */
/*
 * NetRange: a range of addresses that the layer may trust; the top makes them of the settings
 * (proto/cidr.h). Invariant: bits past `prefix` are zero; IPv4-mapped IPv6 is IPv4.
 * Thread: any.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct NetRange {
	uint8_t family; /* 4 or 6 */
	uint8_t prefix; /* bits */
	uint8_t bytes[16];
} NetRange;

/* Is the numeric address in one of them? False for what is none. */
bool net_ranges_hold(const NetRange *ranges, unsigned n_ranges, const char *address);
/* 127.0.0.0/8 or ::1. */
bool net_is_loopback(const char *address);
