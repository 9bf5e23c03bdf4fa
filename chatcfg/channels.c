/* SPDX-License-Identifier: MIT */
#include "service.h"

#include "channel_actions.h"
#include "channel_node.h"
#include "list_node.h"
#include "page_channel.h"

#include <string.h>

enum { NAME, TOPIC, USERS, MODES, CREATED, REGISTERED, TOPIC_BY, TOPIC_AT };

static const char *const fields[] = {
    [NAME] = "name",
    [TOPIC] = "topic",
    [USERS] = "num_users",
    [MODES] = "modes",
    [CREATED] = "creation_time",
    [REGISTERED] = "registered",
    [TOPIC_BY] = "topic_set_by",
    [TOPIC_AT] = "topic_set_at",
};

static const LiveKind kind = {
    .topic = "channel",
    .method = "channel.list",
    .key = "name",
    .fields = fields,
    .n_fields = G_N_ELEMENTS(fields),
};

#define CHILDREN_MAX 1000

typedef struct Channels {
	ListNode base;        /* first */
	GHashTable *children; /* name → ChannelNode, its node's; filled once expanded */
	SnapinNode *more;     /* says how many are not in the tree; NULL: all are */
	gboolean expanded;
} Channels;

/* ---- The list ---- */

static const SnapinColumn columns[] = {
    {.id = "name", .title = "Name", .width = 160},
    {.id = "users", .title = "Users", .kind = SNAPIN_COLUMN_NUMBER, .width = 70},
    {.id = "topic", .title = "Topic", .width = 320},
    {.id = "modes", .title = "Modes", .width = 80},
    {.id = "created", .title = "Created", .kind = SNAPIN_COLUMN_TIME, .width = 130},
    {.id = "registered",
	.title = "Registered",
	.width = 90,
	.tooltip = "Topic, modes and lists are kept, also over a restart"},
    {.id = "topic-by", .title = "Topic Set By", .width = 160, .hidden = TRUE},
    {.id = "topic-at",
	.title = "Topic Set",
	.kind = SNAPIN_COLUMN_TIME,
	.width = 130,
	.hidden = TRUE},
};

static const LiveColumn live_columns[] = {
    {NAME, LIVE_TEXT},
    {USERS, LIVE_NUMBER},
    {TOPIC, LIVE_TEXT},
    {MODES, LIVE_TEXT},
    {CREATED, LIVE_TIME},
    {REGISTERED, LIVE_YES},
    {TOPIC_BY, LIVE_TEXT},
    {TOPIC_AT, LIVE_TIME},
};

G_STATIC_ASSERT(G_N_ELEMENTS(columns) == G_N_ELEMENTS(live_columns));

static const SnapinList list = {
    .size = sizeof list,
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .default_sort = "name",
    .empty_text = "There is no channel: users make one by joining it.",
    .n_rows = live_list_n_rows,
    .row_id = live_list_row_id,
    .cell_text = live_list_cell_text,
    .compare = live_list_compare,
};

/* ---- Children ---- */

static ChannelFacts
facts_of(const LiveTable *table, guint row)
{
	return (ChannelFacts){
	    .name = live_table_text(table, row, NAME),
	    .topic = live_table_text(table, row, TOPIC),
	    .users = live_table_text(table, row, USERS),
	    .registered = strcmp(live_table_text(table, row, REGISTERED), "true") == 0,
	};
}

static void
drop_gone(Channels *channels)
{
	const SnapinHost *host = service_host(channels->base.service);
	const LiveTable *table = live_rows_table(channels->base.list.rows);
	GHashTableIter iterator;
	gpointer name;
	gpointer child;
	guint row;

	g_hash_table_iter_init(&iterator, channels->children);
	while (g_hash_table_iter_next(&iterator, &name, &child)) {
		SnapinNode *node = channel_node_node(child);

		if (live_table_find_key(table, name, &row) || !channel_node_may_go(child))
			continue;
		g_hash_table_iter_remove(&iterator);
		host->node_remove(host, node);
	}
}

static int
compare_names(gconstpointer a, gconstpointer b, gpointer table)
{
	return g_ascii_strcasecmp(live_table_text(table, *(const guint *)a, NAME),
	    live_table_text(table, *(const guint *)b, NAME));
}

static void
add_new(Channels *channels)
{
	const LiveTable *table = live_rows_table(channels->base.list.rows);
	guint count = live_table_count(table);
	g_autofree guint *rows = g_new(guint, count + 1);

	for (guint i = 0; i < count; i++)
		rows[i] = i;
	g_qsort_with_data(rows, (int)count, sizeof *rows, compare_names, (gpointer)table);
	for (guint i = 0; i < count; i++) {
		const ChannelFacts facts = facts_of(table, rows[i]);
		ChannelNode *child = g_hash_table_lookup(channels->children, facts.name);

		if (child != NULL) {
			channel_node_update(child, &facts);
			continue;
		}
		if (g_hash_table_size(channels->children) >= CHILDREN_MAX)
			continue;
		child = channel_node_new(channels->base.service, channels->base.node, &facts);
		if (child != NULL)
			g_hash_table_insert(channels->children, g_strdup(facts.name), child);
	}
}

/* What the tree does not show is in the list. */
static void
show_more(Channels *channels)
{
	const SnapinHost *host = service_host(channels->base.service);
	guint count = live_table_count(live_rows_table(channels->base.list.rows));
	guint in_tree = g_hash_table_size(channels->children);
	g_autofree char *title = NULL;
	SnapinNodeSpec spec = {
	    .size = sizeof spec, .id = "@more", .icon_name = "view-more-symbolic"};

	if (count <= in_tree) {
		if (channels->more != NULL)
			host->node_remove(host, channels->more);
		channels->more = NULL;
		return;
	}
	title = g_strdup_printf("%u more: see the list of channels", count - in_tree);
	spec.title = title;
	if (channels->more == NULL)
		channels->more = host->node_add(host, channels->base.node, &spec);
	else
		host->node_set_title(host, channels->more, title);
}

static void
on_changed(LiveRows *rows, gpointer data)
{
	Channels *channels = data;

	if (!channels->expanded)
		return;
	if (live_rows_is_whole(rows))
		drop_gone(channels);
	add_new(channels);
	show_more(channels);
}

static void
expand(SnapinNode *node, gpointer data)
{
	Channels *channels = data;

	channels->expanded = TRUE;
	live_rows_start(channels->base.list.rows);
	on_changed(channels->base.list.rows, channels);
}

/* ---- Actions ---- */

enum { REGISTER_NEW, MEMBERS, PROPERTIES, SET_TOPIC, REGISTER, UNREGISTER };

static const SnapinAction actions[] = {
    [REGISTER_NEW] = {.name = "register-new",
	.label = "_Register a Channel…",
	.icon_name = "list-add-symbolic",
	.tooltip = "A channel that is kept, also over a restart",
	.permission = "channel.register"},
    [MEMBERS] = {.name = "channel-members",
	.label = "Show _Members",
	.icon_name = "system-users-symbolic",
	.on = SNAPIN_ON_ONE_ROW,
	.is_default = TRUE,
	.permission = "channel.members"},
    [PROPERTIES] = {.name = "channel-properties",
	.label = "_Properties…",
	.icon_name = "document-properties-symbolic",
	.accelerator = "<Alt>Return",
	.tooltip = "Topic, modes and lists of the channel",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "channel.get"},
    [SET_TOPIC] = {.name = "channel-topic",
	.label = "Set _Topic…",
	.icon_name = "document-edit-symbolic",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "channel.set_topic"},
    [REGISTER] = {.name = "channel-register",
	.label = "Re_gister",
	.icon_name = "bookmark-new-symbolic",
	.tooltip = "Topic, modes and lists are kept, also over a restart",
	.on = SNAPIN_ON_ONE_ROW,
	.permission = "channel.register"},
    [UNREGISTER] = {.name = "channel-unregister",
	.label = "_Unregister…",
	.icon_name = "edit-delete-symbolic",
	.tooltip = "Topic, modes and lists are no longer kept",
	.on = SNAPIN_ON_ONE_ROW,
	.danger = TRUE,
	.permission = "channel.unregister"},
};

static void
show_members(Channels *channels, const char *name)
{
	const SnapinHost *host = service_host(channels->base.service);
	const ChannelNode *child;

	if (!channels->expanded)
		expand(channels->base.node, channels);
	child = g_hash_table_lookup(channels->children, name);
	if (child != NULL)
		host->node_select(host, channel_node_node(child));
	else
		host->report(host, channels->base.node, SNAPIN_INFO,
		    "The tree does not show this channel", "It shows the first 1,000.");
}

static void
activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	Channels *channels = data;
	const ListNode *base = &channels->base;
	g_autofree char *name = g_strdup(list_node_selected(base, selection, NAME));

	if (action == &actions[REGISTER_NEW])
		channel_ask_register(channels->base.service, node);
	else if (*name == '\0')
		return; /* gone between the click and now */
	else if (action == &actions[MEMBERS])
		show_members(channels, name);
	else if (action == &actions[PROPERTIES])
		page_channel_open(channels->base.service, node, name,
		    strcmp(list_node_selected(base, selection, REGISTERED), "true") == 0);
	else if (action == &actions[SET_TOPIC])
		channel_ask_topic(
		    channels->base.service, node, name, list_node_selected(base, selection, TOPIC));
	else if (action == &actions[REGISTER])
		channel_register(channels->base.service, node, name);
	else
		channel_ask_unregister(channels->base.service, node, name);
}

static char *
may(SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const Channels *channels = data;
	gboolean registered =
	    strcmp(list_node_selected(&channels->base, selection, REGISTERED), "true") == 0;

	if (action == &actions[REGISTER])
		return channel_may_register(channels->base.service, registered);
	if (action == &actions[UNREGISTER])
		return channel_may_unregister(channels->base.service, registered);
	return service_may(channels->base.service, action->permission);
}

static char *
command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	return list_node_command(data, action, selection, "channel", NAME);
}

static void
channels_free(gpointer data)
{
	Channels *channels = data;

	list_node_clear(&channels->base);
	g_hash_table_unref(channels->children);
	g_free(channels);
}

void
channels_add(Service *service)
{
	Channels *channels = g_new0(Channels, 1);
	SnapinNodeSpec spec = {
	    .size = sizeof spec,
	    .id = "channels",
	    .title = "Channels",
	    .icon_name = "folder-symbolic",
	    .may_have_children = TRUE,
	    .expand = expand,
	    .list = &list,
	    .actions = actions,
	    .n_actions = G_N_ELEMENTS(actions),
	    .activate = activate,
	    .may = may,
	    .command = command,
	    .help = "channels",
	    .free_data = channels_free,
	};

	channels->children = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	channels->base.changed = on_changed;
	channels->base.counted = "channels";
	list_node_add(
	    &channels->base, service, service_node(service), &kind, NULL, live_columns, &spec);
}
