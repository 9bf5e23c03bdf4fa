/* SPDX-License-Identifier: MIT */
#include "chatctl_command.h"

#include "described.h"

#include <string.h>

/* Words are separated by "|". */
static const struct {
	const char *words;
	const char *method;
	const char *params;
} good[] = {
    {"user|list", "user.list", "{}"},
    {"user|list|--limit|3|--sort=-name", "user.list", "{\"limit\":3,\"sort\":\"-name\"}"},
    {"user|kill|bob|--reason|be nice", "user.kill", "{\"nick\":\"bob\",\"reason\":\"be nice\"}"},
    {"user|kill|--reason|x|bob", "user.kill", "{\"nick\":\"bob\",\"reason\":\"x\"}"},
    {"user|kill|--|--bob|--x", "user.kill", "{\"nick\":\"--bob\",\"reason\":\"--x\"}"},
    {"channel|set-topic|#x|a b", "channel.set_topic", "{\"channel\":\"#x\",\"topic\":\"a b\"}"},
    {"channel|set_topic|#x|", "channel.set_topic", "{\"channel\":\"#x\",\"topic\":\"\"}"},
    {"channel|set-mode|#x|-t", "channel.set_mode", "{\"channel\":\"#x\",\"modes\":\"-t\"}"},
    {"status", "service.status", "{}"},
    {"config|set|limits.nick=40|limits.topic=a=b", "config.set",
	"{\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"value\":\"40\"},"
	"{\"section\":\"limits\",\"key\":\"topic\",\"value\":\"a=b\"}]}"},
    {"config|set|limits.nick=40|--comment|why|--expect|3", "config.set",
	"{\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"value\":\"40\"}],"
	"\"comment\":\"why\",\"expect\":3}"},
    {"config|reset|limits.nick", "config.set",
	"{\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"value\":null}]}"},
    {"config|get", "config.get", "{}"},
    {"config|get|limits.nick", "config.get", "{\"section\":\"limits\",\"key\":\"nick\"}"},
    {"config|get|listener", "config.get", "{}"},
    {"config|undo|3", "config.undo", "{\"id\":3}"},
    {"log", "log.subscribe", "{\"sources\":[\"all\"]}"},
    {"log|error|!join", "log.subscribe", "{\"sources\":[\"error\",\"!join\"]}"},
    {"log|list", "log.list", "{}"},
    {"service|subscribe|[\"user\"]", "service.subscribe", "{\"topics\":[\"user\"]}"},
    {"call|any.thing|{\"a\":[1]}", "any.thing", "{\"a\":[1]}"},
    {"call|any.thing", "any.thing", "{}"},
};

static const struct {
	const char *words;
	const char *part; /* of what is said */
} bad[] = {
    {"frob", "frob: no such command"},
    {"user", "user: no such command"},
    {"user|kill", "missing: nick"},
    {"user|kill|bob", "missing: reason"},
    {"user|kill|bob|x|y", "one word too many: y"},
    {"user|list|--limits|3", "no such option: --limits"},
    {"user|list|--limit", "a value is missing after --limit"},
    {"user|list|--limit|x", "not a whole number"},
    {"user|list|--limit|99999999999999999999", "not a whole number"},
    {"config|set", "missing: changes"},
    {"config|set|limits.nick", "SECTION.KEY=VALUE"},
    {"config|set|limit.nick=4", "there are: service, community"},
    {"config|get|limits.nik", "in [limits] there are: nick, channel"},
    {"config|undo|first", "not a whole number"},
    {"call", "METHOD"},
    {"call|x|[]", "not a JSON object"},
    {"call|x|{", "not a JSON object"},
    {"call|x|{}|y", "as one word"},
};

static void
test_good(void)
{
	g_autoptr(Description) description = described();

	for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
		g_auto(GStrv) words = g_strsplit(good[i].words, "|", -1);
		g_auto(ChatctlCommand) command = {0};
		g_autoptr(GError) error = NULL;
		json_t *expected = json_loads(good[i].params, 0, NULL);

		g_test_message("%s", good[i].words);
		g_assert_true(chatctl_command_parse(description, words, &command, &error));
		g_assert_no_error(error);
		g_assert_cmpstr(command.method, ==, good[i].method);
		g_assert_true(json_equal(command.params, expected));
		json_decref(expected);
	}
}

static void
test_bad(void)
{
	g_autoptr(Description) description = described();

	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_auto(GStrv) words = g_strsplit(bad[i].words, "|", -1);
		g_auto(ChatctlCommand) command = {0};
		g_autoptr(GError) error = NULL;

		g_assert_false(chatctl_command_parse(description, words, &command, &error));
		g_assert_error(error, CHATCTL_USAGE, 0);
		g_test_message("%s: %s", bad[i].words, error->message);
		g_assert_nonnull(strstr(error->message, bad[i].part));
		g_assert_null(command.method);
	}
}

static void
test_kinds_of_call(void)
{
	static const struct {
		const char *words;
		gboolean follow;
		gboolean is_list;
		const char *kind;
	} rows[] = {
	    {"user|list", FALSE, TRUE, NULL},
	    {"user|list|--limit|3", FALSE, FALSE, NULL},
	    {"user|list|--object-detail-level|1", FALSE, FALSE, NULL},
	    {"log", TRUE, FALSE, NULL},
	    {"follow|user", TRUE, FALSE, NULL},
	    {"config|get|listener", FALSE, FALSE, "listener"},
	    {"config|get|limits", FALSE, FALSE, NULL},
	};
	g_autoptr(Description) description = described();

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(GStrv) words = g_strsplit(rows[i].words, "|", -1);
		g_auto(ChatctlCommand) command = {0};

		g_assert_true(chatctl_command_parse(description, words, &command, NULL));
		g_assert_cmpint(command.follow, ==, rows[i].follow);
		g_assert_cmpint(command.is_list, ==, rows[i].is_list);
		g_assert_cmpstr(command.kind, ==, rows[i].kind);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chatctl_command/good", test_good);
	g_test_add_func("/chatctl_command/bad", test_bad);
	g_test_add_func("/chatctl_command/kinds_of_call", test_kinds_of_call);
	return g_test_run();
}
