/* SPDX-License-Identifier: MIT */
#include "channel_actions.h"

#include "method_act.h"

#define TOPIC_MAX 510 /* characters a compatible method takes; the service's own limit is less */

enum { TOPIC, REGISTER, REGISTER_NEW, UNREGISTER };

static const MethodAct acts[] = {
    [TOPIC] = {.method = "channel.set_topic",
	.object = "channel",
	.cannot = "Cannot set the topic of",
	.title = "Set the topic of",
	.text = "All members are told. Leave it empty for no topic.",
	.accept = "_Set Topic",
	.fields = {{.label = "_Topic", .max_length = TOPIC_MAX}},
	.params = {"topic"}},
    [REGISTER] = {.method = "channel.register", .object = "channel", .cannot = "Cannot register"},
    [REGISTER_NEW] = {.method = "channel.register",
	.object = "channel",
	.cannot = "Cannot register",
	.title = "Register a channel",
	.text = "Its topic, modes and lists are kept, also over a restart of the service. A "
		"channel that is not there yet is made.",
	.accept = "_Register",
	.names_itself = TRUE,
	.fields = {{.label = "_Name", .value = "#", .required = TRUE}},
	.params = {"channel"}},
    [UNREGISTER] = {.method = "channel.unregister",
	.object = "channel",
	.cannot = "Cannot unregister",
	.title = "Unregister",
	.text = "Its topic, modes and lists are no longer kept; the channel goes when its last "
		"member leaves.",
	.accept = "_Unregister",
	.danger = TRUE},
};

void
channel_ask_topic(Service *service, SnapinNode *node, const char *channel, const char *topic)
{
	method_act_begin(service, node, &acts[TOPIC], channel, topic);
}

void
channel_register(Service *service, SnapinNode *node, const char *channel)
{
	method_act_begin(service, node, &acts[REGISTER], channel, NULL);
}

void
channel_ask_register(Service *service, SnapinNode *node)
{
	method_act_begin(service, node, &acts[REGISTER_NEW], NULL, NULL);
}

void
channel_ask_unregister(Service *service, SnapinNode *node, const char *channel)
{
	method_act_begin(service, node, &acts[UNREGISTER], channel, NULL);
}

char *
channel_may_register(const Service *service, gboolean registered)
{
	return registered ? g_strdup("The channel is registered already")
			  : service_may(service, "channel.register");
}

char *
channel_may_unregister(const Service *service, gboolean registered)
{
	return !registered ? g_strdup("The channel is not registered")
			   : service_may(service, "channel.unregister");
}
