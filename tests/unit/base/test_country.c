/* SPDX-License-Identifier: MIT */
/* Country: a small MaxMind DB file (tests/tools/country_file.py) is read; what is none is refused
 * by name. */
#include "base/country.h"

#include <glib/gstdio.h>
#include <string.h>

/* 192.0.0.0/8 is NZ, 198.51.100.0/24 FR, 2001:db8::/32 FR. */
static const char *database_path;

static void
test_find(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(CountryDatabase) database = country_open(database_path, &error);
	char country[COUNTRY_SIZE];

#ifdef HAVE_MAXMINDDB
	g_assert_no_error(error);
	g_assert_true(country_find(database, "192.0.2.1", country));
	g_assert_cmpstr(country, ==, "NZ");
	g_assert_true(country_find(database, "198.51.100.255", country));
	g_assert_cmpstr(country, ==, "FR");
	g_assert_true(country_find(database, "2001:db8:1::1", country));
	g_assert_cmpstr(country, ==, "FR");
	g_assert_false(country_find(database, "198.51.101.0", country));
	g_assert_false(country_find(database, "2001:db9::1", country));
	g_assert_false(country_find(database, "203.0.113.1", country));
	g_assert_cmpstr(country, ==, "");
	g_assert_false(country_find(database, "no address", country));
#else
	g_assert_null(database);
	g_assert_nonnull(strstr(error->message, "without libmaxminddb"));
	g_assert_false(country_find(NULL, "192.0.2.1", country));
#endif
}

/* A file that was cut while it was written. */
static void
test_broken(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	int file = g_file_open_tmp("chat-country-XXXXXX", &path, NULL);

	g_close(file, NULL);
	g_assert_true(g_file_set_contents(path, "half of it", -1, NULL));
	g_assert_null(country_open(path, &error));
	g_assert_nonnull(strstr(error->message, path));
	g_unlink(path);
}

static void
test_refused(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(country_open("/nowhere/at-all.mmdb", &error));
	g_assert_nonnull(strstr(error->message, "/nowhere/at-all.mmdb"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_assert_cmpint(argc, ==, 2);
	database_path = argv[1];
	g_test_add_func("/country/find", test_find);
	g_test_add_func("/country/broken", test_broken);
	g_test_add_func("/country/refused", test_refused);
	return g_test_run();
}
