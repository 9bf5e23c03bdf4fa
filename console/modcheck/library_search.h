/* SPDX-License-Identifier: MIT */
/*
 * Where the loader looks for a library, in its order, and by which rule; for explaining what it
 * did not find. The loader itself decides (loader_trace.h); this tells where it looked.
 * Invariant: places are absolute paths, each once per search, at most 256.
 * Thread: any; a LibrarySearch is read-only once made.
 */
#pragma once

#include "modcheck/elf_reader.h"

typedef struct SearchPlace {
	char *folder;
	char *rule; /* "RUNPATH of chatcfg.so", "LD_LIBRARY_PATH", "/etc/ld.so.conf", "built in" */
	gboolean needs_cache; /* a library here counts only once ldconfig has listed it */
} SearchPlace;

typedef struct LibrarySearch LibrarySearch;

/* The system's part: `loader` is asked for its built-in folders (NULL: /lib and /usr/lib), `conf`
 * is normally "/etc/ld.so.conf", `path` the value of LD_LIBRARY_PATH or NULL. */
LibrarySearch *library_search_new(const char *loader, const char *conf, const char *path);
void library_search_free(LibrarySearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LibrarySearch, library_search_free)

/* Places for what the object at `path` needs: SearchPlace *, free with g_ptr_array_unref(). */
GPtrArray *library_search_places(
    const LibrarySearch *search, const char *path, const ElfDynamic *dynamic);

/* First place that holds a file of this name, or NULL. The path: free with g_free(). */
const SearchPlace *library_search_find(GPtrArray *places, const char *name, char **ret_path);

/* Files of the same name with another version ("libx.so.3" for "libx.so.4"), at most 5 paths. */
GPtrArray *library_search_similar(GPtrArray *places, const char *name);
