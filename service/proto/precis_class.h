/* SPDX-License-Identifier: MIT */
/*
 * PrecisClass: which characters a name may hold: the IdentifierClass of RFC 8264 (4.2, derived as
 * section 8 says), the contextual rules of RFC 5892 appendix A, and the Bidi rule of RFC 5893 2.
 * Thread: any; pure functions.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* May characters[index] stand where it stands? */
bool precis_class_allows(const gunichar *characters, size_t length, size_t index);
/* A text that is written from right to left, wholly or in part, is unambiguous. */
bool precis_class_keeps_direction(const gunichar *characters, size_t length);
