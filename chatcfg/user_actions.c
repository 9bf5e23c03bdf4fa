/* SPDX-License-Identifier: MIT */
#include "user_actions.h"

#include "asking.h"
#include "method_act.h"

#define NAMED_MAX 5 /* nicks spelled out in a question */

typedef struct UserName {
	char *id;
	char *nick;
} UserName;

struct UserNames {
	GArray *names;
};

static void
user_name_clear(gpointer data)
{
	UserName *name = data;

	g_free(name->id);
	g_free(name->nick);
}

UserNames *
user_names_new(void)
{
	UserNames *names = g_new(UserNames, 1);

	names->names = g_array_new(FALSE, FALSE, sizeof(UserName));
	g_array_set_clear_func(names->names, user_name_clear);
	return names;
}

void
user_names_free(UserNames *names)
{
	if (names == NULL)
		return;
	g_array_unref(names->names);
	g_free(names);
}

void
user_names_add(UserNames *names, const char *id, const char *nick)
{
	const UserName name = {g_strdup(id), g_strdup(nick)};

	if (*id != '\0')
		g_array_append_val(names->names, name);
	else
		user_name_clear((gpointer)&name);
}

static const UserName *
get(const UserNames *names, guint index)
{
	return &g_array_index(names->names, UserName, index);
}

/* "anna", "anna and bob", "anna, bob, carl, dora, emil and 12 more" */
static char *
listed(const UserNames *names)
{
	guint count = names->names->len;
	guint named = count > NAMED_MAX ? NAMED_MAX : count;
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < named; i++) {
		if (i > 0)
			g_string_append(text, i + 1 == count ? " and " : ", ");
		g_string_append(text, get(names, i)->nick);
	}
	if (count > named)
		g_string_append_printf(text, " and %u more", count - named);
	return g_string_free(text, FALSE);
}

/* ---- Asking ---- */

typedef struct Plan {
	SnapinNode *node; /* a reference */
	UserNames *names;
	char *channel; /* NULL: off the service */
} Plan;

static void
plan_free(gpointer data)
{
	Plan *plan = data;

	g_object_unref(plan->node);
	user_names_free(plan->names);
	g_free(plan->channel);
	g_free(plan);
}

static void
carry_out(Service *service, char **answers, gpointer data)
{
	const Plan *plan = data;

	for (guint i = 0; i < plan->names->names->len; i++) {
		const UserName *name = get(plan->names, i);
		json_t *params = json_pack("{s:s, s:s}", "nick", name->id, "reason", answers[0]);
		g_autofree char *what = g_strdup_printf(
		    "Cannot %s %s", plan->channel != NULL ? "kick" : "disconnect", name->nick);

		if (plan->channel != NULL)
			json_object_set_new(params, "channel", json_string(plan->channel));
		service_act(service, plan->node,
		    plan->channel != NULL ? "channel.kick" : "user.kill", params, what);
	}
}

static void
ask(Service *service, SnapinNode *node, const char *channel, UserNames *names,
    SnapinQuestion *question)
{
	static const SnapinField fields[] = {
	    {.label = "_Reason", .max_length = ASKING_REASON_MAX, .required = TRUE}};
	Plan *plan = g_new(Plan, 1);

	*plan = (Plan){g_object_ref(node), names, g_strdup(channel)};
	question->danger = TRUE;
	question->fields = fields;
	question->n_fields = G_N_ELEMENTS(fields);
	asking_ask(service, question, carry_out, plan, plan_free);
}

void
user_ask_disconnect(Service *service, SnapinNode *node, UserNames *names)
{
	guint count = names->names->len;
	g_autofree char *who = listed(names);
	g_autofree char *title = count == 1 ? g_strdup_printf("Disconnect %s?", who)
					    : g_strdup_printf("Disconnect %u users?", count);
	g_autofree char *text = g_strdup_printf("%s will be disconnected from the service. "
						"Whoever shares a channel reads the reason.",
	    who);
	SnapinQuestion question = {.title = title, .text = text, .accept = "_Disconnect"};

	ask(service, node, NULL, names, &question);
}

void
user_ask_kick(Service *service, SnapinNode *node, const char *channel, UserNames *names)
{
	guint count = names->names->len;
	g_autofree char *who = listed(names);
	g_autofree char *title = count == 1
				     ? g_strdup_printf("Kick %s from %s?", who, channel)
				     : g_strdup_printf("Kick %u users from %s?", count, channel);
	g_autofree char *text = g_strdup_printf(
	    "%s will be removed from %s. All members read the reason. To keep somebody out, add "
	    "a ban in the properties of the channel.",
	    who, channel);
	SnapinQuestion question = {.title = title, .text = text, .accept = "_Kick"};

	ask(service, node, channel, names, &question);
}

/* ---- As a command ---- */

char *
user_command(
    const Service *service, const UserNames *names, const char *method, const char *channel)
{
	GString *lines = g_string_new(NULL);

	for (guint i = 0; i < names->names->len; i++) {
		json_t *params = json_pack("{s:s}", "nick", get(names, i)->nick);
		g_autofree char *line = NULL;

		if (channel != NULL)
			json_object_set_new(params, "channel", json_string(channel));
		line = method_command(service, method, params);
		g_string_append_printf(lines, "%s%s", i > 0 ? "\n" : "", line);
	}
	if (lines->len > 0)
		return g_string_free(lines, FALSE);
	g_string_free(lines, TRUE);
	return NULL;
}
