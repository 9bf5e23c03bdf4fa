/* SPDX-License-Identifier: MIT */
#include "act/services.h"

#include "proto/casemap.h"

static const ServiceRow rows[] = {
#define SERVICE(NAME, nick, alias, help) {{nick}, alias, help},
#include "act/services.def"
#undef SERVICE
};

const ServiceRow *
service_row(ServiceIndex index)
{
	g_assert(index < SERVICES);
	return &rows[index];
}

ServiceIndex
service_index(const ServiceRow *row)
{
	return (ServiceIndex)(row - rows);
}

const ServiceRow *
service_find(const char *nick)
{
	for (ServiceIndex i = 0; i < SERVICES; i++)
		if (casemap_equal(rows[i].voice.nick, nick))
			return &rows[i];
	return NULL;
}
