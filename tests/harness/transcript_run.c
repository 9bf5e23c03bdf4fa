/* SPDX-License-Identifier: MIT */
#include "transcript_run.h"

#include <string.h>

typedef struct Actor {
	const char *name; /* the transcript's */
	unsigned connection;
	bool closed;        /* by the service */
	bool closed_itself; /* nothing more is read */
	bool half_line;     /* a line was begun: a PING would become part of it */
	unsigned pings;
	GPtrArray *received; /* lines since the last comparison */
} Actor;

typedef struct Run {
	const Transcript *transcript;
	const World *world;
	GString *report;
	GPtrArray *actors; /* in order of their client rows */
	GString *accepted;
	bool matched;
} Run;

static void
actor_free(gpointer data)
{
	Actor *actor = data;

	g_ptr_array_unref(actor->received);
	g_free(actor);
}

static Actor *
find_actor(const Run *run, const char *name)
{
	for (unsigned i = 0; i < run->actors->len; i++) {
		Actor *actor = run->actors->pdata[i];

		if (strcmp(actor->name, name) == 0)
			return actor;
	}
	g_assert_not_reached();
}

static void
send_text(const Run *run, const Actor *actor, const char *text)
{
	run->world->send(run->world->data, actor->connection, text, strlen(text));
}

/* "[@tags] [:source] PONG [server] [:]token" */
static bool
is_pong(const char *line, const char *token)
{
	const char *at = line;

	while ((*at == '@' || *at == ':') && strchr(at, ' '))
		at = strchr(at, ' ') + 1;
	return g_str_has_prefix(at, "PONG ") && g_str_has_suffix(line, token);
}

/* What was sent to this actor is in `received`. */
static void
ping(const Run *run, Actor *actor)
{
	g_autofree char *token = NULL;
	g_autofree char *command = NULL;
	char *line;

	if (actor->closed || actor->closed_itself || actor->half_line)
		return;
	token = g_strdup_printf("barrier-%s-%u", actor->name, ++actor->pings);
	command = g_strdup_printf("PING %s\r\n", token);
	send_text(run, actor, command);
	while ((line = run->world->receive(run->world->data, actor->connection))) {
		if (is_pong(line, token)) {
			g_free(line);
			return;
		}
		g_ptr_array_add(actor->received, line);
	}
	actor->closed = true;
}

/* Everything this actor did is done, and everything sent to it because of that is in `received`. */
static void
barrier(const Run *run, Actor *actor)
{
	ping(run, actor);
	if (run->world->settle && run->world->settle(run->world->data))
		ping(run, actor);
}

static void
barrier_all(const Run *run)
{
	for (unsigned i = 0; i < run->actors->len; i++)
		barrier(run, run->actors->pdata[i]);
}

static bool
has_welcome(const Actor *actor)
{
	for (unsigned i = 0; i < actor->received->len; i++) {
		if (strstr(actor->received->pdata[i], " 001 "))
			return true;
	}
	return false;
}

static bool
fail(const Run *run, const TranscriptRow *row, const char *why)
{
	g_string_append_printf(
	    run->report, "%s:%u: %s: %s\n", run->transcript->name, row->number, why, row->text);
	return false;
}

/* Connects, and unless it is a raw one registers it; what it is told by that is not compared. */
static bool
play_client(Run *run, const TranscriptRow *row)
{
	Actor *actor = g_new0(Actor, 1);
	g_autofree char *hello = NULL;

	actor->name = row->actor;
	actor->received = g_ptr_array_new_with_free_func(g_free);
	actor->connection = run->world->connect(run->world->data, row);
	g_ptr_array_add(run->actors, actor);
	if (row->raw)
		return true;
	hello = *row->caps
		    ? g_strdup_printf("CAP REQ :%s\r\nNICK %s\r\nUSER %s 0 * :%s\r\nCAP END\r\n",
			  row->caps, row->nick, row->user, row->actor)
		    : g_strdup_printf(
			  "NICK %s\r\nUSER %s 0 * :%s\r\n", row->nick, row->user, row->actor);
	send_text(run, actor, hello);
	barrier(run, actor);
	if (!has_welcome(actor)) {
		for (unsigned i = 0; i < actor->received->len; i++)
			g_string_append_printf(
			    run->report, "+ %s\n", (char *)actor->received->pdata[i]);
		return fail(run, row, "was not registered");
	}
	g_ptr_array_set_size(actor->received, 0);
	return true;
}

static void
play_send(Run *run, const TranscriptRow *row)
{
	Actor *actor = find_actor(run, row->actor);

	run->world->send(run->world->data, actor->connection, row->value, row->length);
	if (row->kind == TRANSCRIPT_SEND) {
		send_text(run, actor, "\r\n");
		actor->half_line = false;
	} else if (row->length > 0) {
		actor->half_line = row->value[row->length - 1] != '\n';
	}
	barrier(run, actor);
}

static bool
play_act(Run *run, const TranscriptRow *row)
{
	Actor *actor;

	if (row->kind == TRANSCRIPT_CLIENT)
		return play_client(run, row);
	if (row->kind == TRANSCRIPT_ADVANCE) {
		barrier_all(run);
		run->world->advance(run->world->data, row->microseconds);
		return true;
	}
	if (row->kind == TRANSCRIPT_CHANGED) {
		barrier_all(run);
		run->world->change(run->world->data, row->section, row->value);
		return true;
	}
	if (row->kind == TRANSCRIPT_DISK) {
		if (!run->world->disk)
			return fail(run, row, "nothing is stored here");
		barrier_all(run);
		run->world->disk(run->world->data, strcmp(row->value, "refuses") == 0);
		return true;
	}
	actor = find_actor(run, row->actor);
	if (actor->closed_itself)
		return fail(run, row, "has closed its connection");
	if (row->kind == TRANSCRIPT_CLOSE) {
		run->world->close(run->world->data, actor->connection);
		actor->closed_itself = true;
		return true;
	}
	play_send(run, row);
	return true;
}

static bool
is_expectation(const TranscriptRow *row)
{
	return row->kind == TRANSCRIPT_EXPECT || row->kind == TRANSCRIPT_CLOSED;
}

/* What the rows of a step expect of one actor; "closed" stands as NULL at the end. */
static GPtrArray *
expected_lines(const Run *run, unsigned step, const Actor *actor)
{
	GPtrArray *lines = g_ptr_array_new();

	for (unsigned i = 0; i < run->transcript->rows->len; i++) {
		const TranscriptRow *row = run->transcript->rows->pdata[i];

		if (row->step == step && is_expectation(row) &&
		    strcmp(row->actor, actor->name) == 0)
			g_ptr_array_add(lines, row->value);
	}
	return lines;
}

static bool
same_lines(const GPtrArray *expected, const GPtrArray *received)
{
	if (expected->len != received->len)
		return false;
	for (unsigned i = 0; i < expected->len; i++) {
		if (g_strcmp0(expected->pdata[i], received->pdata[i]) != 0)
			return false;
	}
	return true;
}

static void
append_lines(GString *text, const GPtrArray *lines, const char *mark, const char *name)
{
	for (unsigned i = 0; i < lines->len; i++) {
		g_string_append_printf(text, "%s%s", mark, name);
		if (lines->pdata[i])
			g_string_append_printf(text, " < %s\n", (char *)lines->pdata[i]);
		else
			g_string_append(text, " closed\n");
	}
}

static void
report_difference(const Run *run, const Actor *actor, const GPtrArray *expected)
{
	append_lines(run->report, expected, "- ", actor->name);
	append_lines(run->report, actor->received, "+ ", actor->name);
}

/* The step's acts are played: compares every actor. True if all is as written. */
static bool
compare_step(Run *run, unsigned step, unsigned number)
{
	bool matched = true;

	for (unsigned i = 0; i < run->actors->len; i++) {
		Actor *actor = run->actors->pdata[i];
		g_autoptr(GPtrArray) expected = expected_lines(run, step, actor);

		if (same_lines(expected, actor->received))
			continue;
		if (matched)
			g_string_append_printf(
			    run->report, "%s:%u: in this step\n", run->transcript->name, number);
		report_difference(run, actor, expected);
		matched = false;
	}
	return matched;
}

/* Closed actors are told once, with the lines before it. */
static void
note_closed(const Run *run)
{
	for (unsigned i = 0; i < run->actors->len; i++) {
		Actor *actor = run->actors->pdata[i];

		if (actor->closed && !actor->closed_itself) {
			g_ptr_array_add(actor->received, NULL);
			actor->closed_itself = true;
		}
	}
}

/* The step as it would be right: what was received stands where the first expectation stood, or
 * after the last act. */
static void
accept_step(Run *run, unsigned step)
{
	unsigned last_act = 0;
	bool told = false;

	for (unsigned i = 0; i < run->transcript->rows->len; i++) {
		const TranscriptRow *row = run->transcript->rows->pdata[i];

		if (row->step == step && row->kind != TRANSCRIPT_TEXT && !is_expectation(row))
			last_act = row->number;
	}
	for (unsigned i = 0; i < run->transcript->rows->len; i++) {
		const TranscriptRow *row = run->transcript->rows->pdata[i];

		if (row->step == step && !is_expectation(row))
			g_string_append_printf(run->accepted, "%s\n", row->text);
		if (told || row->step != step || row->number != last_act)
			continue;
		for (unsigned k = 0; k < run->actors->len; k++) {
			const Actor *actor = run->actors->pdata[k];

			append_lines(run->accepted, actor->received, "", actor->name);
		}
		told = true;
	}
}

static void
copy_step(Run *run, unsigned step)
{
	for (unsigned i = 0; i < run->transcript->rows->len; i++) {
		const TranscriptRow *row = run->transcript->rows->pdata[i];

		if (row->step == step)
			g_string_append_printf(run->accepted, "%s\n", row->text);
	}
}

/* Who began a line is never asked; when its end is due, what comes is read up to that. */
static void
read_to_end(Run *run, unsigned step)
{
	for (unsigned i = 0; i < run->transcript->rows->len; i++) {
		const TranscriptRow *row = run->transcript->rows->pdata[i];
		Actor *actor;
		char *line;

		if (row->step != step || row->kind != TRANSCRIPT_CLOSED)
			continue;
		actor = find_actor(run, row->actor);
		if (!actor->half_line || actor->closed || actor->closed_itself)
			continue;
		while ((line = run->world->receive(run->world->data, actor->connection)))
			g_ptr_array_add(actor->received, line);
		actor->closed = true;
	}
}

static bool
play_step(Run *run, unsigned step)
{
	unsigned first = 0;
	bool matched;

	for (unsigned i = 0; i < run->transcript->rows->len; i++) {
		const TranscriptRow *row = run->transcript->rows->pdata[i];

		if (row->step != step || row->kind == TRANSCRIPT_TEXT ||
		    row->kind == TRANSCRIPT_SETTING || is_expectation(row))
			continue;
		first = first ? first : row->number;
		if (!play_act(run, row))
			return false;
	}
	barrier_all(run);
	read_to_end(run, step);
	note_closed(run);
	matched = compare_step(run, step, first);
	if (matched)
		copy_step(run, step);
	else
		accept_step(run, step);
	run->matched = run->matched && matched;
	for (unsigned i = 0; i < run->actors->len; i++)
		g_ptr_array_set_size(((Actor *)run->actors->pdata[i])->received, 0);
	return true;
}

bool
transcript_run(
    const Transcript *transcript, const World *world, GString *report, char **ret_accepted)
{
	g_autoptr(GPtrArray) actors = g_ptr_array_new_with_free_func(actor_free);
	g_autoptr(GString) accepted = g_string_new(NULL);
	Run run = {transcript, world, report, actors, accepted, true};
	unsigned step = 0;

	copy_step(&run, 0);
	for (step = 1; step <= transcript->n_steps; step++) {
		if (!play_step(&run, step))
			break;
	}
	if (step <= transcript->n_steps)
		run.matched = false;
	if (ret_accepted)
		*ret_accepted = step <= transcript->n_steps
				    ? NULL
				    : g_string_free(g_steal_pointer(&accepted), FALSE);
	return run.matched;
}
