/* SPDX-License-Identifier: MIT */
/*
 * The contract between chat-console and a snap-in, ABI 1.
 * A snap-in is a shared object that exports the descriptor `chat_console_snapin_1`, carries the ELF
 * note of SNAPIN_DEFINE so that its ABI can be read without running it, and links nothing of the
 * console: all it needs from there comes through the SnapinHost table.
 * Rule: major equal; the snap-in's minor <= the console's. A snap-in is never unloaded.
 * Thread: the main thread only (see snapin-parts.h, which also tells ownership).
 */
#pragma once

#include "snapin-note.h"
#include "snapin-parts.h"

#include <assert.h>

G_BEGIN_DECLS

/* ---- What the console offers. `host` is the table itself, one per snap-in. ---- */
typedef enum SnapinSeverity {
	SNAPIN_INFO,
	SNAPIN_WARNING,
	SNAPIN_ERROR,
} SnapinSeverity;

/* One thing to ask in a dialog; the answers come back in the same order. */
typedef struct SnapinField {
	const char *label; /* with mnemonic */
	const char *value; /* initial */
	const char *const
	    *choices;     /* NULL-terminated: a combo box instead of an entry; NULL: free text */
	guint max_length; /* bytes; 0: 4096 */
	gboolean required;
	gboolean secret;
	gconstpointer reserved[2];
} SnapinField;

typedef struct SnapinQuestion {
	const char *title;
	const char *text;   /* what will happen, to what */
	const char *accept; /* label of the button that does it: "_Disconnect" */
	gboolean danger;
	const SnapinField *fields;
	guint n_fields;
	gconstpointer reserved[2];
} SnapinQuestion;

typedef struct SnapinHost SnapinHost;
struct SnapinHost {
	gsize size;
	guint32 abi_major;
	guint32 abi_minor; /* look here before using what a later minor added */
	const char *version;

	/* Tree. parent NULL: a root of the snap-in's own. The spec is copied, not what it points
	 * to. */
	SnapinNode *(*node_add)(
	    const SnapinHost *host, SnapinNode *parent, const SnapinNodeSpec *spec);
	void (*node_remove)(const SnapinHost *host, SnapinNode *node); /* with all below it */
	void (*node_set_title)(const SnapinHost *host, SnapinNode *node, const char *title);
	void (*node_set_icon)(const SnapinHost *host, SnapinNode *node, const char *icon_name);
	/* Small text behind the title ("128"); NULL for none. */
	void (*node_set_badge)(const SnapinHost *host, SnapinNode *node, const char *badge);
	/* `sentence` says why (tooltip, and on the node's pane while it is not NORMAL); NULL for
	 * none. */
	void (*node_set_state)(
	    const SnapinHost *host, SnapinNode *node, SnapinState state, const char *sentence);
	void (*node_select)(const SnapinHost *host, SnapinNode *node);

	/* Lists. The console asks again at once for what is visible and coalesces repaints. */
	void (*list_reset)(
	    const SnapinHost *host, SnapinNode *node); /* rows were added, removed, moved */
	void (*list_row_changed)(const SnapinHost *host, SnapinNode *node, guint64 row_id);
	/* Actions may have become possible or impossible. */
	void (*actions_changed)(const SnapinHost *host, SnapinNode *node);

	/* Property sheet over the given pages (copied); `object` is its title: "#chat". Not modal.
	 */
	void (*sheet_open)(const SnapinHost *host, SnapinNode *node, const char *object,
	    const SnapinPageSpec *pages, guint n_pages);
	void (*page_set_dirty)(const SnapinHost *host, SnapinPage *page, gboolean dirty);
	/* `reason` says what is wrong with what was typed: OK and Apply stay off; NULL: all right.
	 */
	void (*page_set_problem)(const SnapinHost *host, SnapinPage *page, const char *reason);

	/* Dialogs. ask: answers are (transfer full) NULL-terminated, one per field; NULL with
	 * G_IO_ERROR_CANCELLED if the user thought better of it. */
	void (*ask_async)(const SnapinHost *host, const SnapinQuestion *question,
	    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
	char **(*ask_finish)(const SnapinHost *host, GAsyncResult *result, GError **error);
	/* A line in the information bar; `detail` may be NULL. Never a modal. */
	void (*report)(const SnapinHost *host, SnapinNode *node, SnapinSeverity severity,
	    const char *sentence, const char *detail);

	/* Saved state of this snap-in: small strings (<= 64 KiB) under [a-z.-]+ keys, no secrets.
	 */
	char *(*state_get)(const SnapinHost *host, const char *key);
	void (*state_set)(const SnapinHost *host, const char *key, const char *value);

	/* Parent for a dialog of the snap-in's own (a file chooser); never run one with a nested
	 * main loop. */
	GtkWindow *(*window)(const SnapinHost *host);
};

/* ---- What a snap-in exports ---- */
typedef struct SnapinDescriptor {
	gsize size;
	guint32 abi_major;
	guint32 abi_minor;
	const char *id;
	const char *version;
	/* Adds the snap-in's roots. FALSE with an error whose message is a sentence: it is shown as
	 * it is. */
	gboolean (*init)(const SnapinHost *host, GError **error);
	/* Opens an address whose scheme the key file claims; NULL if it claims none. */
	gboolean (*open)(const SnapinHost *host, const char *uri, GError **error);
} SnapinDescriptor;

static_assert(offsetof(SnapinDescriptor, abi_major) == offsetof(SnapinDescriptorHead, abi_major) &&
		  offsetof(SnapinDescriptor, id) == offsetof(SnapinDescriptorHead, id) &&
		  offsetof(SnapinDescriptor, version) == offsetof(SnapinDescriptorHead, version),
    "a descriptor begins with its head");

#define SNAPIN_DEFINE(snapin_id, snapin_version, snapin_host, init_function, open_function)        \
	SNAPIN_DEFINE_NOTE(                                                                        \
	    SNAPIN_ABI_MAJOR, SNAPIN_ABI_MINOR, snapin_id, snapin_version, snapin_host);           \
	extern __attribute__((visibility("default")))                                              \
	const SnapinDescriptor chat_console_snapin_1;                                              \
	const SnapinDescriptor chat_console_snapin_1 = {sizeof(SnapinDescriptor),                  \
	    SNAPIN_ABI_MAJOR, SNAPIN_ABI_MINOR, snapin_id, snapin_version, init_function,          \
	    open_function}

G_END_DECLS
