/* SPDX-License-Identifier: MIT */
/* Session tickets: resumption, rotation, what outlives what. Client and server talk in memory. */
#include "net/tls_tickets.h"

#include "net/tls_certificate.h"
#include "net/tls_context.h"

#include <glib/gstdio.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdbool.h>

#define ROTATION (60 * CLOCK_SECOND)

typedef struct Fixture {
	Clock clock;
	TlsTickets *tickets;
	TlsContext *context;
	SSL_CTX *client;
	char *directory, *certificate, *key;
} Fixture;

static SSL_SESSION *kept;

/* The newest ticket the client was given. */
static int
keep(SSL *session, SSL_SESSION *ticket)
{
	SSL_SESSION_free(kept);
	kept = ticket;
	return 1;
}

static TlsContext *
make_context(Fixture *fixture)
{
	const TlsRules rules = {.tickets = fixture->tickets, .ticket_lifetime = ROTATION};
	g_autoptr(GError) error = NULL;
	TlsContext *context = tls_context_new(fixture->certificate, fixture->key, &rules, &error);

	g_assert_no_error(error);
	return context;
}

static void
fixture_init(Fixture *fixture, int version)
{
	g_autoptr(GError) error = NULL;

	fixture->clock = clock_frozen(1500000000 * CLOCK_SECOND);
	clock_advance(&fixture->clock, CLOCK_SECOND);
	fixture->tickets = tls_tickets_new(&fixture->clock, ROTATION);
	fixture->directory = g_dir_make_tmp("chatd-test-XXXXXX", NULL);
	fixture->certificate = g_build_filename(fixture->directory, "c.pem", NULL);
	fixture->key = g_build_filename(fixture->directory, "k.pem", NULL);
	g_assert_true(
	    tls_certificate_create(fixture->certificate, fixture->key, "a.example", &error));
	fixture->context = make_context(fixture);
	fixture->client = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_max_proto_version(fixture->client, version);
	SSL_CTX_set_session_cache_mode(
	    fixture->client, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
	SSL_CTX_sess_set_new_cb(fixture->client, keep);
	/* A client with a certificate: it must be known after resumption too. */
	g_assert_cmpint(
	    SSL_CTX_use_certificate_file(fixture->client, fixture->certificate, SSL_FILETYPE_PEM),
	    ==, 1);
	g_assert_cmpint(
	    SSL_CTX_use_PrivateKey_file(fixture->client, fixture->key, SSL_FILETYPE_PEM), ==, 1);
}

static void
fixture_clear(Fixture *fixture)
{
	g_clear_pointer(&kept, SSL_SESSION_free);
	SSL_CTX_free(fixture->client);
	tls_context_unref(fixture->context);
	tls_tickets_unref(fixture->tickets);
	g_unlink(fixture->certificate);
	g_unlink(fixture->key);
	g_rmdir(fixture->directory);
	g_free(fixture->certificate);
	g_free(fixture->key);
	g_free(fixture->directory);
}

/* One connection with the ticket there is, if any; true if it was resumed. */
static bool
connect_once(Fixture *fixture)
{
	SSL *client = SSL_new(fixture->client);
	SSL *server = tls_context_session(fixture->context);
	BIO *client_side, *server_side;
	bool done = false, resumed;
	X509 *shown;
	char byte;

	g_assert_cmpint(BIO_new_bio_pair(&client_side, 0, &server_side, 0), ==, 1);
	SSL_set_bio(client, client_side, client_side);
	SSL_set_bio(server, server_side, server_side);
	SSL_set_connect_state(client);
	if (kept)
		g_assert_cmpint(SSL_set_session(client, kept), ==, 1);
	for (unsigned turns = 0; turns < 20 && !done; turns++) {
		int of_client = SSL_do_handshake(client);
		int of_server = SSL_do_handshake(server);

		done = of_client == 1 && of_server == 1;
	}
	g_assert_true(done);
	/* Tickets of TLS 1.3 come with what is read next. */
	g_assert_cmpint(SSL_write(server, "x", 1), ==, 1);
	g_assert_cmpint(SSL_read(client, &byte, 1), ==, 1);
	resumed = SSL_session_reused(server) == 1;
	shown = SSL_get1_peer_certificate(server);
	g_assert_nonnull(shown);
	X509_free(shown);
	SSL_shutdown(client);
	SSL_shutdown(server);
	SSL_free(client);
	SSL_free(server);
	return resumed;
}

static void
test_rotation(gconstpointer version)
{
	Fixture fixture;
	SSL_SESSION *first;

	fixture_init(&fixture, GPOINTER_TO_INT(version));
	g_assert_false(connect_once(&fixture));
	g_assert_nonnull(kept);
	g_assert_true(connect_once(&fixture));
	first = SSL_SESSION_dup(kept);
	/* The key is replaced; tickets of the old one are accepted, and others given. */
	clock_advance(&fixture.clock, ROTATION + CLOCK_SECOND);
	g_assert_true(connect_once(&fixture));
	clock_advance(&fixture.clock, ROTATION - 2 * CLOCK_SECOND);
	SSL_SESSION_free(kept);
	kept = SSL_SESSION_dup(first);
	g_assert_true(connect_once(&fixture));
	/* Twice the time, and it is gone. */
	clock_advance(&fixture.clock, 2 * CLOCK_SECOND);
	SSL_SESSION_free(kept);
	kept = first;
	g_assert_false(connect_once(&fixture));
	g_assert_true(connect_once(&fixture));
	fixture_clear(&fixture);
}

static void
test_reload(void)
{
	g_autoptr(GError) error = NULL;
	TlsTickets *others;
	Fixture fixture;

	fixture_init(&fixture, TLS1_3_VERSION);
	g_assert_false(connect_once(&fixture));
	g_assert_true(
	    tls_context_reload(fixture.context, fixture.certificate, fixture.key, &error));
	g_assert_true(connect_once(&fixture));
	/* Another context with the same tickets, as after a change of the settings. */
	tls_context_unref(fixture.context);
	fixture.context = make_context(&fixture);
	g_assert_true(connect_once(&fixture));
	/* Another process. */
	others = fixture.tickets;
	fixture.tickets = tls_tickets_new(&fixture.clock, ROTATION);
	tls_context_unref(fixture.context);
	fixture.context = make_context(&fixture);
	tls_tickets_unref(others);
	g_assert_false(connect_once(&fixture));
	fixture_clear(&fixture);
}

static void
test_none(void)
{
	g_autoptr(GError) error = NULL;
	Fixture fixture;

	for (int version = TLS1_2_VERSION; version <= TLS1_3_VERSION; version++) {
		fixture_init(&fixture, version);
		tls_context_unref(fixture.context);
		fixture.context = tls_context_new(fixture.certificate, fixture.key, NULL, &error);
		g_assert_no_error(error);
		g_assert_false(connect_once(&fixture));
		g_assert_false(connect_once(&fixture));
		fixture_clear(&fixture);
	}
}

/* A shorter rotation makes what is there older. */
static void
test_set_rotation(void)
{
	Fixture fixture;

	fixture_init(&fixture, TLS1_3_VERSION);
	g_assert_false(connect_once(&fixture));
	clock_advance(&fixture.clock, 10 * CLOCK_SECOND);
	tls_tickets_set_rotation(fixture.tickets, 4 * CLOCK_SECOND);
	g_assert_false(connect_once(&fixture));
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func(
	    "/tls-tickets/rotation-1.2", GINT_TO_POINTER(TLS1_2_VERSION), test_rotation);
	g_test_add_data_func(
	    "/tls-tickets/rotation-1.3", GINT_TO_POINTER(TLS1_3_VERSION), test_rotation);
	g_test_add_func("/tls-tickets/reload", test_reload);
	g_test_add_func("/tls-tickets/none", test_none);
	g_test_add_func("/tls-tickets/set-rotation", test_set_rotation);
	return g_test_run();
}
