/* SPDX-License-Identifier: MIT */
/*
 * ChannelActions: what can be done to a channel, from its row or its node. Thread: main.
 */
#pragma once

#include "service.h"

/* Asks for the new topic, which begins as `topic`. */
void channel_ask_topic(Service *service, SnapinNode *node, const char *channel, const char *topic);
/* Asks for the name of a channel to be kept, which need not be there yet. */
void channel_ask_register(Service *service, SnapinNode *node);
void channel_register(Service *service, SnapinNode *node, const char *channel);
/* Says what is lost, then unregisters. */
void channel_ask_unregister(Service *service, SnapinNode *node, const char *channel);
/* NULL if the channel may be registered (or unregistered), else why not. Caller frees. */
char *channel_may_register(const Service *service, gboolean registered);
char *channel_may_unregister(const Service *service, gboolean registered);
