/* SPDX-License-Identifier: MIT */
#include "modcheck/report_text.h"

#include <string.h>

static ModuleReport *
make_failed(void)
{
	ModuleReport *report = module_report_new("chatcfg", "/x/chatcfg.so");
	ModuleFinding *finding = module_finding_new(MODULE_MISSING_DEPENDENCY,
	    &(ModuleFacts){.subject = "libjansson.so.4", .by = "chatcfg.so"});

	module_finding_add_detail(finding, "looked in /lib");
	module_finding_add_remedy(finding, TRUE, "Install it.");
	module_finding_set_loader_text(finding, "libjansson.so.4 => not found");
	module_report_pass(report, MODULE_STAGE_PATH, "there");
	module_report_add_dependency(report, "liba.so.1", "/lib/liba.so.1", "chatcfg.so", 1);
	module_report_add_dependency(report, "libjansson.so.4", NULL, "chatcfg.so", 1);
	module_report_add_dependency(report, "libb.so.1", "/lib/libb.so.1", "liba.so.1", 2);
	module_report_take(report, finding);
	module_report_notice(report, "odd");
	return report;
}

static void
test_text(void)
{
	g_autoptr(ModuleReport) report = make_failed();
	g_autofree char *text = report_text(report, FALSE);
	g_autofree char *verbose = report_text(report, TRUE);

	g_assert_cmpstr(text, ==,
	    "failed to load chatcfg module: libjansson.so.4, which chatcfg.so needs, is not "
	    "installed\n"
	    "  what to do:\n    Install it.\n  details:\n    looked in /lib\n"
	    "  kind: missing-dependency\n  the loader says: libjansson.so.4 => not found\n"
	    "notice: odd\n");
	g_assert_nonnull(strstr(verbose, "   1 path         ok          there\n"));
	g_assert_nonnull(strstr(verbose,
	    "needs:\n  chatcfg.so\n    liba.so.1 => /lib/liba.so.1\n"
	    "      libb.so.1 => /lib/libb.so.1\n    libjansson.so.4 => NOT FOUND\n"));
}

/* Libraries that name each other in a ring must not make the tree endless. */
static void
test_rings(void)
{
	g_autoptr(ModuleReport) report = module_report_new("m", "/x/m.so");
	g_autofree char *text = NULL;

	for (guint i = 1; i < 100; i++)
		module_report_add_dependency(report, "a", "/a", i == 1 ? "m.so" : "a", i);
	text = report_text(report, TRUE);
	g_assert_cmpuint(strlen(text), <, 20000);
}

static void
test_json(void)
{
	g_autoptr(ModuleReport) report = make_failed();
	g_autofree char *text = NULL;
	JsonText json;

	json_text_init(&json);
	report_write_json(report, "failed", &json);
	text = json_text_steal(&json);
	g_assert_nonnull(strstr(text, "\"kind\": \"missing-dependency\""));
	g_assert_nonnull(strstr(text, "\"exit_status\": 6"));
	g_assert_nonnull(strstr(text, "\"help\": \"missing-dependency\""));
}

typedef struct Logged {
	guint n;
	char *kind;
	char *snapin;
	char *id;
	char *message;
} Logged;

static GLogWriterOutput
write_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
	Logged *logged = data;

	logged->n++;
	for (gsize i = 0; i < n_fields; i++) {
		char **where = !strcmp(fields[i].key, "CHAT_CONSOLE_KIND")     ? &logged->kind
			       : !strcmp(fields[i].key, "CHAT_CONSOLE_SNAPIN") ? &logged->snapin
			       : !strcmp(fields[i].key, "MESSAGE_ID")          ? &logged->id
			       : !strcmp(fields[i].key, "MESSAGE")             ? &logged->message
									       : NULL;

		if (where)
			*where = g_strdup(fields[i].value);
	}
	return G_LOG_WRITER_HANDLED;
}

static void
test_log(void)
{
	static Logged logged;
	g_autoptr(ModuleReport) good = module_report_new("m", "/x/m.so");
	g_autoptr(ModuleReport) failed = make_failed();

	g_log_set_writer_func(write_log, &logged, NULL);
	report_log(good);
	g_assert_cmpuint(logged.n, ==, 0);
	report_log(failed);
	g_assert_cmpuint(logged.n, ==, 1);
	g_assert_cmpstr(logged.kind, ==, "missing-dependency");
	g_assert_cmpstr(logged.snapin, ==, "chatcfg");
	g_assert_cmpstr(logged.id, ==, REPORT_LOG_MESSAGE_ID);
	g_assert_cmpstr(logged.message, ==,
	    "failed to load chatcfg module: libjansson.so.4, which chatcfg.so needs, is not "
	    "installed");
	g_free(logged.kind);
	g_free(logged.snapin);
	g_free(logged.id);
	g_free(logged.message);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/report_text/text", test_text);
	g_test_add_func("/report_text/rings", test_rings);
	g_test_add_func("/report_text/json", test_json);
	g_test_add_func("/report_text/log", test_log);
	return g_test_run();
}
