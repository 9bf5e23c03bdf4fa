/* SPDX-License-Identifier: MIT */
/* NickServ's EXPORT, a file of its own. Invariant: as cmd/service_command.h. Thread: state. */
#pragma once

#include "cmd/service_command.h"

Outcome nickserv_export(Ctx *ctx, const ServiceCall *call);
