/* SPDX-License-Identifier: MIT */
/* The description that is built into chatctl, for its tests. Thread: one. */
#pragma once

#include "description.h"

extern const unsigned char described_copy[];
extern const size_t described_copy_size;

static inline Description *
described(void)
{
	g_autoptr(GError) error = NULL;
	Description *description =
	    description_parse((const char *)described_copy, described_copy_size, &error);

	g_assert_no_error(error);
	return description;
}
