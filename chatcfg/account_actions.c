/* SPDX-License-Identifier: MIT */
#include "account_actions.h"

#include "asking.h"
#include "method_act.h"

#include <string.h>

#define PASSWORD_MAX 1024 /* bytes, as the service takes them */

static const MethodAct acts[] = {
    {.method = "account.add",
	.object = "account",
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
	.object = "account",
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
	.object = "account",
	.cannot = "Cannot set the e-mail address of",
	.title = "Set the e-mail address of",
	.text = "Codes to reset the password are sent there. Leave it empty for none.",
	.accept = "_Set E-mail",
	.fields = {{.label = "_E-mail"}},
	.params = {"email"}},
    {.method = "account.rename",
	.object = "account",
	.cannot = "Cannot rename",
	.title = "Rename",
	.text = "It keeps its channels, nicks and history.",
	.accept = "_Rename",
	.fields = {{.label = "New _name", .required = TRUE}},
	.params = {"name"}},
    {.method = "account.suspend",
	.object = "account",
	.cannot = "Cannot suspend",
	.title = "Suspend",
	.text = "Who is logged in to it is logged out, and nobody can log in until it is "
		"unsuspended. The reason is shown to operators.",
	.accept = "_Suspend",
	.danger = TRUE,
	.fields = {{.label = "_Reason", .max_length = ASKING_REASON_MAX, .required = TRUE}},
	.params = {"reason"}},
    {.method = "account.verify", .object = "account", .cannot = "Cannot verify"},
    {.method = "account.approve_vhost",
	.object = "account",
	.cannot = "Cannot approve the host of"},
    {.method = "account.reject_vhost",
	.object = "account",
	.cannot = "Cannot reject the host of",
	.title = "Reject the host of",
	.text = "It stays as it is; its owner reads the reason.",
	.accept = "_Reject",
	.danger = TRUE,
	.fields = {{.label = "_Reason", .max_length = ASKING_REASON_MAX}},
	.params = {"reason"}},
    {.method = "account.unsuspend", .object = "account", .cannot = "Cannot unsuspend"},
    {.method = "account.remove",
	.object = "account",
	.cannot = "Cannot remove",
	.title = "Remove",
	.text = "The account and what is kept of its owner are erased; its channels go to their "
		"successors or are released. This cannot be undone.",
	.accept = "_Remove",
	.danger = TRUE},
};

void
account_act(Service *service, SnapinNode *node, const char *method, const char *account)
{
	gsize i = 0;

	while (i < G_N_ELEMENTS(acts) && strcmp(acts[i].method, method) != 0)
		i++;
	g_assert(i < G_N_ELEMENTS(acts));
	method_act_begin(service, node, &acts[i], account, NULL);
}
