/* SPDX-License-Identifier: MIT */
/*
 * TooMany: targets of one command past what 005 allows (TARGMAX). Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* 407 for all of these, which are not looked at: each is named, on as few lines as hold them. */
Outcome refuse_targets(Ctx *ctx, const char *const *targets, unsigned n_targets);
/* The words of a g_strsplit() list from that one on. */
Outcome refuse_words(Ctx *ctx, char *const *words, unsigned from);
