/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <string.h>
#include <unistd.h>

typedef struct Seen {
	unsigned count;
	char *message;
	const LogField *fields;
} Seen;

static void
remember(void *data, const LogEvent *event)
{
	Seen *seen = data;

	seen->count++;
	g_free(seen->message);
	seen->message = g_strdup(event->message);
	seen->fields = event->fields;
}

static void
test_levels(void)
{
	Clock clock = clock_frozen(0);
	g_autoptr(Log) log = log_new(&clock);
	Seen all = {0}, grave = {0};
	LogField fields[] = {{"port", "6667"}, {NULL, NULL}};

	log_add_sink(log, LOG_LEVEL_DEBUG, remember, &all);
	log_add_sink(log, LOG_LEVEL_ERROR, remember, &grave);
	log_event(log, LOG_LEVEL_INFO, "listener", "LISTENER_OPENED", fields, "port %d", 6667);
	g_assert_cmpuint(all.count, ==, 1);
	g_assert_cmpuint(grave.count, ==, 0);
	g_assert_cmpstr(all.message, ==, "port 6667");
	g_assert_true(all.fields == fields);
	log_event(log, LOG_LEVEL_FATAL, "main", "END", NULL, "over");
	g_assert_cmpuint(all.count, ==, 2);
	g_assert_cmpstr(grave.message, ==, "over");
	g_free(all.message);
	g_free(grave.message);
}

static void
test_level_names(void)
{
	for (int i = LOG_LEVEL_DEBUG; i <= LOG_LEVEL_FATAL; i++) {
		LogLevel level = LOG_LEVEL_FATAL;

		g_assert_true(log_level_parse(log_level_name((LogLevel)i), &level));
		g_assert_cmpint(level, ==, i);
	}
	g_assert_false(log_level_parse("loud", &(LogLevel){LOG_LEVEL_INFO}));
}

/* What the sink writes to descriptor 2. */
static char *
written(const LogEvent *event)
{
	int ends[2];
	int saved = dup(STDERR_FILENO);
	char *text = g_malloc0(20000);
	ssize_t length;

	g_assert_cmpint(pipe(ends), ==, 0);
	dup2(ends[1], STDERR_FILENO);
	log_sink_stderr(NULL, event);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(ends[1]);
	length = read(ends[0], text, 19999);
	close(ends[0]);
	g_assert_cmpint(length, >, 0);
	return text;
}

static void
test_stderr(void)
{
	LogField fields[] = {
	    {"nick", "a b"}, {"host", "x"}, {"odd", "\"\n\\"}, {"none", ""}, {NULL, NULL}};
	LogEvent event = {INT64_C(1500000000) * CLOCK_SECOND, LOG_LEVEL_WARN, "user", "USER_ODD",
	    "he said\r\n\x1b[31mred", fields};
	g_autofree char *text = written(&event);

	g_assert_cmpstr(text, ==,
	    "2017-07-14T02:40:00.000Z warn user USER_ODD he said\\x0d\\x0a\\x1b[31mred "
	    "nick=\"a b\" host=x odd=\"\\\"\\x0a\\\\\" none=\"\"\n");
}

static void
test_too_long(void)
{
	Clock clock = clock_frozen(0);
	g_autoptr(Log) log = log_new(&clock);
	Seen seen = {0};
	g_autofree char *text = g_strnfill(100000, 'x');
	LogField fields[] = {{"big", text}, {NULL, NULL}};
	LogEvent event = {0, LOG_LEVEL_WARN, "a", "B", "c", fields};
	g_autofree char *line = NULL;

	log_add_sink(log, LOG_LEVEL_DEBUG, remember, &seen);
	log_event(log, LOG_LEVEL_INFO, "a", "B", NULL, "%s", text);
	g_assert_cmpstr(seen.message, ==, "(the message is too long to log)");
	g_free(seen.message);
	line = written(&event);
	g_assert_true(g_str_has_suffix(line, "\n"));
	g_assert_cmpuint(strlen(line), <=, 16384);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/log/levels", test_levels);
	g_test_add_func("/log/level-names", test_level_names);
	g_test_add_func("/log/stderr", test_stderr);
	g_test_add_func("/log/too-long", test_too_long);
	return g_test_run();
}
