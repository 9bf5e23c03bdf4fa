/* SPDX-License-Identifier: MIT */
#include "modcheck/module_load.h"

#include <dlfcn.h>
#include <string.h>

static gboolean
differ(const char *a, const char *b)
{
	return !a || !b || strcmp(a, b) != 0;
}

static const char *
shown(const char *text)
{
	return text ? text : "(none)";
}

/* NULL, or in what the descriptor contradicts the note. Free with g_free(). */
static char *
find_contradiction(const SnapinDescriptorHead *head, const SnapinNoteData *note, gsize least_size)
{
	if (head->size < sizeof *head || head->size < least_size)
		return g_strdup_printf("its descriptor has %" G_GSIZE_FORMAT
				       " bytes instead of at least %" G_GSIZE_FORMAT,
		    head->size, MAX(sizeof *head, least_size));
	if (head->abi_major != note->abi_major || head->abi_minor != note->abi_minor)
		return g_strdup_printf("its note says interface %u.%u, its descriptor %u.%u",
		    note->abi_major, note->abi_minor, head->abi_major, head->abi_minor);
	if (differ(head->id, note->id))
		return g_strdup_printf(
		    "its note says id %s, its descriptor %s", note->id, shown(head->id));
	if (differ(head->version, note->version))
		return g_strdup_printf("its note says version %s, its descriptor %s", note->version,
		    shown(head->version));
	if (!head->init)
		return g_strdup("its descriptor has no init function");
	return NULL;
}

gconstpointer
module_load(const char *path, const ModuleContract *contract, const SnapinNoteData *note,
    gsize least_size, ModuleFinding **ret_finding)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	const SnapinDescriptorHead *head;
	g_autofree char *found = NULL;

	if (!handle) {
		*ret_finding = module_finding_new(MODULE_LOAD_FAILED, &(ModuleFacts){.path = path});
		module_finding_set_loader_text(*ret_finding, dlerror());
		return NULL;
	}
	head = dlsym(handle, contract->entry_point);
	if (!head) {
		*ret_finding = module_finding_new(MODULE_NO_ENTRY_POINT,
		    &(ModuleFacts){.path = path, .wanted = contract->entry_point});
		module_finding_set_loader_text(*ret_finding, dlerror());
		return NULL;
	}
	found = find_contradiction(head, note, least_size);
	if (found) {
		*ret_finding = module_finding_new(
		    MODULE_DESCRIPTOR_MISMATCH, &(ModuleFacts){.path = path, .found = found});
		return NULL;
	}
	return head;
}
