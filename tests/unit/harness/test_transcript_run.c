/* SPDX-License-Identifier: MIT */
/*
 * The runner against a world of a few lines: it answers NICK (but not "taken") with 001 and PING
 * with PONG, tells SAY to everybody else, ends a connection on DIE, and says how late it is on
 * TIME.
 */
#include "transcript_run.h"

#include <string.h>

typedef struct Line {
	char *text;
	unsigned to;
} Line;

typedef struct Parrot {
	GPtrArray *inputs;  /* GString per connection: what has come without a line end */
	GPtrArray *outputs; /* GQueue per connection */
	GArray *ended;      /* of gboolean */
	int64_t time;
} Parrot;

static void
tell(Parrot *parrot, unsigned connection, const char *start, const char *text)
{
	g_autofree char *line = g_strconcat(start, text, NULL);

	if (g_array_index(parrot->ended, gboolean, connection))
		return;
	g_queue_push_tail(parrot->outputs->pdata[connection], g_steal_pointer(&line));
}

static void
take_line(Parrot *parrot, unsigned from, const char *line)
{
	if (g_array_index(parrot->ended, gboolean, from))
		return;
	if (g_str_has_prefix(line, "NICK ") && strcmp(line, "NICK taken") != 0) {
		tell(parrot, from, ":parrot 001 ", line + 5);
	} else if (g_str_has_prefix(line, "PING ")) {
		tell(parrot, from, "@t=1 :parrot PONG parrot :", line + 5);
	} else if (g_str_has_prefix(line, "SAY ")) {
		for (unsigned i = 0; i < parrot->outputs->len; i++) {
			if (i != from)
				tell(parrot, i, "SAID ", line + 4);
		}
	} else if (strcmp(line, "DIE") == 0) {
		tell(parrot, from, "ERROR :", "died");
		g_array_index(parrot->ended, gboolean, from) = TRUE;
	} else if (strcmp(line, "TIME") == 0) {
		g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, parrot->time);

		tell(parrot, from, "TIME ", text);
	}
}

static unsigned
parrot_connect(void *data, const TranscriptRow *client)
{
	Parrot *parrot = data;
	gboolean ended = FALSE;

	g_ptr_array_add(parrot->inputs, g_string_new(NULL));
	g_ptr_array_add(parrot->outputs, g_queue_new());
	g_array_append_val(parrot->ended, ended);
	return parrot->inputs->len - 1;
}

static void
parrot_send(void *data, unsigned connection, const char *bytes, size_t length)
{
	Parrot *parrot = data;
	GString *input = parrot->inputs->pdata[connection];
	char *end;

	g_string_append_len(input, bytes, (gssize)length);
	while ((end = strstr(input->str, "\r\n"))) {
		g_autofree char *line = g_strndup(input->str, (gsize)(end - input->str));

		g_string_erase(input, 0, end + 2 - input->str);
		take_line(parrot, connection, line);
	}
}

static char *
parrot_receive(void *data, unsigned connection)
{
	Parrot *parrot = data;
	char *line = g_queue_pop_head(parrot->outputs->pdata[connection]);

	/* A runner that waits for what never comes would hang here in a real world. */
	g_assert_true(line || g_array_index(parrot->ended, gboolean, connection));
	return line;
}

static void
parrot_close(void *data, unsigned connection)
{
	Parrot *parrot = data;

	for (unsigned i = 0; i < parrot->outputs->len; i++) {
		if (i != connection)
			tell(parrot, i, "GONE", "");
	}
}

static void
parrot_advance(void *data, int64_t microseconds)
{
	((Parrot *)data)->time += microseconds;
}

static void
free_string(gpointer data)
{
	g_string_free(data, TRUE);
}

static void
free_queue(gpointer data)
{
	g_queue_free_full(data, g_free);
}

/* Plays `text`; the report and the accepted text are the caller's. */
static bool
play(const char *text, char **ret_report, char **ret_accepted)
{
	Parrot parrot = {g_ptr_array_new_with_free_func(free_string),
	    g_ptr_array_new_with_free_func(free_queue), g_array_new(FALSE, FALSE, sizeof(gboolean)),
	    0};
	World world = {&parrot, parrot_connect, parrot_send, parrot_receive, parrot_close, NULL,
	    parrot_advance};
	GString *report = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Transcript) transcript = transcript_parse("t", text, &error);
	bool matched;

	g_assert_no_error(error);
	matched = transcript_run(transcript, &world, report, ret_accepted);
	*ret_report = g_string_free(report, FALSE);
	g_ptr_array_unref(parrot.inputs);
	g_ptr_array_unref(parrot.outputs);
	g_array_unref(parrot.ended);
	return matched;
}

static const char good[] = "# talk\n"
			   "client a:\n"
			   "client b: caps x y\n"
			   "client c: raw\n"
			   "a > SAY one\n"
			   "b > SAY two\n"
			   "a < SAID two\n"
			   "b < SAID one\n"
			   "c < SAID one\n"
			   "c < SAID two\n"
			   "\n"
			   "# half a line, then the rest\n"
			   "a >> SAY thr\n"
			   "a >> ee\\r\\n\n"
			   "b < SAID three\n"
			   "c < SAID three\n"
			   "advance 2s\n"
			   "a > TIME\n"
			   "a < TIME 2000000\n"
			   "b > DIE\n"
			   "b < ERROR :died\n"
			   "b closed\n"
			   "c closes\n"
			   "a < GONE\n";

static void
test_match(void)
{
	g_autofree char *report = NULL;
	g_autofree char *accepted = NULL;
	bool matched = play(good, &report, &accepted);

	g_assert_cmpstr(report, ==, "");
	g_assert_true(matched);
	g_assert_cmpstr(accepted, ==, good);
}

/* Each change of an expectation is found, shown, and put right by accepting. */
static void
test_mismatch(void)
{
	static const struct {
		const char *from, *to, *shown;
	} changes[] = {
	    {"b < SAID one\n", "", "t:2: in this step\n+ b < SAID one\n"},
	    {"b < SAID one\n", "b < SAID ONE\n",
		"t:2: in this step\n- b < SAID ONE\n+ b < SAID one\n"},
	    {"b closed\n", "",
		"t:20: in this step\n- b < ERROR :died\n+ b < ERROR :died\n+ b closed\n"},
	    {"a < GONE\n", "a < GONE\na < MORE\n",
		"t:23: in this step\n- a < GONE\n- a < MORE\n+ a < GONE\n"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(changes); i++) {
		g_auto(GStrv) parts = g_strsplit(good, changes[i].from, 2);
		g_autofree char *changed = g_strjoinv(changes[i].to, parts);
		g_autofree char *report = NULL, *accepted = NULL, *none = NULL;
		bool matched = play(changed, &report, &accepted);

		g_assert_false(matched);
		g_assert_cmpstr(report, ==, changes[i].shown);
		g_clear_pointer(&report, g_free);
		g_assert_true(play(accepted, &report, &none));
		/* Comments and the other steps stay where they were. */
		g_assert_nonnull(
		    strstr(accepted, "\n\n# half a line, then the rest\na >> SAY thr\n"));
	}
}

static void
test_use_after_close(void)
{
	g_autofree char *report = NULL, *accepted = NULL;

	g_assert_false(play("client a:\na closes\na > TIME\n", &report, &accepted));
	g_assert_cmpstr(report, ==, "t:3: has closed its connection: a > TIME\n");
	g_assert_null(accepted);
}

static void
test_not_registered(void)
{
	g_autofree char *report = NULL, *accepted = NULL;

	g_assert_false(play("client a: nick taken\n", &report, &accepted));
	g_assert_nonnull(strstr(report, "t:1: was not registered"));
	g_assert_null(accepted);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/transcript-run/match", test_match);
	g_test_add_func("/transcript-run/mismatch", test_mismatch);
	g_test_add_func("/transcript-run/use-after-close", test_use_after_close);
	g_test_add_func("/transcript-run/not-registered", test_not_registered);
	return g_test_run();
}
