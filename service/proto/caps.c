/* SPDX-License-Identifier: MIT */
#include "proto/caps.h"

#include <glib.h>
#include <string.h>

static const CapRow rows[] = {
#define CAP(name, text, value, help) {text, value, help},
#include "proto/caps.def"
#undef CAP
};

G_STATIC_ASSERT(CAPS < 63); /* IRCX follows */

const CapRow *
cap_row(unsigned index)
{
	g_assert(index < CAPS);
	return &rows[index];
}

uint64_t
cap_find(const char *name)
{
	for (unsigned i = 0; i < CAPS; i++)
		if (strcmp(rows[i].name, name) == 0)
			return UINT64_C(1) << i;
	return 0;
}
