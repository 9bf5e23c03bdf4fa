/* SPDX-License-Identifier: MIT */
#include "snapin_instance.h"

#include <glib/gi18n.h>

static const struct {
	const char *title;
	const char *icon_name;
} looks[] = {
    [SNAPIN_STATUS_CHECKING] = {N_("loading"), "content-loading-symbolic"},
    [SNAPIN_STATUS_LOADED] = {N_("loaded"), "emblem-ok-symbolic"},
    [SNAPIN_STATUS_FAILED] = {N_("failed"), "dialog-error-symbolic"},
    [SNAPIN_STATUS_QUARANTINED] = {N_("in quarantine"), "dialog-warning-symbolic"},
    [SNAPIN_STATUS_DISABLED] = {N_("switched off"), "media-playback-pause-symbolic"},
    [SNAPIN_STATUS_NOT_LOADED] = {N_("not loaded"), "media-playback-pause-symbolic"},
    [SNAPIN_STATUS_ABSENT] = {N_("not installed"), "edit-delete-symbolic"},
};

SnapinInstance *
snapin_instance_new(const char *id, SnapinGuard *guard, guint order)
{
	SnapinInstance *instance = g_new0(SnapinInstance, 1);

	instance->id = g_strdup(id);
	instance->owner.id = instance->id;
	instance->owner.guard = guard;
	instance->owner.order = order;
	return instance;
}

void
snapin_instance_free(SnapinInstance *instance)
{
	if (!instance)
		return;
	module_report_free(instance->report);
	g_clear_object(&instance->placeholder);
	g_free(instance->wanted_uri);
	g_free(instance->id);
	g_free(instance);
}

const char *
snapin_instance_title(const SnapinInstance *instance)
{
	return instance->entry ? instance->entry->name : instance->id;
}

const char *
snapin_status_title(SnapinStatus status)
{
	return _(looks[status].title);
}

const char *
snapin_status_icon(SnapinStatus status)
{
	return looks[status].icon_name;
}

char *
snapin_instance_abi(const SnapinInstance *instance)
{
	if (!instance->report || !instance->report->has_note)
		return g_strdup("");
	return g_strdup_printf(
	    "%u.%u", instance->report->note.abi_major, instance->report->note.abi_minor);
}

const char *
snapin_instance_version(const SnapinInstance *instance)
{
	if (!instance->report || !instance->report->has_note)
		return "";
	return instance->report->note.version;
}

const char *
snapin_instance_path(const SnapinInstance *instance)
{
	const char *path = instance->entry ? instance->entry->module_path : NULL;

	if (!path && instance->entry)
		path = instance->entry->key_file;
	return path ? path : "";
}

char *
snapin_instance_reason(const SnapinInstance *instance)
{
	char *headline = NULL;

	switch (instance->status) {
	case SNAPIN_STATUS_DISABLED:
		return g_strdup(_("You switched it off."));
	case SNAPIN_STATUS_NOT_LOADED:
		return g_strdup(_("The console was started in safe mode."));
	case SNAPIN_STATUS_CHECKING:
	case SNAPIN_STATUS_LOADED:
		return g_strdup("");
	case SNAPIN_STATUS_FAILED:
	case SNAPIN_STATUS_QUARANTINED:
	case SNAPIN_STATUS_ABSENT:
		headline = instance->report ? module_report_headline(instance->report) : NULL;
		break;
	}
	return headline ? headline : g_strdup("");
}
