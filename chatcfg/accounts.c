/* SPDX-License-Identifier: MIT */
#include "service.h"

#include "account_actions.h"
#include "list_node.h"
#include "method_act.h"
#include "page_account.h"

#include <string.h>

enum { ID, NAME, EMAIL, VERIFIED, SUSPENDED, REGISTERED, USED, USERS, NICKS, HOST, WANTED };

static const char *const fields[] = {
    [ID] = "id",
    [NAME] = "name",
    [EMAIL] = "email",
    [VERIFIED] = "verified",
    [SUSPENDED] = "suspended",
    [REGISTERED] = "registered_at",
    [USED] = "used_at",
    [USERS] = "users",
    [NICKS] = "nicks",
    [HOST] = "vhost",
    [WANTED] = "vhost_wanted",
};

static const LiveKind kind = {
    .topic = "account",
    .method = "account.list",
    .key = "id",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
};

/* ---- The list ---- */

static const SnapinColumn columns[] = {
    {.id = "name", .title = "Account", .width = 150},
    {.id = "email", .title = "E-mail", .width = 200},
    {.id = "users",
	.title = "Here",
	.kind = SNAPIN_COLUMN_NUMBER,
	.width = 60,
	.tooltip = "How many users are logged in to it"},
    {.id = "used", .title = "Last Used", .kind = SNAPIN_COLUMN_TIME, .width = 130},
    {.id = "registered", .title = "Registered", .kind = SNAPIN_COLUMN_TIME, .width = 130},
    {.id = "verified",
	.title = "Verified",
	.width = 80,
	.tooltip = "Its owner has proved that the e-mail address is his, or none is asked for"},
    {.id = "suspended", .title = "Suspended", .width = 90},
    {.id = "nicks",
	.title = "Nicks",
	.kind = SNAPIN_COLUMN_NUMBER,
	.width = 60,
	.tooltip = "Nicks grouped with it, besides its name"},
    {.id = "host", .title = "Host", .width = 140, .tooltip = "Under which its users are seen"},
    {.id = "wanted",
	.title = "Asks For",
	.width = 140,
	.tooltip = "A host that waits for an approval"},
};

static const LiveColumn live_columns[] = {
    {NAME, LIVE_TEXT},
    {EMAIL, LIVE_TEXT},
    {USERS, LIVE_NUMBER},
    {USED, LIVE_TIME},
    {REGISTERED, LIVE_TIME},
    {VERIFIED, LIVE_YES},
    {SUSPENDED, LIVE_YES},
    {NICKS, LIVE_NUMBER},
    {HOST, LIVE_TEXT},
    {WANTED, LIVE_TEXT},
};

G_STATIC_ASSERT(G_N_ELEMENTS(columns) == G_N_ELEMENTS(live_columns));

static const SnapinList list = {
    .size = sizeof list,
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .default_sort = "name",
    .empty_text = "There is no account: users register one with NickServ or their client.",
    .n_rows = live_list_n_rows,
    .row_id = live_list_row_id,
    .cell_text = live_list_cell_text,
    .compare = live_list_compare,
};

/* ---- Actions ---- */

enum {
	ADD,
	PROPERTIES,
	PASSWORD,
	ADDRESS,
	RENAME,
	VERIFY,
	APPROVE,
	REJECT,
	SUSPEND,
	UNSUSPEND,
	REMOVE
};

static const SnapinAction actions[] = {
    [ADD] = {.name = "account-add",
	.label = "_Add an Account…",
	.icon_name = "contact-new-symbolic",
	.permission = "account.add"},
    [PROPERTIES] = {.name = "account-properties",
	.label = "_Properties…",
	.icon_name = "document-properties-symbolic",
	.accelerator = "<Alt>Return",
	.on = SNAPIN_ON_ONE_ROW,
	.is_default = TRUE,
	.permission = "account.get"},
    [PASSWORD] = {.name = "account-password",
	.label = "Set Pass_word…",
	.icon_name = "dialog-password-symbolic",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "account.set_password"},
    [ADDRESS] = {.name = "account-email",
	.label = "Set _E-mail…",
	.icon_name = "mail-unread-symbolic",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "account.set_email"},
    [RENAME] = {.name = "account-rename",
	.label = "Re_name…",
	.icon_name = "document-edit-symbolic",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "account.rename"},
    [VERIFY] = {.name = "account-verify",
	.label = "_Verify",
	.icon_name = "emblem-ok-symbolic",
	.tooltip = "Completes a registration whose code did not arrive",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "account.verify"},
    [APPROVE] = {.name = "account-approve-host",
	.label = "A_pprove Host",
	.icon_name = "object-select-symbolic",
	.tooltip = "Gives the account the host it asks for",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "account.approve_vhost"},
    [REJECT] = {.name = "account-reject-host",
	.label = "Re_ject Host…",
	.icon_name = "window-close-symbolic",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "account.reject_vhost"},
    [SUSPEND] = {.name = "account-suspend",
	.label = "_Suspend…",
	.icon_name = "changes-prevent-symbolic",
	.tooltip = "Nobody can log in to it until that ends",
	.on = SNAPIN_ON_ONE_ROW,
	.danger = TRUE,
	.permission = "account.suspend"},
    [UNSUSPEND] = {.name = "account-unsuspend",
	.label = "_Unsuspend",
	.icon_name = "changes-allow-symbolic",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "account.unsuspend"},
    [REMOVE] = {.name = "account-remove",
	.label = "_Remove…",
	.icon_name = "user-trash-symbolic",
	.accelerator = "Delete",
	.tooltip = "Erases the account and what is kept of its owner",
	.on = SNAPIN_ON_ONE_ROW,
	.danger = TRUE,
	.permission = "account.remove"},
};

static void
activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const ListNode *accounts = data;
	const char *name = list_node_selected(accounts, selection, NAME);

	if (action->on != SNAPIN_ON_NODE && *name == '\0')
		return; /* gone between the click and now */
	if (action == &actions[PROPERTIES])
		page_account_open(accounts->service, node, name);
	else
		account_act(accounts->service, node, action->permission, name);
}

static char *
may(SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	/* What the account must be for it. */
	static const struct {
		const SnapinAction *action;
		guint field;
		const char *no; /* the text that forbids it */
		const char *reason;
	} conditions[] = {
	    {&actions[UNSUSPEND], SUSPENDED, "false", "The account is not suspended"},
	    {&actions[VERIFY], VERIFIED, "true", "The account is verified"},
	    {&actions[APPROVE], WANTED, "", "The account asks for no host"},
	    {&actions[REJECT], WANTED, "", "The account asks for no host"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(conditions); i++)
		if (action == conditions[i].action &&
		    strcmp(list_node_selected(data, selection, conditions[i].field),
			conditions[i].no) == 0)
			return g_strdup(conditions[i].reason);
	return list_node_may(node, data, action, selection);
}

static char *
command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	return list_node_command(data, action, selection, "account", NAME);
}

static void
accounts_free(gpointer data)
{
	list_node_clear(data);
	g_free(data);
}

void
accounts_add(Service *service)
{
	ListNode *accounts = g_new0(ListNode, 1);
	SnapinNodeSpec spec = {
	    .size = sizeof spec,
	    .id = "accounts",
	    .title = "Accounts",
	    .icon_name = "avatar-default-symbolic",
	    .list = &list,
	    .actions = actions,
	    .n_actions = G_N_ELEMENTS(actions),
	    .activate = activate,
	    .may = may,
	    .command = command,
	    .help = "accounts",
	    .free_data = accounts_free,
	};

	accounts->counted = "accounts";
	list_node_add(accounts, service, service_node(service), &kind, NULL, live_columns, &spec);
}
