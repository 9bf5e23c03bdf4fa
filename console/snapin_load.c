/* SPDX-License-Identifier: MIT */
#include "snapin_load.h"

#include "modcheck/module_load.h"
#include "snapin_host.h"

#include <glib/gi18n.h>

/* Stage 9. */
static gboolean
call_init(SnapinInstance *instance)
{
	g_autoptr(GError) error = NULL;
	ModuleFacts facts = {.path = instance->entry->module_path};

	snapin_host_fill(instance);
	{
		g_auto(SnapinCall) call =
		    snapin_call_begin(instance->owner.guard, instance->id, "init");
		if (instance->descriptor->init(&instance->table, &error)) {
			module_report_pass(instance->report, MODULE_STAGE_INIT, "%s", "init");
			return TRUE;
		}
	}
	facts.found = error ? error->message : _("it refused and gave no reason");
	module_report_take(instance->report, module_finding_new(MODULE_INIT_REFUSED, &facts));
	return FALSE;
}

gboolean
snapin_load(SnapinInstance *instance)
{
	ModuleFinding *finding = NULL;

	{
		g_auto(SnapinCall) call =
		    snapin_call_begin(instance->owner.guard, instance->id, "load");
		instance->descriptor =
		    module_load(instance->entry->module_path, module_contract_snapin(),
			&instance->report->note, sizeof(SnapinDescriptor), &finding);
	}
	if (!instance->descriptor) {
		module_report_take(instance->report, finding);
		return FALSE;
	}
	module_report_pass(instance->report, MODULE_STAGE_DESCRIPTOR, "%s", SNAPIN_ENTRY_POINT);
	return call_init(instance);
}
