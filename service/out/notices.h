/* SPDX-License-Identifier: MIT */
/*
 * Notices: what of an event operators with user mode s are told (proto/notices.def): another
 * event, SERVER_NOTICE, that goes the way of all. Invariant: says nothing that is said in private.
 * Thread: state.
 */
#pragma once

#include "out/event.h"

#include <glib.h>

/* The text to tell; the kind goes to `ret_kind`. NULL: no kind of notice follows from the event.
 * Caller frees. */
char *notice_of_event(const Event *event, unsigned *ret_kind) G_GNUC_WARN_UNUSED_RESULT;
