/* SPDX-License-Identifier: MIT */
/* Country: a small MaxMind DB file, written here, is read; what is none is refused by name. */
#include "base/country.h"

#include <glib/gstdio.h>
#include <string.h>

/* MaxMind DB File Format 2.0: control bytes of the data section. */
#define TYPE_STRING 2u
#define TYPE_MAP 7u
#define TYPE_UINT16 5u
#define TYPE_UINT32 6u
#define METADATA_MARKER "\xAB\xCD\xEFMaxMind.com"

static void
put_head(GByteArray *to, unsigned type, unsigned size)
{
	guint8 head = (guint8)(type << 5 | size);

	g_byte_array_append(to, &head, 1);
}

static void
put_text(GByteArray *to, const char *text)
{
	g_assert_cmpuint(strlen(text), <, 29);
	put_head(to, TYPE_STRING, (unsigned)strlen(text));
	g_byte_array_append(to, (const guint8 *)text, (guint)strlen(text));
}

static void
put_number(GByteArray *to, unsigned type, const char *name, unsigned number)
{
	guint8 byte = (guint8)number;

	put_text(to, name);
	put_head(to, type, 1);
	g_byte_array_append(to, &byte, 1);
}

/* Eight nodes lead to the data for 192.0.0.0/8; every other branch ends with "not found". */
static void
put_tree(GByteArray *to)
{
	const unsigned nodes = 8;
	const unsigned network = 192;

	for (unsigned i = 0; i < nodes; i++) {
		/* Past the nodes: nothing; 16 bytes of separator further: the first record. */
		unsigned next = i + 1 < nodes ? i + 1 : nodes + 16;
		bool one = network >> (7 - i) & 1;
		unsigned records[] = {one ? nodes : next, one ? next : nodes};

		for (unsigned j = 0; j < G_N_ELEMENTS(records); j++) {
			guint8 bytes[] = {(guint8)(records[j] >> 16), (guint8)(records[j] >> 8),
			    (guint8)records[j]};

			g_byte_array_append(to, bytes, sizeof bytes);
		}
	}
}

static char *
write_database(void)
{
	static const guint8 separator[16] = {0};
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	char *path = NULL;
	int file = g_file_open_tmp("chat-country-XXXXXX", &path, NULL);

	put_tree(bytes);
	g_byte_array_append(bytes, separator, sizeof separator);
	put_head(bytes, TYPE_MAP, 1);
	put_text(bytes, "country");
	put_head(bytes, TYPE_MAP, 1);
	put_text(bytes, "iso_code");
	put_text(bytes, "NZ");
	g_byte_array_append(bytes, (const guint8 *)METADATA_MARKER, strlen(METADATA_MARKER));
	put_head(bytes, TYPE_MAP, 9);
	put_number(bytes, TYPE_UINT16, "binary_format_major_version", 2);
	put_number(bytes, TYPE_UINT16, "binary_format_minor_version", 0);
	put_number(bytes, TYPE_UINT16, "record_size", 24);
	put_number(bytes, TYPE_UINT16, "ip_version", 4);
	put_number(bytes, TYPE_UINT32, "node_count", 8);
	put_text(bytes, "database_type");
	put_text(bytes, "Test-Country");
	put_text(bytes, "build_epoch");
	g_byte_array_append(bytes, (const guint8 *)"\x01\x02\x01", 3); /* extended: uint64 */
	put_text(bytes, "languages");
	g_byte_array_append(bytes, (const guint8 *)"\x00\x04", 2); /* extended: array of none */
	put_text(bytes, "description");
	put_head(bytes, TYPE_MAP, 0);
	g_close(file, NULL);
	g_assert_true(
	    g_file_set_contents(path, (const char *)bytes->data, (gssize)bytes->len, NULL));
	return path;
}

static void
test_find(void)
{
	g_autofree char *path = write_database();
	g_autoptr(GError) error = NULL;
	g_autoptr(CountryDatabase) database = country_open(path, &error);
	char country[COUNTRY_SIZE];

#ifdef HAVE_MAXMINDDB
	g_assert_no_error(error);
	g_assert_true(country_find(database, "192.0.2.1", country));
	g_assert_cmpstr(country, ==, "NZ");
	g_assert_false(country_find(database, "203.0.113.1", country));
	g_assert_cmpstr(country, ==, "");
	g_assert_false(country_find(database, "no address", country));
#else
	g_assert_null(database);
	g_assert_nonnull(strstr(error->message, "without libmaxminddb"));
	g_assert_false(country_find(NULL, "192.0.2.1", country));
#endif
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
	g_test_add_func("/country/find", test_find);
	g_test_add_func("/country/refused", test_refused);
	return g_test_run();
}
