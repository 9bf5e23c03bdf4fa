/* SPDX-License-Identifier: MIT */
/* The client against a peer of the test's own at the other end of a real Unix socket. */
#include "control_client.h"

#include "control.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define PATIENCE (10 * G_TIME_SPAN_SECOND)

typedef struct Fixture {
	char *folder;
	char *path;
	int listener;
	int peer;
	GString *heard; /* all the peer has read */
	ControlClient *client;
	GAsyncResult *connected;
	GPtrArray *pushes; /* method names */
	GError *closed;
	guint n_closed;
} Fixture;

typedef struct Answer {
	gboolean came;
	json_t *result;
	GError *error;
} Answer;

static void
answer_clear(Answer *answer)
{
	json_decref(answer->result);
	g_clear_error(&answer->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answer, answer_clear)

static void
on_connected(GObject *source, GAsyncResult *result, gpointer data)
{
	((Fixture *)data)->connected = g_object_ref(result);
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer data)
{
	Answer *answer = data;

	g_assert_false(answer->came);
	answer->came = TRUE;
	answer->result = control_client_call_finish(result, &answer->error);
}

static void
on_push(ControlClient *client, const char *method, json_t *result, gpointer data)
{
	g_ptr_array_add(((Fixture *)data)->pushes, g_strdup(method));
}

static void
on_closed(ControlClient *client, const GError *error, gpointer data)
{
	Fixture *fixture = data;

	fixture->n_closed++;
	g_clear_error(&fixture->closed);
	fixture->closed = g_error_copy(error);
}

/* One turn of the main loop, then what the peer can read. */
static void
turn(Fixture *fixture)
{
	char buffer[4096];
	ssize_t size;

	g_main_context_iteration(NULL, FALSE);
	while (fixture->peer >= 0 &&
	       (size = recv(fixture->peer, buffer, sizeof buffer, MSG_DONTWAIT)) > 0)
		g_string_append_len(fixture->heard, buffer, size);
}

#define TURN_UNTIL(fixture, condition)                                                             \
	do {                                                                                       \
		gint64 end = g_get_monotonic_time() + PATIENCE;                                    \
		while (!(condition)) {                                                             \
			g_assert_cmpint(g_get_monotonic_time(), <, end);                           \
			turn(fixture);                                                             \
		}                                                                                  \
	} while (0)

static void
set_up(Fixture *fixture, gconstpointer data)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	g_autoptr(GError) error = NULL;

	fixture->folder = g_dir_make_tmp("client-XXXXXX", NULL);
	fixture->path = g_build_filename(fixture->folder, "s", NULL);
	fixture->heard = g_string_new(NULL);
	fixture->pushes = g_ptr_array_new_with_free_func(g_free);
	fixture->peer = -1;
	fixture->listener = socket(AF_UNIX, SOCK_STREAM, 0);
	g_strlcpy(address.sun_path, fixture->path, sizeof address.sun_path);
	g_assert_cmpint(
	    bind(fixture->listener, (struct sockaddr *)&address, sizeof address), ==, 0);
	g_assert_cmpint(listen(fixture->listener, 1), ==, 0);
	control_client_connect_async(fixture->path, NULL, on_connected, fixture);
	TURN_UNTIL(fixture, fixture->connected != NULL);
	fixture->client = control_client_connect_finish(fixture->connected, &error);
	g_clear_object(&fixture->connected);
	g_assert_no_error(error);
	control_client_listen(fixture->client, on_push, on_closed, fixture);
	fixture->peer = accept(fixture->listener, NULL, NULL);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	control_client_close(fixture->client);
	control_client_unref(fixture->client);
	while (g_main_context_iteration(NULL, FALSE))
		;
	if (fixture->peer >= 0)
		close(fixture->peer);
	close(fixture->listener);
	g_unlink(fixture->path);
	g_rmdir(fixture->folder);
	g_free(fixture->path);
	g_free(fixture->folder);
	g_string_free(fixture->heard, TRUE);
	g_ptr_array_unref(fixture->pushes);
	g_clear_error(&fixture->closed);
}

static void
say(Fixture *fixture, const char *text)
{
	g_assert_cmpint(send(fixture->peer, text, strlen(text), 0), ==, (ssize_t)strlen(text));
}

static guint
n_heard(Fixture *fixture)
{
	guint count = 0;

	for (const char *c = fixture->heard->str; *c != '\0'; c++)
		count += *c == '\n';
	return count;
}

static void
test_call(Fixture *fixture, gconstpointer data)
{
	g_auto(Answer) answer = {0};

	control_client_call_async(fixture->client, "user.get", json_pack("{s:s}", "nick", "bob"), 0,
	    NULL, on_answer, &answer);
	TURN_UNTIL(fixture, n_heard(fixture) == 1);
	g_assert_cmpstr(fixture->heard->str, ==,
	    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"user.get\",\"params\":{\"nick\":\"bob\"}}"
	    "\n");
	say(fixture,
	    "{\"jsonrpc\":\"2.0\",\"method\":\"user.get\",\"id\":1,\"result\":{\"x\":7}}\n");
	TURN_UNTIL(fixture, answer.came);
	g_assert_no_error(answer.error);
	g_assert_cmpint(json_integer_value(json_object_get(answer.result, "x")), ==, 7);
}

/* Out of order, byte by byte, a push between them. */
static void
test_pieces(Fixture *fixture, gconstpointer data)
{
	static const char stream[] =
	    "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-1000,\"message\":\"No such "
	    "nick\"}}\r\n"
	    "{\"jsonrpc\":\"2.0\",\"method\":\"log.event\",\"result\":{}}\n"
	    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":true}\n";
	g_auto(Answer) first = {0};
	g_auto(Answer) second = {0};

	control_client_call_async(fixture->client, "a", NULL, 0, NULL, on_answer, &first);
	control_client_call_async(fixture->client, "b", NULL, 0, NULL, on_answer, &second);
	TURN_UNTIL(fixture, n_heard(fixture) == 2);
	for (const char *c = stream; *c != '\0'; c++) {
		g_assert_cmpint(send(fixture->peer, c, 1, 0), ==, 1);
		turn(fixture);
	}
	TURN_UNTIL(fixture, first.came && second.came);
	g_assert_true(json_is_true(first.result));
	g_assert_error(second.error, CONTROL_ERROR, CONTROL_ERROR_NOT_FOUND);
	g_assert_cmpuint(fixture->pushes->len, ==, 1);
	g_assert_cmpstr(fixture->pushes->pdata[0], ==, "log.event");
}

static void
test_no_more_than_allowed_in_flight(Fixture *fixture, gconstpointer data)
{
	Answer answers[CONTROL_CALLS_MAX + 5] = {0};
	guint came = 0;

	for (guint i = 0; i < G_N_ELEMENTS(answers); i++)
		control_client_call_async(
		    fixture->client, "x", NULL, 0, NULL, on_answer, &answers[i]);
	TURN_UNTIL(fixture, n_heard(fixture) == CONTROL_CALLS_MAX);
	for (guint i = 0; i < 20; i++)
		turn(fixture);
	g_assert_cmpuint(n_heard(fixture), ==, CONTROL_CALLS_MAX);
	for (guint i = 1; i <= G_N_ELEMENTS(answers); i++) {
		g_autofree char *line =
		    g_strdup_printf("{\"jsonrpc\":\"2.0\",\"id\":%u,\"result\":true}\n", i);

		TURN_UNTIL(fixture, n_heard(fixture) >= i);
		say(fixture, line);
	}
	for (came = 0; came < G_N_ELEMENTS(answers); came++) {
		TURN_UNTIL(fixture, answers[came].came);
		g_assert_true(json_is_true(answers[came].result));
		answer_clear(&answers[came]);
	}
}

static void
test_timeout_and_cancel(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GCancellable) cancellable = g_cancellable_new();
	g_auto(Answer) late = {0};
	g_auto(Answer) cancelled = {0};

	control_client_call_async(fixture->client, "slow", NULL, 20, NULL, on_answer, &late);
	control_client_call_async(
	    fixture->client, "b", NULL, 0, cancellable, on_answer, &cancelled);
	g_cancellable_cancel(cancellable);
	TURN_UNTIL(fixture, late.came && cancelled.came);
	g_assert_error(late.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
	g_assert_nonnull(strstr(late.error->message, "slow"));
	g_assert_error(cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
	/* Their answers come after all, and are nobody's. */
	say(fixture, "{\"id\":1,\"result\":1}\n{\"id\":2,\"result\":2}\n{\"id\":9,\"result\":3}\n"
		     "{\"method\":\"log.event\",\"result\":{}}\n");
	TURN_UNTIL(fixture, fixture->pushes->len == 1);
	g_assert_cmpuint(fixture->n_closed, ==, 0);
}

static void
test_end(Fixture *fixture, gconstpointer data)
{
	g_auto(Answer) answer = {0};
	g_auto(Answer) after = {0};

	control_client_call_async(fixture->client, "a", NULL, 0, NULL, on_answer, &answer);
	TURN_UNTIL(fixture, n_heard(fixture) == 1);
	close(fixture->peer);
	fixture->peer = -1;
	TURN_UNTIL(fixture, answer.came && fixture->n_closed == 1);
	g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
	control_client_call_async(fixture->client, "b", NULL, 0, NULL, on_answer, &after);
	TURN_UNTIL(fixture, after.came);
	g_assert_error(after.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
	g_assert_cmpuint(fixture->n_closed, ==, 1);
}

/* A peer without rights gets one error without an id, then the end: that is the reason. */
static void
test_denied(Fixture *fixture, gconstpointer data)
{
	say(fixture,
	    "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"not in chatadmin\"}}\n");
	close(fixture->peer);
	fixture->peer = -1;
	TURN_UNTIL(fixture, fixture->n_closed == 1);
	g_assert_error(fixture->closed, CONTROL_ERROR, CONTROL_ERROR_DENIED);
	g_assert_cmpstr(fixture->closed->message, ==, "not in chatadmin");
}

static void
test_not_json(Fixture *fixture, gconstpointer data)
{
	const char *line = data;

	say(fixture, line);
	TURN_UNTIL(fixture, fixture->n_closed == 1);
	g_assert_error(fixture->closed, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_request_too_large(Fixture *fixture, gconstpointer data)
{
	g_autofree char *text = g_strnfill(CONTROL_REQUEST_MAX, 'x');
	g_auto(Answer) answer = {0};

	control_client_call_async(
	    fixture->client, "a", json_pack("{s:s}", "t", text), 0, NULL, on_answer, &answer);
	TURN_UNTIL(fixture, answer.came);
	g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

static void
test_nobody_there(void)
{
	Fixture fixture = {.peer = -1};
	g_autoptr(GError) error = NULL;

	control_client_connect_async("/nonexistent/socket", NULL, on_connected, &fixture);
	TURN_UNTIL(&fixture, fixture.connected != NULL);
	g_assert_null(control_client_connect_finish(fixture.connected, &error));
	g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
	g_assert_nonnull(strstr(error->message, "/nonexistent/socket"));
	g_object_unref(fixture.connected);
}

#define ADD(name, data, function)                                                                  \
	g_test_add("/control_client/" name, Fixture, data, set_up, function, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("call", NULL, test_call);
	ADD("pieces", NULL, test_pieces);
	ADD("in_flight", NULL, test_no_more_than_allowed_in_flight);
	ADD("timeout_and_cancel", NULL, test_timeout_and_cancel);
	ADD("end", NULL, test_end);
	ADD("denied", NULL, test_denied);
	ADD("not_json", "HTTP/1.1 400 Bad Request\n", test_not_json);
	ADD("twice_the_same_key", "{\"id\":1,\"id\":1}\n", test_not_json);
	ADD("not_an_object", "[]\n", test_not_json);
	ADD("request_too_large", NULL, test_request_too_large);
	g_test_add_func("/control_client/nobody_there", test_nobody_there);
	return g_test_run();
}
