/* SPDX-License-Identifier: MIT */
/*
 * ChanServ: what its two files share. Thread: state.
 */
#pragma once

#include "cmd/service_command.h"

/* The channel; NULL after telling that there is none. */
Channel *chanserv_channel(Ctx *ctx, const char *name);
/* chanserv_members.c: handlers of rows of chanserv.def. */
Outcome chanserv_member_rank(Ctx *ctx, const ServiceCall *call);
Outcome chanserv_member_invite(Ctx *ctx, const ServiceCall *call);
Outcome chanserv_member_kick(Ctx *ctx, const ServiceCall *call);
Outcome chanserv_member_ban(Ctx *ctx, const ServiceCall *call);
Outcome chanserv_member_unban(Ctx *ctx, const ServiceCall *call);
Outcome chanserv_member_clear(Ctx *ctx, const ServiceCall *call);
