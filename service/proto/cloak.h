/* SPDX-License-Identifier: MIT */
/*
 * Cloak: a host name that stands for an address without telling it. Its labels, the narrowest
 * first, are HMAC-SHA-256 of ever wider ranges: of IPv4 the address, its /24 and its /16; of IPv6
 * its /64, its /48 and its /32 (hosts choose the rest as they like). So a ban on
 * *.LABEL.LABEL.suffix holds a network. Invariant: the same key, address and suffix make the same
 * cloak. Thread: any.
 */
#pragma once

#include <glib.h>

#define CLOAK_KEY_SIZE 32
#define CLOAK_LABEL 8                                    /* letters and digits: 40 bits */
#define CLOAK_SUFFIX_MAX (63u - 3u * (CLOAK_LABEL + 1u)) /* bytes: a host name has 63 */

/* "ab12cd34.ef56gh78.ij90kl12.suffix"; NULL if the address is none. Caller frees. */
char *cloak_make(const unsigned char key[static CLOAK_KEY_SIZE], const char *address,
    const char *suffix) G_GNUC_WARN_UNUSED_RESULT;
