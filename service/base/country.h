/* SPDX-License-Identifier: MIT */
/*
 * CountryDatabase: in which country an address is, by a MaxMind DB file (libmaxminddb: mapped into
 * memory, so that a look-up waits for nothing). Built without the library, nothing opens.
 * Thread: any; constant once open.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define COUNTRY_SIZE 3 /* two letters and a NUL */

typedef struct CountryDatabase CountryDatabase;

/* NULL with an error (G_FILE_ERROR) that names the file. */
CountryDatabase *country_open(const char *path, GError **error);
void country_close(CountryDatabase *database);
/* ISO 3166-1, upper case; false and "" if it is not known. */
bool country_find(
    const CountryDatabase *database, const char *address, char ret_country[static COUNTRY_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CountryDatabase, country_close)
