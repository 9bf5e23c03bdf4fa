/* SPDX-License-Identifier: MIT */
/*
 * Cidr: an address range (RFC 4632, RFC 4291 2.3). A plain address is a range of one.
 * Invariant: bits past `prefix` are zero; IPv4-mapped IPv6 (::ffff:0:0/96) is kept as IPv4.
 * Thread: any.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define CIDR_TEXT_SIZE 46 /* of an address as text */

typedef struct Cidr {
	uint8_t family; /* 4 or 6 */
	uint8_t prefix; /* bits: 0 to 32 or 128 */
	uint8_t bytes[16];
} Cidr;

/* "192.0.2.0/24", "2001:db8::/32", "192.0.2.1"; false for anything else, host bits set are
 * cleared. */
bool cidr_parse(const char *text, Cidr *ret_cidr);
/* Its first address, as inet_ntop() writes it. */
void cidr_address_text(const Cidr *cidr, char text[static CIDR_TEXT_SIZE]);
/* What stands for whoever has the address: of IPv6 its /64, which is what one customer has; else
 * the text itself, canonical if it is an address. Caller frees. */
char *cidr_network_text(const char *address);
/* Does the range hold all of the other? */
bool cidr_contains(const Cidr *range, const Cidr *address);
/* The same for an address as text; false if it is none. */
bool cidr_contains_text(const Cidr *range, const char *address);
/* Is it in one of these ranges, or one of these words itself ("localhost")? NULL-terminated. */
bool cidr_words_contain(char *const *words, const char *address);
