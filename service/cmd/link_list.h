/* SPDX-License-Identifier: MIT */
/*
 * LinkList: STATS l (RFC 2812 3.4.4), what went over connections. The I/O loops are asked one after
 * the other and a piece at a time (base/traffic.h); the asker's further input waits meanwhile.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* 211 for every connection of `user`, or of everybody with NULL, then 219 about `letter`. */
Outcome link_list_tell(Ctx *ctx, const User *user, char letter);
