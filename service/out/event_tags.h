/* SPDX-License-Identifier: MIT */
/*
 * EventTags: the tags of lines: which an event has, and how they are written (rows in
 * proto/tags.def). Invariant: tags of the service stand before those of clients (IRCv3
 * message-tags). Thread: state.
 */
#pragma once

#include "base/bytes.h"
#include "out/event.h"
#include "proto/tags.h"

#include <stdint.h>

/* One bit per tag, from the highest down: capabilities stay below. */
#define EVENT_TAG(tag) (UINT64_C(1) << (63 - (tag)))

/* EVENT_TAG() bits of those the event has. */
uint64_t event_tags(const Event *event);
/* Writes "@time=…;msgid=… ", or nothing; what stands in bits that are no tags is ignored. */
void event_tags_write(Bytes *bytes, const Event *event, uint64_t tags);
/* Writes the tags of an answer ("@batch=…;time=… " or nothing). `batch` NULL or "": in none. */
void answer_tags_write(Bytes *bytes, uint64_t caps, int64_t time, const char *batch);
