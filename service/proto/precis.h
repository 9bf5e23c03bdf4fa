/* SPDX-License-Identifier: MIT */
/*
 * Precis: names in any script, as UsernameCaseMapped of RFC 8265 3.3 maps, compares and allows
 * them. Width, case and composition are mapped (3.3.1, steps 1 to 4); what may stand in a name is
 * the IdentifierClass of RFC 8264 and the Bidi rule of RFC 5893. Lengths of mapped text are UTF-16
 * units. Thread: any; pure functions.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRECIS_TEXT_MAX 340u   /* bytes of what is mapped: longer than any name or mask */
#define PRECIS_UNITS_MAX 1100u /* room for its mapped form, which may grow */

/* Maps valid UTF-8 into units[PRECIS_UNITS_MAX]; how many there are, 0 if it is empty, too long or
 * no UTF-8. */
size_t precis_map(const char *text, size_t length, uint16_t units[static PRECIS_UNITS_MAX]);
/* The same as UTF-8 with a NUL into buffer[size], cut at a character's end; false if precis_map()
 * would give nothing. */
bool precis_map_text(const char *text, size_t length, char *buffer, size_t size);
/* Is its mapped form a name? */
bool precis_is_identifier(const char *text);
