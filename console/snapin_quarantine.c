/* SPDX-License-Identifier: MIT */
#include "snapin_quarantine.h"

gboolean
snapin_quarantine_holds(SnapinInstance *instance, const SnapinRecords *records)
{
	ModuleFinding *finding;

	if (instance->ignore_quarantine)
		return FALSE;
	finding = snapin_records_check(records, instance->id, instance->entry->module_path);
	if (!finding)
		return FALSE;
	module_report_free(instance->report);
	instance->report = module_report_new(instance->id, instance->entry->module_path);
	module_report_take(instance->report, finding);
	return TRUE;
}

void
snapin_quarantine_record(SnapinRecords *records, const SnapinPath *path, const SnapinCrash *crash)
{
	g_autoptr(SnapinRegistry) registry = snapin_registry_read(path);
	const SnapinEntry *entry = snapin_registry_find(registry, crash->id);
	g_autoptr(GError) error = NULL;

	if (entry && entry->module_path &&
	    !snapin_records_quarantine(
		records, crash->id, crash->call, crash->when, entry->module_path, &error))
		g_warning("cannot put %s into quarantine: %s", crash->id, error->message);
}
