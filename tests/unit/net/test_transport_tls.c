/* SPDX-License-Identifier: MIT */
#include "net/transport.h"

#include "loop_fixture.h"
#include "net/tls_certificate.h"

#include <glib/gstdio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct Setup {
	LoopFixture fixture;
	char *directory, *certificate, *key;
	TlsContext *context;
	uint16_t port;
	SSL_CTX *client_context;
} Setup;

typedef struct Client {
	int descriptor;
	SSL *session;
	GString *got;
} Client;

static void
setup_init(Setup *setup, const Clock *clock)
{
	g_autoptr(GError) error = NULL;

	signal(SIGPIPE, SIG_IGN);
	setup->directory = g_dir_make_tmp("chatd-test-XXXXXX", NULL);
	setup->certificate = g_build_filename(setup->directory, "c.pem", NULL);
	setup->key = g_build_filename(setup->directory, "k.pem", NULL);
	g_assert_true(
	    tls_certificate_create(setup->certificate, setup->key, "chat.example", &error));
	setup->context = tls_context_new(setup->certificate, setup->key, NULL, &error);
	g_assert_no_error(error);
	fixture_init(&setup->fixture, &fixture_profile, clock, false);
	setup->fixture.echo = true;
	setup->port = fixture_listen(&setup->fixture, setup->context);
	setup->client_context = SSL_CTX_new(TLS_client_method());
}

static void
setup_clear(Setup *setup)
{
	fixture_clear(&setup->fixture);
	tls_context_unref(setup->context);
	SSL_CTX_free(setup->client_context);
	g_unlink(setup->certificate);
	g_unlink(setup->key);
	g_rmdir(setup->directory);
	g_free(setup->certificate);
	g_free(setup->key);
	g_free(setup->directory);
}

static void
client_connect(Setup *setup, Client *client)
{
	client->descriptor = fixture_connect(setup->port);
	client->session = SSL_new(setup->client_context);
	client->got = g_string_new(NULL);
	SSL_set_fd(client->session, client->descriptor);
	SSL_set_connect_state(client->session);
	SSL_set_tlsext_host_name(client->session, "Chat.Example");
	SSL_set_mode(
	    client->session, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	FIXTURE_UNTIL(&setup->fixture, SSL_do_handshake(client->session) == 1);
}

static void
client_close(Client *client)
{
	SSL_free(client->session);
	close(client->descriptor);
	g_string_free(client->got, TRUE);
}

/* True while the stream goes on. */
static bool
client_receive(Client *client)
{
	char buffer[4096];
	int got;

	ERR_clear_error();
	got = SSL_read(client->session, buffer, sizeof buffer);
	if (got > 0)
		g_string_append_len(client->got, buffer, got);
	return got > 0 || SSL_get_error(client->session, got) == SSL_ERROR_WANT_READ;
}

static void
test_talk(void)
{
	Setup setup;
	Client client;
	const ConnInfo *info;

	setup_init(&setup, NULL);
	client_connect(&setup, &client);
	g_assert_cmpint(SSL_write(client.session, "hello\r\n", 7), ==, 7);
	FIXTURE_UNTIL(&setup.fixture, client_receive(&client) && client.got->len == 6);
	g_assert_cmpstr(client.got->str, ==, "hello\n");
	info = &fixture_conn(&setup.fixture, 0)->info;
	g_assert_true(info->tls);
	g_assert_cmpstr(info->tls_host, ==, "chat.example");
	g_assert_cmpstr(info->tls_version, ==, "TLSv1.3");
	g_assert_cmpstr(info->tls_cipher, ==, SSL_get_cipher_name(client.session));
	g_assert_cmpstr(info->certificate_fingerprint, ==, "");
	g_assert_cmpstr(info->address, ==, "127.0.0.1");
	fixture_deliver(&setup.fixture, 0, DELIVERY_CLOSE, CLOSE_QUIT, "ERROR :bye\n");
	FIXTURE_UNTIL(&setup.fixture, !client_receive(&client));
	g_assert_cmpstr(client.got->str, ==, "hello\nERROR :bye\n");
	g_assert_cmpint(SSL_get_shutdown(client.session) & SSL_RECEIVED_SHUTDOWN, !=, 0);
	client_close(&client);
	setup_clear(&setup);
}

/* More than records, buffers and one turn's share, both ways at once. */
static void
test_bulk(void)
{
	Setup setup;
	Client client;
	g_autoptr(GString) sent = g_string_new(NULL);
	size_t written = 0;

	setup_init(&setup, NULL);
	client_connect(&setup, &client);
	for (int i = 0; i < 6000; i++)
		g_string_append_printf(sent, "%06d %0*d\n", i, i % 200 + 1, i);
	FIXTURE_UNTIL(&setup.fixture, ({
		if (written < sent->len) {
			int part;

			ERR_clear_error();
			part = SSL_write(
			    client.session, sent->str + written, (int)(sent->len - written));
			written += part > 0 ? (size_t)part : 0;
		}
		g_assert_true(client_receive(&client));
		client.got->len == sent->len;
	}));
	g_assert_cmpstr(client.got->str, ==, sent->str);
	client_close(&client);
	setup_clear(&setup);
}

static void
test_client_certificate(void)
{
	Setup setup;
	Client client;
	X509 *certificate;
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length;
	g_autoptr(GString) expected = g_string_new(NULL);

	setup_init(&setup, NULL);
	g_assert_cmpint(
	    SSL_CTX_use_certificate_file(setup.client_context, setup.certificate, SSL_FILETYPE_PEM),
	    ==, 1);
	g_assert_cmpint(
	    SSL_CTX_use_PrivateKey_file(setup.client_context, setup.key, SSL_FILETYPE_PEM), ==, 1);
	client_connect(&setup, &client);
	FIXTURE_UNTIL(&setup.fixture, fixture_count(&setup.fixture) == 1);
	certificate = SSL_get_certificate(client.session);
	X509_digest(certificate, EVP_sha256(), digest, &length);
	for (unsigned i = 0; i < length; i++)
		g_string_append_printf(expected, "%02x", digest[i]);
	g_assert_cmpstr(
	    fixture_conn(&setup.fixture, 0)->info.certificate_fingerprint, ==, expected->str);
	client_close(&client);
	setup_clear(&setup);
}

/* Both ends derive the same, or SCRAM with channel binding could not work. */
static void
bindings_agree(int version, bool extended)
{
	Setup setup;
	Client client;
	unsigned char exporter[CONN_EXPORTER_SIZE];
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length;
	X509 *certificate;
	const ConnInfo *info;

	setup_init(&setup, NULL);
	SSL_CTX_set_max_proto_version(setup.client_context, version);
	if (!extended)
		SSL_CTX_set_options(setup.client_context, SSL_OP_NO_EXTENDED_MASTER_SECRET);
	client_connect(&setup, &client);
	FIXTURE_UNTIL(&setup.fixture, fixture_count(&setup.fixture) == 1);
	info = &fixture_conn(&setup.fixture, 0)->info;
	g_assert_cmpint(SSL_export_keying_material(client.session, exporter, sizeof exporter,
			    "EXPORTER-Channel-Binding", 24, (const unsigned char *)"", 0, 1),
	    ==, 1);
	g_assert_cmpuint(info->exporter_length, ==, extended ? CONN_EXPORTER_SIZE : 0);
	if (extended)
		g_assert_cmpmem(exporter, sizeof exporter, info->exporter, info->exporter_length);
	certificate = SSL_get1_peer_certificate(client.session);
	X509_digest(certificate, EVP_sha256(), digest, &length);
	g_assert_cmpmem(digest, length, info->end_point, info->end_point_length);
	X509_free(certificate);
	client_close(&client);
	setup_clear(&setup);
}

static void
test_channel_bindings(void)
{
	bindings_agree(TLS1_3_VERSION, true);
	bindings_agree(TLS1_2_VERSION, true);
	bindings_agree(TLS1_2_VERSION, false);
}

static void
test_plain_to_tls(void)
{
	Setup setup;
	g_autoptr(GString) got = g_string_new(NULL);
	const IoStats *stats;
	int client;

	setup_init(&setup, NULL);
	stats = io_loop_stats(setup.fixture.loop);
	client = fixture_connect(setup.port);
	g_assert_cmpint(send(client, "NICK a\r\n", 8, 0), ==, 8);
	FIXTURE_UNTIL(&setup.fixture, !fixture_receive(client, got));
	g_assert_cmpstr(got->str, ==, "ERROR :TLS only\r\n");
	g_assert_cmpuint(io_stats_get(&stats->closed[CLOSE_PLAIN_TO_TLS]), ==, 1);
	g_assert_cmpuint(fixture_count(&setup.fixture), ==, 0);
	close(client);
	FIXTURE_UNTIL(&setup.fixture, io_stats_get(&stats->connections) == 0);
	setup_clear(&setup);
}

static void
test_broken_hello(void)
{
	Setup setup;
	const IoStats *stats;
	int client;

	setup_init(&setup, NULL);
	stats = io_loop_stats(setup.fixture.loop);
	client = fixture_connect(setup.port);
	g_assert_cmpint(send(client, "\x16\x03\x01\x00\x04junk", 9, 0), ==, 9);
	FIXTURE_UNTIL(&setup.fixture, io_stats_get(&stats->closed[CLOSE_TLS_HANDSHAKE]) == 1);
	g_assert_cmpuint(fixture_count(&setup.fixture), ==, 0);
	g_assert_cmpuint(io_stats_get(&stats->connections), ==, 0);
	close(client);
	setup_clear(&setup);
}

/* A silent peer costs its budget and no more. */
static void
test_handshake_timeout(void)
{
	Setup setup;
	Clock clock = clock_frozen(CLOCK_SECOND);
	const IoStats *stats;
	int client;

	setup_init(&setup, &clock);
	stats = io_loop_stats(setup.fixture.loop);
	client = fixture_connect(setup.port);
	FIXTURE_UNTIL(&setup.fixture, io_stats_get(&stats->connections) == 1);
	clock_advance(&setup.fixture.clock, fixture_profile.registration_timeout);
	fixture_turns(&setup.fixture, 2);
	g_assert_cmpuint(io_stats_get(&stats->closed[CLOSE_TLS_HANDSHAKE]), ==, 1);
	g_assert_cmpuint(io_stats_get(&stats->connections), ==, 0);
	close(client);
	setup_clear(&setup);
}

static void
test_old_version(void)
{
	Setup setup;
	const IoStats *stats;
	SSL *session;
	int client;

	setup_init(&setup, NULL);
	stats = io_loop_stats(setup.fixture.loop);
	SSL_CTX_set_min_proto_version(setup.client_context, TLS1_VERSION);
	SSL_CTX_set_max_proto_version(setup.client_context, TLS1_1_VERSION);
	SSL_CTX_set_security_level(setup.client_context, 0);
	SSL_CTX_set_cipher_list(setup.client_context, "ALL:@SECLEVEL=0");
	client = fixture_connect(setup.port);
	session = SSL_new(setup.client_context);
	SSL_set_fd(session, client);
	FIXTURE_UNTIL(&setup.fixture, ({
		SSL_connect(session);
		io_stats_get(&stats->closed[CLOSE_TLS_HANDSHAKE]) == 1;
	}));
	g_assert_cmpint(SSL_is_init_finished(session), ==, 0);
	SSL_free(session);
	close(client);
	setup_clear(&setup);
}

/* Who is connected stays; who comes later sees the new certificate. */
static void
test_reload(void)
{
	Setup setup;
	Client before, after;
	char old[65], new[65];
	g_autoptr(GError) error = NULL;
	X509 *certificate;

	setup_init(&setup, NULL);
	client_connect(&setup, &before);
	tls_context_fingerprint(setup.context, old);
	g_assert_true(tls_certificate_create(setup.certificate, setup.key, "new.example", &error));
	g_assert_true(tls_context_reload(setup.context, setup.certificate, setup.key, &error));
	tls_context_fingerprint(setup.context, new);
	g_assert_cmpstr(old, !=, new);
	client_connect(&setup, &after);
	certificate = SSL_get1_peer_certificate(after.session);
	g_assert_cmpint(X509_check_host(certificate, "new.example", 0, 0, NULL), ==, 1);
	X509_free(certificate);
	g_assert_cmpint(SSL_write(before.session, "here\n", 5), ==, 5);
	FIXTURE_UNTIL(&setup.fixture, client_receive(&before) && before.got->len == 5);
	client_close(&before);
	client_close(&after);
	setup_clear(&setup);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/transport-tls/talk", test_talk);
	g_test_add_func("/transport-tls/bulk", test_bulk);
	g_test_add_func("/transport-tls/client-certificate", test_client_certificate);
	g_test_add_func("/transport-tls/channel-bindings", test_channel_bindings);
	g_test_add_func("/transport-tls/plain-to-tls", test_plain_to_tls);
	g_test_add_func("/transport-tls/broken-hello", test_broken_hello);
	g_test_add_func("/transport-tls/handshake-timeout", test_handshake_timeout);
	g_test_add_func("/transport-tls/old-version", test_old_version);
	g_test_add_func("/transport-tls/reload", test_reload);
	return g_test_run();
}
