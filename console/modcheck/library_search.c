/* SPDX-License-Identifier: MIT */
#include "modcheck/library_search.h"

#include "modcheck/child_process.h"

#include <glob.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_PLACES 256u
#define MOST_CONF_BYTES (64u * 1024u)
#define MOST_CONF_DEPTH 4u
#define MOST_SIMILAR 5u
#define MOST_FOLDER_ENTRIES 20000u
#define DIAGNOSTICS_MILLISECONDS 2000

struct LibrarySearch {
	GPtrArray *from_path; /* SearchPlace * */
	GPtrArray *from_conf;
	GPtrArray *built_in;
};

static void
place_free(gpointer data)
{
	SearchPlace *place = data;

	g_free(place->folder);
	g_free(place->rule);
	g_free(place);
}

static void
add_place(GPtrArray *places, const char *folder, const char *rule, gboolean needs_cache)
{
	g_autofree char *absolute = NULL;
	SearchPlace *place;

	if (!*folder || places->len >= MOST_PLACES)
		return;
	absolute = g_canonicalize_filename(folder, NULL);
	for (guint i = 0; i < places->len; i++)
		if (!strcmp(((SearchPlace *)places->pdata[i])->folder, absolute))
			return;
	place = g_new0(SearchPlace, 1);
	place->folder = g_steal_pointer(&absolute);
	place->rule = g_strdup(rule);
	place->needs_cache = needs_cache;
	g_ptr_array_add(places, place);
}

static void
add_list(GPtrArray *places, const char *list, const char *separators, const char *rule)
{
	g_auto(GStrv) folders = g_strsplit_set(list, separators, -1);

	for (char **folder = folders; *folder; folder++)
		add_place(places, *folder, rule, FALSE);
}

static void read_conf(GPtrArray *places, const char *conf, guint depth);

static void
include_conf(GPtrArray *places, const char *conf, const char *pattern, guint depth)
{
	g_autofree char *folder = g_path_get_dirname(conf);
	g_autofree char *full = g_canonicalize_filename(pattern, folder);
	glob_t found;

	if (depth >= MOST_CONF_DEPTH || glob(full, 0, NULL, &found))
		return;
	for (size_t i = 0; i < found.gl_pathc && i < MOST_PLACES; i++)
		read_conf(places, found.gl_pathv[i], depth + 1);
	globfree(&found);
}

static void
read_conf(GPtrArray *places, const char *conf, guint depth)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	struct stat status;

	if (stat(conf, &status) || !S_ISREG(status.st_mode) || status.st_size > MOST_CONF_BYTES ||
	    !g_file_get_contents(conf, &text, NULL, NULL))
		return;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++) {
		char *trimmed;

		(*line)[strcspn(*line, "#")] = '\0';
		trimmed = g_strstrip(*line);
		if (g_str_has_prefix(trimmed, "include ") || g_str_has_prefix(trimmed, "include\t"))
			include_conf(places, conf, g_strstrip(trimmed + strlen("include ")), depth);
		else if (*trimmed == '/')
			add_place(places, trimmed, conf, TRUE);
	}
}

/* The loader lists what was compiled into it: path.system_dirs[0x0]="/lib/x86_64-linux-gnu/" */
static void
ask_loader(GPtrArray *places, const char *loader)
{
	const char *arguments[] = {loader, "--list-diagnostics", NULL};
	const char *environment[] = {"LC_ALL=C", NULL};
	ChildRequest request = {arguments, environment, DIAGNOSTICS_MILLISECONDS, FALSE};
	ChildResult result;
	g_auto(GStrv) lines = NULL;

	if (!child_run(&request, &result, NULL))
		return;
	lines = g_strsplit(result.output->str, "\n", -1);
	child_result_clear(&result);
	for (char **line = lines; *line; line++) {
		char *value = strstr(*line, "=\"");

		if (!g_str_has_prefix(*line, "path.system_dirs[") || !value)
			continue;
		value += 2;
		value[strcspn(value, "\"")] = '\0';
		add_place(places, value, "built in", FALSE);
	}
}

LibrarySearch *
library_search_new(const char *loader, const char *conf, const char *path)
{
	LibrarySearch *search = g_new0(LibrarySearch, 1);

	search->from_path = g_ptr_array_new_with_free_func(place_free);
	search->from_conf = g_ptr_array_new_with_free_func(place_free);
	search->built_in = g_ptr_array_new_with_free_func(place_free);
	if (path)
		add_list(search->from_path, path, ":;", "LD_LIBRARY_PATH");
	read_conf(search->from_conf, conf, 0);
	if (loader)
		ask_loader(search->built_in, loader);
	add_place(search->built_in, "/lib", "built in", FALSE);
	add_place(search->built_in, "/usr/lib", "built in", FALSE);
	return search;
}

void
library_search_free(LibrarySearch *search)
{
	if (!search)
		return;
	g_ptr_array_unref(search->from_path);
	g_ptr_array_unref(search->from_conf);
	g_ptr_array_unref(search->built_in);
	g_free(search);
}

static char *
replace_origin(const char *list, const char *path)
{
	g_autofree char *origin = g_path_get_dirname(path);
	GString *text = g_string_new(list);

	g_string_replace(text, "${ORIGIN}", origin, 0);
	g_string_replace(text, "$ORIGIN", origin, 0);
	return g_string_free(text, FALSE);
}

static void
add_own(GPtrArray *places, const char *path, const char *list, const char *tag)
{
	g_autofree char *file = g_path_get_basename(path);
	g_autofree char *rule = g_strdup_printf("%s of %s", tag, file);
	g_autofree char *folders = replace_origin(list, path);

	add_list(places, folders, ":", rule);
}

static void
add_copies(GPtrArray *places, GPtrArray *from)
{
	for (guint i = 0; i < from->len; i++) {
		const SearchPlace *place = from->pdata[i];

		add_place(places, place->folder, place->rule, place->needs_cache);
	}
}

/* ld.so(8): RPATH if there is no RUNPATH, LD_LIBRARY_PATH, RUNPATH, the cache, built in. */
GPtrArray *
library_search_places(const LibrarySearch *search, const char *path, const ElfDynamic *dynamic)
{
	GPtrArray *places = g_ptr_array_new_with_free_func(place_free);

	if (dynamic->rpath && !dynamic->runpath)
		add_own(places, path, dynamic->rpath, "RPATH");
	add_copies(places, search->from_path);
	if (dynamic->runpath)
		add_own(places, path, dynamic->runpath, "RUNPATH");
	/* A folder that is also built in is searched without the cache. */
	for (guint i = 0; i < search->from_conf->len; i++) {
		const SearchPlace *place = search->from_conf->pdata[i];
		gboolean is_built_in = FALSE;

		for (guint j = 0; j < search->built_in->len; j++)
			is_built_in |= !strcmp(
			    ((SearchPlace *)search->built_in->pdata[j])->folder, place->folder);
		add_place(places, place->folder, place->rule, place->needs_cache && !is_built_in);
	}
	add_copies(places, search->built_in);
	return places;
}

const SearchPlace *
library_search_find(GPtrArray *places, const char *name, char **ret_path)
{
	struct stat status;

	for (guint i = 0; i < places->len; i++) {
		const SearchPlace *place = places->pdata[i];
		g_autofree char *path = g_build_filename(place->folder, name, NULL);

		if (!stat(path, &status) && S_ISREG(status.st_mode)) {
			*ret_path = g_steal_pointer(&path);
			return place;
		}
	}
	return NULL;
}

GPtrArray *
library_search_similar(GPtrArray *places, const char *name)
{
	GPtrArray *similar = g_ptr_array_new_with_free_func(g_free);
	const char *end = strstr(name, ".so");
	g_autofree char *stem = end ? g_strndup(name, (gsize)(end - name) + 3) : g_strdup(name);

	for (guint i = 0; i < places->len; i++) {
		const SearchPlace *place = places->pdata[i];
		g_autoptr(GDir) folder = g_dir_open(place->folder, 0, NULL);
		const char *entry;
		guint seen = 0;

		while (folder && seen++ < MOST_FOLDER_ENTRIES && similar->len < MOST_SIMILAR &&
		       (entry = g_dir_read_name(folder)))
			if (g_str_has_prefix(entry, stem) && strcmp(entry, name))
				g_ptr_array_add(
				    similar, g_build_filename(place->folder, entry, NULL));
	}
	return similar;
}
