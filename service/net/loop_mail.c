/* SPDX-License-Identifier: MIT */
/* What any thread may post to a loop, and how the loop carries it out. */
#include "net/io_loop_private.h"

#include "net/conn.h"
#include "net/listener.h"

#include <string.h>
#include <unistd.h>

typedef struct DeliverMail {
	Mail mail;
	size_t count;
	Delivery deliveries[];
} DeliverMail;

typedef struct ListenMail {
	Mail mail;
	IoListen listen;
} ListenMail;

typedef struct ProfileMail {
	Mail mail;
	unsigned profile;
	IoProfile limits;
} ProfileMail;

typedef struct AdoptMail {
	Mail mail;
	Transport *transport; /* NULL: `descriptor` is adopted */
	int descriptor;
	TlsContext *tls;
	ListenRules *rules;
	unsigned profile;
	ConnInfo info;
} AdoptMail;

typedef struct CountMail {
	Mail mail;
	TrafficQuestion question;
} CountMail;

typedef struct ReadyMail {
	Mail mail;
	Handle conn;
} ReadyMail;

void
io_loop_deliver_here(IoLoop *loop, const Delivery *deliveries, size_t count)
{
	if (count > 0)
		io_loop_begin_turn(loop);
	for (size_t i = 0; i < count; i++) {
		const Delivery *delivery = &deliveries[i];
		Conn *conn = io_loop_conn(loop, delivery->conn);

		if (conn)
			conn_deliver(conn, delivery);
		else
			line_unref(delivery->line);
	}
}

static void
run_deliver(IoLoop *loop, Mail *mail)
{
	DeliverMail *deliver = (DeliverMail *)mail;

	io_loop_deliver_here(loop, deliver->deliveries, deliver->count);
	g_free(deliver);
}

void
io_loop_deliver(IoLoop *loop, const Delivery *deliveries, size_t count)
{
	DeliverMail *deliver;

	if (count == 0)
		return;
	deliver = g_malloc(sizeof *deliver + count * sizeof deliver->deliveries[0]);
	deliver->mail.run = run_deliver;
	deliver->count = count;
	memcpy(deliver->deliveries, deliveries, count * sizeof deliver->deliveries[0]);
	io_loop_post(loop, &deliver->mail);
}

static void
run_listen(IoLoop *loop, Mail *mail)
{
	ListenMail *listen = (ListenMail *)mail;

	g_ptr_array_add(loop->listeners, listener_new(loop, &listen->listen));
	tls_context_unref(listen->listen.tls);
	listen_rules_unref(listen->listen.rules);
	g_free(listen);
}

void
io_loop_listen(IoLoop *loop, const IoListen *listen)
{
	ListenMail *mail = g_new0(ListenMail, 1);

	g_assert(listen->profile < IO_PROFILES_MAX);
	mail->mail.run = run_listen;
	mail->listen = *listen;
	if (listen->tls)
		tls_context_ref(listen->tls);
	listen_rules_ref(listen->rules);
	io_loop_post(loop, &mail->mail);
}

static void
run_unlisten(IoLoop *loop, Mail *mail)
{
	ListenMail *unlisten = (ListenMail *)mail;

	for (guint i = loop->listeners->len; i-- > 0;)
		if (listener_id(loop->listeners->pdata[i]) == unlisten->listen.id)
			g_ptr_array_remove_index(loop->listeners, i);
	g_free(unlisten);
}

void
io_loop_unlisten(IoLoop *loop, uint32_t id)
{
	ListenMail *mail = g_new0(ListenMail, 1);

	mail->mail.run = run_unlisten;
	mail->listen.id = id;
	io_loop_post(loop, &mail->mail);
}

static void
run_set_profile(IoLoop *loop, Mail *mail)
{
	ProfileMail *profile = (ProfileMail *)mail;

	loop->profiles[profile->profile] = profile->limits;
	g_free(profile);
}

void
io_loop_set_profile(IoLoop *loop, unsigned profile, const IoProfile *limits)
{
	ProfileMail *mail = g_new0(ProfileMail, 1);

	g_assert(profile < IO_PROFILES_MAX);
	mail->mail.run = run_set_profile;
	mail->profile = profile;
	mail->limits = *limits;
	io_loop_post(loop, &mail->mail);
}

static void
run_adopt(IoLoop *loop, Mail *mail)
{
	AdoptMail *adopt = (AdoptMail *)mail;

	if (adopt->transport)
		conn_new(loop, adopt->transport, adopt->rules, &adopt->info, adopt->profile);
	else
		io_loop_take_socket(loop, adopt->descriptor, adopt->tls, adopt->rules, &adopt->info,
		    adopt->profile);
	tls_context_unref(adopt->tls);
	listen_rules_unref(adopt->rules);
	g_free(adopt);
}

void
io_loop_adopt(
    IoLoop *loop, Transport *transport, ListenRules *rules, const ConnInfo *info, unsigned profile)
{
	AdoptMail *mail = g_new0(AdoptMail, 1);

	g_assert(profile < IO_PROFILES_MAX);
	mail->mail.run = run_adopt;
	mail->transport = transport;
	mail->rules = listen_rules_ref(rules);
	mail->info = *info;
	mail->profile = profile;
	io_loop_post(loop, &mail->mail);
}

void
io_loop_adopt_socket(IoLoop *loop, int descriptor, TlsContext *tls, ListenRules *rules,
    const ConnInfo *info, unsigned profile)
{
	AdoptMail *mail = g_new0(AdoptMail, 1);

	g_assert(profile < IO_PROFILES_MAX);
	mail->mail.run = run_adopt;
	mail->descriptor = descriptor;
	mail->tls = tls ? tls_context_ref(tls) : NULL;
	mail->rules = listen_rules_ref(rules);
	mail->info = *info;
	mail->profile = profile;
	io_loop_post(loop, &mail->mail);
}

static Traffic
traffic_of(const Conn *conn)
{
	return (Traffic){
	    .conn = conn->handle,
	    .unsent = conn->output.bytes,
	    .lines_in = conn->lines_in,
	    .lines_out = conn->lines_out,
	    .bytes_in = conn->bytes_in,
	    .bytes_out = conn->bytes_out,
	};
}

static void
run_count(IoLoop *loop, Mail *mail)
{
	const TrafficQuestion *question = &((CountMail *)mail)->question;
	Traffic rows[TRAFFIC_MAX];
	TrafficAnswer answer = {.id = question->id, .rows = rows};
	uint32_t cursor = question->from;
	const Conn *conn = NULL;

	while (answer.count < question->most && (conn = slots_next(loop->conns, &cursor)))
		if (conn->known_above)
			rows[answer.count++] = traffic_of(conn);
	answer.next = conn ? cursor : 0;
	loop->reported = true;
	loop->sink.counted(loop->sink.data, &answer);
	g_free(mail);
}

void
io_loop_count(IoLoop *loop, const TrafficQuestion *question)
{
	CountMail *mail = g_new0(CountMail, 1);

	g_assert(question->most >= 1 && question->most <= TRAFFIC_MAX);
	mail->mail.run = run_count;
	mail->question = *question;
	io_loop_post(loop, &mail->mail);
}

static void
run_ready(IoLoop *loop, Mail *mail)
{
	ReadyMail *ready = (ReadyMail *)mail;
	Conn *conn = io_loop_conn(loop, ready->conn);

	if (conn)
		conn_ready(conn);
	g_free(ready);
}

void
io_loop_ready(IoLoop *loop, Handle conn)
{
	ReadyMail *mail = g_new0(ReadyMail, 1);

	mail->mail.run = run_ready;
	mail->conn = conn;
	io_loop_post(loop, &mail->mail);
}

static void
run_stop(IoLoop *loop, Mail *mail)
{
	loop->stopping = true;
	g_free(mail);
}

void
io_loop_stop(IoLoop *loop)
{
	Mail *mail;

	if (!loop->started)
		return;
	mail = g_new0(Mail, 1);
	mail->run = run_stop;
	io_loop_post(loop, mail);
	pthread_join(loop->thread, NULL);
	loop->started = false;
}
