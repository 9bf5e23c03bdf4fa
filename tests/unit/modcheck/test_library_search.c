/* SPDX-License-Identifier: MIT */
#include "modcheck/library_search.h"

#include "modcheck/loader_trace.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct Tree {
	char *root;
	char *conf;
} Tree;

static void
put(const Tree *tree, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(tree->root, name, NULL);
	g_autofree char *folder = g_path_get_dirname(path);

	g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
tree_open(Tree *tree, gconstpointer data)
{
	tree->root = g_dir_make_tmp("search-XXXXXX", NULL);
	tree->conf = g_build_filename(tree->root, "ld.so.conf", NULL);
	put(tree, "ld.so.conf",
	    "# a comment\ninclude conf.d/*.conf\n/conf/one # behind it\n  /conf/two\nrelative\n");
	put(tree, "conf.d/a.conf", "/conf/a\ninclude ../ld.so.conf\n/conf/one\n");
	put(tree, "own/libx.so.3", "");
	put(tree, "own/libx.so.4.bak", "");
	put(tree, "path/libx.so.4", "");
}

static void
tree_close(Tree *tree, gconstpointer data)
{
	static const char *const names[] = {"own/libx.so.3", "own/libx.so.4.bak", "path/libx.so.4",
	    "conf.d/a.conf", "ld.so.conf", "own", "path", "conf.d", ""};

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(tree->root, names[i], NULL);

		g_assert_cmpint(g_remove(path), ==, 0);
	}
	g_free(tree->root);
	g_free(tree->conf);
}

static char *
describe(GPtrArray *places)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < places->len; i++) {
		const SearchPlace *place = places->pdata[i];
		g_autofree char *file = g_path_get_basename(place->rule);

		g_string_append_printf(
		    text, "%s(%s%s) ", place->folder, file, place->needs_cache ? ", cache" : "");
	}
	return g_string_free(text, FALSE);
}

static void
test_order(Tree *tree, gconstpointer data)
{
	g_autoptr(LibrarySearch) search = library_search_new(NULL, tree->conf, "/env/a::/env/b");
	ElfDynamic runpath = {.rpath = (char *)"/never", .runpath = (char *)"$ORIGIN/lib:/run"};
	ElfDynamic rpath = {.rpath = (char *)"${ORIGIN}/../r"};
	g_autoptr(GPtrArray) a = library_search_places(search, "/m/dir/m.so", &runpath);
	g_autoptr(GPtrArray) b = library_search_places(search, "/m/dir/m.so", &rpath);
	g_autofree char *first = describe(a);
	g_autofree char *second = describe(b);

	g_assert_cmpstr(first, ==,
	    "/env/a(LD_LIBRARY_PATH) /env/b(LD_LIBRARY_PATH) /m/dir/lib(RUNPATH of m.so) "
	    "/run(RUNPATH of m.so) /conf/a(a.conf, cache) /conf/one(ld.so.conf, cache) "
	    "/conf/two(ld.so.conf, cache) /lib(built in) /usr/lib(built in) ");
	g_assert_true(g_str_has_prefix(second, "/m/r(RPATH of m.so) /env/a(LD_LIBRARY_PATH) "));
}

static void
test_find(Tree *tree, gconstpointer data)
{
	g_autofree char *path_folder = g_build_filename(tree->root, "path", NULL);
	g_autofree char *own = g_build_filename(tree->root, "own", NULL);
	g_autoptr(LibrarySearch) search = library_search_new(NULL, "/nowhere", path_folder);
	ElfDynamic dynamic = {.runpath = own};
	g_autoptr(GPtrArray) places = library_search_places(search, "/m.so", &dynamic);
	g_autoptr(GPtrArray) similar = library_search_similar(places, "libx.so.5");
	g_autofree char *path = NULL;

	g_assert_nonnull(library_search_find(places, "libx.so.4", &path));
	g_assert_true(g_str_has_prefix(path, path_folder));
	g_assert_null(library_search_find(places, "libx.so.9", &path));
	g_assert_cmpuint(similar->len, ==, 3);
}

/* Asked for what was compiled into it, a glibc names at least one folder with libc in it. */
static void
test_loader(Tree *tree, gconstpointer data)
{
	g_autofree char *loader = loader_path();
	g_autoptr(LibrarySearch) search = library_search_new(loader, "/nowhere", NULL);
	g_autoptr(GPtrArray) places = library_search_places(search, "/m.so", &(ElfDynamic){0});

	g_assert_cmpuint(places->len, >=, 2);
	for (guint i = 0; i < places->len; i++)
		g_assert_true(g_path_is_absolute(((SearchPlace *)places->pdata[i])->folder));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/library_search/order", Tree, NULL, tree_open, test_order, tree_close);
	g_test_add("/library_search/find", Tree, NULL, tree_open, test_find, tree_close);
	g_test_add("/library_search/loader", Tree, NULL, tree_open, test_loader, tree_close);
	return g_test_run();
}
