/* SPDX-License-Identifier: MIT */
#include "snapin_host.h"

#include "console_window.h"
#include "question_dialog.h"
#include "snapin_loader.h"

/* Says whose mistake it is and leaves the function. */
#define REFUSE_IF(condition, ...)                                                                  \
	G_STMT_START                                                                               \
	{                                                                                          \
		if (G_UNLIKELY(condition)) {                                                       \
			g_warning(                                                                 \
			    "snap-in %s: %s: %s", instance_of(host)->id, G_STRFUNC, #condition);   \
			return __VA_ARGS__;                                                        \
		}                                                                                  \
	}                                                                                          \
	G_STMT_END

static SnapinInstance *
instance_of(const SnapinHost *host)
{
	return (SnapinInstance *)host;
}

static ConsoleWindow *
window_of(const SnapinHost *host)
{
	return snapin_loader_window(instance_of(host)->loader);
}

static gboolean
is_not_its_node(const SnapinHost *host, const SnapinNode *node)
{
	return !node || !scope_node_is_alive(node) ||
	       scope_node_owner(node) != &instance_of(host)->owner;
}

/* ---- tree ---- */

static SnapinNode *
node_add(const SnapinHost *host, SnapinNode *parent, const SnapinNodeSpec *spec)
{
	SnapinInstance *instance = instance_of(host);
	g_autoptr(SnapinNode) node = NULL;
	gboolean added;

	REFUSE_IF(!spec || !spec->id || !*spec->id || !spec->title, NULL);
	REFUSE_IF(parent && is_not_its_node(host, parent), NULL);
	REFUSE_IF(spec->list && (!spec->list->n_rows || !spec->list->row_id ||
				    !spec->list->cell_text || spec->list->n_columns == 0),
	    NULL);
	node = scope_node_new(&instance->owner, spec);
	added = scope_node_add(parent ? parent : snapin_loader_root(instance->loader), node);
	REFUSE_IF(!added, NULL);
	return node; /* its parent keeps it */
}

static void
node_remove(const SnapinHost *host, SnapinNode *node)
{
	REFUSE_IF(is_not_its_node(host, node));
	scope_node_remove(node);
}

static void
node_set_title(const SnapinHost *host, SnapinNode *node, const char *title)
{
	REFUSE_IF(is_not_its_node(host, node) || !title);
	scope_node_set_title(node, title);
}

static void
node_set_icon(const SnapinHost *host, SnapinNode *node, const char *icon_name)
{
	REFUSE_IF(is_not_its_node(host, node));
	scope_node_set_icon_name(node, icon_name);
}

static void
node_set_badge(const SnapinHost *host, SnapinNode *node, const char *badge)
{
	REFUSE_IF(is_not_its_node(host, node));
	scope_node_set_badge(node, badge);
}

static void
node_set_state(const SnapinHost *host, SnapinNode *node, SnapinState state, const char *sentence)
{
	REFUSE_IF(is_not_its_node(host, node) || state > SNAPIN_STATE_ERROR);
	scope_node_set_state(node, state, sentence);
}

static void
node_select(const SnapinHost *host, SnapinNode *node)
{
	REFUSE_IF(is_not_its_node(host, node));
	scope_node_announce_select(node);
}

/* ---- lists ---- */

static void
list_reset(const SnapinHost *host, SnapinNode *node)
{
	REFUSE_IF(is_not_its_node(host, node));
	scope_node_announce_reset(node);
}

static void
list_row_changed(const SnapinHost *host, SnapinNode *node, guint64 row_id)
{
	REFUSE_IF(is_not_its_node(host, node));
	scope_node_announce_row(node, row_id);
}

static void
actions_changed(const SnapinHost *host, SnapinNode *node)
{
	REFUSE_IF(is_not_its_node(host, node));
	scope_node_announce_actions(node);
}

/* ---- property sheets ---- */

static void
sheet_open(const SnapinHost *host, SnapinNode *node, const char *object,
    const SnapinPageSpec *pages, guint n_pages)
{
	ConsoleWindow *window = window_of(host);

	REFUSE_IF(is_not_its_node(host, node) || !object || !pages || n_pages == 0);
	REFUSE_IF(!pages->create || !pages->apply_async || !pages->apply_finish);
	if (window)
		console_window_open_sheet(window, node, object, pages, n_pages);
}

static void
page_set_dirty(const SnapinHost *host, SnapinPage *page, gboolean dirty)
{
	REFUSE_IF(!page);
	property_page_set_dirty(page, dirty);
}

static void
page_set_problem(const SnapinHost *host, SnapinPage *page, const char *reason)
{
	REFUSE_IF(!page);
	property_page_set_problem(page, reason);
}

/* ---- dialogs ---- */

static GtkWindow *
window(const SnapinHost *host)
{
	ConsoleWindow *main_window = window_of(host);

	return main_window ? GTK_WINDOW(main_window) : NULL;
}

static void
ask_async(const SnapinHost *host, const SnapinQuestion *question, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	REFUSE_IF(!question || !question->title || !callback);
	question_dialog_ask(window(host), question, cancellable, callback, user_data);
}

static char **
ask_finish(const SnapinHost *host, GAsyncResult *result, GError **error)
{
	return question_dialog_finish(result, error);
}

static void
report(const SnapinHost *host, SnapinNode *node, SnapinSeverity severity, const char *sentence,
    const char *detail)
{
	ConsoleWindow *main_window = window_of(host);

	REFUSE_IF(!sentence);
	if (main_window)
		console_window_report(
		    main_window, instance_of(host)->id, severity, sentence, detail);
}

/* ---- saved state ---- */

static char *
state_get(const SnapinHost *host, const char *key)
{
	SnapinInstance *instance = instance_of(host);

	REFUSE_IF(!key, NULL);
	return console_state_get_snapin(snapin_loader_state(instance->loader), instance->id, key);
}

static void
state_set(const SnapinHost *host, const char *key, const char *value)
{
	SnapinInstance *instance = instance_of(host);
	gboolean kept;

	REFUSE_IF(!key);
	kept = console_state_set_snapin(
	    snapin_loader_state(instance->loader), instance->id, key, value);
	REFUSE_IF(!kept);
}

void
snapin_host_fill(SnapinInstance *instance)
{
	instance->table = (SnapinHost){
	    .size = sizeof(SnapinHost),
	    .abi_major = SNAPIN_ABI_MAJOR,
	    .abi_minor = SNAPIN_ABI_MINOR,
	    .version = CHAT_VERSION,
	    .node_add = node_add,
	    .node_remove = node_remove,
	    .node_set_title = node_set_title,
	    .node_set_icon = node_set_icon,
	    .node_set_badge = node_set_badge,
	    .node_set_state = node_set_state,
	    .node_select = node_select,
	    .list_reset = list_reset,
	    .list_row_changed = list_row_changed,
	    .actions_changed = actions_changed,
	    .sheet_open = sheet_open,
	    .page_set_dirty = page_set_dirty,
	    .page_set_problem = page_set_problem,
	    .ask_async = ask_async,
	    .ask_finish = ask_finish,
	    .report = report,
	    .state_get = state_get,
	    .state_set = state_set,
	    .window = window,
	};
}
