/* SPDX-License-Identifier: MIT */
/*
 * Stages 7 and 8 in a child: the module is loaded once where it can do no harm to the host.
 * Invariant: a module that crashes, ends its process or hangs in its constructor does so in the
 * child; the child has no display, no bus, writes no core file, and dies with the calling thread.
 * Both ends of the talk between them are here.
 * Thread: any; blocks until the child has ended, at most `seconds`.
 */
#pragma once

#include "modcheck/module_contract.h"
#include "modcheck/module_report.h"

#define TRIAL_SECONDS 10u

/*
 * `probe` is a command to which the path is added (chat-console --probe-snapin), its program an
 * absolute path. FALSE with findings. `seconds` 0: TRIAL_SECONDS.
 */
gboolean trial_load_check(ModuleReport *report, const char *path, const char *const *probe,
    const ModuleContract *contract, guint seconds);

/* The child's side: loads the file, tells descriptor 3 how it went (or standard output if there is
 * no descriptor 3), and ends the process with 0 if it went well, else 1. */
G_GNUC_NORETURN void trial_load_probe(const char *path, const ModuleContract *contract);
