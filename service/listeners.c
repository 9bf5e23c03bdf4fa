/* SPDX-License-Identifier: MIT */
#include "listeners.h"

#include "listener_rules.h"

#include "net/listen_socket.h"
#include "net/tls_certificate.h"
#include "settings/settings_error.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Item {
	uint32_t id; /* 0: not handed to a loop */
	char *name;
	unsigned kind;
	bool built_in;
	char *address; /* or path */
	unsigned port; /* 0: Unix socket */
	bool unlink_path;
	bool activated;
	int descriptor; /* our own duplicate; -1: none */
	TlsContext *tls;
	ListenRules *rules; /* NULL: none */
	char *error;        /* NULL: open */
	bool moved;         /* its socket goes on in another item */
} Item;

struct Listeners {
	ListenersSetup setup;
	GPtrArray *items; /* of Item */
	uint32_t next_id;
	TlsTickets *tickets; /* all listeners': who comes back may come by another */
	ActivatedSocket activated[ACTIVATION_MAX];
	unsigned n_activated;
};

static void
item_free(Item *item)
{
	if (item->descriptor >= 0)
		close(item->descriptor);
	if (item->unlink_path)
		unlink(item->address);
	g_clear_pointer(&item->tls, tls_context_unref);
	g_clear_pointer(&item->rules, listen_rules_unref);
	g_free(item->name);
	g_free(item->address);
	g_free(item->error);
	g_free(item);
}

Listeners *
listeners_new(const ListenersSetup *setup)
{
	Listeners *listeners = g_new0(Listeners, 1);

	listeners->setup = *setup;
	listeners->items = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);
	listeners->next_id = 1;
	listeners->tickets = tls_tickets_new(setup->clock, CLOCK_SECOND);
	return listeners;
}

void
listeners_free(Listeners *listeners)
{
	if (!listeners)
		return;
	g_ptr_array_unref(listeners->items);
	tls_tickets_unref(listeners->tickets);
	for (unsigned i = 0; i < listeners->n_activated; i++)
		close(listeners->activated[i].descriptor);
	g_free(listeners);
}

void
listeners_adopt(Listeners *listeners, const ActivatedSocket *sockets, unsigned n_sockets)
{
	memcpy(listeners->activated, sockets, n_sockets * sizeof *sockets);
	listeners->n_activated = n_sockets;
}

static IoLoop *
loop_of(const Listeners *listeners, const Item *item)
{
	return item->kind == LISTENER_CONTROL ? listeners->setup.own : listeners->setup.clients[0];
}

static Item *
find_same_place(const Listeners *listeners, const Item *wanted)
{
	for (guint i = 0; i < listeners->items->len; i++) {
		Item *item = g_ptr_array_index(listeners->items, i);

		if (item->descriptor >= 0 && item->port == wanted->port &&
		    g_str_equal(item->address, wanted->address))
			return item;
	}
	return NULL;
}

static char *
resolve(const char *directory, const char *path)
{
	if (g_path_is_absolute(path) || !directory)
		return g_strdup(path);
	return g_build_filename(directory, path, NULL);
}

static gid_t
group_of(const SettingsListener *wanted, GError **error)
{
	/* Without one in the settings the control socket goes to the group that may use it, if any.
	 */
	const char *name = *wanted->group ? wanted->group : "chatadmin";
	const struct group *group = NULL;

	if (*wanted->group || wanted->kind == LISTENER_CONTROL)
		group = getgrnam(name);
	if (!*wanted->group && group && geteuid() != 0 && !group_member(group->gr_gid))
		group = NULL;
	if (!group && *wanted->group)
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "no group is named %s", name);
	return group ? group->gr_gid : (gid_t)-1;
}

/* The service manager's socket of that name, else one that listens where the item shall. */
static int
take_activated(Listeners *listeners, const Item *item)
{
	for (unsigned i = 0; i < listeners->n_activated; i++) {
		int descriptor = listeners->activated[i].descriptor;

		if (g_str_equal(listeners->activated[i].name, item->name) ||
		    listen_socket_is_at(descriptor, item->address, (uint16_t)item->port)) {
			listeners->activated[i] = listeners->activated[--listeners->n_activated];
			return descriptor;
		}
	}
	return -1;
}

static int
open_unix(const SettingsListener *wanted, const Item *item, GError **error)
{
	GError *problem = NULL;
	gid_t group = group_of(wanted, &problem);

	if (problem) {
		g_propagate_error(error, problem);
		return -1;
	}
	return listen_socket_unix(item->address, wanted->mode, group, LISTEN_BACKLOG, error);
}

static bool
open_socket(Listeners *listeners, const SettingsListener *wanted, Item *item, GError **error)
{
	Item *old = find_same_place(listeners, item);
	int activated;

	if (old) {
		item->descriptor = fcntl(old->descriptor, F_DUPFD_CLOEXEC, 3);
		item->unlink_path = old->unlink_path;
		return item->descriptor >= 0;
	}
	activated = take_activated(listeners, item);
	if (activated >= 0) {
		item->descriptor = activated;
		item->activated = true;
		return listen_socket_adopt(activated, error);
	}
	if (item->port == 0) {
		item->descriptor = open_unix(wanted, item, error);
		item->unlink_path = item->descriptor >= 0;
	} else {
		item->descriptor = listen_socket_tcp(
		    item->address, (uint16_t)item->port, true, LISTEN_BACKLOG, error);
	}
	return item->descriptor >= 0;
}

/* The pair the service makes itself where none is configured; made at the first start. */
static bool
own_certificate(const Listeners *listeners, char **ret_certificate, char **ret_key, GError **error)
{
	const char *state_dir = listeners->setup.state_dir;
	g_autofree char *directory = state_dir ? g_build_filename(state_dir, "tls", NULL) : NULL;

	if (!directory) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
		    "no certificate is configured and there is no state directory to make one in");
		return false;
	}
	*ret_certificate = g_build_filename(directory, "certificate.pem", NULL);
	*ret_key = g_build_filename(directory, "key.pem", NULL);
	if (access(*ret_certificate, R_OK) == 0 && access(*ret_key, R_OK) == 0)
		return true;
	if (g_mkdir_with_parents(directory, 0700) != 0) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s",
		    directory, g_strerror(errno));
		return false;
	}
	return tls_certificate_create(*ret_certificate, *ret_key, listeners->setup.host, error);
}

/* The pairs that are shown to who asks for their hosts. */
static bool
add_certificates(TlsContext *tls, const Settings *settings, const char *config_dir, GError **error)
{
	for (guint i = 0; i < settings->certificates->len; i++) {
		const SettingsCertificate *pair = g_ptr_array_index(settings->certificates, i);
		g_autofree char *certificate = resolve(config_dir, pair->certificate);
		g_autofree char *key = resolve(config_dir, pair->key);

		if (!tls_context_add(
			tls, (const char *const *)pair->hosts, certificate, key, error))
			return false;
	}
	return true;
}

static bool
open_tls(const Listeners *listeners, const Settings *settings, const SettingsListener *wanted,
    Item *item, const char *config_dir, GError **error)
{
	g_autofree char *certificate = NULL;
	g_autofree char *key = NULL;

	if (!wanted->tls)
		return true;
	if (*wanted->certificate) {
		certificate = resolve(config_dir, wanted->certificate);
		key = resolve(config_dir, *wanted->key ? wanted->key : wanted->certificate);
	} else if (!own_certificate(listeners, &certificate, &key, error)) {
		return false;
	}
	item->tls = tls_context_new(certificate, key,
	    &(TlsRules){.only_1_3 = wanted->tls_minimum == TLS_MINIMUM_1_3,
		.ciphers = settings->tls->ciphers,
		.ciphersuites = settings->tls->ciphersuites,
		.tickets = settings->tls->ticket_rotation > 0 ? listeners->tickets : NULL,
		.ticket_lifetime = settings->tls->ticket_rotation},
	    error);
	return item->tls && add_certificates(item->tls, settings, config_dir, error);
}

static Item *
make_item(Listeners *listeners, const Settings *settings, const SettingsListener *wanted,
    const char *config_dir)
{
	Item *item = g_new0(Item, 1);
	g_autoptr(GError) error = NULL;

	item->descriptor = -1;
	item->name = g_strdup(wanted->origin.name);
	item->kind = wanted->kind;
	item->built_in = wanted->origin.file == NULL;
	item->port = *wanted->path ? 0 : wanted->port;
	item->address = *wanted->path ? resolve(listeners->setup.runtime_dir, wanted->path)
				      : g_strdup(wanted->address);
	item->rules = listener_rules(settings, wanted);
	if (!open_tls(listeners, settings, wanted, item, config_dir, &error) ||
	    !open_socket(listeners, wanted, item, &error)) {
		item->error = g_strdup(error ? error->message : g_strerror(errno));
		if (item->descriptor >= 0)
			close(item->descriptor);
		item->descriptor = -1;
	}
	return item;
}

/* May this set be put in force? A built-in listener may be missing, a configured one may not. */
static bool
judge(const GPtrArray *items, const Settings *settings, GPtrArray *ret_errors)
{
	unsigned open = 0;
	bool good = true;

	for (guint i = 0; i < items->len; i++) {
		const Item *item = g_ptr_array_index(items, i);
		const SettingsListener *wanted = g_ptr_array_index(settings->listeners, i);
		g_autofree char *section = NULL;

		if (!item->error) {
			open += item->kind == LISTENER_CLIENT;
			continue;
		}
		if (item->built_in && item->kind == LISTENER_CLIENT)
			continue;
		section = g_strdup_printf("listener %s", item->name);
		settings_errors_add(ret_errors, wanted->origin.file, wanted->origin.line, section,
		    NULL, NULL, "%s", item->error);
		good = false;
	}
	if (good && open == 0) {
		const Item *first = items->len > 0 ? g_ptr_array_index(items, 0) : NULL;

		settings_errors_add(ret_errors, NULL, 0, "listener", NULL, NULL,
		    "no socket for clients could be opened: %s",
		    first && first->error ? first->error : "none is configured");
		good = false;
	}
	return good;
}

/* The item that already listens where this one wants to, in the same way; NULL if there is none.
 * With TLS the loop must be told of the certificate read anew, and of rules in any case. */
static Item *
find_unchanged(const Listeners *listeners, const Item *item)
{
	Item *old = item->error ? NULL : find_same_place(listeners, item);

	if (!old || old->id == 0 || old->kind != item->kind || old->tls || item->tls ||
	    old->rules || item->rules)
		return NULL;
	return old;
}

static void
hand_over(Listeners *listeners, Item *item, bool is_new)
{
	bool control = item->kind == LISTENER_CONTROL;
	g_autofree char *place = NULL;
	IoListen listen = {
	    .descriptor = fcntl(item->descriptor, F_DUPFD_CLOEXEC, 3),
	    .profile = control ? listeners->setup.control_profile : listeners->setup.client_profile,
	    .tls = item->tls,
	    .rules = item->rules,
	    .loops = control ? NULL : listeners->setup.clients,
	    .n_loops = control ? 0 : listeners->setup.n_clients,
	};

	if (listen.descriptor < 0) {
		item->error = g_strdup(g_strerror(errno));
		return;
	}
	item->id = listeners->next_id++ + (control ? listeners->setup.control_ids : 0);
	listen.id = item->id;
	place = item->port ? g_strdup_printf("%s port %u", item->address, item->port)
			   : g_strdup(item->address);
	io_loop_listen(loop_of(listeners, item), &listen);
	if (is_new)
		log_event(listeners->setup.log, LOG_LEVEL_INFO, "listener", "LISTENER_OPENED", NULL,
		    "%s listens on %s%s%s", item->name, place, item->tls ? " (TLS)" : "",
		    item->rules && item->rules->websocket ? " (WebSocket)" : "");
}

/* Sockets that go on where they are change hands; the others are closed. */
static void
leave_old(Listeners *listeners, GPtrArray *items)
{
	for (guint i = 0; i < items->len; i++) {
		Item *item = g_ptr_array_index(items, i);
		Item *old = find_unchanged(listeners, item);

		if (old) {
			item->id = old->id;
			old->id = 0;
		}
		old = find_same_place(listeners, item);
		if (old && !item->error) {
			old->moved = true;
			old->unlink_path = false;
		}
	}
	for (guint i = 0; i < listeners->items->len; i++) {
		Item *old = g_ptr_array_index(listeners->items, i);

		if (old->id != 0)
			io_loop_unlisten(loop_of(listeners, old), old->id);
		if (!old->moved && old->descriptor >= 0)
			log_event(listeners->setup.log, LOG_LEVEL_INFO, "listener",
			    "LISTENER_CLOSED", NULL, "%s listens no more on %s", old->name,
			    old->address);
	}
}

static void
put_in_force(Listeners *listeners, GPtrArray *items)
{
	GPtrArray *before = listeners->items;

	leave_old(listeners, items);
	for (guint i = 0; i < items->len; i++) {
		Item *item = g_ptr_array_index(items, i);
		bool is_new = find_same_place(listeners, item) == NULL;

		if (item->error)
			log_event(listeners->setup.log, LOG_LEVEL_WARN, "listener",
			    "LISTENER_FAILED", NULL, "%s does not listen on %s: %s", item->name,
			    item->address, item->error);
		else if (item->id == 0)
			hand_over(listeners, item, is_new);
	}
	listeners->items = items;
	g_ptr_array_unref(before);
}

bool
listeners_apply(
    Listeners *listeners, const Settings *settings, const char *config_dir, GPtrArray *ret_errors)
{
	GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);

	for (guint i = 0; i < settings->listeners->len; i++)
		g_ptr_array_add(items, make_item(listeners, settings,
					   g_ptr_array_index(settings->listeners, i), config_dir));
	if (!judge(items, settings, ret_errors)) {
		for (guint i = 0; i < items->len; i++) {
			Item *item = g_ptr_array_index(items, i);

			/* A socket that is in force keeps its file. */
			item->unlink_path = item->unlink_path && !find_same_place(listeners, item);
		}
		g_ptr_array_unref(items);
		return false;
	}
	put_in_force(listeners, items);
	if (settings->tls->ticket_rotation > 0)
		tls_tickets_set_rotation(listeners->tickets, settings->tls->ticket_rotation);
	return true;
}

/* They stay open: a listener that comes with a reload takes them. */
void
listeners_tell_unused(const Listeners *listeners)
{
	for (unsigned i = 0; i < listeners->n_activated; i++) {
		const ActivatedSocket *socket = &listeners->activated[i];
		g_autofree char *place = listen_socket_place(socket->descriptor);

		log_event(listeners->setup.log, LOG_LEVEL_ERROR, "listener", "LISTENER_UNWANTED",
		    NULL,
		    "Nobody is served on %s: the service manager opened it (%s), and no [listener "
		    "NAME] "
		    "has that address; add one, or take it out of the socket unit",
		    *place ? place : "a socket of another kind", socket->name);
	}
}

unsigned
listeners_count(const Listeners *listeners)
{
	return listeners->items->len;
}

void
listeners_state(const Listeners *listeners, unsigned index, ListenerState *ret_state)
{
	const Item *item = g_ptr_array_index(listeners->items, index);

	*ret_state = (ListenerState){
	    .name = item->name,
	    .address = item->address,
	    .port = item->port,
	    .kind = item->kind,
	    .tls = item->tls != NULL,
	    .error = item->error,
	    .id = item->id,
	};
}
