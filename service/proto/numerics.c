/* SPDX-License-Identifier: MIT */
#include "proto/numerics.h"

static const NumericRow rows[] = {
#define NUMERIC(name, number, format) {number, #name, FMT_##name},
#include "proto/numerics.def"
#undef NUMERIC
};

const NumericRow *
numeric_rows(unsigned *ret_count)
{
	*ret_count = G_N_ELEMENTS(rows);
	return rows;
}

const NumericRow *
numeric_find(unsigned number)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].number == number)
			return &rows[i];
	return NULL;
}
