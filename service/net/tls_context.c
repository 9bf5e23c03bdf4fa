/* SPDX-License-Identifier: MIT */
#include "net/tls_context.h"

#include "net/tls_names.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <stdatomic.h>

struct TlsContext {
	atomic_uint references;
	pthread_mutex_t mutex; /* guards `current` */
	SSL_CTX *current;
	/* As long as the context lives. */
	bool only_1_3;
	char *ciphers;
	char *ciphersuites;
	TlsTickets *tickets;
	int64_t ticket_lifetime;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SSL_CTX, SSL_CTX_free)

/* The oldest error OpenSSL holds, as the sentence's end; clears the rest. */
static void
set_error(GError **error, const char *what, const char *file)
{
	unsigned long code = ERR_peek_error();
	const char *reason = code ? ERR_reason_error_string(code) : NULL;

	if (code && ERR_GET_LIB(code) == ERR_LIB_SYS)
		reason = g_strerror(ERR_GET_REASON(code));
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s %s: %s", what, file,
	    reason ? reason : "not usable");
	ERR_clear_error();
}

/* A certificate is asked for to know who it is, by fingerprint; nobody has to sign it. */
static int
accept_any(int verified, X509_STORE_CTX *store)
{
	return 1;
}

static void
set_habits(SSL_CTX *context)
{
	static const unsigned char session_scope[] = "chatd";

	SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
	SSL_CTX_set_options(context,
	    SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
	SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE |
				      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
				      SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_session_id_context(context, session_scope, sizeof session_scope - 1);
	SSL_CTX_set_verify(context, SSL_VERIFY_PEER, accept_any);
}

static bool
set_rules(SSL_CTX *context, const TlsContext *rules, GError **error)
{
	if (rules->only_1_3)
		SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
	if (*rules->ciphers && SSL_CTX_set_cipher_list(context, rules->ciphers) != 1) {
		set_error(error, "ciphers", rules->ciphers);
		return false;
	}
	if (*rules->ciphersuites && SSL_CTX_set_ciphersuites(context, rules->ciphersuites) != 1) {
		set_error(error, "cipher suites", rules->ciphersuites);
		return false;
	}
	if (rules->tickets) {
		tls_tickets_serve(rules->tickets, context, rules->ticket_lifetime);
	} else {
		SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
		SSL_CTX_set_num_tickets(context, 0);
	}
	return true;
}

static SSL_CTX *
load(const TlsContext *rules, const char *certificate_file, const char *key_file, GError **error)
{
	g_autoptr(SSL_CTX) context = SSL_CTX_new(TLS_server_method());

	ERR_clear_error();
	if (!context) {
		set_error(error, "TLS", "context");
		return NULL;
	}
	set_habits(context);
	if (!set_rules(context, rules, error))
		return NULL;
	if (SSL_CTX_use_certificate_chain_file(context, certificate_file) != 1) {
		set_error(error, "certificate", certificate_file);
		return NULL;
	}
	if (SSL_CTX_use_PrivateKey_file(context, key_file, SSL_FILETYPE_PEM) != 1) {
		set_error(error, "key", key_file);
		return NULL;
	}
	if (SSL_CTX_check_private_key(context) != 1) {
		set_error(error, "key does not belong to the certificate:", key_file);
		return NULL;
	}
	return g_steal_pointer(&context);
}

static void
free_names(void *parent, void *names, CRYPTO_EX_DATA *data, int index, long argl, void *argp)
{
	tls_names_free(names);
}

static int names_index;

static void
make_names_index(void)
{
	names_index = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, free_names);
}

/* The names belong to the SSL_CTX they were added to: handshakes go on when the context is gone. */
static int
choose(SSL *session, int *alert, void *argument)
{
	const TlsNames *names = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(session), names_index);
	const char *host = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);
	SSL_CTX *chosen = names && host ? tls_names_find(names, host) : NULL;

	if (!chosen)
		return SSL_TLSEXT_ERR_NOACK; /* the first pair is shown */
	return SSL_set_SSL_CTX(session, chosen) ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/* Of this SSL_CTX; made with the first that is added. */
static TlsNames *
names_of(SSL_CTX *context)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	TlsNames *names;

	pthread_once(&once, make_names_index);
	names = SSL_CTX_get_ex_data(context, names_index);
	if (names)
		return names;
	names = tls_names_new();
	if (!SSL_CTX_set_ex_data(context, names_index, names))
		g_error("out of memory for TLS names");
	SSL_CTX_set_tlsext_servername_callback(context, choose);
	return names;
}

TlsContext *
tls_context_new(
    const char *certificate_file, const char *key_file, const TlsRules *rules, GError **error)
{
	static const TlsRules none;
	TlsContext *context = g_new0(TlsContext, 1);

	if (!rules)
		rules = &none;
	atomic_init(&context->references, 1);
	pthread_mutex_init(&context->mutex, NULL);
	context->only_1_3 = rules->only_1_3;
	context->ciphers = g_strdup(rules->ciphers ? rules->ciphers : "");
	context->ciphersuites = g_strdup(rules->ciphersuites ? rules->ciphersuites : "");
	context->tickets = rules->tickets ? tls_tickets_ref(rules->tickets) : NULL;
	context->ticket_lifetime = rules->ticket_lifetime;
	context->current = load(context, certificate_file, key_file, error);
	if (!context->current)
		g_clear_pointer(&context, tls_context_unref);
	return context;
}

TlsContext *
tls_context_ref(TlsContext *context)
{
	atomic_fetch_add_explicit(&context->references, 1, memory_order_relaxed);
	return context;
}

void
tls_context_unref(TlsContext *context)
{
	if (!context ||
	    atomic_fetch_sub_explicit(&context->references, 1, memory_order_acq_rel) != 1)
		return;
	SSL_CTX_free(context->current);
	g_free(context->ciphers);
	g_free(context->ciphersuites);
	tls_tickets_unref(context->tickets);
	pthread_mutex_destroy(&context->mutex);
	g_free(context);
}

bool
tls_context_reload(
    TlsContext *context, const char *certificate_file, const char *key_file, GError **error)
{
	SSL_CTX *loaded = load(context, certificate_file, key_file, error);
	SSL_CTX *old;

	if (!loaded)
		return false;
	pthread_mutex_lock(&context->mutex);
	old = context->current;
	context->current = loaded;
	pthread_mutex_unlock(&context->mutex);
	SSL_CTX_free(old); /* sessions made from it hold references of their own */
	return true;
}

bool
tls_context_add(TlsContext *context, const char *const *hosts, const char *certificate_file,
    const char *key_file, GError **error)
{
	g_autoptr(SSL_CTX) loaded = load(context, certificate_file, key_file, error);

	if (!loaded)
		return false;
	pthread_mutex_lock(&context->mutex);
	tls_names_add(names_of(context->current), hosts, loaded);
	pthread_mutex_unlock(&context->mutex);
	return true;
}

SSL *
tls_context_session(TlsContext *context)
{
	SSL *session;

	pthread_mutex_lock(&context->mutex);
	session = SSL_new(context->current);
	pthread_mutex_unlock(&context->mutex);
	if (session)
		SSL_set_accept_state(session);
	ERR_clear_error();
	return session;
}

void
tls_context_fingerprint(TlsContext *context, char text[static 65])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length = 0;

	text[0] = '\0';
	pthread_mutex_lock(&context->mutex);
	if (!X509_digest(SSL_CTX_get0_certificate(context->current), EVP_sha256(), digest, &length))
		length = 0;
	pthread_mutex_unlock(&context->mutex);
	for (unsigned i = 0; i < length; i++)
		g_snprintf(text + (size_t)i * 2, 3, "%02x", digest[i]);
}
