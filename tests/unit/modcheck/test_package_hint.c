/* SPDX-License-Identifier: MIT */
#include "modcheck/package_hint.h"

#include <string.h>

static void
test_debian_names(void)
{
	static const struct {
		const char *soname;
		const char *package;
	} rows[] = {
	    {"libjansson.so.4", "libjansson4"},
	    {"libjson-glib-1.0.so.0", "libjson-glib-1.0-0"},
	    {"libFoo_Bar.so.2", "libfoo-bar2"},
	    {"libgtk-3.so.0", "libgtk-3-0"},
	    {"libstdc++.so.6", "libstdc++6"},
	    {"libx.so", NULL},
	    {"libx.so.", NULL},
	    {".so.1", NULL},
	    {"lib;rm -rf x.so.1", NULL},
	    {"/a/libx.so.1", NULL},
	    {"", NULL},
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *package = package_hint_debian_name(rows[i].soname);

		g_assert_cmpstr(package, ==, rows[i].package);
	}
}

/* A name that a shell would take wrongly never becomes part of a command. */
static void
test_hostile_names(void)
{
	static const char *const names[] = {
	    "libx.so.1; rm -rf /", "$(reboot).so.1", "lib*.so.1", "-y.so.1 ", "a'b", "", "/etc/x"};

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *hint = package_hint_missing(names[i]);

		g_assert_cmpstr(hint, ==, "Install the library.");
	}
}

static void
test_a_library_nobody_has(void)
{
	g_autofree char *hint = package_hint_missing("libnobody-has-this.so.77");

	if (g_file_test("/usr/bin/dpkg-query", G_FILE_TEST_IS_EXECUTABLE))
		g_assert_cmpstr(hint, ==,
		    "Find the package that holds it: apt-file search libnobody-has-this.so.77");
	else
		g_assert_cmpstr(hint, ==,
		    "Install the package that holds libnobody-has-this.so.77 with your package "
		    "manager.");
}

static void
test_an_installed_library(void)
{
	g_autofree char *hint = NULL;

	if (!g_file_test("/usr/bin/dpkg-query", G_FILE_TEST_IS_EXECUTABLE)) {
		g_test_skip("dpkg-query is not installed");
		return;
	}
	hint = package_hint_replace("/somewhere/libglib-2.0.so.0");
	g_assert_true(g_str_has_prefix(hint, "Install the package libglib2.0-0"));
	g_assert_nonnull(strstr(hint, ": sudo apt install --reinstall libglib2.0-0"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/package_hint/debian-names", test_debian_names);
	g_test_add_func("/package_hint/hostile-names", test_hostile_names);
	g_test_add_func("/package_hint/nobody-has", test_a_library_nobody_has);
	g_test_add_func("/package_hint/installed", test_an_installed_library);
	return g_test_run();
}
