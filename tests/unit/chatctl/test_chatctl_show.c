/* SPDX-License-Identifier: MIT */
#include "chatctl_show.h"

static const struct {
	const char *method;
	const char *result;
	const char *columns;
	const char *shown;
} rows[] = {
    {"user.kill", "true", NULL, "done\n"},
    {"user.kill", "false", NULL, "nothing to do\n"},
    {"x.list", "{\"list\":[{\"name\":\"a\",\"n\":9},{\"name\":\"bb\",\"n\":10,\"ok\":true}]}", NULL,
	"NAME   N  OK\na      9  \nbb    10  yes\n"},
    {"x.list", "{\"list\":[]}", NULL, ""},
    {"x.list", "{\"list\":[],\"next_cursor\":null,\"total\":0}", "a,b", "A  B\n"},
    {"x.diff", "{\"state\":\"edited\",\"list\":[{\"n\":9}],\"errors\":[]}", NULL,
	"state   edited\nerrors  \n\nN\n9\n"},
    {"channel.list", "{\"list\":[{\"name\":\"#x\",\"num_users\":2,\"extra\":1}]}", "name,extra",
	"NAME  EXTRA\n#x        1\n"},
    {"service.status",
	"{\"users\":3,\"database\":{\"state\":\"ok\"},\"list_of\":[1,2],"
	"\"listeners\":[{\"name\":\"main\",\"error\":null}]}",
	NULL,
	"users           3\ndatabase.state  ok\nlist_of         1, 2\n\nlisteners\nNAME  "
	"ERROR\nmain  \n"},
    {"user.get", "{\"client\":{\"name\":\"bob\"}}", NULL, "name  bob\n"},
    {"config.history",
	"{\"list\":[{\"id\":1,\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"from\":null,"
	"\"to\":\"40\"}]}]}",
	"id,changes", "ID  CHANGES\n 1  limits.nick: default → 40\n"},
    {"x", "{\"when\":\"2026-05-01T12:34:56.000Z\",\"esc\":\"a\\u001b[31m\\u202eb\"}", NULL,
	"when  2026-05-01 12:34:56\nesc   a\357\277\275[31m\357\277\275b\n"},
};

static void
test_tables(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		ChatctlStyle style = {.columns = rows[i].columns};
		json_t *result = json_loads(rows[i].result, JSON_DECODE_ANY, NULL);
		g_autofree char *shown = chatctl_show_result(rows[i].method, result, &style);

		g_assert_cmpstr(shown, ==, rows[i].shown);
		json_decref(result);
	}
}

static void
test_json(void)
{
	ChatctlStyle style = {.json = TRUE};
	json_t *result = json_loads("{\"list\": [1, 2]}", 0, NULL);
	g_autofree char *shown = chatctl_show_result("x.list", result, &style);

	g_assert_cmpstr(shown, ==, "{\"list\":[1,2]}\n");
	json_decref(result);
}

static void
test_pushes(void)
{
	ChatctlStyle style = {0};
	json_t *event = json_loads(
	    "{\"timestamp\":\"2026-05-01T12:34:56.000Z\",\"level\":\"info\",\"subsystem\":\"user\","
	    "\"event_id\":\"USER_GONE\",\"msg\":\"two\\nlines\"}",
	    0, NULL);
	json_t *change = json_loads("{\"type\":\"user.remove\",\"name\":\"bob\"}", 0, NULL);
	g_autofree char *line = chatctl_show_push("log.event", event, &style);
	g_autofree char *other = chatctl_show_push("service.event", change, &style);

	g_assert_cmpstr(
	    line, ==, "2026-05-01 12:34:56 info  user.USER_GONE  two\357\277\275lines\n");
	g_assert_cmpstr(other, ==, "user.remove  name=bob\n");
	json_decref(event);
	json_decref(change);
}

int
main(int argc, char **argv)
{
	g_setenv("TZ", "UTC", TRUE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chatctl_show/tables", test_tables);
	g_test_add_func("/chatctl_show/json", test_json);
	g_test_add_func("/chatctl_show/pushes", test_pushes);
	return g_test_run();
}
