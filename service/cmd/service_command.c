/* SPDX-License-Identifier: MIT */
#include "cmd/service_command.h"

#include "proto/casemap.h"
#include "settings/secret.h"

#include <string.h>

/* Of a service without rows there is HELP. */
static const struct {
	const ServiceCommand *rows;
	const unsigned *n_rows;
} tables[SERVICES] = {
    [SERVICE_NICKSERV] = {nickserv_commands, &nickserv_n_commands},
    [SERVICE_CHANSERV] = {chanserv_commands, &chanserv_n_commands},
    [SERVICE_HOSTSERV] = {hostserv_commands, &hostserv_n_commands},
    [SERVICE_HISTSERV] = {histserv_commands, &histserv_n_commands},
};

static unsigned
rows_of(const ServiceRow *service, const ServiceCommand **ret_rows)
{
	ServiceIndex index = service_index(service);

	*ret_rows = tables[index].rows;
	return tables[index].rows ? *tables[index].n_rows : 0;
}

static const ServiceCommand *
find_row(const ServiceRow *service, const char *name)
{
	const ServiceCommand *rows;
	unsigned count = rows_of(service, &rows);

	for (unsigned i = 0; i < count; i++)
		if (casemap_equal(rows[i].name, name))
			return &rows[i];
	return NULL;
}

/* Of services elsewhere. */
static const struct {
	ServiceIndex service;
	const char *word;
	const char *here;
} hints[] = {
#define HINT(service, word, here) {SERVICE_##service, word, here},
#include "cmd/service_hints.def"
#undef HINT
};

static Outcome
tell_unknown(Ctx *ctx, const ServiceRow *service, const char *name)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(hints); i++) {
		if (hints[i].service != service_index(service) ||
		    !casemap_equal(hints[i].word, name))
			continue;
		ctx_say(ctx, "There is no command %s here. What you want is: %s", hints[i].word,
		    hints[i].here);
		return OUTCOME_REFUSED;
	}
	ctx_say(ctx, "There is no command %s, try HELP", name);
	return OUTCOME_REFUSED;
}

/* Words separated by blanks, the last of `most` with all that follows. Cuts `text`. */
static void
split(char *text, unsigned most, ServiceCall *ret_call)
{
	ret_call->n_words = 0;
	for (;;) {
		char *blank;

		text += strspn(text, " ");
		if (!*text || ret_call->n_words == most)
			return;
		ret_call->words[ret_call->n_words++] = text;
		blank = strchr(text, ' ');
		if (!blank || ret_call->n_words == most)
			return;
		*blank = '\0';
		text = blank + 1;
	}
}

const char *
service_word(const ServiceCall *call, unsigned index)
{
	return index < call->n_words ? call->words[index] : "";
}

Account *
service_account(Ctx *ctx, const char *name)
{
	Account *account =
	    *name ? accounts_find_nick(ctx->community->accounts, name) : ctx->actor.user->login;

	if (!account)
		ctx_say(
		    ctx, "%s%s", *name ? "There is no account " : "You are not logged in", name);
	return account;
}

Outcome
service_done(Ctx *ctx, Outcome outcome, const char *text)
{
	if (outcome == OUTCOME_DONE)
		ctx_say(ctx, "%s", text);
	return outcome;
}

static bool
may_run(Ctx *ctx, const ServiceCommand *row)
{
	const User *user = ctx->actor.user;
	bool is_excused =
	    (row->right == SERVICE_ACCOUNTS && actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL)) ||
	    (row->right == SERVICE_CHANNELS && actor_may(ctx, MAY_KEEP_CHANNELS, NULL));

	if (row->right != SERVICE_ANYBODY && row->right != SERVICE_OPERATOR && !user->login &&
	    !is_excused) {
		ctx_say(ctx, "You must be logged in to an account for this");
		return false;
	}
	if (row->right == SERVICE_OPERATOR && !actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL)) {
		ctx_say(ctx, "This is for operators with the privilege accounts");
		return false;
	}
	return true;
}

static void
tell_syntax(Ctx *ctx, const ServiceCommand *row)
{
	ctx_say(ctx, "Syntax: %s%s%s", row->name, *row->syntax ? " " : "", row->syntax);
}

static void
tell_commands(Ctx *ctx, const ServiceRow *service)
{
	const ServiceCommand *rows;
	unsigned count = rows_of(service, &rows);

	ctx_say(ctx, "%s: %s. Write to it, or use /%s.", service->voice.nick, service->help,
	    service->alias);
	for (unsigned i = 0; i < count; i++)
		if (rows[i].right != SERVICE_OPERATOR || actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL))
			ctx_say(ctx, "  %-10s %s", rows[i].name, rows[i].help);
	ctx_say(ctx, "HELP and a command tells its syntax.");
}

static Outcome
help(Ctx *ctx, const ServiceRow *service, char *rest)
{
	const ServiceCommand *row;
	ServiceCall call;

	split(rest, 1, &call);
	if (call.n_words == 0) {
		tell_commands(ctx, service);
		return OUTCOME_DONE;
	}
	g_strchomp((char *)call.words[0]);
	row = find_row(service, call.words[0]);
	if (!row)
		return tell_unknown(ctx, service, call.words[0]);
	tell_syntax(ctx, row);
	ctx_say(ctx, "%s", row->help);
	return OUTCOME_DONE;
}

static Outcome
run(Ctx *ctx, const ServiceRow *service, const char *name, char *rest)
{
	const ServiceCommand *row;
	ServiceCall call;

	if (casemap_equal(name, "HELP"))
		return help(ctx, service, rest);
	row = find_row(service, name);
	if (!row)
		return tell_unknown(ctx, service, name);
	split(rest, row->most, &call);
	call.command = row->name;
	if (call.n_words < row->least) {
		tell_syntax(ctx, row);
		return OUTCOME_REFUSED;
	}
	return may_run(ctx, row) ? row->run(ctx, &call) : OUTCOME_REFUSED;
}

Outcome
service_command(Ctx *ctx, const ServiceRow *service, const char *text)
{
	char *copy;
	char *blank;
	Outcome outcome;

	/* Also of what goes on with it when it was PENDING, and of what becomes of its writes. */
	ctx->voice = ctx->actor.session->voice = &service->voice;
	copy = g_strstrip(g_strdup(text));
	blank = strchr(copy, ' ');
	if (blank)
		*blank = '\0';
	outcome = run(ctx, service, *copy ? copy : "HELP", blank ? blank + 1 : copy + strlen(copy));
	/* It may hold a password. */
	explicit_bzero(copy, strlen(text));
	g_free(copy);
	ctx->voice = NULL;
	return outcome;
}
