/* SPDX-License-Identifier: MIT */
/*
 * EventAudit: what IRC operators did to others, as rows of the audit, beside the control socket's
 * calls: a subscriber of the bus. Thread: state.
 */
#pragma once

#include "out/event.h"

/* `data`: the Server. */
void event_audit(void *data, const Event *event);
