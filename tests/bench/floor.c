/* SPDX-License-Identifier: MIT */
/*
 * The floor: the least a chat server can do, as the measure for chatd's cost. One thread,
 * level-triggered epoll, 64 KiB reads, TCP_NODELAY. It answers NICK/USER with 001, tells JOIN and
 * PART to the channel, answers PING and copies PRIVMSG with a fixed prefix to every other member.
 * Output is appended to a buffer per connection and sent once per connection per turn of the loop.
 * It checks nothing and believes everything; it is no server.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_SIZE (64 * 1024)
#define EVENTS_PER_TURN 1024
#define ACCEPTS_PER_TURN 256
#define PREFIX ":member!member@127.0.0.1 "

typedef struct Buffer {
	char *data;
	size_t length;
	size_t capacity;
} Buffer;

typedef struct Peer {
	int fd;
	bool dirty;   /* in floor->dirty */
	bool blocked; /* waits for EPOLLOUT */
	bool dead;
	bool has_nick;
	Buffer out;
	Buffer rest; /* a line that has not come whole */
	GPtrArray *rooms;
} Peer;

typedef struct Room {
	char *name;
	GPtrArray *members;
} Room;

typedef struct Floor {
	int epoll;
	int listener;
	GHashTable *rooms;
	GPtrArray *dirty;
	GPtrArray *buried;
	char input[READ_SIZE];
} Floor;

static void
buffer_append(Buffer *buffer, const char *data, size_t length)
{
	if (buffer->length + length > buffer->capacity) {
		buffer->capacity = MAX(buffer->capacity * 2, buffer->length + length);
		buffer->data = g_realloc(buffer->data, buffer->capacity);
	}
	memcpy(buffer->data + buffer->length, data, length);
	buffer->length += length;
}

static void
peer_append(Floor *floor, Peer *peer, const char *data, size_t length)
{
	buffer_append(&peer->out, data, length);
	if (!peer->dirty) {
		peer->dirty = true;
		g_ptr_array_add(floor->dirty, peer);
	}
}

static void
watch(Floor *floor, Peer *peer, uint32_t events, int operation)
{
	struct epoll_event event = {.events = events, .data.ptr = peer};

	if (epoll_ctl(floor->epoll, operation, peer->fd, &event))
		g_error("epoll_ctl: %s", g_strerror(errno));
}

static void
peer_leave_all(Peer *peer)
{
	for (unsigned i = 0; i < peer->rooms->len; i++) {
		Room *room = peer->rooms->pdata[i];

		g_ptr_array_remove_fast(room->members, peer);
	}
	g_ptr_array_set_size(peer->rooms, 0);
}

static void
peer_die(Floor *floor, Peer *peer)
{
	if (peer->dead)
		return;
	peer->dead = true;
	peer_leave_all(peer);
	close(peer->fd);
	g_ptr_array_add(floor->buried, peer);
}

/* One send per turn; what the kernel does not take waits for EPOLLOUT. */
static void
peer_flush(Floor *floor, Peer *peer)
{
	ssize_t sent;

	peer->dirty = false;
	if (peer->dead || peer->blocked)
		return;
	sent = send(peer->fd, peer->out.data, peer->out.length, MSG_NOSIGNAL);
	if (sent < 0 && errno != EAGAIN) {
		peer_die(floor, peer);
		return;
	}
	sent = MAX(sent, 0);
	if ((size_t)sent < peer->out.length) {
		memmove(peer->out.data, peer->out.data + sent, peer->out.length - (size_t)sent);
		peer->blocked = true;
		watch(floor, peer, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
	}
	peer->out.length -= (size_t)sent;
}

static void
room_tell(Floor *floor, Room *room, const Peer *except, const char *line, size_t length)
{
	for (unsigned i = 0; i < room->members->len; i++) {
		Peer *member = room->members->pdata[i];

		if (member == except)
			continue;
		peer_append(floor, member, PREFIX, sizeof(PREFIX) - 1);
		peer_append(floor, member, line, length);
	}
}

static Room *
find_room(Floor *floor, const char *name, size_t length)
{
	g_autofree char *key = g_strndup(name, length);
	Room *room = g_hash_table_lookup(floor->rooms, key);

	if (!room) {
		room = g_new(Room, 1);
		room->name = g_strdup(key);
		room->members = g_ptr_array_new();
		g_hash_table_insert(floor->rooms, room->name, room);
	}
	return room;
}

/* The word that starts at `word`, up to a blank or the line's end. */
static size_t
word_length(const char *word, const char *end)
{
	const char *at = word;

	while (at < end && *at != ' ' && *at != '\r' && *at != '\n')
		at++;
	return (size_t)(at - word);
}

static void
join(Floor *floor, Peer *peer, const char *line, size_t length)
{
	Room *room = find_room(floor, line + 5, word_length(line + 5, line + length));

	g_ptr_array_add(room->members, peer);
	g_ptr_array_add(peer->rooms, room);
	room_tell(floor, room, NULL, line, length);
}

static void
part(Floor *floor, Peer *peer, const char *line, size_t length)
{
	Room *room = find_room(floor, line + 5, word_length(line + 5, line + length));

	room_tell(floor, room, NULL, line, length);
	g_ptr_array_remove_fast(room->members, peer);
	g_ptr_array_remove_fast(peer->rooms, room);
}

/* `line` includes its line end. */
static void
handle_line(Floor *floor, Peer *peer, const char *line, size_t length)
{
	static const char welcome[] = ":floor 001 member :Welcome\r\n";

	if (g_str_has_prefix(line, "PRIVMSG ")) {
		room_tell(floor, find_room(floor, line + 8, word_length(line + 8, line + length)),
		    peer, line, length);
	} else if (g_str_has_prefix(line, "JOIN ")) {
		join(floor, peer, line, length);
	} else if (g_str_has_prefix(line, "PART ")) {
		part(floor, peer, line, length);
	} else if (g_str_has_prefix(line, "PING ")) {
		peer_append(floor, peer, ":floor PONG floor ", 18);
		peer_append(floor, peer, line + 5, length - 5);
	} else if (g_str_has_prefix(line, "NICK ")) {
		peer->has_nick = true;
	} else if (g_str_has_prefix(line, "USER ") && peer->has_nick) {
		peer_append(floor, peer, welcome, sizeof(welcome) - 1);
	}
}

static void
handle_input(Floor *floor, Peer *peer, const char *data, size_t length)
{
	const char *end = data + length, *line = data, *newline;

	while ((newline = memchr(line, '\n', (size_t)(end - line)))) {
		handle_line(floor, peer, line, (size_t)(newline + 1 - line));
		line = newline + 1;
	}
	peer->rest.length = 0;
	if (line < end)
		buffer_append(&peer->rest, line, (size_t)(end - line));
}

static void
peer_read(Floor *floor, Peer *peer)
{
	ssize_t length = recv(peer->fd, floor->input, sizeof(floor->input), 0);

	if (length < 0 && errno == EAGAIN)
		return;
	if (length <= 0) {
		peer_die(floor, peer);
	} else if (peer->rest.length > 0) {
		Buffer whole = peer->rest;

		peer->rest = (Buffer){0};
		buffer_append(&whole, floor->input, (size_t)length);
		handle_input(floor, peer, whole.data, whole.length);
		g_free(whole.data);
	} else {
		handle_input(floor, peer, floor->input, (size_t)length);
	}
}

static void
accept_peers(Floor *floor)
{
	const int one = 1;

	for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
		int fd = accept4(floor->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		Peer *peer;

		if (fd < 0)
			return;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		peer = g_new0(Peer, 1);
		peer->fd = fd;
		peer->rooms = g_ptr_array_new();
		watch(floor, peer, EPOLLIN, EPOLL_CTL_ADD);
	}
}

static void
peer_free(gpointer data)
{
	Peer *peer = data;

	g_ptr_array_free(peer->rooms, TRUE);
	g_free(peer->out.data);
	g_free(peer->rest.data);
	g_free(peer);
}

static void
turn(Floor *floor)
{
	struct epoll_event events[EVENTS_PER_TURN];
	int count = epoll_wait(floor->epoll, events, EVENTS_PER_TURN, -1);

	for (int i = 0; i < count; i++) {
		Peer *peer = events[i].data.ptr;

		if (!peer) {
			accept_peers(floor);
			continue;
		}
		if (events[i].events & EPOLLOUT) {
			peer->blocked = false;
			watch(floor, peer, EPOLLIN, EPOLL_CTL_MOD);
			peer_append(floor, peer, "", 0);
		}
		if (events[i].events & ~(uint32_t)EPOLLOUT)
			peer_read(floor, peer);
	}
	for (unsigned i = 0; i < floor->dirty->len; i++)
		peer_flush(floor, floor->dirty->pdata[i]);
	g_ptr_array_set_size(floor->dirty, 0);
	g_ptr_array_set_size(floor->buried, 0);
}

static void
raise_descriptor_limit(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static int
open_listener(uint16_t port)
{
	const int one = 1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) || listen(fd, SOMAXCONN)) {
		fprintf(stderr, "bench_floor: port %u: %s\n", port, g_strerror(errno));
		exit(1);
	}
	return fd;
}

int
main(int argc, char **argv)
{
	struct epoll_event event = {.events = EPOLLIN};
	static Floor floor;

	if (argc != 2 || atoi(argv[1]) < 1 || atoi(argv[1]) > 65535) {
		fprintf(stderr, "usage: bench_floor PORT\n");
		return 2;
	}
	raise_descriptor_limit();
	floor.listener = open_listener((uint16_t)atoi(argv[1]));
	floor.epoll = epoll_create1(EPOLL_CLOEXEC);
	floor.rooms = g_hash_table_new(g_str_hash, g_str_equal);
	floor.dirty = g_ptr_array_new();
	floor.buried = g_ptr_array_new_with_free_func(peer_free);
	epoll_ctl(floor.epoll, EPOLL_CTL_ADD, floor.listener, &event);
	/* SIGTERM ends it by its default action: there is nothing to put away. */
	for (;;)
		turn(&floor);
}
