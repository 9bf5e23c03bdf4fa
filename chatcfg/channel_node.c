/* SPDX-License-Identifier: MIT */
#include "channel_node.h"

#include "channel_actions.h"
#include "channel_modes.h"
#include "list_node.h"
#include "method_act.h"
#include "page_channel.h"
#include "page_user.h"
#include "user_actions.h"

#include <string.h>

enum { ID, NAME, LEVEL, USERNAME, HOSTNAME, ACCOUNT, AWAY };

static const char *const fields[] = {
    [ID] = "id",
    [NAME] = "name",
    [LEVEL] = "level",
    [USERNAME] = "username",
    [HOSTNAME] = "hostname",
    [ACCOUNT] = "account",
    [AWAY] = "away",
};

static const LiveKind kind = {
    .topic = "member",
    .method = "channel.members",
    .key = "id",
    .parent = "channel",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
};

struct ChannelNode {
	ListNode base; /* first */
	char *name;
	char *topic;
	gboolean registered;
	gboolean shown;
	gboolean gone;
};

/* ---- The list ---- */

static void
make_mask(const LiveList *from, guint row, GString *text)
{
	const LiveTable *table = live_rows_table(from->rows);

	g_string_append_printf(text, "%s@%s", live_table_text(table, row, USERNAME),
	    live_table_text(table, row, HOSTNAME));
}

/* "owner, voice"; the letter of a rank the service says nothing about. */
static void
make_rank(const LiveList *from, guint row, GString *text)
{
	const Service *service = ((const ChannelNode *)from)->base.service;
	const Description *description = service_description(service);
	const char *letters = live_table_text(live_rows_table(from->rows), row, LEVEL);

	for (const char *at = letters; *at != '\0'; at++) {
		const char letter[] = {*at, '\0'};
		const char *name =
		    description != NULL ? channel_modes_name(description, letter) : NULL;

		g_string_append_printf(
		    text, "%s%s", text->len > 0 ? ", " : "", name != NULL ? name : letter);
	}
}

static const SnapinColumn columns[] = {
    {.id = "nick", .title = "Nick", .width = 160},
    {.id = "rank", .title = "Rank", .width = 110, .tooltip = "What the member may do here"},
    {.id = "mask", .title = "User@Host", .width = 240},
    {.id = "account", .title = "Account", .width = 130},
    {.id = "away", .title = "Away", .width = 200},
};

static const LiveColumn live_columns[] = {
    {NAME, LIVE_TEXT},
    {LEVEL, LIVE_MADE, make_rank},
    {USERNAME, LIVE_MADE, make_mask},
    {ACCOUNT, LIVE_TEXT},
    {AWAY, LIVE_TEXT},
};

G_STATIC_ASSERT(G_N_ELEMENTS(columns) == G_N_ELEMENTS(live_columns));

static const SnapinList list = {
    .size = sizeof list,
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .default_sort = "nick",
    .empty_text = "Nobody is in this channel.",
    .n_rows = live_list_n_rows,
    .row_id = live_list_row_id,
    .cell_text = live_list_cell_text,
    .compare = live_list_compare,
};

/* ---- Actions ---- */

enum { PROPERTIES, TOPIC, REGISTER, UNREGISTER, MEMBER, KICK, DISCONNECT };

static const SnapinAction actions[] = {
    [PROPERTIES] = {.name = "channel-properties",
	.label = "_Properties…",
	.icon_name = "document-properties-symbolic",
	.tooltip = "Topic, modes and lists of the channel",
	.permission = "channel.get"},
    [TOPIC] = {.name = "channel-topic",
	.label = "Set _Topic…",
	.icon_name = "document-edit-symbolic",
	.permission = "channel.set_topic"},
    [REGISTER] = {.name = "channel-register",
	.label = "Re_gister",
	.icon_name = "bookmark-new-symbolic",
	.tooltip = "Topic, modes and lists are kept, also over a restart",
	.permission = "channel.register"},
    [UNREGISTER] = {.name = "channel-unregister",
	.label = "_Unregister…",
	.icon_name = "edit-delete-symbolic",
	.tooltip = "Topic, modes and lists are no longer kept",
	.danger = TRUE,
	.permission = "channel.unregister"},
    [MEMBER] = {.name = "member-properties",
	.label = "_User Properties…",
	.icon_name = "document-properties-symbolic",
	.accelerator = "<Alt>Return",
	.on = SNAPIN_ON_ONE_ROW,
	.is_default = TRUE,
	.permission = "user.get"},
    [KICK] = {.name = "member-kick",
	.label = "_Kick…",
	.icon_name = "go-jump-symbolic",
	.accelerator = "Delete",
	.tooltip = "Removes the selected members from the channel; asks for a reason",
	.on = SNAPIN_ON_ROWS,
	.danger = TRUE,
	.permission = "channel.kick"},
    [DISCONNECT] = {.name = "member-disconnect",
	.label = "_Disconnect…",
	.icon_name = "user-trash-symbolic",
	.tooltip = "Ends the connection of the selected users; asks for a reason",
	.on = SNAPIN_ON_ROWS,
	.danger = TRUE,
	.permission = "user.kill"},
};

static UserNames *
selected(const ChannelNode *channel, const SnapinSelection *selection)
{
	UserNames *names = user_names_new();

	for (guint i = 0; i < selection->n_rows; i++)
		user_names_add(names,
		    live_list_field(&channel->base.list, selection->row_ids[i], ID),
		    live_list_field(&channel->base.list, selection->row_ids[i], NAME));
	return names;
}

static void
activate_on_rows(ChannelNode *channel, const SnapinAction *action, const SnapinSelection *selection)
{
	const guint64 id = selection->row_ids[0];

	if (action == &actions[MEMBER])
		page_user_open(channel->base.service, channel->base.node,
		    live_list_field(&channel->base.list, id, ID),
		    live_list_field(&channel->base.list, id, NAME));
	else if (action == &actions[KICK])
		user_ask_kick(channel->base.service, channel->base.node, channel->name,
		    selected(channel, selection));
	else
		user_ask_disconnect(
		    channel->base.service, channel->base.node, selected(channel, selection));
}

static void
activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	ChannelNode *channel = data;

	if (action->on != SNAPIN_ON_NODE)
		activate_on_rows(channel, action, selection);
	else if (action == &actions[PROPERTIES])
		page_channel_open(channel->base.service, node, channel->name, channel->registered);
	else if (action == &actions[TOPIC])
		channel_ask_topic(channel->base.service, node, channel->name, channel->topic);
	else if (action == &actions[REGISTER])
		channel_register(channel->base.service, node, channel->name);
	else
		channel_ask_unregister(channel->base.service, node, channel->name);
}

static char *
may(SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const ChannelNode *channel = data;

	if (channel->gone)
		return g_strdup("The channel is gone");
	if (action == &actions[REGISTER])
		return channel_may_register(channel->base.service, channel->registered);
	if (action == &actions[UNREGISTER])
		return channel_may_unregister(channel->base.service, channel->registered);
	return service_may(channel->base.service, action->permission);
}

static char *
command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	ChannelNode *channel = data;
	g_autoptr(UserNames) names = NULL;

	if (action->on == SNAPIN_ON_NODE)
		return method_command(channel->base.service, action->permission,
		    json_pack("{s:s}", "channel", channel->name));
	names = selected(channel, selection);
	return user_command(channel->base.service, names, action->permission,
	    action == &actions[KICK] ? channel->name : NULL);
}

/* ---- Live ---- */

/* Only where somebody looks: the tree says it at the service. */
static gboolean
say_state(ListNode *node)
{
	const ChannelNode *channel = (const ChannelNode *)node;
	const SnapinHost *host = service_host(node->service);

	if (channel->gone)
		return TRUE;
	if (channel->shown)
		return FALSE;
	host->node_set_state(host, node->node, SNAPIN_STATE_NORMAL, NULL);
	return TRUE;
}

static void
shown(SnapinNode *node, gpointer data, gboolean visible)
{
	ChannelNode *channel = data;

	channel->shown = visible;
	if (!say_state(&channel->base))
		service_mark(channel->base.service, node);
	list_node_shown(node, data, visible);
}

static void
channel_node_free(gpointer data)
{
	ChannelNode *channel = data;

	list_node_clear(&channel->base);
	g_free(channel->name);
	g_free(channel->topic);
	g_free(channel);
}

/* ---- What the channel list knows ---- */

SnapinNode *
channel_node_node(const ChannelNode *channel)
{
	return channel->base.node;
}

void
channel_node_update(ChannelNode *channel, const ChannelFacts *facts)
{
	const SnapinHost *host = service_host(channel->base.service);
	gboolean changed = channel->gone || channel->registered != facts->registered;

	g_free(channel->topic);
	channel->topic = g_strdup(facts->topic);
	channel->registered = facts->registered;
	if (channel->gone)
		host->node_set_state(host, channel->base.node, SNAPIN_STATE_NORMAL, NULL);
	channel->gone = FALSE;
	host->node_set_badge(host, channel->base.node, facts->users);
	if (changed)
		host->actions_changed(host, channel->base.node);
}

gboolean
channel_node_may_go(ChannelNode *channel)
{
	const SnapinHost *host = service_host(channel->base.service);

	if (!channel->shown)
		return TRUE;
	if (channel->gone)
		return FALSE;
	channel->gone = TRUE;
	host->node_set_badge(host, channel->base.node, NULL);
	host->node_set_state(host, channel->base.node, SNAPIN_STATE_WARNING,
	    "This channel is gone: its last member left");
	host->actions_changed(host, channel->base.node);
	return FALSE;
}

ChannelNode *
channel_node_new(Service *service, SnapinNode *parent, const ChannelFacts *facts)
{
	ChannelNode *channel = g_new0(ChannelNode, 1);
	SnapinNodeSpec spec = {
	    .size = sizeof spec,
	    .id = facts->name,
	    .title = facts->name,
	    .icon_name = "user-available-symbolic",
	    .list = &list,
	    .shown = shown,
	    .actions = actions,
	    .n_actions = G_N_ELEMENTS(actions),
	    .activate = activate,
	    .may = may,
	    .command = command,
	    .help = "channels",
	    .free_data = channel_node_free,
	};

	channel->name = g_strdup(facts->name);
	channel->base.state = say_state;
	if (!list_node_add(
		&channel->base, service, parent, &kind, channel->name, live_columns, &spec))
		return NULL;
	channel_node_update(channel, facts);
	return channel;
}
