/* SPDX-License-Identifier: MIT */
/*
 * ChannelNode: one channel in the tree; its pane lists the members, live while it is shown.
 * Invariant: a node whose channel is gone stays while it is shown, and says so. Its node owns it.
 * Thread: main.
 */
#pragma once

#include "service.h"

typedef struct ChannelNode ChannelNode;

/* What the channel list knows of it; borrowed during a call. */
typedef struct ChannelFacts {
	const char *name;
	const char *topic;
	const char *users; /* digits */
	gboolean registered;
} ChannelFacts;

/* NULL if the tree has no room. */
ChannelNode *channel_node_new(Service *service, SnapinNode *parent, const ChannelFacts *facts);
void channel_node_update(ChannelNode *channel, const ChannelFacts *facts);
/* The channel is gone: FALSE if the node stays for a while because somebody looks at it. */
gboolean channel_node_may_go(ChannelNode *channel);
SnapinNode *channel_node_node(const ChannelNode *channel);
