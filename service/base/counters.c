/* SPDX-License-Identifier: MIT */
#include "base/counters.h"

#include <glib.h>

static const CounterRow rows[COUNTERS] = {
#define COUNTER(name, text, unit, help) [COUNTER_##name] = {text, unit, help},
#include "base/counters.def"
#undef COUNTER
};

const CounterRow *
counter_row(unsigned index)
{
	g_assert(index < COUNTERS);
	return &rows[index];
}
