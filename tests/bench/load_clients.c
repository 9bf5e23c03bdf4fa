/* SPDX-License-Identifier: MIT */
#include "load_clients.h"

#include "load_server.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 512
#define READ_SIZE (64 * 1024)
#define PATIENCE (60 * INT64_C(1000000000))
#define JOINS_IN_FLIGHT 200

static G_GNUC_NORETURN G_GNUC_PRINTF(2, 3) void give_up(
    const LoadClient *client, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "bench_load: client c%u: ", client ? client->index : 0);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

static void
watch(LoadClients *clients, LoadClient *client, bool out, int operation)
{
	struct epoll_event event = {
	    .events = out ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.u32 = client->index};

	client->wants_out = out;
	if (epoll_ctl(clients->epoll, operation, client->fd, &event))
		give_up(client, "epoll_ctl: %s", g_strerror(errno));
}

void
load_client_send(LoadClients *clients, LoadClient *client, const char *text, size_t length)
{
	ssize_t sent = 0;

	if (!client->out) {
		sent = send(client->fd, text, length, MSG_NOSIGNAL);
		if (sent < 0 && errno != EAGAIN)
			give_up(client, "send: %s", g_strerror(errno));
		sent = MAX(sent, 0);
	}
	if ((size_t)sent == length)
		return;
	if (!client->out)
		client->out = g_string_new(NULL);
	g_string_append_len(client->out, text + sent, (gssize)length - sent);
	if (!client->wants_out)
		watch(clients, client, true, EPOLL_CTL_MOD);
}

static void
send_text(LoadClients *clients, LoadClient *client, const char *text)
{
	load_client_send(clients, client, text, strlen(text));
}

static void
flush_client(LoadClients *clients, LoadClient *client)
{
	g_autoptr(GString) waiting = g_steal_pointer(&client->out);

	if (!client->connected) {
		char hello[96];

		client->connected = true;
		g_snprintf(hello, sizeof(hello), "NICK c%u\r\nUSER c%u 0 * :load client\r\n",
		    client->index, client->index);
		watch(clients, client, false, EPOLL_CTL_MOD);
		send_text(clients, client, hello);
	} else {
		watch(clients, client, false, EPOLL_CTL_MOD);
		if (waiting)
			load_client_send(clients, client, waiting->str, waiting->len);
	}
}

/* `text` is what follows the channel's name: ":<slot> <number> ...". */
static void
take_delivery(LoadClients *clients, LoadClient *client, const char *text)
{
	char *end = NULL;
	unsigned long slot = strtoul(text + 1, &end, 10), number = strtoul(end, NULL, 10);

	if (*text != ':' || slot >= LOAD_SLOTS)
		give_up(client, "a line nobody sent: %.60s", text);
	if (number != client->expected[slot])
		give_up(client, "line %lu of sender %lu where %u is due", number, slot,
		    client->expected[slot]);
	client->expected[slot]++;
	clients->delivered++;
	if (clients->latencies) {
		gint64 taken = load_now() - clients->sent_at[number];

		g_array_append_val(clients->latencies, taken);
	}
}

static const char *
next_word(const char *text)
{
	const char *blank = strchr(text, ' ');

	return blank ? blank + 1 : text + strlen(text);
}

static void
take_line(LoadClients *clients, LoadClient *client, const char *line)
{
	const char *verb = line, *rest;

	if (*verb == '@')
		verb = next_word(verb);
	if (*verb == ':')
		verb = next_word(verb);
	rest = next_word(verb);
	if (g_str_has_prefix(verb, "PRIVMSG "))
		take_delivery(clients, client, next_word(rest));
	else if (g_str_has_prefix(verb, "JOIN "))
		clients->joins++;
	else if (g_str_has_prefix(verb, "PONG "))
		clients->pongs++;
	else if (g_str_has_prefix(verb, "001 "))
		clients->registered++;
	else if (g_str_has_prefix(verb, "366 ") || g_str_has_prefix(verb, "315 "))
		clients->ends++;
	else if (g_str_has_prefix(verb, "PING ")) {
		g_autofree char *answer = g_strdup_printf("PONG %s\r\n", rest);

		send_text(clients, client, answer);
	} else if (g_str_has_prefix(verb, "ERROR "))
		give_up(client, "the server said: %s", line);
}

/* Cuts `data` (writable, one byte of room after it) into lines; keeps an unfinished one. */
static void
take_input(LoadClients *clients, LoadClient *client, char *data, size_t length)
{
	char *line = data, *end = data + length, *newline;

	while ((newline = memchr(line, '\n', (size_t)(end - line)))) {
		char *stop = newline > line && newline[-1] == '\r' ? newline - 1 : newline;

		*stop = '\0';
		take_line(clients, client, line);
		line = newline + 1;
	}
	if (line < end)
		client->rest = g_string_new_len(line, end - line);
}

static void
read_client(LoadClients *clients, LoadClient *client)
{
	static char input[READ_SIZE + 1];
	g_autoptr(GString) rest = NULL;
	ssize_t length = recv(client->fd, input, READ_SIZE, 0);

	if (length < 0 && errno == EAGAIN)
		return;
	if (length <= 0)
		give_up(client, "connection ended: %s", length ? g_strerror(errno) : "closed");
	rest = g_steal_pointer(&client->rest);
	if (rest) {
		g_string_append_len(rest, input, length);
		take_input(clients, client, rest->str, rest->len);
	} else {
		take_input(clients, client, input, (size_t)length);
	}
}

static void
turn(LoadClients *clients, int timeout)
{
	struct epoll_event events[EVENTS];
	int count = epoll_wait(clients->epoll, events, EVENTS, timeout);

	for (int i = 0; i < count; i++) {
		LoadClient *client = &clients->all[events[i].data.u32];

		if (events[i].events & EPOLLOUT)
			flush_client(clients, client);
		if (events[i].events & ~(uint32_t)EPOLLOUT)
			read_client(clients, client);
	}
}

void
load_clients_run(LoadClients *clients, int64_t until)
{
	int64_t left;

	while ((left = until - load_now()) > 0)
		turn(clients, (int)((left + 999999) / 1000000));
}

void
load_clients_wait(LoadClients *clients, const uint64_t *counter, uint64_t target, const char *what)
{
	int64_t begin = load_now();

	while (*counter < target) {
		turn(clients, 1000);
		if (load_now() - begin > PATIENCE)
			give_up(NULL,
			    "%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " after 60 s", what,
			    *counter, target);
	}
	if (*counter > target)
		give_up(NULL, "%s: %" G_GUINT64_FORMAT " where %" G_GUINT64_FORMAT " were due",
		    what, *counter, target);
}

static void
connect_one(LoadClients *clients, LoadClient *client)
{
	const int one = 1;
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons(clients->port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (client->fd < 0)
		give_up(client, "socket: %s", g_strerror(errno));
	setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(client->fd, (struct sockaddr *)&address, sizeof(address)) &&
	    errno != EINPROGRESS)
		give_up(client, "connect: %s", g_strerror(errno));
	watch(clients, client, true, EPOLL_CTL_ADD);
}

void
load_clients_connect(LoadClients *clients, uint16_t port, unsigned count, unsigned window)
{
	*clients = (LoadClients){.port = port,
	    .count = count,
	    .epoll = epoll_create1(EPOLL_CLOEXEC),
	    .all = g_new0(LoadClient, count)};
	for (unsigned i = 0; i < count; i++) {
		clients->all[i].index = i;
		connect_one(clients, &clients->all[i]);
		while (i + 1 - clients->registered >= window)
			turn(clients, 1000);
	}
	load_clients_wait(clients, &clients->registered, count, "registrations");
}

void
load_clients_close(LoadClients *clients)
{
	for (unsigned i = 0; i < clients->count; i++) {
		LoadClient *client = &clients->all[i];

		close(client->fd);
		if (client->out)
			g_string_free(client->out, TRUE);
		if (client->rest)
			g_string_free(client->rest, TRUE);
	}
	close(clients->epoll);
	g_free(clients->all);
	if (clients->latencies)
		g_array_unref(clients->latencies);
	g_free(clients->sent_at);
	*clients = (LoadClients){0};
}

void
load_clients_barrier(LoadClients *clients)
{
	uint64_t target = clients->pongs + clients->count;

	for (unsigned i = 0; i < clients->count; i++)
		send_text(clients, &clients->all[i], "PING barrier\r\n");
	load_clients_wait(clients, &clients->pongs, target, "answers to PING");
}

void
load_clients_join(LoadClients *clients, unsigned channels)
{
	uint64_t pongs = clients->pongs;

	for (unsigned i = 0; i < clients->count; i++) {
		char line[64];

		g_snprintf(line, sizeof(line), "JOIN #bench%u\r\nPING joined\r\n", i % channels);
		send_text(clients, &clients->all[i], line);
		if (i % JOINS_IN_FLIGHT == JOINS_IN_FLIGHT - 1)
			load_clients_wait(clients, &clients->pongs, pongs + i + 1, "joins");
	}
	load_clients_wait(clients, &clients->pongs, pongs + clients->count, "joins");
	load_clients_barrier(clients);
}
