/* SPDX-License-Identifier: MIT */
/*
 * Services: the built-in pseudo-clients (NickServ …): names that nobody else can bear. They are no
 * users: they are in no directory and no channel, cannot be killed, invited or renamed; what is
 * written to them is a command (cmd/service_command.h) and what they say is a NOTICE (ctx_say()).
 * Thread: any; constant data.
 */
#pragma once

#include "act/ctx.h"

typedef enum ServiceIndex {
#define SERVICE(NAME, nick, alias, help) SERVICE_##NAME,
#include "act/services.def"
#undef SERVICE
	SERVICES
} ServiceIndex;

typedef struct ServiceRow {
	Voice voice;       /* with its nick */
	const char *alias; /* a command that talks to it: "NS" */
	const char *help;  /* its real name, too */
} ServiceRow;

/* The row; `index` < SERVICES. */
const ServiceRow *service_row(ServiceIndex index);
ServiceIndex service_index(const ServiceRow *row);
/* By nick, without case; NULL if it is none of them. */
const ServiceRow *service_find(const char *nick);
/* What is shown of it where users are shown: a user who stands in no directory. Caller frees. */
User *service_as_user(const Ctx *ctx, const ServiceRow *row) G_GNUC_WARN_UNUSED_RESULT;
