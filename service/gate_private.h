/* SPDX-License-Identifier: MIT */
/*
 * What the gate's files share: records as they cross the seam, and the state side's table.
 * Invariant: a record never straddles a chunk; views of its message point into its own bytes.
 * Thread: a chunk belongs to its loop until posted, to the state thread after that.
 */
#pragma once

#include "gate.h"

#include <stddef.h>

#define GATE_CHUNK_SIZE (64u * 1024u)

typedef enum GateRecordKind {
	GATE_OPENED,
	GATE_INPUT,
	GATE_ENDED, /* only the head */
	GATE_CLOSED,
	GATE_COUNTED,
	GATE_DRAINED, /* only the head */
} GateRecordKind;

typedef struct GateRecord {
	uint32_t size; /* of the whole record, a multiple of 8 */
	uint8_t kind;
	uint8_t status; /* GATE_INPUT of a client: MessageStatus */
	bool too_long;  /* GATE_INPUT of a console: more came and was dropped */
	bool control;
	uint32_t reason; /* GATE_CLOSED: CloseReason */
	uint32_t length; /* of the text */
	Handle conn;
} GateRecord;

typedef struct GateOpened {
	GateRecord head;
	ConnInfo info;
} GateOpened;

typedef struct GateInput {
	GateRecord head;
	Message message; /* of a client */
	char text[];     /* the line; `message` points into it */
} GateInput;

typedef struct GateClosed {
	GateRecord head;
	char detail[]; /* "" if none */
} GateClosed;

typedef struct GateCounted {
	GateRecord head;
	TrafficAnswer answer; /* its rows are those below */
	Traffic rows[];
} GateCounted;

typedef struct GateChunk {
	MailItem item; /* first */
	size_t size;
	size_t used;
	max_align_t records[];
} GateChunk;

/* One loop's side. */
typedef struct GateIo {
	Gate *gate;
	unsigned loop;
	GateChunk *first; /* collected in this turn */
	GateChunk *last;
	GateChunk *spare;       /* of loop 0: the next to be filled; NULL: none */
	GByteArray *is_control; /* by connection index */
} GateIo;

/* Where a console's bytes go; lives as long as its connection. */
typedef struct ConsoleOutput {
	Gate *gate;
	Handle conn;
} ConsoleOutput;

/* What the state side knows of a connection. */
typedef struct GateConn {
	uint32_t generation;            /* 0: none */
	uint32_t processed;             /* lines not yet given back as credit */
	Session *session;               /* a client */
	struct ControlSession *control; /* a console */
	ConsoleOutput *console;
	uint32_t listener;
} GateConn;

typedef struct GateTable {
	GateConn *conns;
	uint32_t size;
} GateTable;

/* Lines of a session that wait for tokens or for a job, or its end that waits for the job. */
typedef struct GateWait {
	GQueue lines; /* of GateInput, own copies */
	Timer timer;
	Session *session;
	Gate *gate;
	bool ended; /* no more will come: the session goes after the last of them */
	GList link; /* in gate->ready, if it is there */
	bool is_ready;
} GateWait;

struct Gate {
	GateSetup setup;
	Mailbox *inbox;
	GateIo *ios;
	GateTable *tables; /* one per loop */
	GQueue ready;      /* of GateWait: what they waited for has come in this turn */
	GHashTable *begun; /* Session -> HeldLines: a labeled answer of who waits, so far */
	unsigned connections;
	GHashTable *by_listener; /* id -> how many (GUINT_TO_POINTER) */
	GQueue asked;            /* of GateAsked: questions for traffic without an answer */
	uint64_t last_asked;
};

/* gate_io.c: what the loop has collected, chained by `item`; give() frees one, or keeps it. */
GateChunk *gate_io_take(GateIo *io);
void gate_io_give(GateIo *io, GateChunk *chunk);
/* gate_traffic.c; gate_drop_asked(): nobody will answer any more. */
void gate_counted(Gate *gate, const GateCounted *counted);
void gate_drop_asked(Gate *gate);
/* gate_reading.c */
/* Has the client read enough for another command? If not, gate_wait_over() follows once it has. */
bool gate_has_read(Gate *gate, Session *session);
void gate_drained(Gate *gate, Handle conn);
/* Who waits for it to read is told that it is gone. */
void gate_reading_drop(Session *session);
/* gate_state.c */
/* NULL: no client's, or gone. */
Session *gate_session(Gate *gate, Handle conn);
void gate_run_line(Gate *gate, Session *session, const GateInput *input);
/* The session and then its connection, for want of anything left to answer. */
void gate_end_client(Gate *gate, Session *session);
void gate_line_done(Gate *gate, Handle conn);
Ctx gate_ctx(Gate *gate, Session *session, Reply *reply);
/* gate_wait.c */
void gate_client_input(Gate *gate, Session *session, const GateInput *input);
/* Its peer sends no more: it is ended, now or after the lines that wait. */
void gate_client_ended(Gate *gate, Session *session);
void gate_wait_drop(Gate *gate, Session *session);
/* It waits for no job any more: lines behind the verb are run by gate_resume(). */
void gate_wait_over(Gate *gate, Session *session);
/* gate_open.c */
void gate_client_opened(Gate *gate, GateConn *conn, Handle handle, const ConnInfo *info);
void gate_client_closed(Gate *gate, Session *session, CloseReason reason, const char *detail);
void gate_control_opened(Gate *gate, GateConn *conn, Handle handle, const ConnInfo *info);
void gate_arm_ping(Gate *gate, Session *session);
