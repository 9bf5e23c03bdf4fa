/* SPDX-License-Identifier: MIT */
#include "gate_private.h"

#include "act/verbs.h"
#include "control/control_server.h"
#include "proto/cidr.h"

#include <string.h>

/* ---- Clients ---- */

/* Refused before it has a session: an ERROR line and a close are all it gets. */
static void
refuse_client(Gate *gate, Handle handle, const ConnInfo *info, CloseReason reason)
{
	g_autofree char *line = g_strdup_printf(
	    "ERROR :Closing link: (%s) [%s]\r\n", info->address, close_reason(reason)->text);

	outbox_close(&gate->setup.out->outbox, handle, reason, line_new(line, strlen(line)));
}

static GBytes *
binding(const uint8_t *data, unsigned length)
{
	return length > 0 ? g_bytes_new(data, length) : NULL;
}

static Session *
make_session(Gate *gate, Handle handle, const ConnInfo *info)
{
	g_autoptr(GBytes) exporter = binding(info->exporter, info->exporter_length);
	g_autoptr(GBytes) end_point = binding(info->end_point, info->end_point_length);
	SessionPeer peer = {
	    .address = (char *)info->address,
	    .peer_port = info->peer_port,
	    .local_port = info->local_port,
	    .listener = info->listener,
	    .private_link = info->private_link,
	    .gateway = *info->gateway ? (char *)info->gateway : NULL,
	    .tls = info->tls,
	    .tls_version = info->tls ? (char *)info->tls_version : NULL,
	    .tls_cipher = info->tls ? (char *)info->tls_cipher : NULL,
	    .tls_host = *info->tls_host ? (char *)info->tls_host : NULL,
	    .certificate_fingerprint =
		info->certificate_fingerprint[0] ? (char *)info->certificate_fingerprint : NULL,
	    .tls_exporter = exporter,
	    .tls_server_end_point = end_point,
	};

	if (info->unix_socket)
		peer.address = (char *)"localhost";
	return session_new(
	    handle, &peer, clock_wall(gate->setup.clock), clock_monotonic(gate->setup.clock));
}

void
gate_client_opened(Gate *gate, GateConn *conn, Handle handle, const ConnInfo *info)
{
	Community *community = gate->setup.community;
	const SettingsLimits *limits = community->settings->limits;
	Session *session;
	unsigned sessions;

	if (slots_count(community->sessions) >= limits->max_users) {
		refuse_client(gate, handle, info, CLOSE_FULL);
		return;
	}
	if (info->too_many) {
		refuse_client(gate, handle, info, CLOSE_TOO_MANY_CONNECTIONS);
		return;
	}
	session = make_session(gate, handle, info);
	if (community_count_address(community, session->peer.address, +1) >
		limits->connections_per_address &&
	    !cidr_words_contain(limits->connections_exempt, session->peer.address)) {
		community_count_address(community, session->peer.address, -1);
		session_free(session);
		refuse_client(gate, handle, info, CLOSE_TOO_MANY_CONNECTIONS);
		return;
	}
	session->handle = slots_add(community->sessions, session);
	conn->session = session;
	community->registering++;
	community->sessions_total++;
	sessions = slots_count(community->sessions);
	community->sessions_peak = MAX(community->sessions_peak, sessions);
	counter_add(&gate->setup.out->counters, COUNTER_SESSIONS_OPENED, 1);
	gate_arm_ping(gate, session);
}

void
gate_client_closed(Gate *gate, Session *session, CloseReason reason, const char *detail)
{
	Community *community = gate->setup.community;
	Ctx ctx = gate_ctx(gate, NULL, NULL);

	if (session->job)
		work_cancel(session->job);
	if (session->registration)
		community->registering--;
	session->stage = SESSION_CLOSING;
	session->lost = close_reason(reason)->is_error;
	session_set_quit_reason(session, detail && *detail ? detail : close_reason(reason)->text);
	act_quit(&ctx, session, session->quit_reason);
	gate_reading_drop(session);
	gate_wait_drop(gate, session);
	g_hash_table_remove(gate->begun, session);
	timers_cancel(community->timers, &session->deadline);
	community_count_address(community, session->peer.address, -1);
	slots_remove(community->sessions, session->handle);
	counter_add(&gate->setup.out->counters, COUNTER_SESSIONS_CLOSED, 1);
	session_free(session);
}

static void
ping_due(Timer *timer, void *data)
{
	Gate *gate = data;
	Session *session = (Session *)((char *)timer - offsetof(Session, deadline));
	const GateSetup *setup = &gate->setup;
	const SettingsLimits *limits = setup->community->settings->limits;
	int64_t now = clock_monotonic(setup->clock);
	g_autofree char *line = NULL;

	if (session->stage != SESSION_REGISTERED ||
	    now < session->heard_at + limits->ping_interval) {
		gate_arm_ping(gate, session);
		return;
	}
	if (session->ping_sent) {
		g_autofree char *text = g_strdup_printf("%s: %" G_GINT64_FORMAT " seconds",
		    close_reason(CLOSE_PING_TIMEOUT)->text,
		    (now - session->heard_at) / CLOCK_SECOND);

		session_set_quit_reason(session, text);
		out_close_session(setup->out, session, CLOSE_PING_TIMEOUT, text);
		return;
	}
	line = g_strdup_printf("PING :%s\r\n", setup->community->server_name);
	outbox_send(&setup->out->outbox, session->conn, line_new(line, strlen(line)));
	session->ping_sent = true;
	timers_set(setup->community->timers, timer, now + limits->ping_timeout, ping_due, gate);
}

void
gate_arm_ping(Gate *gate, Session *session)
{
	const SettingsLimits *limits = gate->setup.community->settings->limits;
	int64_t now = clock_monotonic(gate->setup.clock);
	int64_t due = session->heard_at + limits->ping_interval;

	timers_set(gate->setup.community->timers, &session->deadline,
	    due > now ? due : now + limits->ping_interval, ping_due, gate);
}

/* ---- Consoles ---- */

static void
console_send(void *data, Line *line)
{
	ConsoleOutput *output = data;

	outbox_send(&output->gate->setup.out->outbox, output->conn, line);
}

static void
console_close(void *data, CloseReason reason)
{
	ConsoleOutput *output = data;

	outbox_close(&output->gate->setup.out->outbox, output->conn, reason, NULL);
}

/* Consoles live on loop 0, which runs on this very thread (server.c), so its queue may be asked. */
static size_t
console_unsent(void *data)
{
	ConsoleOutput *output = data;

	return output->gate->setup.console_unsent(output->gate->setup.console_data, output->conn);
}

void
gate_control_opened(Gate *gate, GateConn *conn, Handle handle, const ConnInfo *info)
{
	ControlOutput output = {
	    .send = console_send, .close = console_close, .unsent = console_unsent};
	ControlPeer peer = {.uid = info->uid, .pid = info->pid};

	if (!gate->setup.control || !info->unix_socket) {
		outbox_close(&gate->setup.out->outbox, handle, CLOSE_NOT_ALLOWED, NULL);
		return;
	}
	peer.groups[peer.n_groups++] = info->gid;
	for (unsigned i = 0; i < info->n_groups; i++)
		peer.groups[peer.n_groups++] = info->groups[i];
	conn->console = g_new0(ConsoleOutput, 1);
	*conn->console = (ConsoleOutput){gate, handle};
	output.data = conn->console;
	/* As far as net is concerned it is registered: a line too long is reported, not the end. */
	outbox_limits(&gate->setup.out->outbox, handle, gate->setup.console_sendq);
	conn->control = control_session_open(gate->setup.control, &peer, &output);
}

void
gate_close_all(Gate *gate, CloseReason reason, const char *text)
{
	for (unsigned i = 0; i < gate->setup.n_loops; i++) {
		for (uint32_t j = 0; j < gate->tables[i].size; j++) {
			GateConn *conn = &gate->tables[i].conns[j];

			if (conn->session) {
				session_set_quit_reason(conn->session, text);
				out_close_session(gate->setup.out, conn->session, reason, text);
			} else if (conn->console) {
				console_close(conn->console, reason);
			}
		}
	}
}
