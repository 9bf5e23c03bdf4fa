/* SPDX-License-Identifier: MIT */
#include "service_private.h"

#include "facts.h"
#include "overview_graph.h"
#include "overview_listeners.h"
#include "time_text.h"

#include <string.h>

#define INTERVAL 1 /* second */

enum { LEFT, RIGHT, FACT_COLUMNS };
enum { GRAPH_USERS, GRAPH_MESSAGES, GRAPH_COMMANDS, GRAPHS };

typedef struct OverviewFact {
	int column;
	const char *name; /* a title if `text` is NULL */
	char *(*text)(const json_t *status);
} OverviewFact;

#define FACTS_MAX 24

struct Overview {
	Service *service;
	GtkWidget *values[FACTS_MAX];
	GtkWidget *graphs[GRAPHS];
	GtkWidget *listeners;
	GtkWidget *content; /* dimmed while it is not known how things are now */
	GtkWidget *config_bar;
	GtkWidget *config_text;
	GCancellable *asking; /* metrics.get */
	gboolean metrics_asked;
	json_int_t counted[GRAPHS]; /* the counter at the last sample; -1: none yet */
	gint64 counted_at;
	guint source;
	guint watch;
};

/* ---- Facts: how each reads ---- */

static json_int_t
number(const json_t *status, const char *key)
{
	return json_integer_value(json_object_get(status, key));
}

static char *
text_of(const json_t *object, const char *key)
{
	return g_strdup(json_string_value(json_object_get(object, key)));
}

static char *
count_text(const json_t *status, const char *key)
{
	return g_strdup_printf("%'lld", (long long)number(status, key));
}

#define TEXT_FACT(key)                                                                             \
	static char *fact_##key(const json_t *status)                                              \
	{                                                                                          \
		return text_of(status, #key);                                                      \
	}
#define COUNT_FACT(key)                                                                            \
	static char *fact_##key(const json_t *status)                                              \
	{                                                                                          \
		return count_text(status, #key);                                                   \
	}
TEXT_FACT(name)
TEXT_FACT(network)
TEXT_FACT(version)
TEXT_FACT(state)
COUNT_FACT(users_peak)
COUNT_FACT(unregistered)
COUNT_FACT(operators)
COUNT_FACT(channels)

static char *
fact_started(const json_t *status)
{
	return time_text_full(
	    time_text_parse(json_string_value(json_object_get(status, "started_at"))));
}

static char *
fact_uptime(const json_t *status)
{
	return time_text_span(number(status, "uptime"));
}

static char *
fact_users(const json_t *status)
{
	return g_strdup_printf("%'lld of at most %'lld", (long long)number(status, "users"),
	    (long long)number(status, "users_maximum"));
}

static char *
fact_memory(const json_t *status)
{
	return g_format_size((guint64)number(status, "memory_bytes"));
}

static char *
fact_descriptors(const json_t *status)
{
	const json_t *descriptors = json_object_get(status, "descriptors");

	return g_strdup_printf("%'lld of at most %'lld", (long long)number(descriptors, "used"),
	    (long long)number(descriptors, "limit"));
}

static char *
fact_turn(const json_t *status)
{
	return g_strdup_printf("%.1f ms", (double)number(status, "turn_longest_us") / 1000);
}

static char *
fact_io(const json_t *status)
{
	json_int_t threads = number(status, "io_threads");

	return threads > 0 ? g_strdup_printf("%lld", (long long)threads)
			   : g_strdup("None of their own");
}

static char *
fact_database(const json_t *status)
{
	const json_t *database = json_object_get(status, "database");
	const char *state = json_string_value(json_object_get(database, "state"));
	const char *path = json_string_value(json_object_get(database, "path"));

	return path != NULL ? g_strdup_printf("%s (%s)", path, state != NULL ? state : "?")
			    : g_strdup(state);
}

static char *
fact_config(const json_t *status)
{
	return text_of(json_object_get(status, "config"), "path");
}

static const OverviewFact overview_facts[] = {
    {LEFT, "Service", NULL},
    {LEFT, "Name", fact_name},
    {LEFT, "Network", fact_network},
    {LEFT, "Version", fact_version},
    {LEFT, "State", fact_state},
    {LEFT, "Started", fact_started},
    {LEFT, "Uptime", fact_uptime},
    {LEFT, "Configuration", fact_config},
    {LEFT, "Database", fact_database},
    {RIGHT, "Use", NULL},
    {RIGHT, "Users", fact_users},
    {RIGHT, "Most users", fact_users_peak},
    {RIGHT, "Operators", fact_operators},
    {RIGHT, "Not yet registered", fact_unregistered},
    {RIGHT, "Channels", fact_channels},
    {RIGHT, "Memory", fact_memory},
    {RIGHT, "Descriptors", fact_descriptors},
    {RIGHT, "Network threads", fact_io},
    {RIGHT, "Longest turn", fact_turn},
};

G_STATIC_ASSERT(G_N_ELEMENTS(overview_facts) <= FACTS_MAX);

/* ---- The configuration on disk ---- */

static void
show_config(Overview *overview, const json_t *status)
{
	const json_t *config = json_object_get(status, "config");
	const char *state = json_string_value(json_object_get(config, "state"));
	const char *detail = json_string_value(json_object_get(config, "detail"));
	gboolean edited = g_strcmp0(state, "edited") == 0;
	gboolean invalid = g_strcmp0(state, "invalid") == 0;
	g_autofree char *text =
	    edited ? g_strdup("The configuration file was edited since it was read. Reload "
			      "Configuration applies it.")
		   : g_strdup_printf("The configuration file on disk has an error; the service "
				     "goes on with what it read before. %s",
			 detail != NULL ? detail : "");

	gtk_info_bar_set_message_type(
	    GTK_INFO_BAR(overview->config_bar), invalid ? GTK_MESSAGE_ERROR : GTK_MESSAGE_WARNING);
	gtk_label_set_text(GTK_LABEL(overview->config_text), text);
	gtk_widget_set_visible(overview->config_bar, edited || invalid);
}

static GtkWidget *
make_config_bar(Overview *overview)
{
	GtkWidget *bar = gtk_info_bar_new();
	GtkWidget *content = gtk_info_bar_get_content_area(GTK_INFO_BAR(bar));

	overview->config_bar = bar;
	overview->config_text = gtk_label_new(NULL);
	gtk_label_set_line_wrap(GTK_LABEL(overview->config_text), TRUE);
	gtk_label_set_xalign(GTK_LABEL(overview->config_text), 0);
	gtk_widget_show(overview->config_text);
	gtk_box_pack_start(GTK_BOX(content), overview->config_text, TRUE, TRUE, 0);
	gtk_widget_set_no_show_all(bar, TRUE);
	return bar;
}

/* ---- Rates ---- */

static const char *const rate_counters[GRAPHS] = {
    [GRAPH_MESSAGES] = "messages",
    [GRAPH_COMMANDS] = "commands",
};

static json_int_t
counter_value(const json_t *answer, const char *name)
{
	const json_t *counter;
	size_t index;

	json_array_foreach(json_object_get(answer, "counters"), index, counter)
	{
		if (g_strcmp0(json_string_value(json_object_get(counter, "name")), name) == 0)
			return number(counter, "value");
	}
	return 0;
}

static void
got_metrics(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);
	Overview *overview = data;
	gint64 now = g_get_monotonic_time();
	double seconds;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	overview->metrics_asked = FALSE;
	if (answer == NULL)
		return;
	seconds = (double)(now - overview->counted_at) / G_USEC_PER_SEC;
	for (int i = 0; i < GRAPHS; i++) {
		json_int_t value;

		if (rate_counters[i] == NULL)
			continue;
		value = counter_value(answer, rate_counters[i]);
		if (overview->counted[i] >= 0 && seconds > 0)
			overview_graph_add(overview->graphs[i],
			    (double)MAX(value - overview->counted[i], 0) / seconds);
		overview->counted[i] = value;
	}
	overview->counted_at = now;
}

static gboolean
on_time(gpointer data)
{
	Overview *overview = data;

	service_ask_status(overview->service);
	if (overview->metrics_asked || service_state(overview->service) != SERVICE_CONNECTED)
		return G_SOURCE_CONTINUE;
	overview->metrics_asked = TRUE;
	service_call_async(
	    overview->service, "metrics.get", NULL, overview->asking, got_metrics, overview);
	return G_SOURCE_CONTINUE;
}

/* ---- What the service tells ---- */

static void
on_status(Service *service, const json_t *status, gpointer data)
{
	Overview *overview = data;

	for (guint i = 0; i < G_N_ELEMENTS(overview_facts); i++) {
		g_autofree char *text = NULL;

		if (overview_facts[i].text == NULL)
			continue;
		text = overview_facts[i].text(status);
		facts_set(overview->values[i], text);
	}
	overview_listeners_set(overview->listeners, json_object_get(status, "listeners"));
	show_config(overview, status);
	if (overview->source != 0)
		overview_graph_add(overview->graphs[GRAPH_USERS], (double)number(status, "users"));
}

static void
on_state(Service *service, gpointer data)
{
	Overview *overview = data;

	for (int i = 0; i < GRAPHS; i++) {
		overview->counted[i] = -1;
		overview_graph_clear(overview->graphs[i]);
	}
	gtk_widget_set_sensitive(overview->content, service_state(service) == SERVICE_CONNECTED);
}

static const ServiceWatch watch = {.state = on_state, .status = on_status};

void
overview_shown(SnapinNode *node, gpointer data, gboolean visible)
{
	Service *service = data;
	Overview *overview = service->overview;

	if (overview == NULL)
		return;
	g_clear_handle_id(&overview->source, g_source_remove);
	if (!visible)
		return;
	on_state(service, overview);
	overview->source = g_timeout_add_seconds(INTERVAL, on_time, overview);
	on_time(overview);
}

void
overview_refresh(SnapinNode *node, gpointer data)
{
	service_ask_status(data);
}

/* ---- The widget ---- */

static char *
format_count(double value)
{
	return g_strdup_printf("%'.0f", value);
}

static char *
format_rate(double value)
{
	return g_strdup_printf("%.1f per second", value);
}

static GtkWidget *
make_facts(Overview *overview)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 36);
	GtkWidget *grids[FACT_COLUMNS] = {facts_new(), facts_new()};

	for (guint i = 0; i < G_N_ELEMENTS(overview_facts); i++) {
		const OverviewFact *fact = &overview_facts[i];

		if (fact->text != NULL)
			overview->values[i] = facts_add(grids[fact->column], fact->name);
		else
			facts_add_title(grids[fact->column], fact->name);
	}
	gtk_container_add(GTK_CONTAINER(box), grids[LEFT]);
	gtk_container_add(GTK_CONTAINER(box), grids[RIGHT]);
	return box;
}

static GtkWidget *
make_graphs(Overview *overview)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 24);

	overview->graphs[GRAPH_USERS] = overview_graph_new("Users", format_count);
	overview->graphs[GRAPH_MESSAGES] = overview_graph_new("Messages", format_rate);
	overview->graphs[GRAPH_COMMANDS] = overview_graph_new("Commands", format_rate);
	for (int i = 0; i < GRAPHS; i++)
		gtk_box_pack_start(GTK_BOX(box), overview->graphs[i], TRUE, TRUE, 0);
	return box;
}

static GtkWidget *
make_title(const char *text)
{
	GtkWidget *facts = facts_new();

	facts_add_title(facts, text);
	return facts;
}

GtkWidget *
overview_create(SnapinNode *node, gpointer data)
{
	Service *service = data;
	Overview *overview = g_new0(Overview, 1);
	GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
	GtkWidget *outer = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 18);

	overview->service = service;
	overview->asking = g_cancellable_new();
	overview->listeners = overview_listeners_new();
	overview->content = box;
	gtk_container_set_border_width(GTK_CONTAINER(box), 18);
	gtk_box_pack_start(GTK_BOX(outer), make_config_bar(overview), FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(outer), box, TRUE, TRUE, 0);
	gtk_box_pack_start(GTK_BOX(box), make_facts(overview), FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), make_graphs(overview), FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), make_title("Listeners"), FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), overview->listeners, FALSE, FALSE, 0);
	gtk_container_add(GTK_CONTAINER(scrolled), outer);
	gtk_widget_show_all(scrolled);
	service->overview = overview;
	overview->watch = service_watch(service, &watch, overview);
	on_state(service, overview);
	if (service_status(service) != NULL)
		on_status(service, service_status(service), overview);
	return scrolled;
}

void
overview_free(Overview *overview)
{
	g_cancellable_cancel(overview->asking);
	g_object_unref(overview->asking);
	g_clear_handle_id(&overview->source, g_source_remove);
	service_unwatch(overview->service, overview->watch);
	g_free(overview);
}
