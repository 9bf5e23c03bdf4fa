/* SPDX-License-Identifier: MIT */
#include "control_address.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void
test_path(void)
{
	static const struct {
		const char *uri;
		const char *path;
	} rows[] = {
	    {"/run/chatd/control.sock", "/run/chatd/control.sock"},
	    {"chatd+unix:/run/chatd/control.sock", "/run/chatd/control.sock"},
	    {"chatd+unix:///run/chatd/control.sock", "/run/chatd/control.sock"},
	    {"CHATD+UNIX:/a%20b", "/a b"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *path = control_address_path(rows[i].uri, &error);

		g_assert_no_error(error);
		g_assert_cmpstr(path, ==, rows[i].path);
	}
}

static void
test_refused(void)
{
	g_autofree char *longest = g_strnfill(300, 'x');
	g_autofree char *too_long = g_strconcat("/", longest, NULL);
	const struct {
		const char *uri;
		int code;
		const char *part;
	} rows[] = {
	    {"chatd+tls:chat.example.org", G_IO_ERROR_NOT_SUPPORTED, "chatd+unix:"},
	    {"chatd+ssh://admin@host/", G_IO_ERROR_NOT_SUPPORTED, "not available in this version"},
	    {"http://host/", G_IO_ERROR_NOT_SUPPORTED, "chatd+unix:"},
	    {"chatd+unix:relative", G_IO_ERROR_INVALID_ARGUMENT, "absolute path"},
	    {"", G_IO_ERROR_INVALID_ARGUMENT, "absolute path"},
	    {"chatd+unix:/a%zz", G_IO_ERROR_INVALID_ARGUMENT, "absolute path"},
	    {too_long, G_IO_ERROR_FILENAME_TOO_LONG, "at most 107 bytes"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(control_address_path(rows[i].uri, &error));
		g_assert_error(error, G_IO_ERROR, rows[i].code);
		g_assert_nonnull(strstr(error->message, rows[i].part));
	}
}

static void
test_uri_and_back(void)
{
	g_autofree char *uri = control_address_uri("/tmp/a b/ü.sock");
	g_autofree char *path = control_address_path(uri, NULL);

	g_assert_true(g_str_has_prefix(uri, "chatd+unix:/tmp/a%20b/"));
	g_assert_cmpstr(path, ==, "/tmp/a b/ü.sock");
}

/* Only a socket counts, and the user's comes before the system's. */
static void
test_find(void)
{
	g_autofree char *folder = g_dir_make_tmp("address-XXXXXX", NULL);
	g_autofree char *chatd = g_build_filename(folder, "chatd", NULL);
	g_autofree char *path = g_build_filename(chatd, "control.sock", NULL);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	g_auto(GStrv) places = NULL;
	g_autofree char *found = NULL;
	int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);

	g_unsetenv("CHATD_CONTROL");
	g_setenv("XDG_RUNTIME_DIR", folder, TRUE);
	places = control_address_places();
	g_assert_cmpstr(places[0], ==, path);
	g_assert_cmpstr(places[1], ==, "/run/chatd/control.sock");
	g_mkdir(chatd, 0700);
	g_strlcpy(address.sun_path, path, sizeof address.sun_path);
	g_assert_cmpint(bind(descriptor, (struct sockaddr *)&address, sizeof address), ==, 0);
	found = control_address_find();
	g_assert_cmpstr(found, ==, path);
	g_setenv("CHATD_CONTROL", chatd, TRUE);
	g_assert_null(control_address_find());
	close(descriptor);
	g_unlink(path);
	g_rmdir(chatd);
	g_rmdir(folder);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/control_address/path", test_path);
	g_test_add_func("/control_address/refused", test_refused);
	g_test_add_func("/control_address/uri_and_back", test_uri_and_back);
	g_test_add_func("/control_address/find", test_find);
	return g_test_run();
}
