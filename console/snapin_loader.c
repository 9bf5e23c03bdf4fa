/* SPDX-License-Identifier: MIT */
#include "snapin_loader.h"

#include "console_window.h"
#include "modcheck/report_text.h"
#include "snapin_check.h"
#include "snapin_load.h"
#include "snapin_place.h"
#include "snapin_quarantine.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#define MAX_INSTANCES 64

struct _SnapinLoader {
	GObject parent_instance;
	SnapinOptions options;
	ConsoleState *state;
	SnapinGuard *guard;
	SnapinPath *path;
	SnapinRecords *records;
	GPtrArray *registries; /* the last one is in force; entries of older ones are still named */
	GPtrArray *instances;
	SnapinNode *root;
	struct _ConsoleWindow *window;
	char *pending_uri; /* given before the registry was read */
	guint n_checking;
	gboolean started;
	gboolean closed;
};

enum { CHANGED, SETTLED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE(SnapinLoader, snapin_loader, G_TYPE_OBJECT)

static const ScopeOwner nobody = {NULL, NULL, 0};

static void
set_status(SnapinInstance *instance, SnapinStatus status)
{
	instance->status = status;
	g_signal_emit(instance->loader, signals[CHANGED], 0, instance);
}

/* ---- loading ---- */

static void
settle(SnapinLoader *self)
{
	if (self->n_checking == 0)
		g_signal_emit(self, signals[SETTLED], 0);
}

static void
fail(SnapinInstance *instance, SnapinStatus status)
{
	g_autofree char *headline = module_report_headline(instance->report);

	report_log(instance->report);
	snapin_place_set(instance, SNAPIN_STATE_ERROR, headline);
	set_status(instance, status);
}

static void
open_wanted(SnapinInstance *instance)
{
	g_autofree char *uri = g_steal_pointer(&instance->wanted_uri);
	g_autoptr(GError) error = NULL;

	if (uri && !snapin_loader_open(instance->loader, uri, &error))
		instance->table.report(&instance->table, NULL, SNAPIN_ERROR, error->message, NULL);
}

static void
load(SnapinInstance *instance)
{
	if (!snapin_load(instance)) {
		snapin_place_remove_roots(instance);
		fail(instance, SNAPIN_STATUS_FAILED);
		return;
	}
	snapin_place_remove(instance);
	set_status(instance, SNAPIN_STATUS_LOADED);
	open_wanted(instance);
}

/* ---- checking ---- */

static void
on_checked(GObject *source, GAsyncResult *result, gpointer user_data)
{
	SnapinLoader *self = SNAPIN_LOADER(source);
	SnapinInstance *instance = user_data;
	ModuleReport *report = snapin_check_finish(result);

	self->n_checking--;
	module_report_free(instance->report);
	instance->report = report;
	if (self->closed)
		return;
	if (module_report_is_good(report))
		load(instance);
	else
		fail(instance, SNAPIN_STATUS_FAILED);
	settle(self);
}

static void
check(SnapinInstance *instance)
{
	SnapinLoader *self = instance->loader;
	ModuleCheckOptions options;

	if (!instance->entry->problem && snapin_quarantine_holds(instance, self->records)) {
		fail(instance, SNAPIN_STATUS_QUARANTINED);
		return;
	}
	instance->ignore_quarantine = FALSE;
	snapin_place_set(instance, SNAPIN_STATE_BUSY, _("It is being checked and loaded."));
	set_status(instance, SNAPIN_STATUS_CHECKING);
	options = snapin_options_check(&self->options);
	options.package_hints = TRUE;
	self->n_checking++;
	snapin_check_async(G_OBJECT(self), instance->entry, &options, on_checked, instance);
}

static void
begin(SnapinInstance *instance)
{
	if (instance->loader->options.safe_mode)
		set_status(instance, SNAPIN_STATUS_NOT_LOADED);
	else if (snapin_records_is_disabled(instance->loader->records, instance->id))
		set_status(instance, SNAPIN_STATUS_DISABLED);
	else
		check(instance);
}

/* ---- the registry ---- */

static gboolean
is_busy_or_done(const SnapinInstance *instance)
{
	return instance->status == SNAPIN_STATUS_LOADED ||
	       (instance->status == SNAPIN_STATUS_CHECKING && instance->entry);
}

SnapinInstance *
snapin_loader_find(SnapinLoader *self, const char *id)
{
	for (guint i = 0; i < self->instances->len; i++) {
		SnapinInstance *instance = self->instances->pdata[i];

		if (g_str_equal(instance->id, id))
			return instance;
	}
	return NULL;
}

static SnapinInstance *
add_instance(SnapinLoader *self, const char *id)
{
	SnapinInstance *instance = snapin_instance_new(id, self->guard, self->instances->len + 1);

	instance->loader = self;
	g_ptr_array_add(self->instances, instance);
	return instance;
}

/* A key file that repeats an id is shown under its own name: the first one has the id. */
static void
take_entry(SnapinLoader *self, const SnapinEntry *entry, GPtrArray *fresh)
{
	g_autofree char *other = entry->duplicate_of ? g_path_get_basename(entry->key_file) : NULL;
	const char *id = other ? other : entry->id;
	SnapinInstance *instance = snapin_loader_find(self, id);

	if (!instance) {
		if (self->instances->len >= MAX_INSTANCES)
			return;
		instance = add_instance(self, id);
		g_ptr_array_add(fresh, instance);
	} else if (instance->status == SNAPIN_STATUS_ABSENT) {
		g_ptr_array_add(fresh, instance);
	}
	if (!is_busy_or_done(instance))
		instance->entry = entry;
}

static gboolean
has_entries(SnapinLoader *self)
{
	for (guint i = 0; i < self->instances->len; i++)
		if (((SnapinInstance *)self->instances->pdata[i])->entry)
			return TRUE;
	return FALSE;
}

/* Whoever uses other snap-ins is not told at each start that the suggested ones are not there. */
static void
add_absent(SnapinLoader *self)
{
	g_auto(GStrv) suggested = snapin_path_suggested();

	for (guint i = 0; suggested && suggested[i]; i++) {
		SnapinInstance *instance = snapin_loader_find(self, suggested[i]);

		if (!instance)
			instance = add_instance(self, suggested[i]);
		if (instance->entry)
			continue;
		module_report_free(instance->report);
		instance->report = snapin_registry_report_absent(suggested[i], self->path);
		if (self->options.safe_mode || has_entries(self))
			set_status(instance, SNAPIN_STATUS_ABSENT);
		else
			fail(instance, SNAPIN_STATUS_ABSENT);
	}
}

static void
read_registry(SnapinLoader *self, GPtrArray *fresh)
{
	SnapinRegistry *registry = snapin_registry_read(self->path);

	g_ptr_array_add(self->registries, registry);
	for (guint i = 0; i < self->instances->len; i++) {
		SnapinInstance *instance = self->instances->pdata[i];

		if (!is_busy_or_done(instance))
			instance->entry = NULL;
	}
	for (guint i = 0; i < snapin_registry_count(registry); i++)
		take_entry(self, snapin_registry_entry(registry, i), fresh);
}

void
snapin_loader_start(SnapinLoader *self)
{
	g_autoptr(GPtrArray) fresh = g_ptr_array_new();

	self->started = TRUE;
	read_registry(self, fresh);
	for (guint i = 0; i < fresh->len; i++)
		begin(fresh->pdata[i]);
	add_absent(self);
	if (self->pending_uri && self->window)
		console_window_open_uri(self->window, self->pending_uri);
	g_clear_pointer(&self->pending_uri, g_free);
	settle(self);
}

void
snapin_loader_retry(SnapinLoader *self, SnapinInstance *instance)
{
	g_autoptr(GPtrArray) fresh = g_ptr_array_new();

	if (is_busy_or_done(instance))
		return;
	read_registry(self, fresh);
	if (instance->entry) {
		g_ptr_array_remove(fresh, instance);
		check(instance);
	} else {
		module_report_free(instance->report);
		instance->report = snapin_registry_report_absent(instance->id, self->path);
		fail(instance, SNAPIN_STATUS_ABSENT);
	}
	for (guint i = 0; i < fresh->len; i++)
		begin(fresh->pdata[i]);
	settle(self);
}

void
snapin_loader_load_once(SnapinLoader *self, SnapinInstance *instance)
{
	instance->ignore_quarantine = TRUE;
	snapin_loader_retry(self, instance);
}

gboolean
snapin_loader_set_disabled(
    SnapinLoader *self, SnapinInstance *instance, gboolean disabled, GError **error)
{
	if (!snapin_records_set_disabled(self->records, instance->id, disabled, error))
		return FALSE;
	if (!disabled) {
		snapin_loader_retry(self, instance);
	} else if (instance->status != SNAPIN_STATUS_LOADED) {
		/* One that runs goes on until the console ends: nothing is ever unloaded. */
		snapin_place_remove(instance);
		set_status(instance, SNAPIN_STATUS_DISABLED);
	}
	return TRUE;
}

static SnapinInstance *
find_scheme(SnapinLoader *self, const char *scheme)
{
	for (guint i = 0; i < self->instances->len; i++) {
		SnapinInstance *instance = self->instances->pdata[i];

		if (instance->entry &&
		    g_strv_contains((const char *const *)instance->entry->schemes, scheme))
			return instance;
	}
	return NULL;
}

gboolean
snapin_loader_open(SnapinLoader *self, const char *uri, GError **error)
{
	g_autofree char *scheme = g_uri_parse_scheme(uri);
	SnapinInstance *instance = scheme ? find_scheme(self, scheme) : NULL;

	if (!self->started) {
		g_free(self->pending_uri);
		self->pending_uri = g_strdup(uri);
		return TRUE;
	}
	if (!instance) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
		    _("No snap-in opens the address “%s”."), uri);
		return FALSE;
	}
	if (instance->status != SNAPIN_STATUS_LOADED) {
		g_free(instance->wanted_uri);
		instance->wanted_uri = g_strdup(uri);
		return TRUE;
	}
	if (!instance->descriptor->open) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
		    _("The snap-in %s opens no addresses."), instance->id);
		return FALSE;
	}
	g_auto(SnapinCall) call = snapin_call_begin(self->guard, instance->id, "open");
	return instance->descriptor->open(&instance->table, uri, error);
}

gboolean
snapin_loader_is_safe_mode(SnapinLoader *self)
{
	return self->options.safe_mode;
}

void
snapin_loader_leave_safe_mode(SnapinLoader *self)
{
	if (!self->options.safe_mode)
		return;
	self->options.safe_mode = FALSE;
	for (guint i = 0; i < self->instances->len; i++) {
		SnapinInstance *instance = self->instances->pdata[i];

		if (instance->entry)
			begin(instance);
	}
	add_absent(self);
	settle(self);
}

guint
snapin_loader_count(SnapinLoader *self)
{
	return self->instances->len;
}

SnapinInstance *
snapin_loader_get(SnapinLoader *self, guint index)
{
	return self->instances->pdata[index];
}

const SnapinPath *
snapin_loader_path(SnapinLoader *self)
{
	return self->path;
}

SnapinNode *
snapin_loader_root(SnapinLoader *self)
{
	return self->root;
}

ConsoleState *
snapin_loader_state(SnapinLoader *self)
{
	return self->state;
}

SnapinGuard *
snapin_loader_guard(SnapinLoader *self)
{
	return self->guard;
}

void
snapin_loader_set_window(SnapinLoader *self, struct _ConsoleWindow *window)
{
	self->window = window;
}

struct _ConsoleWindow *
snapin_loader_window(SnapinLoader *self)
{
	return self->window;
}

void
snapin_loader_close(SnapinLoader *self)
{
	self->closed = TRUE;
	while (scope_node_n_children(self->root) > 0)
		scope_node_remove(scope_node_child(self->root, 0));
	self->window = NULL;
}

static void
snapin_loader_finalize(GObject *object)
{
	SnapinLoader *self = SNAPIN_LOADER(object);

	g_free(self->pending_uri);
	g_ptr_array_unref(self->instances);
	g_ptr_array_unref(self->registries);
	g_object_unref(self->root);
	snapin_records_free(self->records);
	snapin_path_free(self->path);
	snapin_guard_free(self->guard);
	G_OBJECT_CLASS(snapin_loader_parent_class)->finalize(object);
}

static void
snapin_loader_class_init(SnapinLoaderClass *class)
{
	GType type = G_TYPE_FROM_CLASS(class);

	G_OBJECT_CLASS(class)->finalize = snapin_loader_finalize;
	signals[CHANGED] = g_signal_new("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
	    G_TYPE_NONE, 1, G_TYPE_POINTER);
	signals[SETTLED] =
	    g_signal_new("settled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
snapin_loader_init(SnapinLoader *self)
{
	self->registries = g_ptr_array_new_with_free_func((GDestroyNotify)snapin_registry_free);
	self->instances = g_ptr_array_new_with_free_func((GDestroyNotify)snapin_instance_free);
	self->root = scope_node_new(&nobody, NULL);
}

SnapinLoader *
snapin_loader_new(const SnapinOptions *options, ConsoleState *state)
{
	SnapinLoader *self = g_object_new(SNAPIN_TYPE_LOADER, NULL);
	g_autofree char *marker = g_build_filename(console_state_folder(state), "in-snapin", NULL);
	g_autoptr(SnapinCrash) crash = NULL;

	self->options = *options;
	self->state = state;
	self->path = snapin_options_path(options);
	self->records = snapin_records_open(NULL);
	g_mkdir_with_parents(console_state_folder(state), 0700);
	self->guard = snapin_guard_new(marker, &crash);
	if (crash)
		snapin_quarantine_record(self->records, self->path, crash);
	return self;
}
