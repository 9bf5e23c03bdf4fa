/* SPDX-License-Identifier: MIT */
/*
 * ControlAddress: where the control socket of a service is: as a URI ("chatd+unix:/run/chatd/
 * control.sock") or found in the places where chatd puts it. Thread: any; no state.
 */
#pragma once

#include <glib.h>

#define CONTROL_ADDRESS_SCHEME "chatd+unix"

/* Path of the socket that `uri` (or a plain path) names; on an error the message says what is
 * supported. Caller frees. */
char *control_address_path(const char *uri, GError **error);
char *control_address_uri(const char *path);
/* Where a service may be, best first: $CHATD_CONTROL, the user's, the system's. g_strfreev(). */
char **control_address_places(void);
/* The first of the places where a socket is; NULL if none. Caller frees. */
char *control_address_find(void);
