/* SPDX-License-Identifier: MIT */
/*
 * CapNews: what other settings change of the capabilities and of numeric 005, told to the clients
 * that are there: CAP NEW and CAP DEL (IRCv3 capability-negotiation) to those with version 302 or
 * cap-notify, changed tokens to those with draft/extended-isupport. What is withdrawn is taken from
 * the session, whether it is told or not; sts is never withdrawn but ended by duration=0 (IRCv3
 * sts). Invariant: made before the change and told after it, in slices. Thread: state.
 */
#pragma once

#include "act/ctx.h"

#include <glib.h>

#define CAP_NEWS_SLICE 2000u /* sessions told in one turn */

typedef struct CapNews CapNews;

/* Keeps what is offered now. */
CapNews *cap_news_new(const Ctx *ctx);
void cap_news_free(CapNews *news);
/* The next slice; true if there is more to do. The first compares with what is offered then. */
bool cap_news_tell(CapNews *news, Ctx *ctx);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CapNews, cap_news_free)
