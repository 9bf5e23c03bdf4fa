/* SPDX-License-Identifier: MIT */
#include "modcheck/diagnostic.h"

#include <string.h>

#define MOST_FACT_BYTES 4096
#define MOST_LINES 64u

typedef struct KindRow {
	const char *id;
	ModuleStage stage;
	int exit_status;
	const char *sentence;
	const char *remedy;
} KindRow;

static const KindRow kind_rows[MODULE_N_KINDS] = {
#define MODULE_KIND(enumerator, id, stage, exit_status, sentence, remedy)                          \
	[MODULE_##enumerator] = {id, MODULE_STAGE_##stage, exit_status, sentence, remedy},
#include "modcheck/module_kinds.def"
#undef MODULE_KIND
};

static const char *const stage_names[MODULE_N_STAGES] = {
    [MODULE_STAGE_PATH] = "path",
    [MODULE_STAGE_TRUST] = "trust",
    [MODULE_STAGE_ELF] = "file format",
    [MODULE_STAGE_NOTE] = "interface",
    [MODULE_STAGE_DEPENDENCIES] = "dependencies",
    [MODULE_STAGE_SYMBOLS] = "symbols",
    [MODULE_STAGE_TRIAL] = "trial load",
    [MODULE_STAGE_DESCRIPTOR] = "descriptor",
    [MODULE_STAGE_INIT] = "start",
    [MODULE_STAGE_RUNTIME] = "run time",
};

/* File names and loader output may hold any bytes; what is shown and stored is UTF-8 on one line.
 */
static char *
copy_fact(const char *text)
{
	char *copy;

	if (!text)
		return NULL;
	copy = g_utf8_make_valid(text, (gssize)strnlen(text, MOST_FACT_BYTES));
	for (char *c = copy; *c; c++)
		if (g_ascii_iscntrl(*c))
			*c = ' ';
	return copy;
}

static const char *
find_fact(const ModuleFinding *finding, const char *word, gsize length)
{
	const struct {
		const char *word;
		const char *value;
	} facts[] = {
	    {"path", finding->path},
	    {"file", finding->file},
	    {"subject", finding->subject},
	    {"by", finding->by},
	    {"found", finding->found},
	    {"wanted", finding->wanted},
	    {"package", finding->package},
	};

	for (guint i = 0; i < G_N_ELEMENTS(facts); i++)
		if (strlen(facts[i].word) == length && !strncmp(facts[i].word, word, length))
			return facts[i].value;
	g_assert_not_reached();
}

/* NULL if a fact that the template names is not known. */
static char *
expand(const ModuleFinding *finding, const char *template)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const char *at = template;
	const char *open;

	while ((open = strchr(at, '{'))) {
		const char *close = strchr(open, '}');
		const char *value;

		g_assert(close);
		value = find_fact(finding, open + 1, (gsize)(close - open - 1));
		if (!value)
			return NULL;
		g_string_append_len(text, at, open - at);
		g_string_append(text, value);
		at = close + 1;
	}
	g_string_append(text, at);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
add_remedies_of_row(ModuleFinding *finding)
{
	g_auto(GStrv) lines = g_strsplit(kind_rows[finding->kind].remedy, "\n", -1);

	for (char **line = lines; *line; line++) {
		char *text = **line ? expand(finding, *line) : NULL;

		if (text)
			g_ptr_array_add(finding->remedies, text);
	}
}

ModuleFinding *
module_finding_new(ModuleKind kind, const ModuleFacts *facts)
{
	ModuleFinding *finding = g_new0(ModuleFinding, 1);

	g_assert(kind < MODULE_N_KINDS);
	finding->kind = kind;
	finding->path = copy_fact(facts->path);
	finding->file = finding->path ? g_path_get_basename(finding->path) : NULL;
	finding->subject = copy_fact(facts->subject);
	finding->by = copy_fact(facts->by);
	finding->found = copy_fact(facts->found);
	finding->wanted = copy_fact(facts->wanted);
	finding->package = copy_fact(facts->package);
	finding->details = g_ptr_array_new_with_free_func(g_free);
	finding->remedies = g_ptr_array_new_with_free_func(g_free);
	add_remedies_of_row(finding);
	return finding;
}

void
module_finding_free(ModuleFinding *finding)
{
	if (!finding)
		return;
	g_free(finding->path);
	g_free(finding->file);
	g_free(finding->subject);
	g_free(finding->by);
	g_free(finding->found);
	g_free(finding->wanted);
	g_free(finding->package);
	g_ptr_array_unref(finding->details);
	g_ptr_array_unref(finding->remedies);
	g_free(finding->loader_text);
	g_free(finding);
}

void
module_finding_add_detail(ModuleFinding *finding, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	if (finding->details->len >= MOST_LINES)
		return;
	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_ptr_array_add(finding->details, copy_fact(text));
}

void
module_finding_add_remedy(ModuleFinding *finding, gboolean first, const char *text)
{
	if (finding->remedies->len < MOST_LINES)
		g_ptr_array_insert(finding->remedies, first ? 0 : -1, copy_fact(text));
}

void
module_finding_set_loader_text(ModuleFinding *finding, const char *text)
{
	g_free(finding->loader_text);
	finding->loader_text = copy_fact(text);
}

char *
module_finding_cause(const ModuleFinding *finding)
{
	char *cause = expand(finding, kind_rows[finding->kind].sentence);

	g_assert(cause);
	return cause;
}

char *
module_finding_sentence(const ModuleFinding *finding, const char *name)
{
	g_autofree char *cause = module_finding_cause(finding);

	return g_strdup_printf("failed to load %s module: %s", name, cause);
}

const char *
module_kind_id(ModuleKind kind)
{
	g_assert(kind < MODULE_N_KINDS);
	return kind_rows[kind].id;
}

ModuleStage
module_kind_stage(ModuleKind kind)
{
	g_assert(kind < MODULE_N_KINDS);
	return kind_rows[kind].stage;
}

int
module_kind_exit_status(ModuleKind kind)
{
	g_assert(kind < MODULE_N_KINDS);
	return kind_rows[kind].exit_status;
}

const char *
module_kind_sentence(ModuleKind kind)
{
	g_assert(kind < MODULE_N_KINDS);
	return kind_rows[kind].sentence;
}

gboolean
module_kind_from_id(const char *id, ModuleKind *ret_kind)
{
	for (guint i = 0; i < MODULE_N_KINDS; i++)
		if (!strcmp(kind_rows[i].id, id)) {
			*ret_kind = (ModuleKind)i;
			return TRUE;
		}
	return FALSE;
}

const char *
module_stage_name(ModuleStage stage)
{
	g_assert(stage < MODULE_N_STAGES);
	return stage_names[stage];
}
