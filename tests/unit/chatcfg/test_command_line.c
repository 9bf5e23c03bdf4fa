/* SPDX-License-Identifier: MIT */
#include "command_line.h"

#include <string.h>

static const char answer[] =
    "{\"methods\":["
    "{\"name\":\"user.kill\",\"params\":[{\"name\":\"nick\",\"type\":\"string\",\"required\":true},"
    "{\"name\":\"reason\",\"type\":\"string\",\"required\":true}]},"
    "{\"name\":\"channel.set_topic\",\"params\":[{\"name\":\"channel\",\"type\":\"string\","
    "\"required\":true},{\"name\":\"topic\",\"type\":\"string\",\"required\":true},"
    "{\"name\":\"set_by\",\"type\":\"string\",\"required\":false}]},"
    "{\"name\":\"config.set\",\"params\":[{\"name\":\"changes\",\"type\":\"array\",\"required\":"
    "true}]}],"
    "\"settings\":[]}";

static const struct {
	const char *method;
	const char *params;
	const char *line;
} rows[] = {
    {"user.kill", "{\"nick\":\"bob\",\"reason\":\"be nice\"}", "chatctl user kill bob 'be nice'"},
    {"user.kill", "{\"nick\":\"it's\",\"reason\":\"\"}", "chatctl user kill 'it'\\''s' ''"},
    {"user.kill", "{\"nick\":\"bob\",\"reason\":\"--json\"}",
	"chatctl user kill bob --reason=--json"},
    {"channel.set_topic", "{\"set_by\":\"me\",\"topic\":\"$HOME\",\"channel\":\"#x\"}",
	"chatctl channel set-topic '#x' '$HOME' --set-by me"},
    {"config.set",
	"{\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"value\":\"40\"},"
	"{\"section\":\"listener a b\",\"key\":\"tls\",\"value\":null},"
	"{\"section\":\"listener c\",\"key\":null,\"value\":null}]}",
	"chatctl config set limits.nick=40 'listener a b.tls!' 'listener c!'"},
    {"new.method", "{\"a\":1}", "chatctl call new.method '{\"a\":1}'"},
};

static void
test_lines(void)
{
	g_autoptr(Description) description = description_parse(answer, strlen(answer), NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		json_t *params = json_loads(rows[i].params, 0, NULL);
		g_autofree char *line = command_line_new(description, NULL, rows[i].method, params);

		g_assert_cmpstr(line, ==, rows[i].line);
		json_decref(params);
	}
}

static void
test_socket(void)
{
	g_autoptr(Description) description = description_parse(answer, strlen(answer), NULL);
	json_t *params = json_pack("{s:s, s:s}", "nick", "a", "reason", "b");
	g_autofree char *line = command_line_new(description, "/a b", "user.kill", params);

	g_assert_cmpstr(line, ==, "chatctl --socket '/a b' user kill a b");
	json_decref(params);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/command_line/lines", test_lines);
	g_test_add_func("/command_line/socket", test_socket);
	return g_test_run();
}
