/* SPDX-License-Identifier: MIT */
/*
 * LoginLimit: how many failed logins and registrations an address may have ([accounts]). An IPv6
 * address counts with its /64, which is what one customer has.
 * Invariant: what failed counts until its time is over; a success in between takes nothing back, or
 * one account of one's own would do for guessing at others. Thread: state.
 */
#pragma once

#include "act/ctx.h"

#define LOGIN_OTHERS "Your other clients are logged in to another account"
#define LOGIN_TOO_MANY "Too many failed logins from your address, try again later"

/* Of the asking session's address. */
bool login_may_try(const Ctx *ctx);
void login_failed(Ctx *ctx);
/* Somebody from there tried and went before he could be answered; any Ctx. */
void login_abandoned(Ctx *ctx, const char *nick, const char *address);
void login_succeeded(Ctx *ctx);
bool registration_may_try(const Ctx *ctx);
void registration_happened(Ctx *ctx);
