/* SPDX-License-Identifier: MIT */
#include "snapin_cli.h"

#include "modcheck/module_contract.h"

/* This very program, also while its file is being replaced by an upgrade. */
static const char *const probe_command[] = {"/proc/self/exe", "--probe-snapin", NULL};

gboolean
snapin_options_take(SnapinOptions *options, int *argc, char ***argv, GError **error)
{
	SnapinOptions taken = {0};
	const GOptionEntry entries[] = {
	    {"safe-mode", 0, 0, G_OPTION_ARG_NONE, &taken.safe_mode, NULL, NULL},
	    {"allow-unsafe", 0, 0, G_OPTION_ARG_NONE, &taken.allow_unsafe, NULL, NULL},
	    {"snapin-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &taken.folders, NULL, NULL},
	    G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);

	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_ignore_unknown_options(context, TRUE);
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, argc, argv, error)) {
		snapin_options_clear(&taken);
		return FALSE;
	}
	*options = taken;
	return TRUE;
}

void
snapin_options_clear(SnapinOptions *options)
{
	g_strfreev(options->folders);
	*options = (SnapinOptions){0};
}

SnapinPath *
snapin_options_path(const SnapinOptions *options)
{
	return snapin_path_new((const char *const *)options->folders,
	    g_getenv(SNAPIN_PATH_VARIABLE), snapin_rights_now());
}

ModuleCheckOptions
snapin_options_check(const SnapinOptions *options)
{
	return (ModuleCheckOptions){
	    .contract = module_contract_snapin(),
	    .allow_unsafe = options->allow_unsafe,
	    .package_hints = TRUE,
	    .probe = probe_command,
	};
}
