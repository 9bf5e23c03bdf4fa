/* SPDX-License-Identifier: MIT */
/*
 * RelayedTags: what of a command's client-only tags goes along with its message (IRCv3
 * message-tags). Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "base/bytes.h"
#include "proto/message.h"

/* Makes `tags`: "+a=b;+c", or empty if the sender may send none; at most MESSAGE_TAGS_MAX bytes. */
void relayed_tags(const Ctx *ctx, const Message *message, Bytes *tags);
