/* SPDX-License-Identifier: MIT */
#include "service.h"

#include "list_node.h"
#include "page_user.h"
#include "user_actions.h"

enum {
	ID,
	NAME,
	USERNAME,
	HOSTNAME,
	IP,
	REALNAME,
	ACCOUNT,
	AWAY,
	OPERATOR,
	SINCE,
	IDLE,
	CHANNELS,
	TLS
};

static const char *const fields[] = {
    [ID] = "id",
    [NAME] = "name",
    [USERNAME] = "username",
    [HOSTNAME] = "hostname",
    [IP] = "ip",
    [REALNAME] = "realname",
    [ACCOUNT] = "account",
    [AWAY] = "away",
    [OPERATOR] = "operator",
    [SINCE] = "connected_since",
    [IDLE] = "idle_since",
    [CHANNELS] = "channels",
    [TLS] = "tls",
};

static const LiveKind kind = {
    .topic = "user",
    .method = "user.list",
    .key = "id",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
};

#define IDLE_INTERVAL 30   /* seconds: nothing tells that somebody spoke */
#define IDLE_ROWS_MAX 1000 /* more are not listed again only for that */

typedef struct Users {
	ListNode base; /* first */
	guint idle_source;
} Users;

/* ---- The list ---- */

static void
make_mask(const LiveList *from, guint row, GString *text)
{
	const LiveTable *table = live_rows_table(from->rows);

	g_string_append_printf(text, "%s@%s", live_table_text(table, row, USERNAME),
	    live_table_text(table, row, HOSTNAME));
}

static const SnapinColumn columns[] = {
    {.id = "nick", .title = "Nick", .width = 140},
    {.id = "mask", .title = "User@Host", .width = 200},
    {.id = "address", .title = "Address", .width = 130},
    {.id = "account", .title = "Account", .width = 110},
    {.id = "channels", .title = "Channels", .kind = SNAPIN_COLUMN_NUMBER, .width = 80},
    {.id = "connected", .title = "Connected", .kind = SNAPIN_COLUMN_TIME, .width = 120},
    {.id = "idle",
	.title = "Idle",
	.kind = SNAPIN_COLUMN_TIME,
	.width = 90,
	.tooltip = "Time since the user last spoke"},
    {.id = "tls", .title = "TLS", .width = 50, .tooltip = "The connection is encrypted"},
    {.id = "operator", .title = "Operator", .width = 100},
    {.id = "away", .title = "Away", .width = 120},
    {.id = "realname", .title = "Real Name", .width = 160},
};

static const LiveColumn live_columns[] = {
    {NAME, LIVE_TEXT},
    {USERNAME, LIVE_MADE, make_mask},
    {IP, LIVE_TEXT},
    {ACCOUNT, LIVE_TEXT},
    {CHANNELS, LIVE_NUMBER},
    {SINCE, LIVE_TIME},
    {IDLE, LIVE_SINCE},
    {TLS, LIVE_YES},
    {OPERATOR, LIVE_TEXT},
    {AWAY, LIVE_TEXT},
    {REALNAME, LIVE_TEXT},
};

G_STATIC_ASSERT(G_N_ELEMENTS(columns) == G_N_ELEMENTS(live_columns));

static const SnapinList list = {
    .size = sizeof list,
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .default_sort = "nick",
    .empty_text = "Nobody is connected.",
    .n_rows = live_list_n_rows,
    .row_id = live_list_row_id,
    .cell_text = live_list_cell_text,
    .compare = live_list_compare,
};

/* ---- Actions ---- */

static const SnapinAction actions[] = {
    {.name = "user-properties",
	.label = "_Properties…",
	.icon_name = "document-properties-symbolic",
	.accelerator = "<Alt>Return",
	.on = SNAPIN_ON_ONE_ROW,
	.is_default = TRUE,
	.permission = "user.get"},
    {.name = "user-disconnect",
	.label = "_Disconnect…",
	.icon_name = "user-trash-symbolic",
	.accelerator = "Delete",
	.tooltip = "Ends the connection of the selected users; asks for a reason",
	.on = SNAPIN_ON_ROWS,
	.danger = TRUE,
	.permission = "user.kill"},
};

static UserNames *
selected(const Users *users, const SnapinSelection *selection)
{
	UserNames *names = user_names_new();

	for (guint i = 0; i < selection->n_rows; i++)
		user_names_add(names, live_list_field(&users->base.list, selection->row_ids[i], ID),
		    live_list_field(&users->base.list, selection->row_ids[i], NAME));
	return names;
}

static void
activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	Users *users = data;

	if (action == &actions[0])
		page_user_open(users->base.service, node,
		    list_node_selected(&users->base, selection, ID),
		    list_node_selected(&users->base, selection, NAME));
	else
		user_ask_disconnect(users->base.service, node, selected(users, selection));
}

static char *
command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	Users *users = data;
	g_autoptr(UserNames) names = selected(users, selection);

	return user_command(users->base.service, names, action->permission, NULL);
}

/* ---- Live ---- */

static gboolean
on_idle_time(gpointer data)
{
	Users *users = data;

	if (live_list_n_rows(users) <= IDLE_ROWS_MAX)
		live_rows_refresh(users->base.list.rows);
	return G_SOURCE_CONTINUE;
}

static void
shown(SnapinNode *node, gpointer data, gboolean visible)
{
	Users *users = data;

	list_node_shown(node, data, visible);
	g_clear_handle_id(&users->idle_source, g_source_remove);
	if (visible)
		users->idle_source = g_timeout_add_seconds(IDLE_INTERVAL, on_idle_time, users);
}

static void
users_free(gpointer data)
{
	Users *users = data;

	g_clear_handle_id(&users->idle_source, g_source_remove);
	list_node_clear(&users->base);
	g_free(users);
}

void
users_add(Service *service)
{
	Users *users = g_new0(Users, 1);
	SnapinNodeSpec spec = {
	    .size = sizeof spec,
	    .id = "users",
	    .title = "Users",
	    .icon_name = "system-users-symbolic",
	    .list = &list,
	    .shown = shown,
	    .actions = actions,
	    .n_actions = G_N_ELEMENTS(actions),
	    .activate = activate,
	    .command = command,
	    .help = "users",
	    .free_data = users_free,
	};

	users->base.counted = "users";
	list_node_add(
	    &users->base, service, service_node(service), &kind, NULL, live_columns, &spec);
}
