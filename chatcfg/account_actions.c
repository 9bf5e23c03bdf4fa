/* SPDX-License-Identifier: MIT */
#include "account_actions.h"

#include "asking.h"

#include <string.h>

#define PASSWORD_MAX 1024 /* bytes, as the service takes them */
#define PLACES_MAX 3

/* What a method is asked with: a field for each parameter, in the same order. */
typedef struct AccountAct {
	const char *method;
	const char *cannot; /* begins the sentence of a failure */
	const char *title;  /* NULL: it is done at once */
	const char *text;
	const char *accept;
	gboolean danger;
	gboolean names_itself; /* the account is asked for, too */
	SnapinField fields[PLACES_MAX];
	const char *params[PLACES_MAX];
} AccountAct;

static const AccountAct acts[] = {
    {.method = "account.add",
	.cannot = "Cannot add",
	.title = "Add an account",
	.text = "Its name has the form of a nick. Without a password only certificates that are "
		"added later log in.",
	.accept = "_Add",
	.names_itself = TRUE,
	.fields = {{.label = "_Name", .required = TRUE},
	    {.label = "_Password", .max_length = PASSWORD_MAX, .secret = TRUE},
	    {.label = "_E-mail"}},
	.params = {"account", "password", "email"}},
    {.method = "account.set_password",
	.cannot = "Cannot set the password of",
	.title = "Set the password of",
	.text = "The old password is no longer taken. Who is logged in stays so.",
	.accept = "_Set Password",
	.fields = {{.label = "New _password",
	    .max_length = PASSWORD_MAX,
	    .required = TRUE,
	    .secret = TRUE}},
	.params = {"password"}},
    {.method = "account.set_email",
	.cannot = "Cannot set the e-mail address of",
	.title = "Set the e-mail address of",
	.text = "Codes to reset the password are sent there. Leave it empty for none.",
	.accept = "_Set E-mail",
	.fields = {{.label = "_E-mail"}},
	.params = {"email"}},
    {.method = "account.rename",
	.cannot = "Cannot rename",
	.title = "Rename",
	.text = "It keeps its channels, nicks and history.",
	.accept = "_Rename",
	.fields = {{.label = "New _name", .required = TRUE}},
	.params = {"name"}},
    {.method = "account.suspend",
	.cannot = "Cannot suspend",
	.title = "Suspend",
	.text = "Who is logged in to it is logged out, and nobody can log in until it is "
		"unsuspended. The reason is shown to operators.",
	.accept = "_Suspend",
	.danger = TRUE,
	.fields = {{.label = "_Reason", .max_length = ASKING_REASON_MAX, .required = TRUE}},
	.params = {"reason"}},
    {.method = "account.unsuspend", .cannot = "Cannot unsuspend"},
    {.method = "account.remove",
	.cannot = "Cannot remove",
	.title = "Remove",
	.text = "The account and what is kept of its owner are erased; its channels go to their "
		"successors or are released. This cannot be undone.",
	.accept = "_Remove",
	.danger = TRUE},
};

typedef struct Plan {
	const AccountAct *act;
	SnapinNode *node; /* a reference */
	char *account;
} Plan;

static void
plan_free(gpointer data)
{
	Plan *plan = data;

	g_object_unref(plan->node);
	g_free(plan->account);
	g_free(plan);
}

static const AccountAct *
find_act(const char *method)
{
	for (gsize i = 0; i < G_N_ELEMENTS(acts); i++)
		if (strcmp(acts[i].method, method) == 0)
			return &acts[i];
	g_assert_not_reached();
}

static guint
count_fields(const AccountAct *act)
{
	guint count = 0;

	while (count < PLACES_MAX && act->params[count] != NULL)
		count++;
	return count;
}

/* An optional answer that is empty is none. */
static void
carry_out(Service *service, char **answers, gpointer data)
{
	const Plan *plan = data;
	const AccountAct *act = plan->act;
	json_t *params = json_object();
	g_autofree char *what = NULL;

	if (!act->names_itself)
		json_object_set_new(params, "account", json_string(plan->account));
	for (guint i = 0; i < count_fields(act); i++)
		if (*answers[i] != '\0' || count_fields(act) == 1)
			json_object_set_new(params, act->params[i], json_string(answers[i]));
	what =
	    g_strdup_printf("%s %s", act->cannot, act->names_itself ? answers[0] : plan->account);
	service_act(service, plan->node, act->method, params, what);
}

void
account_act(Service *service, SnapinNode *node, const char *method, const char *account)
{
	Plan *plan = g_new(Plan, 1);
	g_autofree char *title = NULL;
	SnapinQuestion question;

	*plan = (Plan){find_act(method), g_object_ref(node), g_strdup(account)};
	if (plan->act->title == NULL) {
		carry_out(service, NULL, plan);
		plan_free(plan);
		return;
	}
	title = plan->act->names_itself ? g_strdup(plan->act->title)
					: g_strdup_printf("%s %s%s", plan->act->title, account,
					      plan->act->danger ? "?" : "");
	question = (SnapinQuestion){
	    .title = title,
	    .text = plan->act->text,
	    .accept = plan->act->accept,
	    .danger = plan->act->danger,
	    .fields = plan->act->fields,
	    .n_fields = count_fields(plan->act),
	};
	asking_ask(service, &question, carry_out, plan, plan_free);
}

/* Secrets stand in no command line: chatctl asks for them. */
char *
account_command(const Service *service, const char *method, const char *account)
{
	const Description *description = service_description(service);
	const DescribedMethod *row =
	    description != NULL ? description_method(description, method) : NULL;
	json_t *params = json_pack("{s:s}", "account", account);

	for (guint i = 0; row != NULL && i < row->n_params; i++) {
		const DescribedParam *param = &row->params[i];
		g_autofree char *word = g_ascii_strup(param->name, -1);

		if (param->required && !param->secret && strcmp(param->name, "account") != 0)
			json_object_set_new(params, param->name, json_string(word));
	}
	return service_command(service, method, params);
}
