/* SPDX-License-Identifier: MIT */
/*
 * What is known of a snap-in without running it: its ELF note, and the first fields of its
 * descriptor. Without GTK, so that a checker can read both; snapin.h includes it.
 * Invariant: layout and names here are ABI 1 and never change; a new major has new ones.
 * Thread: any; these are constants and plain data.
 */
#pragma once

#include <glib.h>

#define SNAPIN_ABI_MAJOR 1
#define SNAPIN_ABI_MINOR 0
#define SNAPIN_NOTE_OWNER "chat-console" /* with its NUL padded to 16 bytes */
#define SNAPIN_NOTE_TYPE 1
#define SNAPIN_NOTE_SECTION ".note.chat-console.snapin"
#define SNAPIN_ENTRY_POINT "chat_console_snapin_1"

/* Note descriptor: fixed size, host byte order, strings NUL-terminated. */
typedef struct SnapinNoteData {
	guint32 abi_major;
	guint32 abi_minor;
	char id[32]; /* [a-z][a-z0-9-]*, equal to the descriptor's and the key file's */
	char version[32];
	char minimum_host[16]; /* lowest console version, "0.1.0"; "" for any */
} SnapinNoteData;

typedef struct SnapinNote {
	guint32 name_size; /* sizeof SNAPIN_NOTE_OWNER */
	guint32 data_size; /* sizeof(SnapinNoteData) */
	guint32 type;
	char name[16];
	SnapinNoteData data;
} SnapinNote;

/* The fields with which every SnapinDescriptor begins (static_assert in snapin.h). */
typedef struct SnapinDescriptorHead {
	gsize size;
	guint32 abi_major;
	guint32 abi_minor;
	const char *id;
	const char *version;
	void (*init)(void); /* never NULL; its real type is in snapin.h */
} SnapinDescriptorHead;

/* `used` and the section's name keep the note through -flto, --gc-sections and strip. */
#define SNAPIN_DEFINE_NOTE(major, minor, snapin_id, snapin_version, snapin_host)                   \
	__attribute__((section(SNAPIN_NOTE_SECTION), used,                                         \
	    aligned(4))) static const SnapinNote chat_console_note = {sizeof SNAPIN_NOTE_OWNER,    \
	    sizeof(SnapinNoteData), SNAPIN_NOTE_TYPE, SNAPIN_NOTE_OWNER,                           \
	    {major, minor, snapin_id, snapin_version, snapin_host}}
