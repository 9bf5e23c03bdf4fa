/* SPDX-License-Identifier: MIT */
/*
 * Notify: tells the service manager how the service is, as datagrams of sd_notify(3) to
 * NOTIFY_SOCKET. Without that variable there is no Notify, and every call accepts NULL and does
 * nothing. Invariant: a lost datagram is not an error; the service runs on.
 * Thread: one.
 */
#pragma once

#include "base/clock.h"

#include <glib.h>
#include <stdint.h>

typedef struct Notify Notify;

/* NULL when NOTIFY_SOCKET is unset or no Unix socket ("/path" or "@abstract"). */
Notify *notify_open(void);
void notify_close(Notify *notify);
/* `status` is one line for "systemctl status"; may be NULL in all of these. */
void notify_ready(Notify *notify, const char *status);
/* RELOADING=1 wants the monotonic time of the reload; notify_ready() ends it. */
void notify_reloading(Notify *notify, const Clock *clock);
void notify_stopping(Notify *notify, const char *status);
void notify_watchdog(Notify *notify);
void notify_status(Notify *notify, const char *status);
/* How long the manager waits for notify_watchdog() before it ends the service, in microseconds
 * (WATCHDOG_USEC, meant for WATCHDOG_PID); 0: no watchdog. Call it at half that interval. */
int64_t notify_watchdog_interval(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Notify, notify_close)
