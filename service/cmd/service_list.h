/* SPDX-License-Identifier: MIT */
/*
 * ServiceList: answers of services that look at every account or channel there is, in slices
 * (cmd/walk.h): what matches is told, SERVICE_LIST_MOST lines of it, and how much there was.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

#define SERVICE_LIST_MOST 100u /* lines */

/* A list; constant. */
typedef struct ServiceListKind {
	const char *what; /* "accounts" */
	/* The next object there is, as accounts_next(); NULL at the end. */
	const void *(*next)(const Community *community, uint32_t *cursor);
	bool (*matches)(const Ctx *ctx, const void *object, const char *mask);
	void (*tell)(Ctx *ctx, const void *object); /* one line */
} ServiceListKind;

/* PENDING if one slice was not enough. The mask is copied. */
Outcome service_list(Ctx *ctx, const ServiceListKind *kind, const char *mask);

/* For `next`. */
const void *service_list_account(const Community *community, uint32_t *cursor);
const void *service_list_channel(const Community *community, uint32_t *cursor);
