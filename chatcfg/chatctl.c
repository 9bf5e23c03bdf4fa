/* SPDX-License-Identifier: MIT */
/* chatctl: what chat-console can do, from a shell. Exit codes: see the enumeration below. */
#include "chatctl_command.h"
#include "chatctl_complete.h"
#include "chatctl_help.h"
#include "chatctl_secret.h"
#include "chatctl_session.h"
#include "chatctl_show.h"
#include "control.h"
#include "control_address.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1,
	EXIT_USAGE = 2,
	EXIT_NO_SERVICE = 3,
	EXIT_NO_RIGHT = 4,
	EXIT_NOT_FOUND = 5,
};

#define SECONDS_MAX 3600
#define COMPLETE_TIMEOUT 500 /* milliseconds a shell may be kept waiting */

extern const unsigned char described_copy[];
extern const size_t described_copy_size;

typedef struct Chatctl {
	char *socket;
	char *columns;
	guint timeout; /* milliseconds */
	gboolean help, version, complete, manual;
	ChatctlStyle style;
	GPtrArray *words; /* NULL-terminated */
	ChatctlSession *session;
	Description *description;
} Chatctl;

static void
chatctl_clear(Chatctl *chatctl)
{
	g_free(chatctl->socket);
	g_free(chatctl->columns);
	g_ptr_array_unref(chatctl->words);
	chatctl_session_close(chatctl->session);
	description_unref(chatctl->description);
}

static int
fail(int status, const GError *error)
{
	g_autofree char *sentence = control_error_sentence(error);

	fprintf(stderr, "chatctl: %s\n", sentence);
	return status;
}

static int
status_of(const GError *error)
{
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
		return EXIT_NO_RIGHT;
	if (error->domain != CONTROL_ERROR)
		return error->domain == CHATCTL_USAGE ? EXIT_USAGE : EXIT_NO_SERVICE;
	if (error->code == CONTROL_ERROR_DENIED)
		return EXIT_NO_RIGHT;
	if (error->code == CONTROL_ERROR_NOT_FOUND)
		return EXIT_NOT_FOUND;
	return error->code == CONTROL_ERROR_METHOD_NOT_FOUND ? EXIT_USAGE : EXIT_REFUSED;
}

/* ---- Options: before and after the command's words; what is not ours belongs to the command ----
 */

static gboolean
take_value(char **arguments, int *at, const char *name, char **ret_value, GError **error)
{
	gsize length = strlen(name);

	if (strncmp(arguments[*at], name, length) != 0)
		return FALSE;
	if (arguments[*at][length] == '=') {
		g_free(*ret_value);
		*ret_value = g_strdup(arguments[*at] + length + 1);
	} else if (arguments[*at][length] != '\0') {
		return FALSE;
	} else if (arguments[*at + 1] == NULL) {
		g_set_error(error, CHATCTL_USAGE, 0, "%s needs a value", name);
	} else {
		g_free(*ret_value);
		*ret_value = g_strdup(arguments[++*at]);
	}
	return TRUE;
}

static gboolean
read_timeout(Chatctl *chatctl, const char *text, GError **error)
{
	guint64 seconds;

	if (text == NULL)
		return TRUE;
	if (!g_ascii_string_to_unsigned(text, 10, 1, SECONDS_MAX, &seconds, NULL)) {
		g_set_error(error, CHATCTL_USAGE, 0,
		    "--timeout: \"%s\" is not a number of seconds from 1 to %d", text, SECONDS_MAX);
		return FALSE;
	}
	chatctl->timeout = (guint)seconds * 1000;
	return TRUE;
}

static gboolean
take_flag(Chatctl *chatctl, const char *argument)
{
	const struct {
		const char *name;
		gboolean *flag;
	} flags[] = {
	    {"--json", &chatctl->style.json},
	    {"--no-headers", &chatctl->style.no_headers},
	    {"--help", &chatctl->help},
	    {"-h", &chatctl->help},
	    {"--version", &chatctl->version},
	    {"--manual", &chatctl->manual},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(flags); i++)
		if (strcmp(argument, flags[i].name) == 0)
			return *flags[i].flag = TRUE;
	return FALSE;
}

static gboolean
read_arguments(Chatctl *chatctl, int count, char **arguments, GError **error)
{
	g_autofree char *timeout = NULL;
	gboolean plain = FALSE;

	for (int i = 1; i < count && *error == NULL; i++) {
		if (!plain && strcmp(arguments[i], "--complete") == 0 && chatctl->words->len == 0) {
			chatctl->complete = plain = TRUE;
			continue;
		}
		plain = plain || strcmp(arguments[i], "--") == 0;
		if (!plain &&
		    (take_flag(chatctl, arguments[i]) ||
			take_value(arguments, &i, "--socket", &chatctl->socket, error) ||
			take_value(arguments, &i, "--columns", &chatctl->columns, error) ||
			take_value(arguments, &i, "--timeout", &timeout, error)))
			continue;
		if (!plain && chatctl->words->len == 0 && *arguments[i] == '-') {
			g_set_error(error, CHATCTL_USAGE, 0,
			    "%s: no such option; see chatctl --help", arguments[i]);
			return FALSE;
		}
		g_ptr_array_add(chatctl->words, arguments[i]);
	}
	g_ptr_array_add(chatctl->words, NULL);
	chatctl->style.columns = chatctl->columns;
	return *error == NULL && read_timeout(chatctl, timeout, error);
}

/* ---- The service and what it can ---- */

/* A path from where we are is made a whole one; an address with a scheme stays as it is. */
static char *
named_socket(const char *socket, GError **error)
{
	g_autofree char *scheme = g_uri_parse_scheme(socket);
	g_autofree char *path = scheme == NULL && *socket != '\0'
				    ? g_canonicalize_filename(socket, NULL)
				    : g_strdup(socket);

	return control_address_path(path, error);
}

static gboolean
open_session(Chatctl *chatctl, GError **error)
{
	g_autofree char *path =
	    chatctl->socket != NULL ? named_socket(chatctl->socket, error) : control_address_find();
	g_auto(GStrv) places = NULL;
	g_autofree char *names = NULL;

	if (path == NULL && chatctl->socket == NULL) {
		places = control_address_places();
		names = g_strjoinv(", ", places);
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
		    "no chat service runs here: there is no socket at %s; start chatd or name its "
		    "socket with --socket",
		    names);
	}
	if (path != NULL)
		chatctl->session = chatctl_session_open(path, chatctl->timeout, error);
	return chatctl->session != NULL;
}

static gboolean
ask_description(Chatctl *chatctl, GError **error)
{
	g_autoptr(json_t) answer = chatctl_session_call(chatctl->session, "describe", NULL, error);

	if (answer != NULL)
		chatctl->description = description_new(answer, error);
	return chatctl->description != NULL;
}

static void
take_copy(Chatctl *chatctl)
{
	g_autoptr(GError) error = NULL;

	chatctl->description =
	    description_parse((const char *)described_copy, described_copy_size, &error);
	g_assert_no_error(error);
}

/* ---- What is done ---- */

static int
show_help(Chatctl *chatctl)
{
	char *const *words = (char *const *)chatctl->words->pdata;
	gboolean live =
	    !chatctl->manual && open_session(chatctl, NULL) && ask_description(chatctl, NULL);
	const DescribedMethod *method;
	g_autofree char *text = NULL;
	guint used;

	if (!live)
		take_copy(chatctl);
	method = chatctl_command_method(chatctl->description, words, &used);
	if (chatctl->manual)
		text = chatctl_help_manual(chatctl->description);
	else if (method != NULL)
		text = chatctl_help_method(method);
	else if (words[0] != NULL)
		text = chatctl_help_noun(chatctl->description, words[0]);
	if (text == NULL && words[0] != NULL) {
		fprintf(
		    stderr, "chatctl: %s: no such command; chatctl --help lists them\n", words[0]);
		return EXIT_USAGE;
	}
	if (text == NULL)
		text = chatctl_help_all(chatctl->description, live);
	fputs(text, stdout);
	return EXIT_DONE;
}

static int
show_completion(Chatctl *chatctl)
{
	g_autofree char *text = NULL;

	chatctl->timeout = COMPLETE_TIMEOUT;
	if (!open_session(chatctl, NULL) || !ask_description(chatctl, NULL))
		take_copy(chatctl);
	text = chatctl_complete(
	    chatctl->description, chatctl->session, (char *const *)chatctl->words->pdata);
	fputs(text, stdout);
	return EXIT_DONE;
}

static void
print_push(const char *method, const json_t *result, gpointer data)
{
	g_autofree char *line = chatctl_show_push(method, result, data);

	fputs(line, stdout);
	fflush(stdout);
}

/* Leaves the rows of sections of that kind. */
static void
keep_kind(json_t *result, const char *kind)
{
	json_t *list = json_object_get(result, "list");
	g_autofree char *prefix = g_strconcat(kind, " ", NULL);

	for (size_t i = json_array_size(list); i > 0; i--) {
		const json_t *row = json_array_get(list, i - 1);
		const char *section = json_string_value(json_object_get(row, "section"));

		if (section == NULL || !g_str_has_prefix(section, prefix))
			json_array_remove(list, i - 1);
	}
}

static int
run_command(Chatctl *chatctl, const ChatctlCommand *command)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) result = NULL;
	g_autofree char *text = NULL;
	ChatctlStyle style = chatctl->style;

	if (style.columns == NULL)
		style.columns = command->columns;
	if (command->follow)
		chatctl_session_listen(chatctl->session, print_push, &chatctl->style);
	result =
	    command->is_list
		? chatctl_session_list(chatctl->session, command->method, command->params, &error)
		: chatctl_session_call(chatctl->session, command->method, command->params, &error);
	if (result == NULL)
		return fail(status_of(error), error);
	if (command->follow)
		return chatctl_session_follow(chatctl->session, &error)
			   ? EXIT_DONE
			   : fail(status_of(error), error);
	if (command->kind != NULL)
		keep_kind(result, command->kind);
	if (!style.json && !chatctl_show_has_columns(result, &style, &error))
		return fail(EXIT_USAGE, error);
	text = chatctl_show_result(command->method, result, &style);
	fputs(text, stdout);
	return fflush(stdout) == 0 ? EXIT_DONE : EXIT_REFUSED;
}

static gboolean
add_secret(ChatctlCommand *command, GError **error)
{
	char *secret;

	if (command->secret == NULL)
		return TRUE;
	secret = chatctl_secret_ask(command->secret->name, error);
	if (secret != NULL)
		json_object_set_new(command->params, command->secret->name, json_string(secret));
	if (secret != NULL && json_object_get(command->params, command->secret->name) == NULL)
		g_set_error(error, CHATCTL_USAGE, 0, "%s: is not UTF-8", command->secret->name);
	chatctl_secret_free(secret);
	return *error == NULL;
}

static int
run(Chatctl *chatctl)
{
	char *const *words = (char *const *)chatctl->words->pdata;
	g_autoptr(GError) error = NULL;
	g_auto(ChatctlCommand) command = {0};
	gboolean parsed;

	if (!open_session(chatctl, &error))
		return fail(status_of(error), error);
	if (!ask_description(chatctl, &error))
		return fail(status_of(error), error);
	parsed = chatctl_command_parse(chatctl->description, words, &command, &error);
	if (!parsed) {
		g_autofree char *noun =
		    words[1] == NULL ? chatctl_help_noun(chatctl->description, words[0]) : NULL;

		fail(EXIT_USAGE, error);
		if (noun != NULL)
			fputs(noun, stderr);
		return EXIT_USAGE;
	}
	if (!add_secret(&command, &error))
		return fail(EXIT_USAGE, error);
	return run_command(chatctl, &command);
}

int
main(int count, char **arguments)
{
	Chatctl chatctl = {.timeout = CONTROL_CLIENT_TIMEOUT, .words = g_ptr_array_new()};
	g_autoptr(GError) error = NULL;
	struct winsize size;
	int status;

	setlocale(LC_ALL, "");
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		chatctl.style.width = size.ws_col;
	if (!read_arguments(&chatctl, count, arguments, &error)) {
		status = fail(EXIT_USAGE, error);
	} else if (chatctl.complete) {
		status = show_completion(&chatctl);
	} else if (chatctl.version) {
		puts("chatctl " CHAT_VERSION);
		status = EXIT_DONE;
	} else if (chatctl.help || chatctl.manual) {
		status = show_help(&chatctl);
	} else if (chatctl.words->len <= 1) {
		fputs("chatctl: say what to do; chatctl --help lists the commands\n", stderr);
		status = EXIT_USAGE;
	} else {
		status = run(&chatctl);
	}
	chatctl_clear(&chatctl);
	return status;
}
