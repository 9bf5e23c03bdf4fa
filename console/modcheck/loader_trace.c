/* SPDX-License-Identifier: MIT */
#include "modcheck/loader_trace.h"

#include "modcheck/child_process.h"
#include "modcheck/elf_reader.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MOST_ENTRIES 1024u
#define TRACE_MILLISECONDS 10000

static void
object_free(gpointer data)
{
	TracedObject *object = data;

	g_free(object->name);
	g_free(object->path);
	g_free(object);
}

static void
symbol_free(gpointer data)
{
	TracedSymbol *symbol = data;

	g_free(symbol->symbol);
	g_free(symbol->object);
	g_free(symbol->library);
	g_free(symbol->line);
	g_free(symbol);
}

void
loader_trace_free(LoaderTrace *trace)
{
	if (!trace)
		return;
	g_ptr_array_unref(trace->objects);
	g_ptr_array_unref(trace->symbols);
	g_ptr_array_unref(trace->versions);
	g_free(trace->failure);
	g_free(trace);
}

char *
loader_path(void)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	char *path = NULL;
	ElfFile elf;

	if (fd < 0)
		return NULL;
	if (elf_file_init_fd(&elf, fd, NULL) == ELF_OK)
		path = elf_file_interpreter(&elf);
	close(fd);
	return path;
}

/* Cuts the text at `mark`; NULL if it is not there. */
static char *
before(const char *text, const char *mark, const char **ret_after)
{
	const char *at = strstr(text, mark);

	if (!at)
		return NULL;
	*ret_after = at + strlen(mark);
	return g_strndup(text, (gsize)(at - text));
}

/* "NAME => PATH (0x…)", "NAME => not found", "PATH (0x…)" */
static void
parse_object(LoaderTrace *trace, const char *line)
{
	TracedObject *object;
	const char *after = line;
	g_autofree char *name = before(line, " => ", &after);
	const char *address = strstr(after, " (0x");

	if (trace->objects->len >= MOST_ENTRIES || (!name && !address))
		return;
	object = g_new0(TracedObject, 1);
	if (address)
		object->path = g_strndup(after, (gsize)(address - after));
	object->name = name ? g_steal_pointer(&name) : g_strdup(object->path);
	g_ptr_array_add(trace->objects, object);
}

/* "undefined symbol: NAME[, version V]\t(OBJECT)" */
static void
parse_symbol(LoaderTrace *trace, const char *line)
{
	const char *rest = line + strlen("undefined symbol: ");
	const char *object = NULL;
	g_autofree char *name = before(rest, "\t(", &object);
	TracedSymbol *symbol;

	if (!name || trace->symbols->len >= MOST_ENTRIES)
		return;
	/* A version that is missing is told by a line of its own. */
	if (strstr(name, ", version "))
		return;
	for (guint i = 0; i < trace->symbols->len; i++)
		if (!strcmp(((TracedSymbol *)trace->symbols->pdata[i])->symbol, name))
			return;
	symbol = g_new0(TracedSymbol, 1);
	symbol->symbol = g_steal_pointer(&name);
	symbol->object = g_strndup(object, strcspn(object, ")"));
	symbol->line = g_strdup(line);
	g_ptr_array_add(trace->symbols, symbol);
}

/* "FILE: LIBRARY: version `V' not found (required by OBJECT)" */
static gboolean
parse_version(LoaderTrace *trace, const char *line)
{
	const char *rest = NULL;
	const char *library = NULL;
	const char *object = NULL;
	g_autofree char *start = before(line, ": version `", &rest);
	g_autofree char *file = NULL;
	g_autofree char *version = NULL;
	TracedSymbol *symbol;

	if (!start || !(version = before(rest, "' not found (required by ", &object)))
		return FALSE;
	if (trace->versions->len >= MOST_ENTRIES)
		return TRUE;
	file = before(start, ": ", &library);
	symbol = g_new0(TracedSymbol, 1);
	symbol->symbol = g_steal_pointer(&version);
	symbol->object = g_strndup(object, strcspn(object, ")"));
	symbol->line = g_strdup(line);
	symbol->library = g_strdup(file ? library : start);
	g_ptr_array_add(trace->versions, symbol);
	return TRUE;
}

LoaderTrace *
loader_trace_parse(const char *text)
{
	LoaderTrace *trace = g_new0(LoaderTrace, 1);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	trace->objects = g_ptr_array_new_with_free_func(object_free);
	trace->symbols = g_ptr_array_new_with_free_func(symbol_free);
	trace->versions = g_ptr_array_new_with_free_func(symbol_free);
	for (char **line = lines; *line; line++) {
		const char *failure = strstr(*line, "error while loading shared libraries: ");

		if (failure && !trace->failure)
			trace->failure = g_strdup(strstr(failure, ": ") + 2);
		else if (g_str_has_prefix(*line, "undefined symbol: "))
			parse_symbol(trace, *line);
		else if (**line == '\t')
			parse_object(trace, *line + 1);
		else
			parse_version(trace, *line);
	}
	return trace;
}

/* Only what the real load will see as well: the search path that this process was started with. */
static char **
trace_environment(void)
{
	char **environment = g_new0(char *, 1);
	const char *search = g_getenv("LD_LIBRARY_PATH");

	environment = g_environ_setenv(environment, "LD_TRACE_LOADED_OBJECTS", "1", TRUE);
	environment = g_environ_setenv(environment, "LD_WARN", "yes", TRUE);
	environment = g_environ_setenv(environment, "LD_BIND_NOW", "yes", TRUE);
	environment = g_environ_setenv(environment, "LC_ALL", "C", TRUE);
	if (search)
		environment = g_environ_setenv(environment, "LD_LIBRARY_PATH", search, TRUE);
	return environment;
}

LoaderTrace *
loader_trace_run(const char *loader, const char *path, GError **error)
{
	g_auto(GStrv) environment = trace_environment();
	const char *arguments[] = {loader, path, NULL};
	ChildRequest request = {.arguments = arguments,
	    .environment = (const char *const *)environment,
	    .milliseconds = TRACE_MILLISECONDS};
	ChildResult result;
	LoaderTrace *trace;

	if (!child_run(&request, &result, error))
		return NULL;
	trace = loader_trace_parse(result.output->str);
	if (!trace->failure && result.timed_out)
		trace->failure = g_strdup("the loader did not end in time");
	else if (!trace->failure && result.signal)
		trace->failure = g_strdup_printf("the loader died: %s", g_strsignal(result.signal));
	else if (!trace->failure && result.exit_status)
		trace->failure =
		    g_strdup_printf("the loader ended with status %d", result.exit_status);
	child_result_clear(&result);
	return trace;
}

const TracedObject *
loader_trace_find(const LoaderTrace *trace, const char *name)
{
	for (guint i = 0; i < trace->objects->len; i++) {
		const TracedObject *object = trace->objects->pdata[i];
		const char *slash = strrchr(object->name, '/');

		if (!strcmp(object->name, name) || (slash && !strcmp(slash + 1, name)))
			return object;
	}
	return NULL;
}
