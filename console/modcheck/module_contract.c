/* SPDX-License-Identifier: MIT */
#include "modcheck/module_contract.h"

#include "snapin-note.h"

static const ModuleContract snapin_contract = {
    .noun = "snap-in",
    .host_name = "chat-console",
    .host_version = CHAT_VERSION,
    .note_owner = SNAPIN_NOTE_OWNER,
    .note_type = SNAPIN_NOTE_TYPE,
    .entry_point = SNAPIN_ENTRY_POINT,
    .abi_major = SNAPIN_ABI_MAJOR,
    .abi_minor = SNAPIN_ABI_MINOR,
};

const ModuleContract *
module_contract_snapin(void)
{
	return &snapin_contract;
}
