/* SPDX-License-Identifier: MIT */
#include "base/country.h"

#include <string.h>

#ifdef HAVE_MAXMINDDB

#include <maxminddb.h>

struct CountryDatabase {
	MMDB_s file;
};

CountryDatabase *
country_open(const char *path, GError **error)
{
	CountryDatabase *database = g_new0(CountryDatabase, 1);
	int status = MMDB_open(path, MMDB_MODE_MMAP, &database->file);

	if (status == MMDB_SUCCESS)
		return database;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "country database %s: %s", path,
	    MMDB_strerror(status));
	g_free(database);
	return NULL;
}

void
country_close(CountryDatabase *database)
{
	if (!database)
		return;
	MMDB_close(&database->file);
	g_free(database);
}

bool
country_find(
    const CountryDatabase *database, const char *address, char ret_country[static COUNTRY_SIZE])
{
	int address_error, status;
	MMDB_lookup_result_s found;
	MMDB_entry_data_s data;

	ret_country[0] = '\0';
	found = MMDB_lookup_string(&database->file, address, &address_error, &status);
	if (address_error != 0 || status != MMDB_SUCCESS || !found.found_entry)
		return false;
	status = MMDB_get_value(&found.entry, &data, "country", "iso_code", NULL);
	if (status != MMDB_SUCCESS || !data.has_data || data.type != MMDB_DATA_TYPE_UTF8_STRING ||
	    data.data_size != COUNTRY_SIZE - 1)
		return false;
	memcpy(ret_country, data.utf8_string, COUNTRY_SIZE - 1);
	ret_country[COUNTRY_SIZE - 1] = '\0';
	return true;
}

#else

CountryDatabase *
country_open(const char *path, GError **error)
{
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOSYS,
	    "country database %s: chatd was built without libmaxminddb", path);
	return NULL;
}

void
country_close(CountryDatabase *database)
{
}

bool
country_find(
    const CountryDatabase *database, const char *address, char ret_country[static COUNTRY_SIZE])
{
	ret_country[0] = '\0';
	return false;
}

#endif
