/* SPDX-License-Identifier: MIT */
#include "chatctl_secret.h"

#include "chatctl_command.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define SECRET_MAX 1024 /* bytes, as the service takes them */

void
chatctl_secret_free(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	g_free(secret);
}

/* ---- Who interrupts while nothing is echoed gets the terminal back as it was ---- */

static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

static volatile sig_atomic_t ended_by; /* 0: by none */

static void
take_ending(int number)
{
	ended_by = number;
}

static void
catch_endings(struct sigaction old[static G_N_ELEMENTS(endings)])
{
	/* Without SA_RESTART: it ends the read. */
	const struct sigaction action = {.sa_handler = take_ending};

	ended_by = 0;
	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		sigaction(endings[i], &action, &old[i]);
}

static void
let_endings_go(const struct sigaction old[static G_N_ELEMENTS(endings)])
{
	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		sigaction(endings[i], &old[i], NULL);
	if (ended_by != 0)
		raise(ended_by);
}

/* A line without its end; NULL with error. */
static char *
read_line(const char *what, GError **error)
{
	char line[SECRET_MAX + 2];
	char *secret = NULL;
	gsize length = 0;
	char next;

	while (length < sizeof line && read(STDIN_FILENO, &next, 1) == 1 && next != '\n')
		line[length++] = next;
	if (length > 0 && line[length - 1] == '\r')
		length--;
	if (length == 0)
		g_set_error(error, CHATCTL_USAGE, 0, "%s: nothing was given", what);
	else if (length > SECRET_MAX || memchr(line, '\0', length) != NULL)
		g_set_error(error, CHATCTL_USAGE, 0,
		    "%s: a line of 1 to %d bytes of text is wanted", what, SECRET_MAX);
	else
		secret = g_strndup(line, length);
	explicit_bzero(line, sizeof line);
	return secret;
}

static char *
ask(const char *what, const char *again, GError **error)
{
	char *secret;

	fprintf(stderr, "%s%s: ", what, again);
	secret = read_line(what, error);
	fputc('\n', stderr);
	return secret;
}

char *
chatctl_secret_ask(const char *what, GError **error)
{
	struct sigaction old[G_N_ELEMENTS(endings)];
	struct termios shown, hidden;
	char *secret, *second;

	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &shown) != 0)
		return read_line(what, error);
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	catch_endings(old);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	secret = ask(what, "", error);
	second = secret != NULL ? ask(what, " again", error) : NULL;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	let_endings_go(old);
	if (second != NULL && strcmp(secret, second) != 0) {
		g_set_error(error, CHATCTL_USAGE, 0, "%s: the two are not the same", what);
		g_clear_pointer(&second, chatctl_secret_free);
	}
	chatctl_secret_free(secret);
	return second;
}
