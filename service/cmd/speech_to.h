/* SPDX-License-Identifier: MIT */
/*
 * SpeechTo: one target of PRIVMSG, NOTICE and TAGMSG: a channel or a user, or something of the
 * service's own that takes commands: a built-in service (act/services.h), also as
 * "NickServ@" and this service's name, or *playback; "$" and a mask of servers: everybody
 * (act_announce()). Thread: state.
 */
#pragma once

#include "act/verbs.h"

Outcome speech_to(Ctx *ctx, const Speech *speech);
