/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "paths.h"

typedef struct Switches {
	gboolean check_config;
	gboolean describe;
	gboolean sample_config;
	gboolean hash_password;
	gboolean make_totp;
	gboolean version;
	gboolean allow_root;
	char *config;
	char *state_dir;
	char *runtime_dir;
	char *restore;
	char *import_format;
	gboolean dry_run;
} Switches;

static GOptionContext *
make_context(Switches *switches)
{
	const GOptionEntry entries[] = {
	    {"config", 0, 0, G_OPTION_ARG_FILENAME, &switches->config, "Read this configuration",
		"FILE"},
	    {"state-dir", 0, 0, G_OPTION_ARG_FILENAME, &switches->state_dir,
		"Keep database and certificates here", "DIR"},
	    {"runtime-dir", 0, 0, G_OPTION_ARG_FILENAME, &switches->runtime_dir,
		"Make the control socket here", "DIR"},
	    {"check-config", 0, 0, G_OPTION_ARG_NONE, &switches->check_config,
		"Check the configuration and end", NULL},
	    {"describe", 0, 0, G_OPTION_ARG_NONE, &switches->describe,
		"Print all methods, settings, modes and events as JSON", NULL},
	    {"sample-config", 0, 0, G_OPTION_ARG_NONE, &switches->sample_config,
		"Print a configuration with every setting explained", NULL},
	    {"hash-password", 0, 0, G_OPTION_ARG_NONE, &switches->hash_password,
		"Read a password from standard input, print its hash for [operator]", NULL},
	    {"make-totp", 0, 0, G_OPTION_ARG_NONE, &switches->make_totp,
		"Print a new secret for totp_file of [operator], and its URI for an authenticator",
		NULL},
	    {"restore", 0, 0, G_OPTION_ARG_FILENAME, &switches->restore,
		"Put this backup in place of state and configuration, and end", "NAME|FOLDER"},
	    {"import-accounts", 0, 0, G_OPTION_ARG_STRING, &switches->import_format,
		"Take over accounts and channels from FILE, a database of another program, and end",
		"anope|atheme|ergo FILE"},
	    {"dry-run", 0, 0, G_OPTION_ARG_NONE, &switches->dry_run,
		"With --import-accounts: tell what would be done, and do nothing", NULL},
	    {"allow-root", 0, 0, G_OPTION_ARG_NONE, &switches->allow_root,
		"Stay root when started as root (containers, tests)", NULL},
	    {"version", 0, 0, G_OPTION_ARG_NONE, &switches->version, "Print the version", NULL},
	    {NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	GOptionContext *context = g_option_context_new("- a chat service");

	g_option_context_add_main_entries(context, entries, NULL);
	return context;
}

static OptionsMode
mode_of(const Switches *switches)
{
	const struct {
		gboolean on;
		OptionsMode mode;
	} rows[] = {
	    {switches->version, OPTIONS_VERSION},
	    {switches->describe, OPTIONS_DESCRIBE},
	    {switches->sample_config, OPTIONS_SAMPLE_CONFIG},
	    {switches->hash_password, OPTIONS_HASH_PASSWORD},
	    {switches->make_totp, OPTIONS_MAKE_TOTP},
	    {switches->restore != NULL, OPTIONS_RESTORE},
	    {switches->import_format != NULL, OPTIONS_IMPORT},
	    {switches->check_config, OPTIONS_CHECK_CONFIG},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].on)
			return rows[i].mode;
	return OPTIONS_RUN;
}

bool
options_parse(Options *options, int argc, char **argv, GError **error)
{
	Switches switches = {0};
	GOptionContext *context = make_context(&switches);
	bool good = g_option_context_parse(context, &argc, &argv, error);

	g_option_context_free(context);
	if (good && switches.import_format && argc < 2) {
		g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
		    "--import-accounts needs a format and a file");
		good = false;
	} else if (good && argc > (switches.import_format ? 2 : 1)) {
		g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
		    "%s is no option; chatd --help lists them",
		    argv[switches.import_format ? 2 : 1]);
		good = false;
	}
	*options = (Options){
	    .mode = mode_of(&switches),
	    .config_given = switches.config != NULL,
	    .config = switches.config ? switches.config : paths_config_file(),
	    .state_dir = switches.state_dir ? switches.state_dir : paths_state_dir(),
	    .runtime_dir = switches.runtime_dir ? switches.runtime_dir : paths_runtime_dir(),
	    .allow_root = switches.allow_root,
	    .restore = switches.restore,
	    .import_format = switches.import_format,
	    .import_file = good && switches.import_format ? g_strdup(argv[1]) : NULL,
	    .dry_run = switches.dry_run,
	};
	if (!good)
		options_clear(options);
	return good;
}

void
options_clear(Options *options)
{
	g_clear_pointer(&options->config, g_free);
	g_clear_pointer(&options->state_dir, g_free);
	g_clear_pointer(&options->runtime_dir, g_free);
	g_clear_pointer(&options->restore, g_free);
	g_clear_pointer(&options->import_format, g_free);
	g_clear_pointer(&options->import_file, g_free);
}
