/* SPDX-License-Identifier: MIT */
/*
 * What the system's own loader says about a file without running any of it: the objects it would
 * load, the symbols and versions it would miss (LD_TRACE_LOADED_OBJECTS in a child).
 * Invariant: no constructor runs; every list has a maximum of 1024 entries.
 * Thread: any; blocks for the child's life, at most 10 s.
 */
#pragma once

#include <glib.h>

typedef struct TracedObject {
	char *name; /* as in NEEDED */
	char *path; /* NULL: not found */
} TracedObject;

typedef struct TracedSymbol {
	char *symbol;
	char *object;  /* path of the object that uses it */
	char *library; /* versions only: path of the library that lacks it */
	char *line;    /* the loader's own words */
} TracedSymbol;

typedef struct LoaderTrace {
	GPtrArray *objects;  /* TracedObject * */
	GPtrArray *symbols;  /* TracedSymbol *: undefined, without a version */
	GPtrArray *versions; /* TracedSymbol *: symbol is the version */
	char *failure;       /* NULL, or why the trace is not complete */
} LoaderTrace;

/* Path of this system's loader, from the program we are; NULL if we are static. */
char *loader_path(void);

/* FALSE if the loader could not be run. Free with loader_trace_free(). */
LoaderTrace *loader_trace_run(
    const char *loader, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Its parser, for any text. */
LoaderTrace *loader_trace_parse(const char *text);
void loader_trace_free(LoaderTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LoaderTrace, loader_trace_free)

/* NULL if the loader did not mention it. */
const TracedObject *loader_trace_find(const LoaderTrace *trace, const char *name);
