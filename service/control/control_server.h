/* SPDX-License-Identifier: MIT */
/*
 * Control: the management side of one service. A ControlSession is one connection of a console: the
 * gate opens it with the peer's credentials, feeds it whole lines and closes it; what it answers
 * leaves through the callback. Invariant: a session answers every call it accepted exactly once,
 * has at most CONTROL_CALLS_MAX calls in flight, and after it asked for a close sends nothing more.
 * Thread: state.
 */
#pragma once

#include "base/clock.h"
#include "base/close_reason.h"
#include "base/line.h"
#include "base/log.h"
#include "base/random.h"
#include "control/log_ring.h"
#include "control/peer_role.h"
#include "settings/settings.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct Community;
struct Event;
struct Host;
struct Out;
struct Records;

#define CONTROL_SESSIONS_MAX 256
/* Bytes of pushes a session may leave unread before they are dropped and a resync is told. */
#define CONTROL_PUSH_QUEUE_MAX (4u * 1024 * 1024)

/* Where a session's bytes go. */
typedef struct ControlOutput {
	void *data;
	/* One whole line with its line end; the reference goes along. */
	void (*send)(void *data, Line *line);
	/* After what was sent: close. The owner still calls control_session_close(). */
	void (*close)(void *data, CloseReason reason);
	/* Bytes sent and not yet taken by the peer; may lag behind. */
	size_t (*unsent)(void *data);
} ControlOutput;

/* What the control socket stands on; all of it outlives the Control. */
typedef struct ControlSetup {
	struct Community *community;
	struct Out *out;
	struct Host *host;       /* host->pool runs the jobs */
	struct Records *records; /* NULL: nothing is stored; history and audit say so */
	Random *random;
	const Clock *clock;
	Log *log;
	LogRing *log_ring; /* a sink of `log`, see log_ring.h */
	uid_t own_uid;     /* an administrator by nature */
} ControlSetup;

typedef struct Control Control;
typedef struct ControlSession ControlSession;

/* Also looks after changes of the configuration that a crash left pending. */
Control *control_new(const ControlSetup *setup);
/* Nothing new is begun: call it before the pool and the store go. */
void control_stop(Control *control);
/* After control_stop(): its sessions were closed, the pool and the store are gone and their answers
 * were finished. */
void control_free(Control *control);

/* Opens a session. NULL when there are too many sessions or the service stops: it was told why and
 * `close` was called; nothing else of `output` is used any more. A peer without a role is told and
 * closed a little later; what it may do is looked up on the pool, and its lines wait for that. */
ControlSession *control_session_open(
    Control *control, const ControlPeer *peer, const ControlOutput *output);
/* One line without its line end; `too_long`: more came and was dropped. */
void control_session_input(ControlSession *session, const char *line, size_t length, bool too_long);
/* Its peer sends no more: closes it after the answers it waits for. */
void control_session_end(ControlSession *session);
/* The connection is gone: nobody waits for its calls any more, `output` is not used again. */
void control_session_close(ControlSession *session);
unsigned control_sessions(const Control *control);

/* Subscriber of the event bus (out/bus.h): what happened, for service.event. `data` is a Control.
 */
void control_event(void *data, const struct Event *event);
/* The service's state as service.status tells it: "running", "stopping". */
void control_set_state(Control *control, const char *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Control, control_free)
