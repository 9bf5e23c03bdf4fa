/* SPDX-License-Identifier: MIT */
#include "snapin_cli.h"

#include "modcheck/json_text.h"
#include "modcheck/report_text.h"
#include "modcheck/snapin_records.h"
#include "modcheck/trial_load.h"

#include <stdio.h>
#include <string.h>

#define USAGE_STATUS 2

/* All that can stand on a snap-in command line. */
typedef struct Cli {
	gboolean list;
	gboolean print_folders;
	char *check;
	char *disable;
	char *enable;
	char *probe;
	char *format;
	gboolean json;
	gboolean verbose;
	SnapinOptions options;
	SnapinPath *path;
	SnapinRegistry *registry;
	SnapinRecords *records;
} Cli;

typedef struct Command {
	const char *option; /* its first word makes a command line ours */
	gboolean (*is_given)(const Cli *cli);
	int (*run)(Cli *cli);
} Command;

static void
cli_clear(Cli *cli)
{
	g_free(cli->check);
	g_free(cli->disable);
	g_free(cli->enable);
	g_free(cli->probe);
	g_free(cli->format);
	snapin_options_clear(&cli->options);
	snapin_path_free(cli->path);
	snapin_registry_free(cli->registry);
	snapin_records_free(cli->records);
}

static void
open_registry(Cli *cli)
{
	cli->path = snapin_options_path(&cli->options);
	for (guint i = 0; i < cli->path->notices->len; i++)
		fprintf(stderr, "chat-console: %s\n", (char *)cli->path->notices->pdata[i]);
	cli->registry = snapin_registry_read(cli->path);
	cli->records = snapin_records_open(NULL);
}

/* On a terminal the person reads it at once; under the journal it must be found later. */
static void
log_for_journal(const ModuleReport *report)
{
	if (g_log_writer_is_journald(fileno(stderr)))
		report_log(report);
}

static const char *
state_word(const Cli *cli, const ModuleReport *report)
{
	if (!module_report_is_good(report)) {
		const ModuleFinding *finding = report->findings->pdata[0];

		return finding->kind == MODULE_QUARANTINED ? "quarantined" : "failed";
	}
	if (snapin_records_is_disabled(cli->records, report->name))
		return "disabled";
	return cli->options.safe_mode ? "off (safe mode)" : "ok";
}

static ModuleReport *
check_entry(const Cli *cli, const SnapinEntry *entry)
{
	ModuleCheckOptions options = snapin_options_check(&cli->options);
	ModuleReport *report = snapin_registry_check(entry, &options);
	ModuleFinding *quarantine =
	    snapin_records_check(cli->records, entry->id, entry->module_path);

	if (quarantine && module_report_is_good(report))
		module_report_take(report, g_steal_pointer(&quarantine));
	module_finding_free(quarantine);
	if (snapin_records_is_disabled(cli->records, entry->id))
		module_report_notice(report,
		    "%s is switched off; to switch it on: chat-console --enable-snapin %s",
		    entry->id, entry->id);
	return report;
}

/* Of all that is registered; of those suggested if nothing is. */
static GPtrArray *
check_all(const Cli *cli)
{
	GPtrArray *reports = g_ptr_array_new_with_free_func((GDestroyNotify)module_report_free);
	g_auto(GStrv) suggested = snapin_path_suggested();

	for (guint i = 0; i < snapin_registry_count(cli->registry); i++)
		g_ptr_array_add(reports, check_entry(cli, snapin_registry_entry(cli->registry, i)));
	for (char **name = suggested; reports->len == 0 && *name; name++)
		if (**name)
			g_ptr_array_add(reports, snapin_registry_report_absent(*name, cli->path));
	return reports;
}

static void
print_json_list(const Cli *cli, const GPtrArray *reports)
{
	g_autofree char *text = NULL;
	JsonText json;

	json_text_init(&json);
	json_text_begin_object(&json, NULL);
	json_text_strings(&json, "folders", cli->path->folders);
	json_text_strings(&json, "notices", cli->path->notices);
	json_text_begin_list(&json, "snapins");
	for (guint i = 0; i < reports->len; i++)
		report_write_json(reports->pdata[i], state_word(cli, reports->pdata[i]), &json);
	json_text_end_list(&json);
	json_text_end_object(&json);
	text = json_text_steal(&json);
	fputs(text, stdout);
}

static void
print_row(const Cli *cli, const ModuleReport *report)
{
	g_autofree char *abi = report->has_note ? g_strdup_printf("%u.%u", report->note.abi_major,
						      report->note.abi_minor)
						: g_strdup("-");
	g_autofree char *headline = module_report_headline(report);

	printf("%-16s %-10s %-9s %-12s %-16s %s\n", report->name,
	    report->has_note ? report->note.version : "-", abi, state_word(cli, report),
	    report->package ? report->package : "-", report->path ? report->path : "-");
	if (headline) {
		const ModuleFinding *finding = report->findings->pdata[0];

		printf("    %s\n", headline);
		if (finding->remedies->len)
			printf("    %s\n", (char *)finding->remedies->pdata[0]);
	}
}

static void
print_table(const Cli *cli, const GPtrArray *reports)
{
	printf("%-16s %-10s %-9s %-12s %-16s %s\n", "ID", "VERSION", "INTERFACE", "STATE",
	    "PACKAGE", "PATH");
	for (guint i = 0; i < reports->len; i++)
		print_row(cli, reports->pdata[i]);
}

static int
run_list(Cli *cli)
{
	gboolean as_json = cli->json || g_strcmp0(cli->format, "json") == 0;
	g_autoptr(GPtrArray) reports = NULL;
	int status = 0;

	if (cli->format && !as_json && strcmp(cli->format, "table") != 0) {
		fprintf(stderr, "chat-console: --format is \"%s\", allowed are table and json\n",
		    cli->format);
		return USAGE_STATUS;
	}
	open_registry(cli);
	reports = check_all(cli);
	for (guint i = 0; i < reports->len; i++) {
		log_for_journal(reports->pdata[i]);
		status |= !module_report_is_good(reports->pdata[i]);
	}
	if (as_json)
		print_json_list(cli, reports);
	else
		print_table(cli, reports);
	return status;
}

/* An id if one is registered under it or it looks like one, else a file. */
static ModuleReport *
check_named(const Cli *cli, const char *name)
{
	gboolean is_file = strchr(name, '/') || g_str_has_suffix(name, ".so") ||
			   (!snapin_registry_find(cli->registry, name) &&
			       g_file_test(name, G_FILE_TEST_IS_REGULAR));
	const SnapinEntry *entry = is_file ? snapin_registry_find_module(cli->registry, name)
					   : snapin_registry_find(cli->registry, name);
	ModuleCheckOptions options = snapin_options_check(&cli->options);

	if (entry)
		return check_entry(cli, entry);
	return is_file ? module_check(name, &options)
		       : snapin_registry_report_absent(name, cli->path);
}

static int
run_check(Cli *cli)
{
	g_autoptr(ModuleReport) report = NULL;

	open_registry(cli);
	report = check_named(cli, cli->check);
	log_for_journal(report);
	if (cli->json || g_strcmp0(cli->format, "json") == 0) {
		g_autofree char *text = NULL;
		JsonText json;

		json_text_init(&json);
		report_write_json(report, state_word(cli, report), &json);
		text = json_text_steal(&json);
		fputs(text, stdout);
	} else {
		g_autofree char *text = report_text(report, cli->verbose);

		fputs(text, stdout);
	}
	return module_report_exit_status(report);
}

static int
run_print_folders(Cli *cli)
{
	open_registry(cli);
	for (guint i = 0; i < cli->path->folders->len; i++)
		printf("%s\n", (char *)cli->path->folders->pdata[i]);
	return 0;
}

static int
set_disabled(Cli *cli, const char *id, gboolean disabled)
{
	g_autoptr(GError) error = NULL;

	open_registry(cli);
	if (!snapin_id_is_valid(id)) {
		fprintf(stderr,
		    "chat-console: \"%s\" is no snap-in's id (a-z, 0-9 and -, a letter first)\n",
		    id);
		return USAGE_STATUS;
	}
	if (!snapin_registry_find(cli->registry, id))
		fprintf(stderr, "chat-console: notice: no snap-in %s is registered now\n", id);
	if (!snapin_records_set_disabled(cli->records, id, disabled, &error)) {
		fprintf(stderr, "chat-console: %s\n", error->message);
		return 1;
	}
	printf("%s is %s at the next start of chat-console\n", id,
	    disabled ? "switched off" : "switched on");
	return 0;
}

static int
run_disable(Cli *cli)
{
	return set_disabled(cli, cli->disable, TRUE);
}

static int
run_enable(Cli *cli)
{
	return set_disabled(cli, cli->enable, FALSE);
}

static int
run_probe(Cli *cli)
{
	trial_load_probe(cli->probe, module_contract_snapin());
}

#define GIVEN(name, field)                                                                         \
	static gboolean name##_is_given(const Cli *cli)                                            \
	{                                                                                          \
		return !!cli->field;                                                               \
	}
GIVEN(probe, probe)
GIVEN(list, list)
GIVEN(check, check)
GIVEN(print_folders, print_folders)
GIVEN(disable, disable)
GIVEN(enable, enable)
#undef GIVEN

static const Command commands[] = {
    {"--probe-snapin", probe_is_given, run_probe},
    {"--list-snapins", list_is_given, run_list},
    {"--check-snapin", check_is_given, run_check},
    {"--print-snapin-dirs", print_folders_is_given, run_print_folders},
    {"--disable-snapin", disable_is_given, run_disable},
    {"--enable-snapin", enable_is_given, run_enable},
};

/* "--check-snapin" and "--check-snapin=NAME", but not what follows "--". */
static gboolean
is_ours(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		gsize length = strcspn(argv[i], "=");

		for (guint j = 0; j < G_N_ELEMENTS(commands); j++)
			if (strlen(commands[j].option) == length &&
			    !strncmp(argv[i], commands[j].option, length))
				return TRUE;
	}
	return FALSE;
}

static gboolean
parse(Cli *cli, int argc, char **argv, GError **error)
{
	const GOptionEntry entries[] = {
	    {"list-snapins", 0, 0, G_OPTION_ARG_NONE, &cli->list, "List all snap-ins", NULL},
	    {"check-snapin", 0, 0, G_OPTION_ARG_FILENAME, &cli->check,
		"Say whether a snap-in can be loaded, and why not", "NAME|FILE"},
	    {"print-snapin-dirs", 0, 0, G_OPTION_ARG_NONE, &cli->print_folders,
		"List the folders in which snap-ins are looked for", NULL},
	    {"disable-snapin", 0, 0, G_OPTION_ARG_STRING, &cli->disable,
		"Do not load a snap-in from now on", "ID"},
	    {"enable-snapin", 0, 0, G_OPTION_ARG_STRING, &cli->enable,
		"Load it again, also after it crashed the console", "ID"},
	    {"probe-snapin", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &cli->probe, NULL,
		"FILE"},
	    {"format", 0, 0, G_OPTION_ARG_STRING, &cli->format, "How to list", "table|json"},
	    {"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, "Answer in JSON", NULL},
	    {"verbose", 0, 0, G_OPTION_ARG_NONE, &cli->verbose, "Show every stage and all it needs",
		NULL},
	    {"snapin-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &cli->options.folders,
		"Look here first", "DIR"},
	    {"safe-mode", 0, 0, G_OPTION_ARG_NONE, &cli->options.safe_mode, "Load no snap-in",
		NULL},
	    {"allow-unsafe", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &cli->options.allow_unsafe,
		NULL, NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_auto(GStrv) arguments = g_new0(char *, argc + 1);
	guint given = 0;

	for (int i = 0; i < argc; i++)
		arguments[i] = g_strdup(argv[i]);
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse_strv(context, &arguments, error))
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
		given += commands[i].is_given(cli);
	if (given != 1 || g_strv_length(arguments) > 1) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s",
		    given > 1 ? "one command at a time" : "there is an argument too many");
		return FALSE;
	}
	return TRUE;
}

bool
snapin_cli_handles(int argc, char **argv, int *ret_status)
{
	g_autoptr(GError) error = NULL;
	Cli cli = {0};

	if (!is_ours(argc, argv))
		return false;
	*ret_status = USAGE_STATUS;
	if (!parse(&cli, argc, argv, &error)) {
		fprintf(stderr, "chat-console: %s\n", error->message);
	} else {
		for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
			if (commands[i].is_given(&cli)) {
				*ret_status = commands[i].run(&cli);
				break;
			}
	}
	cli_clear(&cli);
	return true;
}
