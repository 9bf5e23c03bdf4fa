/* SPDX-License-Identifier: MIT */
#include "channel_actions.h"

#include "asking.h"

#define TOPIC_MAX 510 /* characters a compatible method takes; the service's own limit is less */

typedef struct Plan {
	SnapinNode *node; /* a reference */
	char *channel;
} Plan;

static Plan *
plan_new(SnapinNode *node, const char *channel)
{
	Plan *plan = g_new(Plan, 1);

	*plan = (Plan){g_object_ref(node), g_strdup(channel)};
	return plan;
}

static void
plan_free(gpointer data)
{
	Plan *plan = data;

	g_object_unref(plan->node);
	g_free(plan->channel);
	g_free(plan);
}

static void
set_topic(Service *service, char **answers, gpointer data)
{
	const Plan *plan = data;
	g_autofree char *what = g_strdup_printf("Cannot set the topic of %s", plan->channel);

	service_act(service, plan->node, "channel.set_topic",
	    json_pack("{s:s, s:s}", "channel", plan->channel, "topic", answers[0]), what);
}

void
channel_ask_topic(Service *service, SnapinNode *node, const char *channel, const char *topic)
{
	const SnapinField fields[] = {{.label = "_Topic", .value = topic, .max_length = TOPIC_MAX}};
	g_autofree char *title = g_strdup_printf("Set the topic of %s", channel);
	const SnapinQuestion question = {
	    .title = title,
	    .text = "All members are told. Leave it empty for no topic.",
	    .accept = "_Set Topic",
	    .fields = fields,
	    .n_fields = G_N_ELEMENTS(fields),
	};

	asking_ask(service, &question, set_topic, plan_new(node, channel), plan_free);
}

void
channel_register(Service *service, SnapinNode *node, const char *channel)
{
	g_autofree char *what = g_strdup_printf("Cannot register %s", channel);

	service_act(
	    service, node, "channel.register", json_pack("{s:s}", "channel", channel), what);
}

static void
register_named(Service *service, char **answers, gpointer data)
{
	const Plan *plan = data;

	channel_register(service, plan->node, g_strstrip(answers[0]));
}

void
channel_ask_register(Service *service, SnapinNode *node)
{
	static const SnapinField fields[] = {{.label = "_Name", .value = "#", .required = TRUE}};
	const SnapinQuestion question = {
	    .title = "Register a channel",
	    .text = "Its topic, modes and lists are kept, also over a restart of the service. A "
		    "channel that is not there yet is made.",
	    .accept = "_Register",
	    .fields = fields,
	    .n_fields = G_N_ELEMENTS(fields),
	};

	asking_ask(service, &question, register_named, plan_new(node, NULL), plan_free);
}

static void
unregister(Service *service, char **answers, gpointer data)
{
	const Plan *plan = data;
	g_autofree char *what = g_strdup_printf("Cannot unregister %s", plan->channel);

	service_act(service, plan->node, "channel.unregister",
	    json_pack("{s:s}", "channel", plan->channel), what);
}

void
channel_ask_unregister(Service *service, SnapinNode *node, const char *channel)
{
	g_autofree char *title = g_strdup_printf("Unregister %s?", channel);
	const SnapinQuestion question = {
	    .title = title,
	    .text = "Its topic, modes and lists are no longer kept; the channel goes when its last "
		    "member leaves.",
	    .accept = "_Unregister",
	    .danger = TRUE,
	};

	asking_ask(service, &question, unregister, plan_new(node, channel), plan_free);
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

char *
channel_command(const Service *service, const char *method, const char *channel)
{
	const Description *description = service_description(service);
	const DescribedMethod *row =
	    description != NULL ? description_method(description, method) : NULL;
	json_t *params = json_pack("{s:s}", "channel", channel);

	if (row != NULL && described_param(row, "topic") != NULL)
		json_object_set_new(params, "topic", json_string("TOPIC"));
	return service_command(service, method, params);
}
