/* SPDX-License-Identifier: MIT */
/*
 * RenderVerbs: the line of each kind of event behind its source: verb and parameters, one writer
 * per row of events.def. Thread: state.
 */
#pragma once

#include "base/bytes.h"
#include "out/event.h"

/* Appends the line for sessions with these capabilities; only for kinds that have one. */
void render_verb(Bytes *bytes, const Event *event, uint64_t caps);
