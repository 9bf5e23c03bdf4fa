/* SPDX-License-Identifier: MIT */
#include "method_act.h"

#include "asking.h"

typedef struct Plan {
	const MethodAct *act;
	SnapinNode *node; /* a reference */
	char *name;
} Plan;

static void
plan_free(gpointer data)
{
	Plan *plan = data;

	g_object_unref(plan->node);
	g_free(plan->name);
	g_free(plan);
}

static guint
count_fields(const MethodAct *act)
{
	guint count = 0;

	while (count < METHOD_ACT_FIELDS && act->params[count] != NULL)
		count++;
	return count;
}

/* An optional answer that is empty is none. */
static void
carry_out(Service *service, char **answers, gpointer data)
{
	const Plan *plan = data;
	const MethodAct *act = plan->act;
	const char *name = act->names_itself ? g_strstrip(answers[0]) : plan->name;
	json_t *params = json_object();
	g_autofree char *what = NULL;

	if (!act->names_itself)
		json_object_set_new(params, act->object, json_string(name));
	for (guint i = 0; i < count_fields(act); i++)
		if (*answers[i] != '\0' || count_fields(act) == 1)
			json_object_set_new(params, act->params[i], json_string(answers[i]));
	what = g_strdup_printf("%s %s", act->cannot, name);
	service_act(service, plan->node, act->method, params, what);
}

void
method_act_begin(
    Service *service, SnapinNode *node, const MethodAct *act, const char *name, const char *value)
{
	Plan *plan = g_new(Plan, 1);
	SnapinField fields[METHOD_ACT_FIELDS];
	g_autofree char *title = NULL;
	SnapinQuestion question;

	*plan = (Plan){act, g_object_ref(node), g_strdup(name)};
	if (act->title == NULL) {
		carry_out(service, NULL, plan);
		plan_free(plan);
		return;
	}
	title = act->names_itself
		    ? g_strdup(act->title)
		    : g_strdup_printf("%s %s%s", act->title, name, act->danger ? "?" : "");
	for (guint i = 0; i < METHOD_ACT_FIELDS; i++)
		fields[i] = act->fields[i];
	if (value != NULL)
		fields[0].value = value;
	question = (SnapinQuestion){
	    .title = title,
	    .text = act->text,
	    .accept = act->accept,
	    .danger = act->danger,
	    .fields = fields,
	    .n_fields = count_fields(act),
	};
	asking_ask(service, &question, carry_out, plan, plan_free);
}

char *
method_command(const Service *service, const char *method, json_t *known)
{
	const Description *description = service_description(service);
	const DescribedMethod *row =
	    description != NULL ? description_method(description, method) : NULL;

	for (guint i = 0; row != NULL && i < row->n_params; i++) {
		const DescribedParam *param = &row->params[i];
		g_autofree char *word = g_ascii_strup(param->name, -1);

		if (param->required && !param->secret &&
		    json_object_get(known, param->name) == NULL)
			json_object_set_new(known, param->name, json_string(word));
	}
	return service_command(service, method, known);
}
