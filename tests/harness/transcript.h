/* SPDX-License-Identifier: MIT */
/*
 * Transcript: a golden conversation read from a file (tests/transcripts/README.md has the form).
 * Invariant: rows are in file order; every row knows the step it belongs to, and a step is some
 * acts followed by what the actors must have received after them.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum TranscriptKind {
	TRANSCRIPT_TEXT,     /* blank or comment */
	TRANSCRIPT_SETTING,  /* setting [SECTION] KEY = VALUE */
	TRANSCRIPT_CLIENT,   /* client ACTOR: ... */
	TRANSCRIPT_SEND,     /* ACTOR > LINE */
	TRANSCRIPT_SEND_RAW, /* ACTOR >> BYTES with C escapes, no line end added */
	TRANSCRIPT_EXPECT,   /* ACTOR < LINE */
	TRANSCRIPT_CLOSED,   /* ACTOR closed: the service ended the connection */
	TRANSCRIPT_CLOSE,    /* ACTOR closes */
	TRANSCRIPT_ADVANCE,  /* advance 60s */
	TRANSCRIPT_CHANGED,  /* changed [SECTION] KEY = VALUE */
	TRANSCRIPT_DISK,     /* disk refuses, disk accepts */
} TranscriptKind;

typedef struct TranscriptRow {
	TranscriptKind kind;
	unsigned number; /* line of the file, from 1 */
	unsigned step;
	char *text;           /* the line as it stands in the file */
	char *actor;          /* NULL for rows without */
	char *value;          /* what is sent or expected; "KEY = VALUE" of a setting or a change;
			 what the disk does */
	char *section;        /* of a setting or a change */
	size_t length;        /* of value, which may hold NUL in TRANSCRIPT_SEND_RAW */
	int64_t microseconds; /* of an advance */
	/* of a client */
	bool raw; /* not registered by the runner */
	bool tls; /* as if over TLS */
	char *nick, *user, *address;
	char *host;        /* the name it asks for over TLS; NULL: none */
	char *certificate; /* the fingerprint of its client certificate; NULL: none */
	char *caps;        /* separated by blanks; "" for none */
} TranscriptRow;

typedef struct Transcript {
	char *name;
	GPtrArray *rows; /* of TranscriptRow */
	unsigned n_steps;
} Transcript;

/* NULL and `error` (G_FILE_ERROR or G_KEY_FILE_ERROR, naming file and line) if it makes no sense.
 */
Transcript *transcript_read(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
Transcript *transcript_parse(
    const char *name, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void transcript_free(Transcript *transcript);
/* The settings as a configuration file; caller frees. */
char *transcript_settings(const Transcript *transcript);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Transcript, transcript_free)
