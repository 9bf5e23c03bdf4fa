/* SPDX-License-Identifier: MIT */
#include "modcheck/dependencies.h"

#include "modcheck/elf_check.h"
#include "modcheck/library_search.h"
#include "modcheck/loader_trace.h"
#include "modcheck/package_hint.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MOST_NODES 1024u
#define MOST_CHAIN 16u
#define MOST_HINTS 4u

/* One object of the graph: the module (0) or a library. */
typedef struct Node {
	char *name;
	char *path; /* NULL: not found */
	int parent; /* index of the first that needs it; -1: the module */
	guint depth;
} Node;

typedef struct Walk {
	ModuleReport *report;
	const DependencyOptions *options;
	const LoaderTrace *trace;
	char *loader;
	LibrarySearch *search; /* made when first needed */
	GPtrArray *nodes;      /* Node *; grows while it is walked */
	GHashTable *known;     /* name → Node */
	guint hints;           /* given so far: each may take half a second */
} Walk;

static void
node_free(gpointer data)
{
	Node *node = data;

	g_free(node->name);
	g_free(node->path);
	g_free(node);
}

static Node *
add_node(Walk *walk, const char *name, const char *path, int parent)
{
	Node *node = g_new0(Node, 1);

	node->name = g_strdup(name);
	node->path = g_strdup(path);
	node->parent = parent;
	if (parent >= 0)
		node->depth = ((Node *)walk->nodes->pdata[parent])->depth + 1;
	g_ptr_array_add(walk->nodes, node);
	g_hash_table_insert(walk->known, node->name, node);
	return node;
}

/* "libb.so.1 (needed by chatcfg.so through liba.so.1)" */
static char *
describe_needer(const Walk *walk, int parent)
{
	const Node *needer = walk->nodes->pdata[parent];
	const Node *module = walk->nodes->pdata[0];
	g_autoptr(GString) between = g_string_new(NULL);
	guint links = 0;

	if (parent == 0)
		return g_strdup(module->name);
	for (int i = needer->parent; i > 0 && links < MOST_CHAIN; links++) {
		const Node *node = walk->nodes->pdata[i];

		g_string_prepend(between, links ? ", " : "");
		g_string_prepend(between, node->name);
		i = node->parent;
	}
	if (links == 0)
		return g_strdup_printf("%s (needed by %s)", needer->name, module->name);
	return g_strdup_printf(
	    "%s (needed by %s through %s)", needer->name, module->name, between->str);
}

static const LibrarySearch *
get_search(Walk *walk)
{
	if (!walk->search)
		walk->search = library_search_new(
		    walk->loader, "/etc/ld.so.conf", g_getenv("LD_LIBRARY_PATH"));
	return walk->search;
}

static ModuleKind
kind_of_dependency(ModuleKind kind)
{
	switch ((int)kind) {
	case MODULE_WRONG_ELF_CLASS:
	case MODULE_WRONG_BYTE_ORDER:
	case MODULE_WRONG_ARCHITECTURE:
		return MODULE_DEPENDENCY_WRONG_ARCHITECTURE;
	default:
		return MODULE_DEPENDENCY_DAMAGED;
	}
}

static char *
describe_damage(const ElfVerdict *verdict)
{
	if (verdict->kind == MODULE_NOT_ELF)
		return g_strdup_printf("it is %s", verdict->found);
	if (verdict->kind == MODULE_TRUNCATED)
		return g_strdup_printf(
		    "it is cut off at %s of at least %s bytes", verdict->found, verdict->wanted);
	return g_strdup(verdict->found);
}

static void
add_hint(Walk *walk, ModuleFinding *finding, char *(*hint)(const char *), const char *name)
{
	g_autofree char *text = NULL;

	if (!walk->options->package_hints || walk->hints++ >= MOST_HINTS)
		return;
	text = hint(name);
	module_finding_add_remedy(finding, FALSE, text);
}

/* A library file that is there; FALSE with a finding if no loader could take it. */
static gboolean
judge_library(Walk *walk, const char *name, const char *path, const char *by)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ElfVerdict verdicts[ELF_MOST_VERDICTS] = {0};
	ModuleFinding *finding;
	ElfFile elf;
	guint n;

	if (fd < 0) {
		module_report_take(walk->report,
		    module_finding_new(MODULE_DEPENDENCY_UNREADABLE,
			&(ModuleFacts){
			    .path = path, .subject = name, .by = by, .found = g_strerror(errno)}));
		return FALSE;
	}
	n = elf_check_judge(fd, &elf, verdicts);
	close(fd);
	/* What may not be dlopen()ed may well be a dependency. */
	if (n > 0 && verdicts[0].kind != MODULE_NOT_LOADABLE &&
	    verdicts[0].kind != MODULE_NOT_A_SHARED_OBJECT) {
		g_autofree char *damage = describe_damage(&verdicts[0]);

		finding = module_finding_new(
		    kind_of_dependency(verdicts[0].kind), &(ModuleFacts){.path = path,
							      .subject = name,
							      .by = by,
							      .found = damage,
							      .wanted = verdicts[0].wanted});
		module_finding_add_detail(finding, "found at %s", path);
		add_hint(walk, finding, package_hint_replace, path);
		module_finding_set_loader_text(finding, walk->trace->failure);
		module_report_take(walk->report, finding);
	} else {
		n = 0;
	}
	for (guint i = 0; i < ELF_MOST_VERDICTS; i++)
		elf_verdict_clear(&verdicts[i]);
	return n == 0;
}

static void
add_places(ModuleFinding *finding, GPtrArray *places, const char *name)
{
	g_autoptr(GPtrArray) similar = library_search_similar(places, name);

	for (guint i = 0; i < places->len; i++) {
		const SearchPlace *place = places->pdata[i];

		module_finding_add_detail(finding, "looked in %s (%s)", place->folder, place->rule);
	}
	for (guint i = 0; i < similar->len; i++)
		module_finding_add_detail(
		    finding, "another version is there: %s", (char *)similar->pdata[i]);
}

/* The path from the module to what is missing, one line: "chatcfg.so → liba.so.1 → libb.so.1" */
static void
add_chain(const Walk *walk, ModuleFinding *finding, int parent, const char *name)
{
	g_autoptr(GString) chain = g_string_new(name);

	for (guint links = 0; parent >= 0 && links < MOST_CHAIN; links++) {
		const Node *node = walk->nodes->pdata[parent];

		g_string_prepend(chain, " → ");
		g_string_prepend(chain, node->name);
		parent = node->parent;
	}
	module_finding_add_detail(finding, "%s", chain->str);
}

/* The loader did not find it: is there nothing, or something that does not count? */
static void
explain_missing(Walk *walk, const char *name, int parent, const ElfDynamic *dynamic)
{
	const Node *needer = walk->nodes->pdata[parent];
	g_autofree char *by = describe_needer(walk, parent);
	g_autoptr(GPtrArray) places =
	    library_search_places(get_search(walk), needer->path, dynamic);
	g_autofree char *path = NULL;
	const SearchPlace *place =
	    strchr(name, '/') ? NULL : library_search_find(places, name, &path);
	ModuleKind kind = place ? MODULE_DEPENDENCY_NOT_CACHED : MODULE_MISSING_DEPENDENCY;
	ModuleFinding *finding;
	g_autofree char *text = g_strdup_printf("%s => not found", name);

	if (place && (!judge_library(walk, name, path, by) || !place->needs_cache))
		return;
	finding = module_finding_new(kind,
	    &(ModuleFacts){
		.path = path, .subject = name, .by = by, .found = place ? place->folder : NULL});
	add_chain(walk, finding, parent, name);
	if (!place) {
		add_places(finding, places, name);
		add_hint(walk, finding, package_hint_missing, name);
	}
	module_finding_set_loader_text(finding, text);
	module_report_take(walk->report, finding);
}

/* A library that this process has loaded is taken again whatever the search says. */
static gboolean
is_loaded_already(const char *name)
{
	void *handle = dlopen(name, RTLD_LAZY | RTLD_NOLOAD);

	if (handle)
		dlclose(handle);
	return handle != NULL;
}

/* Where the loader found it; where it would be if the loader fell over another file before. */
static char *
resolve(Walk *walk, const char *name, int parent, const ElfDynamic *dynamic)
{
	const Node *needer = walk->nodes->pdata[parent];
	const TracedObject *object = loader_trace_find(walk->trace, name);
	g_autoptr(GPtrArray) places = NULL;
	char *path = NULL;

	if (object || !walk->trace->failure)
		return object ? g_strdup(object->path) : NULL;
	if (strchr(name, '/'))
		return g_strdup(name);
	places = library_search_places(get_search(walk), needer->path, dynamic);
	library_search_find(places, name, &path);
	return path;
}

static void
visit_needed(Walk *walk, const char *name, int parent, const ElfDynamic *dynamic)
{
	const Node *needer = walk->nodes->pdata[parent];
	g_autofree char *path = NULL;
	g_autofree char *by = NULL;
	Node *node;

	if (g_hash_table_contains(walk->known, name) || walk->nodes->len >= MOST_NODES)
		return;
	path = resolve(walk, name, parent, dynamic);
	node = add_node(walk, name, path, parent);
	module_report_add_dependency(walk->report, name, path, needer->name, node->depth);
	if (!path) {
		if (!is_loaded_already(name))
			explain_missing(walk, name, parent, dynamic);
		return;
	}
	by = describe_needer(walk, parent);
	if (!judge_library(walk, name, path, by))
		g_clear_pointer(&node->path, g_free);
}

static void
visit(Walk *walk, int index)
{
	const Node *node = walk->nodes->pdata[index];
	ElfDynamic dynamic;
	ElfFile elf;
	int fd = node->path ? open(node->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;

	if (fd < 0)
		return;
	if (elf_file_init_fd(&elf, fd, NULL) == ELF_OK &&
	    elf_file_read_dynamic(&elf, &dynamic, NULL) == ELF_OK) {
		for (guint i = 0; i < dynamic.needed->len; i++)
			visit_needed(walk, dynamic.needed->pdata[i], index, &dynamic);
		elf_dynamic_clear(&dynamic);
	}
	close(fd);
}

static void
check_versions(Walk *walk)
{
	for (guint i = 0; i < walk->trace->versions->len; i++) {
		const TracedSymbol *version = walk->trace->versions->pdata[i];
		g_autofree char *library = g_path_get_basename(version->library);
		g_autofree char *by = g_path_get_basename(version->object);
		ModuleFinding *finding = module_finding_new(
		    MODULE_MISSING_SYMBOL_VERSION, &(ModuleFacts){.path = version->library,
						       .subject = library,
						       .by = by,
						       .wanted = version->symbol});

		module_finding_add_detail(
		    finding, "%s is older than the one %s was built with", version->library, by);
		add_hint(walk, finding, package_hint_replace, version->library);
		module_finding_set_loader_text(finding, version->line);
		module_report_take(walk->report, finding);
	}
}

static void
check_symbols(Walk *walk)
{
	for (guint i = 0; i < walk->trace->symbols->len; i++) {
		const TracedSymbol *symbol = walk->trace->symbols->pdata[i];
		g_autofree char *by = g_path_get_basename(symbol->object);
		g_autofree char *subject = g_strdup_printf("the symbol %s", symbol->symbol);
		ModuleFinding *finding;

		/* What this process already offers to everybody will be found there. */
		if (dlsym(RTLD_DEFAULT, symbol->symbol))
			continue;
		finding = module_finding_new(MODULE_UNDEFINED_SYMBOL,
		    &(ModuleFacts){.path = symbol->object, .subject = subject, .by = by});
		module_finding_add_detail(finding, "used by %s", symbol->object);
		module_finding_set_loader_text(finding, symbol->line);
		module_report_take(walk->report, finding);
	}
}

static gboolean
walk_all(Walk *walk, const char *path)
{
	ModuleReport *report = walk->report;
	g_autofree char *file = g_path_get_basename(path);

	add_node(walk, file, path, -1);
	for (guint i = 0; i < walk->nodes->len; i++)
		visit(walk, (int)i);
	if (!module_report_is_good(report))
		return FALSE;
	module_report_pass(report, MODULE_STAGE_DEPENDENCIES, "%u libraries, all there",
	    report->dependencies->len);
	if (walk->trace->failure) {
		module_report_skip(
		    report, MODULE_STAGE_SYMBOLS, "the trace failed: %s", walk->trace->failure);
		return TRUE;
	}
	check_versions(walk);
	check_symbols(walk);
	if (!module_report_is_good(report))
		return FALSE;
	module_report_pass(report, MODULE_STAGE_SYMBOLS, "all found");
	return TRUE;
}

gboolean
dependencies_check(ModuleReport *report, const char *path, const DependencyOptions *options)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *loader = loader_path();
	g_autoptr(LoaderTrace) trace = loader ? loader_trace_run(loader, path, &error) : NULL;
	Walk walk = {.report = report, .options = options, .trace = trace, .loader = loader};
	gboolean good;

	if (!trace) {
		const char *why = error ? error->message : "this program is statically linked";

		module_report_skip(report, MODULE_STAGE_DEPENDENCIES, "%s", why);
		module_report_skip(report, MODULE_STAGE_SYMBOLS, "%s", why);
		return TRUE;
	}
	walk.nodes = g_ptr_array_new_with_free_func(node_free);
	walk.known = g_hash_table_new(g_str_hash, g_str_equal);
	good = walk_all(&walk, path);
	g_hash_table_unref(walk.known);
	g_ptr_array_unref(walk.nodes);
	library_search_free(walk.search);
	return good;
}
