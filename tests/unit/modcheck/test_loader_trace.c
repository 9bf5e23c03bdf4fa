/* SPDX-License-Identifier: MIT */
#include "modcheck/loader_trace.h"

#include <string.h>

static const char recorded[] =
    "/t/m.so: /t/old/libver.so.1: version `DEP_2.0' not found (required by /t/m.so)\n"
    "undefined symbol: vg, version DEP_2.0\t(/t/m.so)\n"
    "\tlinux-vdso.so.1 (0x00007fc50ebb6000)\n"
    "\tlibabsent.so.1 => not found\n"
    "\tlibver.so.1 => /t/old (x)/libver.so.1 (0x00007fc50eba2000)\n"
    "\t/lib64/ld-linux-x86-64.so.2 (0x00007fc50ebb8000)\n"
    "undefined symbol: other\t(/t/m.so)\n"
    "undefined symbol: other\t(/t/m.so)\n";

static void
test_recorded(void)
{
	g_autoptr(LoaderTrace) trace = loader_trace_parse(recorded);
	const TracedSymbol *version;
	const TracedSymbol *symbol;

	g_assert_null(trace->failure);
	g_assert_cmpuint(trace->objects->len, ==, 4);
	g_assert_null(loader_trace_find(trace, "libabsent.so.1")->path);
	g_assert_cmpstr(
	    loader_trace_find(trace, "libver.so.1")->path, ==, "/t/old (x)/libver.so.1");
	g_assert_cmpstr(loader_trace_find(trace, "ld-linux-x86-64.so.2")->path, ==,
	    "/lib64/ld-linux-x86-64.so.2");
	g_assert_null(loader_trace_find(trace, "libother.so"));
	g_assert_cmpuint(trace->versions->len, ==, 1);
	version = trace->versions->pdata[0];
	g_assert_cmpstr(version->symbol, ==, "DEP_2.0");
	g_assert_cmpstr(version->library, ==, "/t/old/libver.so.1");
	g_assert_cmpstr(version->object, ==, "/t/m.so");
	g_assert_cmpuint(trace->symbols->len, ==, 1);
	symbol = trace->symbols->pdata[0];
	g_assert_cmpstr(symbol->symbol, ==, "other");
	g_assert_cmpstr(symbol->line, ==, "undefined symbol: other\t(/t/m.so)");
}

static void
test_failure(void)
{
	g_autoptr(LoaderTrace) trace = loader_trace_parse(
	    "/t/m.so: error while loading shared libraries: /t/libx.so.1: invalid ELF header\n");

	g_assert_cmpstr(trace->failure, ==, "/t/libx.so.1: invalid ELF header");
}

/* Cut anywhere, byte by byte, and with lines without end: no crash, bounded. */
static void
test_any_text(void)
{
	g_autoptr(GString) many = g_string_new(NULL);

	for (gsize size = 0; size < sizeof recorded; size++) {
		g_autofree char *part = g_strndup(recorded, size);

		loader_trace_free(loader_trace_parse(part));
	}
	for (guint i = 0; i < 5000; i++)
		g_string_append_printf(many,
		    "\tlib%u.so => not found\nundefined symbol: s%u\t(x)\n"
		    "f: l: version `V' not found (required by x)\n",
		    i, i);
	g_autoptr(LoaderTrace) trace = loader_trace_parse(many->str);

	g_assert_cmpuint(trace->objects->len, ==, 1024);
	g_assert_cmpuint(trace->symbols->len, ==, 1024);
	g_assert_cmpuint(trace->versions->len, ==, 1024);
}

static void
test_real(void)
{
	g_autofree char *loader = loader_path();
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(LoaderTrace) trace = NULL;

	g_assert_nonnull(loader);
	trace = loader_trace_run(loader, program, &error);
	g_assert_no_error(error);
	g_assert_null(trace->failure);
	g_assert_nonnull(loader_trace_find(trace, "libglib-2.0.so.0")->path);
	g_assert_cmpuint(trace->versions->len, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/loader_trace/recorded", test_recorded);
	g_test_add_func("/loader_trace/failure", test_failure);
	g_test_add_func("/loader_trace/any-text", test_any_text);
	g_test_add_func("/loader_trace/real", test_real);
	return g_test_run();
}
