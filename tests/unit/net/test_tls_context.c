/* SPDX-License-Identifier: MIT */
#include "net/tls_context.h"

#include "net/tls_certificate.h"

#include <glib/gstdio.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SSL_CTX, SSL_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(X509, X509_free)

typedef struct Files {
	char *directory, *certificate, *key, *other_certificate, *other_key;
} Files;

static void
files_init(Files *files)
{
	files->directory = g_dir_make_tmp("chatd-test-XXXXXX", NULL);
	files->certificate = g_build_filename(files->directory, "c.pem", NULL);
	files->key = g_build_filename(files->directory, "k.pem", NULL);
	files->other_certificate = g_build_filename(files->directory, "c2.pem", NULL);
	files->other_key = g_build_filename(files->directory, "k2.pem", NULL);
	g_assert_true(tls_certificate_create(files->certificate, files->key, "a.example", NULL));
	g_assert_true(
	    tls_certificate_create(files->other_certificate, files->other_key, "b.example", NULL));
}

static void
files_clear(Files *files)
{
	char **all[] = {
	    &files->certificate, &files->key, &files->other_certificate, &files->other_key};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		g_unlink(*all[i]);
		g_free(*all[i]);
	}
	g_rmdir(files->directory);
	g_free(files->directory);
}

static void
assert_refused(const char *certificate, const char *key, const char *named)
{
	g_autoptr(GError) error = NULL;
	TlsContext *context = tls_context_new(certificate, key, NULL, &error);

	g_assert_null(context);
	g_assert_nonnull(error);
	g_assert_nonnull(strstr(error->message, named));
}

static void
test_errors_name_the_file(void)
{
	Files files;
	g_autofree char *garbage = NULL;

	files_init(&files);
	garbage = g_build_filename(files.directory, "garbage.pem", NULL);
	g_assert_true(g_file_set_contents(garbage, "not PEM", -1, NULL));
	assert_refused("/nonexistent.pem", files.key, "/nonexistent.pem: No such file");
	assert_refused(files.certificate, "/nonexistent.pem", "/nonexistent.pem: No such file");
	assert_refused(garbage, files.key, garbage);
	assert_refused(files.certificate, garbage, garbage);
	assert_refused(files.certificate, files.other_key, files.other_key);
	g_unlink(garbage);
	files_clear(&files);
}

static void
test_failed_reload_changes_nothing(void)
{
	Files files;
	g_autoptr(TlsContext) context = NULL;
	g_autoptr(GError) error = NULL;
	char before[65], after[65];
	SSL *session;

	files_init(&files);
	context = tls_context_new(files.certificate, files.key, NULL, &error);
	g_assert_no_error(error);
	tls_context_fingerprint(context, before);
	g_assert_cmpuint(strlen(before), ==, 64);
	g_assert_false(tls_context_reload(context, files.certificate, files.other_key, &error));
	g_assert_nonnull(error);
	tls_context_fingerprint(context, after);
	g_assert_cmpstr(before, ==, after);
	session = tls_context_session(context);
	g_assert_nonnull(session);
	g_assert_cmpint(SSL_get_verify_mode(session), ==, SSL_VERIFY_PEER);
	g_assert_cmpint(SSL_get_min_proto_version(session), ==, TLS1_2_VERSION);
	SSL_free(session);
	files_clear(&files);
}

static unsigned
count_ciphers(const SSL *session, int least_version)
{
	STACK_OF(SSL_CIPHER) *ciphers = SSL_get_ciphers(session);
	unsigned count = 0;

	for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); i++) {
		const char *version = SSL_CIPHER_get_version(sk_SSL_CIPHER_value(ciphers, i));

		count += (strcmp(version, "TLSv1.3") == 0) == (least_version == TLS1_3_VERSION);
	}
	return count;
}

static void
test_rules(void)
{
	const TlsRules rules = {.only_1_3 = true,
	    .ciphers = "ECDHE-RSA-AES256-GCM-SHA384",
	    .ciphersuites = "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384"};
	const TlsRules broken = {.ciphers = "NONSENSE"};
	Files files;
	g_autoptr(TlsContext) context = NULL;
	g_autoptr(GError) error = NULL;

	files_init(&files);
	g_assert_null(tls_context_new(files.certificate, files.key, &broken, &error));
	g_assert_nonnull(strstr(error->message, "NONSENSE"));
	g_clear_error(&error);
	context = tls_context_new(files.certificate, files.key, &rules, &error);
	g_assert_no_error(error);
	for (unsigned i = 0; i < 2; i++) {
		SSL *session = tls_context_session(context);

		g_assert_cmpint(SSL_get_min_proto_version(session), ==, TLS1_3_VERSION);
		g_assert_cmpuint(count_ciphers(session, TLS1_3_VERSION), ==, 2);
		g_assert_cmpuint(count_ciphers(session, TLS1_2_VERSION), ==, 1);
		g_assert_cmpint(SSL_get_num_tickets(session), ==, 0);
		SSL_free(session);
		/* A reload keeps them. */
		g_assert_true(
		    tls_context_reload(context, files.other_certificate, files.other_key, &error));
	}
	files_clear(&files);
}

/* Client and server shake hands in memory; what the client is shown. */
static void
assert_shown(TlsContext *context, const char *host, const char *expected)
{
	g_autoptr(SSL_CTX) client_context = SSL_CTX_new(TLS_client_method());
	SSL *client = SSL_new(client_context);
	SSL *server = tls_context_session(context);
	BIO *client_side, *server_side;
	g_autoptr(X509) shown = NULL;
	bool done = false;

	g_assert_cmpint(BIO_new_bio_pair(&client_side, 0, &server_side, 0), ==, 1);
	SSL_set_bio(client, client_side, client_side);
	SSL_set_bio(server, server_side, server_side);
	SSL_set_connect_state(client);
	if (host)
		g_assert_cmpint(SSL_set_tlsext_host_name(client, host), ==, 1);
	for (unsigned turns = 0; turns < 20 && !done; turns++) {
		int of_client = SSL_do_handshake(client);
		int of_server = SSL_do_handshake(server);

		done = of_client == 1 && of_server == 1;
	}
	g_assert_true(done);
	shown = SSL_get1_peer_certificate(client);
	g_assert_cmpint(X509_check_host(shown, expected, 0, 0, NULL), ==, 1);
	SSL_free(client);
	SSL_free(server);
}

static void
test_server_names(void)
{
	static const char *const hosts[] = {"b.example", "*.b.example", NULL};
	Files files;
	g_autoptr(TlsContext) context = NULL;
	g_autoptr(GError) error = NULL;

	files_init(&files);
	context = tls_context_new(files.certificate, files.key, NULL, &error);
	g_assert_no_error(error);
	assert_shown(context, "b.example", "a.example");
	g_assert_false(tls_context_add(context, hosts, files.other_certificate, files.key, &error));
	g_assert_nonnull(strstr(error->message, files.key));
	g_clear_error(&error);
	assert_shown(context, "b.example", "a.example");
	g_assert_true(
	    tls_context_add(context, hosts, files.other_certificate, files.other_key, &error));
	g_assert_no_error(error);
	assert_shown(context, "b.example", "b.example");
	assert_shown(context, "X.b.example", "b.example");
	assert_shown(context, "a.example", "a.example");
	assert_shown(context, "x.y.b.example", "a.example");
	assert_shown(context, NULL, "a.example");
	files_clear(&files);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tls-context/errors-name-the-file", test_errors_name_the_file);
	g_test_add_func(
	    "/tls-context/failed-reload-changes-nothing", test_failed_reload_changes_nothing);
	g_test_add_func("/tls-context/rules", test_rules);
	g_test_add_func("/tls-context/server-names", test_server_names);
	return g_test_run();
}
