/* SPDX-License-Identifier: MIT */
#include "list_model.h"

#include "list_difference.h"

#define STALE_REACH 64

struct _ListModel {
	GObject parent_instance;
	ListSource source;
	char *filter;
	ListOrder order;
	ListIndex *index;   /* what the view knows */
	ListIndex *pending; /* what it will know after list_model_adopt() */
	GHashTable
	    *positions; /* guint64 * (inside the entries) -> position + 1; NULL: to be built */
	int stamp;
	guint reading;
	gboolean stale;
	gboolean forgotten;
};

static void list_model_tree_init(GtkTreeModelIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(ListModel, list_model, G_TYPE_OBJECT,
    G_IMPLEMENT_INTERFACE(GTK_TYPE_TREE_MODEL, list_model_tree_init))

static ListEntry *
entry_at(const ListModel *self, guint position)
{
	return &g_array_index(self->index->entries, ListEntry, position);
}

/* ---- GtkTreeModel ---- */

static GtkTreeModelFlags
model_get_flags(GtkTreeModel *model)
{
	return GTK_TREE_MODEL_LIST_ONLY;
}

static int
model_get_n_columns(GtkTreeModel *model)
{
	return (int)LIST_MODEL(model)->source.list->n_columns + 1;
}

static GType
model_get_column_type(GtkTreeModel *model, int column)
{
	return G_TYPE_STRING;
}

static gboolean
set_iter(ListModel *self, GtkTreeIter *iter, guint position)
{
	if (position >= self->index->entries->len)
		return FALSE;
	iter->stamp = self->stamp;
	iter->user_data = GUINT_TO_POINTER(position);
	return TRUE;
}

static guint
iter_position(const GtkTreeIter *iter)
{
	return GPOINTER_TO_UINT(iter->user_data);
}

static gboolean
model_get_iter(GtkTreeModel *model, GtkTreeIter *iter, GtkTreePath *path)
{
	int position = gtk_tree_path_get_indices(path)[0];

	return gtk_tree_path_get_depth(path) == 1 && position >= 0 &&
	       set_iter(LIST_MODEL(model), iter, (guint)position);
}

static GtkTreePath *
model_get_path(GtkTreeModel *model, GtkTreeIter *iter)
{
	return gtk_tree_path_new_from_indices((int)iter_position(iter), -1);
}

static const char *
state_icon(ListModel *self, guint position)
{
	static const char *const icons[] = {
	    [SNAPIN_STATE_NORMAL] = NULL,
	    [SNAPIN_STATE_BUSY] = "content-loading-symbolic",
	    [SNAPIN_STATE_WARNING] = "dialog-warning-symbolic",
	    [SNAPIN_STATE_ERROR] = "dialog-error-symbolic",
	};
	guint32 row = list_model_source_row(self, position);
	SnapinState state;

	if (row == LIST_ENTRY_GONE || !LIST_HAS(self->source.list, row_state))
		return NULL;
	g_auto(SnapinCall) call =
	    snapin_call_begin(self->source.guard, self->source.owner_id, "row_state");
	self->reading++;
	state = self->source.list->row_state(self->source.data, row);
	self->reading--;
	return state < G_N_ELEMENTS(icons) ? icons[state] : NULL;
}

static void
model_get_value(GtkTreeModel *model, GtkTreeIter *iter, int column, GValue *value)
{
	ListModel *self = LIST_MODEL(model);
	guint position = iter_position(iter);

	g_value_init(value, G_TYPE_STRING);
	if (position >= self->index->entries->len)
		return;
	if ((guint)column == self->source.list->n_columns)
		g_value_set_static_string(value, state_icon(self, position));
	else
		g_value_set_string(value, list_model_text(self, position, (guint)column));
}

static gboolean
model_iter_next(GtkTreeModel *model, GtkTreeIter *iter)
{
	return set_iter(LIST_MODEL(model), iter, iter_position(iter) + 1);
}

static gboolean
model_iter_previous(GtkTreeModel *model, GtkTreeIter *iter)
{
	guint position = iter_position(iter);

	return position > 0 && set_iter(LIST_MODEL(model), iter, position - 1);
}

static gboolean
model_iter_nth_child(GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent, int n)
{
	return !parent && n >= 0 && set_iter(LIST_MODEL(model), iter, (guint)n);
}

static gboolean
model_iter_children(GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent)
{
	return model_iter_nth_child(model, iter, parent, 0);
}

static gboolean
model_iter_has_child(GtkTreeModel *model, GtkTreeIter *iter)
{
	return FALSE;
}

static int
model_iter_n_children(GtkTreeModel *model, GtkTreeIter *iter)
{
	return iter ? 0 : (int)LIST_MODEL(model)->index->entries->len;
}

static gboolean
model_iter_parent(GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *child)
{
	return FALSE;
}

static void
list_model_tree_init(GtkTreeModelIface *iface)
{
	iface->get_flags = model_get_flags;
	iface->get_n_columns = model_get_n_columns;
	iface->get_column_type = model_get_column_type;
	iface->get_iter = model_get_iter;
	iface->get_path = model_get_path;
	iface->get_value = model_get_value;
	iface->iter_next = model_iter_next;
	iface->iter_previous = model_iter_previous;
	iface->iter_children = model_iter_children;
	iface->iter_has_child = model_iter_has_child;
	iface->iter_n_children = model_iter_n_children;
	iface->iter_nth_child = model_iter_nth_child;
	iface->iter_parent = model_iter_parent;
}

/* ---- the object ---- */

static void
list_model_finalize(GObject *object)
{
	ListModel *self = LIST_MODEL(object);

	g_clear_pointer(&self->positions, g_hash_table_unref);
	list_index_free(self->index);
	list_index_free(self->pending);
	g_free(self->filter);
	G_OBJECT_CLASS(list_model_parent_class)->finalize(object);
}

static void
list_model_class_init(ListModelClass *class)
{
	G_OBJECT_CLASS(class)->finalize = list_model_finalize;
}

static void
list_model_init(ListModel *self)
{
	self->stamp = 1;
	self->order.column = LIST_INDEX_NO_SORT;
	self->index = g_new0(ListIndex, 1);
	self->index->entries = g_array_new(FALSE, FALSE, sizeof(ListEntry));
}

ListModel *
list_model_new(const ListSource *source)
{
	ListModel *self = g_object_new(LIST_TYPE_MODEL, NULL);

	self->source = *source;
	self->order = list_order_default(source->list);
	return self;
}

void
list_model_forget(ListModel *self)
{
	self->forgotten = TRUE;
	self->source.data = NULL;
	for (guint i = 0; i < self->index->entries->len; i++)
		entry_at(self, i)->row = LIST_ENTRY_GONE;
}

void
list_model_set_filter(ListModel *self, const char *filter)
{
	g_free(self->filter);
	self->filter = g_strdup(filter);
}

void
list_model_set_order(ListModel *self, ListOrder order)
{
	self->order = order;
}

ListOrder
list_model_order(const ListModel *self)
{
	return self->order;
}

static void
positions_changed(ListModel *self)
{
	g_clear_pointer(&self->positions, g_hash_table_unref);
	self->stamp++;
}

/* ---- from what the view knows to what the snap-in has ---- */

static void
tell_removed(ListModel *self, guint position)
{
	g_autoptr(GtkTreePath) path = gtk_tree_path_new_from_indices((int)position, -1);

	g_array_remove_index(self->index->entries, position);
	positions_changed(self);
	gtk_tree_model_row_deleted(GTK_TREE_MODEL(self), path);
}

static void
tell_inserted(ListModel *self, guint position, ListEntry entry)
{
	g_autoptr(GtkTreePath) path = gtk_tree_path_new_from_indices((int)position, -1);
	GtkTreeIter iter;

	g_array_insert_val(self->index->entries, position, entry);
	positions_changed(self);
	set_iter(self, &iter, position);
	gtk_tree_model_row_inserted(GTK_TREE_MODEL(self), path, &iter);
}

static void
take_counts(ListModel *self, const ListIndex *from)
{
	self->index->n_rows = from->n_rows;
	self->index->n_matching = from->n_matching;
	self->index->total = from->total;
}

/* Numbers first: whatever the view asks while it is told is answered from new rows. */
static void
renumber(ListModel *self, const GArray *fresh, const ListDifference *part, GHashTable *in_new)
{
	GArray *entries = self->index->entries;

	for (guint i = 0; i < part->start; i++)
		entry_at(self, i)->row = g_array_index(fresh, ListEntry, i).row;
	for (guint i = part->start; i < part->old_end; i++) {
		ListEntry *entry = entry_at(self, i);
		guint position = GPOINTER_TO_UINT(g_hash_table_lookup(in_new, &entry->id));

		entry->row =
		    position ? g_array_index(fresh, ListEntry, position - 1).row : LIST_ENTRY_GONE;
	}
	for (guint i = part->old_end; i < entries->len; i++)
		entry_at(self, i)->row =
		    g_array_index(fresh, ListEntry, i - part->old_end + part->new_end).row;
}

static gboolean
tell_by_signals(ListModel *self, ListIndex *fresh)
{
	GArray *entries = self->index->entries;
	guint more =
	    MAX(entries->len, fresh->entries->len) - MIN(entries->len, fresh->entries->len);
	g_autoptr(GHashTable) in_old = NULL;
	g_autoptr(GHashTable) in_new = NULL;
	ListDifference part;

	if (more > LIST_DIFFERENCE_MAX)
		return FALSE;
	part = list_difference_of(entries, fresh->entries);
	in_old = list_entries_table(entries, part.start, part.old_end);
	in_new = list_entries_table(fresh->entries, part.start, part.new_end);
	if (!list_difference_is_small(entries, fresh->entries, &part, in_old, in_new))
		return FALSE;
	renumber(self, fresh->entries, &part, in_new);
	self->stale = FALSE;
	take_counts(self, fresh);
	for (guint i = part.old_end; i > part.start; i--)
		if (entry_at(self, i - 1)->row == LIST_ENTRY_GONE)
			tell_removed(self, i - 1);
	for (guint i = part.start; i < part.new_end; i++) {
		ListEntry entry = g_array_index(fresh->entries, ListEntry, i);

		if (i >= entries->len || entry_at(self, i)->id != entry.id)
			tell_inserted(self, i, entry);
	}
	return TRUE;
}

gboolean
list_model_rebuild(ListModel *self)
{
	g_autoptr(ListIndex) fresh = NULL;

	if (self->forgotten)
		return TRUE;
	g_auto(SnapinCall) call =
	    snapin_call_begin(self->source.guard, self->source.owner_id, "list");
	self->reading++;
	fresh = list_index_build(self->source.list, self->source.data,
	    LIST_HAS(self->source.list, search) ? NULL : self->filter, &self->order);
	self->reading--;
	list_index_free(g_steal_pointer(&self->pending));
	if (self->index->entries->len > 0 && tell_by_signals(self, fresh))
		return TRUE;
	self->pending = g_steal_pointer(&fresh);
	return FALSE;
}

void
list_model_adopt(ListModel *self)
{
	if (!self->pending)
		return;
	list_index_free(self->index);
	self->index = g_steal_pointer(&self->pending);
	self->stale = FALSE;
	positions_changed(self);
}

void
list_model_set_stale(ListModel *self)
{
	self->stale = TRUE;
}

/* ---- reading ---- */

gboolean
list_model_is_reading(const ListModel *self)
{
	return self->reading > 0;
}

guint
list_model_n_rows(const ListModel *self)
{
	return self->index->entries->len;
}

guint64
list_model_row_id(const ListModel *self, guint position)
{
	return entry_at(self, position)->id;
}

guint32
list_model_source_row(ListModel *self, guint position)
{
	ListEntry *entry = entry_at(self, position);
	const SnapinList *list = self->source.list;
	guint n_rows;

	if (self->forgotten || entry->row == LIST_ENTRY_GONE || !self->stale)
		return entry->row;
	/* Rows come and go one by one: what moved is mostly near to where it was. */
	n_rows = list->n_rows(self->source.data);
	for (guint reach = 0; reach <= STALE_REACH; reach++) {
		if (entry->row >= reach && entry->row - reach < n_rows &&
		    list->row_id(self->source.data, entry->row - reach) == entry->id)
			return entry->row - reach;
		if (entry->row + reach < n_rows &&
		    list->row_id(self->source.data, entry->row + reach) == entry->id)
			return entry->row + reach;
	}
	return LIST_ENTRY_GONE;
}

int
list_model_find(ListModel *self, guint64 row_id)
{
	if (!self->positions)
		self->positions =
		    list_entries_table(self->index->entries, 0, self->index->entries->len);
	return (int)GPOINTER_TO_UINT(g_hash_table_lookup(self->positions, &row_id)) - 1;
}

const ListIndex *
list_model_counts(const ListModel *self)
{
	return self->index;
}

const ListSource *
list_model_source(const ListModel *self)
{
	return &self->source;
}

const char *
list_model_text(ListModel *self, guint position, guint column)
{
	guint32 row;
	const char *text;

	g_auto(SnapinCall) call =
	    snapin_call_begin(self->source.guard, self->source.owner_id, "cell_text");
	row = list_model_source_row(self, position);
	if (row == LIST_ENTRY_GONE)
		return "";
	self->reading++;
	text = self->source.list->cell_text(self->source.data, row, column);
	self->reading--;
	return text ? text : "";
}

void
list_model_row_changed(ListModel *self, guint position)
{
	g_autoptr(GtkTreePath) path = gtk_tree_path_new_from_indices((int)position, -1);
	GtkTreeIter iter;

	if (set_iter(self, &iter, position))
		gtk_tree_model_row_changed(GTK_TREE_MODEL(self), path, &iter);
}
