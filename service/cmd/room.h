/* SPDX-License-Identifier: MIT */
/*
 * Room: how much of an answer may be queued. A list that would overflow the asker's send queue
 * would cost him his connection (SAFELIST of 005 promises that it does not): it goes on when he has
 * read (cmd/walk.h). Thread: state.
 */
#pragma once

#include "act/ctx.h"

#include <stddef.h>

/* Bytes of this answer that may follow, beside what he has not read yet. */
size_t room_left(const Ctx *ctx);
bool room_is_left(const Ctx *ctx);
