/* SPDX-License-Identifier: MIT */
/*
 * ListenerRules: the settings of a listener and its gateways, as the layer below wants them.
 * Thread: any.
 */
#pragma once

#include "net/listen_rules.h"
#include "net/peer_limits.h"
#include "settings/settings.h"

/* What the listener's connections do first; NULL: they begin with lines, or with TLS. The caller's
 * reference. */
ListenRules *listener_rules(
    const Settings *settings, const SettingsListener *listener) G_GNUC_WARN_UNUSED_RESULT;
/* How many connections may be in their prelude. */
void listener_rules_limit_peers(const Settings *settings, PeerLimits *peer_limits);
