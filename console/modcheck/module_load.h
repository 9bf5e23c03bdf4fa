/* SPDX-License-Identifier: MIT */
/*
 * Stage 8 and the load itself: maps the module into this process and finds its descriptor.
 * Invariant: everything is bound at once and stays private to the module (RTLD_NOW | RTLD_LOCAL);
 * a module is never unloaded, also not after a refusal. The probe and the host use this same code.
 * Thread: the host's main thread; its constructors run here. Check first (module_check.h): a
 * damaged file can kill the process.
 */
#pragma once

#include "modcheck/diagnostic.h"
#include "modcheck/module_contract.h"
#include "snapin-note.h"

/*
 * The descriptor, which lives as long as the process and begins with a SnapinDescriptorHead of
 * the contract's ABI major; at least `least_size` bytes of it may be read. NULL with a finding
 * (LOAD_FAILED, NO_ENTRY_POINT, DESCRIPTOR_MISMATCH) otherwise. `path` is absolute; `note` is what
 * the file's note says.
 */
gconstpointer module_load(const char *path, const ModuleContract *contract,
    const SnapinNoteData *note, gsize least_size, ModuleFinding **ret_finding);
