/* SPDX-License-Identifier: MIT */
/*
 * What a snap-in contributes: tree nodes, lists, pages and actions. Included by snapin.h.
 * Ownership: every struct here is the snap-in's and lives as long as the process (static const) or
 * as long as the node that names it; `data` belongs to the snap-in and is given back to every call.
 * Strings the snap-in returns with (transfer full) are freed by the console with g_free().
 * Thread: everything in this contract happens on the console's main thread. Nothing may block it:
 * work that waits is asynchronous and takes a GCancellable. Growth: a struct with `size` may get
 * fields at its end in a later minor; size = sizeof as compiled. Structs that stand in arrays keep
 * their size and grow into `reserved`, which must be zero.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct SnapinNode SnapinNode; /* the console's: a place in the tree */
typedef struct SnapinPage SnapinPage; /* the console's: one tab of an open property sheet */

/* Of a node or of a row. */
typedef enum SnapinState {
	SNAPIN_STATE_NORMAL,
	SNAPIN_STATE_BUSY,
	SNAPIN_STATE_WARNING,
	SNAPIN_STATE_ERROR,
} SnapinState;

/* ---- Lists: rows are the snap-in's; sorting, filtering, selection and columns are the console's
 * ---- */
typedef enum SnapinColumnKind {
	SNAPIN_COLUMN_TEXT,
	SNAPIN_COLUMN_NUMBER, /* right-aligned; sorted by `compare` or by value of the text */
	SNAPIN_COLUMN_TIME,
	SNAPIN_COLUMN_ICON, /* cell_text gives an icon name */
} SnapinColumnKind;

typedef struct SnapinColumn {
	const char *id; /* stable: under this name width, order and visibility are remembered */
	const char *title;
	SnapinColumnKind kind;
	int width;           /* pixels, initial */
	gboolean hidden;     /* not shown until chosen */
	const char *tooltip; /* of the header; may be NULL */
	gconstpointer reserved[2];
} SnapinColumn;

typedef struct SnapinList {
	gsize size;
	const SnapinColumn *columns;
	guint n_columns;
	const char *default_sort; /* column id, with "-" before it for descending; NULL: as given */
	const char *empty_text;   /* shown when there is no row */
	guint (*n_rows)(gpointer data);
	/* Stable identity of a row, never 0: selection, focus and scroll position follow it. */
	guint64 (*row_id)(gpointer data, guint row);
	/* Text of a cell, valid until the next call into the snap-in; never NULL. Called for
	 * visible rows, and for all rows while filtering. */
	const char *(*cell_text)(gpointer data, guint row, guint column);
	/* Order of two rows by a column; NULL: the cells' text is compared. Fast: called n log n
	 * times. */
	int (*compare)(gpointer data, guint row_a, guint row_b, guint column);
	/* The whole size of what is listed when not all of it was loaded; NULL: n_rows is all. */
	guint64 (*total)(gpointer data);
	/* The user asks for another search over what is not loaded; NULL: the console filters what
	 * it has. The snap-in answers with list_reset. */
	void (*search)(gpointer data, const char *text);
	/* What a row's state is: an icon before its first cell unless NORMAL; NULL: all are NORMAL.
	 */
	SnapinState (*row_state)(gpointer data, guint row);
} SnapinList;

/* ---- Actions: one row each; menus, action pane, context menu and accelerators follow from it ----
 */
typedef enum SnapinActionOn {
	SNAPIN_ON_NODE,    /* the node itself, nothing need be selected */
	SNAPIN_ON_ONE_ROW, /* exactly one row */
	SNAPIN_ON_ROWS,    /* one row or more */
} SnapinActionOn;

typedef struct SnapinSelection {
	const guint64 *row_ids; /* valid during the call */
	guint n_rows;
} SnapinSelection;

typedef struct SnapinAction {
	const char *name;  /* stable, [a-z-]+; the GAction is "SNAPIN-ID.name" */
	const char *label; /* with mnemonic: "_Disconnect…"; an ellipsis if it asks something */
	const char *icon_name;
	const char *accelerator; /* "<Primary>d" or NULL */
	const char *tooltip;
	SnapinActionOn on;
	gboolean danger;        /* shown apart, in the theme's destructive style */
	gboolean is_default;    /* what a double click or Enter does */
	const char *permission; /* the snap-in's own word, given to `may`; or NULL */
	gconstpointer reserved[2];
} SnapinAction;

/* ---- Property sheets ---- */
typedef struct SnapinPageSpec {
	gsize size;
	const char *id;
	const char *title;
	const char *help; /* help anchor or NULL */
	/* The page's widget (floating). `data` is freed with the sheet by free_data. */
	GtkWidget *(*create)(SnapinPage *page, gpointer data);
	/* Write what was changed. On an error the sheet stays open and shows the message on this
	 * page. After a cancel the widget may be gone before apply_finish, `data` never is. */
	void (*apply_async)(SnapinPage *page, gpointer data, GCancellable *cancellable,
	    GAsyncReadyCallback callback, gpointer user_data);
	gboolean (*apply_finish)(
	    SnapinPage *page, gpointer data, GAsyncResult *result, GError **error);
	gpointer data;
	GDestroyNotify free_data;
} SnapinPageSpec;

/* ---- Nodes ---- */
typedef struct SnapinNodeSpec {
	gsize size;
	const char *id; /* stable among its siblings: view state is kept under the path of ids */
	const char *title;
	const char *icon_name;
	gboolean
	    may_have_children; /* an expander is shown and `expand` called at the first opening */
	void (*expand)(SnapinNode *node, gpointer data);
	/* What the result pane shows: a list, or a widget of the snap-in's own, or both (the widget
	 * stands above the list: its own filter), or neither (the children). The widget (floating)
	 * is made when the node is first shown and lives as long as the node. */
	const SnapinList *list;
	GtkWidget *(*create_widget)(SnapinNode *node, gpointer data);
	void (*shown)(
	    SnapinNode *node, gpointer data, gboolean visible); /* start or stop live updates */
	const SnapinAction *actions;
	guint n_actions;
	void (*activate)(SnapinNode *node, gpointer data, const SnapinAction *action,
	    const SnapinSelection *selection);
	/* NULL if allowed now, else the reason (transfer full), which becomes the tooltip. May be
	 * NULL. */
	char *(*may)(SnapinNode *node, gpointer data, const SnapinAction *action,
	    const SnapinSelection *selection);
	/* The same act as a shell command, for "Copy as command" (transfer full); may be NULL. */
	char *(*command)(SnapinNode *node, gpointer data, const SnapinAction *action,
	    const SnapinSelection *selection);
	void (*refresh)(SnapinNode *node, gpointer data); /* F5; NULL: nothing to refresh */
	const char *help;
	gpointer data;
	GDestroyNotify free_data;
} SnapinNodeSpec;

G_END_DECLS
