/* SPDX-License-Identifier: MIT */
/*
 * ListenerRules: the settings of a listener and its gateways, as the layer below wants them.
 * Thread: any.
 */
#pragma once

#include "net/listen_rules.h"
#include "settings/settings.h"

/* What the listener's connections do first; NULL: they begin with lines, or with TLS. The caller's
 * reference. */
ListenRules *listener_rules(
    const Settings *settings, const SettingsListener *listener) G_GNUC_WARN_UNUSED_RESULT;
