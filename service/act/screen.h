/* SPDX-License-Identifier: MIT */
/*
 * Screen: what a user keeps away from himself: SILENCE, which its victim does not notice, and mode
 * g with ACCEPT (caller-id), which he is told of. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "domain/silence_list.h"

/* Has `target` silenced the acting user in what has `flag` (SILENCE_PRIVATE …)? */
bool screen_silences(const Ctx *ctx, const User *target, unsigned flag);
/* The same of an account whose owner is not here. */
bool screen_account_silences(const Ctx *ctx, const Account *account, unsigned flag);
/* Did `target` ACCEPT this user, or write to him first under +R? */
bool screen_accepts(const User *target, const User *user);
/* Whom one writes to oneself under mode R may answer. */
void screen_expect_answer(const Ctx *ctx, const User *target);
/* May the acting user write to `target`, or does he have to be accepted first? With `answered` he
 * is told, and so is the target, from time to time. */
bool screen_lets_call(Ctx *ctx, User *target, bool answered);
/* The user has just logged in: he gets the lists his account has, and what was on his own is the
 * account's too. */
void act_merge_screen(Ctx *ctx, User *user);
/* He is logged in to another account from now on, or to none: its lists stay with it. */
void act_leave_screen(User *user);
