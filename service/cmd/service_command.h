/* SPDX-License-Identifier: MIT */
/*
 * ServiceCommand: what is written to a built-in service (act/services.h), as a command of it. Every
 * service is a table of rows (cmd/<service>.def); HELP, rights and the number of parameters follow
 * from the row. Answers and refusals are NOTICEs of the service.
 * Invariant: a row's function sees at least `least` words; the last of `most` holds the rest of the
 * line. Thread: state.
 */
#pragma once

#include "act/services.h"

#define SERVICE_WORDS_MAX 8u

typedef enum ServiceRight {
	SERVICE_ANYBODY,
	SERVICE_LOGGED_IN,
	SERVICE_OPERATOR, /* with the privilege accounts */
	SERVICE_ACCOUNTS, /* logged in, or an operator with the privilege accounts */
	SERVICE_CHANNELS, /* logged in, or an operator with the privilege channels */
} ServiceRight;

typedef struct ServiceCall {
	const char *command;                  /* name of the row */
	const char *words[SERVICE_WORDS_MAX]; /* behind the command */
	unsigned n_words;
} ServiceCall;

typedef struct ServiceCommand {
	const char *name;
	unsigned least;
	unsigned most;
	ServiceRight right;
	const char *syntax; /* of the words */
	const char *help;
	Outcome (*run)(Ctx *ctx, const ServiceCall *call);
} ServiceCommand;

/* Rows of each service, for cmd/service_command.c; sorted by name. */
extern const ServiceCommand nickserv_commands[];
extern const unsigned nickserv_n_commands;
extern const ServiceCommand chanserv_commands[];
extern const unsigned chanserv_n_commands;
extern const ServiceCommand hostserv_commands[];
extern const unsigned hostserv_n_commands;
extern const ServiceCommand histserv_commands[];
extern const unsigned histserv_n_commands;

/* The text of one PRIVMSG, or the parameters of a command that talks to the service. */
Outcome service_command(Ctx *ctx, const ServiceRow *service, const char *text);
/* The word at `index`, "" past the last one. */
const char *service_word(const ServiceCall *call, unsigned index);
/* The account of that name or nick, of "" one's own; NULL after telling that there is none. */
Account *service_account(Ctx *ctx, const char *name);
/* Says `text` if it is done; else the verb told why not. Returns `outcome`. */
Outcome service_done(Ctx *ctx, Outcome outcome, const char *text);
