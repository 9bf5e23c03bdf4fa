/* SPDX-License-Identifier: MIT */
/*
 * IoSink: what an I/O loop reports upwards. The gate (top) implements it; net knows no more of it.
 * Thread: every call comes on the reporting loop's own thread.
 */
#pragma once

#include "base/close_reason.h"
#include "base/slots.h"
#include "base/traffic.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define CONN_GROUPS_MAX 64
#define CONN_HOST_SIZE 254u
#define CONN_EXPORTER_SIZE 32u  /* tls-exporter, RFC 9266 */
#define CONN_END_POINT_SIZE 64u /* tls-server-end-point, RFC 5929: at most a SHA-512 */

/* Who is at the other end; known when a connection opens (after the TLS handshake). */
typedef struct ConnInfo {
	uint32_t listener; /* the id the listener was opened with */
	uint16_t peer_port;
	uint16_t local_port;
	char address[INET6_ADDRSTRLEN]; /* "192.0.2.1", "2001:db8::1"; v4-mapped shown as v4; "" for
					   a Unix socket */
	char gateway[INET6_ADDRSTRLEN]; /* who connected in the name of `address`; "": nobody */
	bool private_link;    /* nobody listens in between: TLS, a Unix socket or the loopback */
	bool tls;             /* from end to end, as far as a trusted gateway says */
	char tls_version[16]; /* "TLSv1.3" */
	char tls_cipher[64];  /* "TLS_AES_256_GCM_SHA384" */
	char tls_host[CONN_HOST_SIZE];    /* the name the client asked for (SNI), lower case; "" for
					     none */
	char certificate_fingerprint[65]; /* SHA-256 of the client's certificate, lower-case hex; or
					     "" */
	/* Channel bindings; length 0: none. There is no exporter under TLS 1.2 without the extended
	 * master secret. */
	uint8_t exporter_length;
	uint8_t end_point_length;
	uint8_t exporter[CONN_EXPORTER_SIZE];
	uint8_t end_point[CONN_END_POINT_SIZE];
	bool too_many;    /* its address has more connections than it may: it is to be refused */
	bool unix_socket; /* the five below are valid */
	uid_t uid;
	gid_t gid;
	pid_t pid;
	unsigned n_groups; /* supplementary groups (SO_PEERGROUPS) */
	gid_t groups[CONN_GROUPS_MAX];
} ConnInfo;

/* Flags of one framed input line. */
enum {
	INPUT_TOO_LONG = 1u << 0, /* the line passed the framer's limit; `line` holds its beginning
				     and the rest was dropped */
	INPUT_HAS_NUL = 1u << 1,  /* the line contains a NUL byte */
};

typedef struct IoSink {
	void *data;
	/* A connection is ready to talk; `info` is valid during the call. */
	void (*opened)(void *data, Handle conn, const ConnInfo *info);
	/* One line without its line end. The callee may write into line[0..length] (line[length] is
	 * writable and NUL) until it returns. Blank lines are not reported. */
	void (*input)(void *data, Handle conn, char *line, size_t length, unsigned flags);
	/* The peer sends no more and all it sent was reported; it may still read. The callee has
	 * IO_LINGER to deliver what is left to say and DELIVERY_CLOSE; `closed` follows in any
	 * case. May be NULL: then the connection is closed at once. */
	void (*ended)(void *data, Handle conn);
	/* The connection is gone; comes exactly once after `opened`, never without it. `detail` may
	 * be NULL. */
	void (*closed)(void *data, Handle conn, CloseReason reason, const char *detail);
	/* No more is queued than DELIVERY_MARK allowed; never after `closed`. May be NULL where
	 * nobody asks. */
	void (*drained)(void *data, Handle conn);
	/* The answer to io_loop_count(). May be NULL where nobody asks. */
	void (*counted)(void *data, const TrafficAnswer *answer);
	/* Every ready descriptor of this turn was read: hand over what was collected. */
	void (*turn)(void *data);
} IoSink;
