/* SPDX-License-Identifier: MIT */
#include "net/tls_tickets.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define NAME_SIZE 16u /* RFC 5077 4: key_name, and the initialisation vector */
#define KEY_SIZE 32u
#define KEYS 3u /* one in use, and what may still be opened: at most two of one rotation each */

typedef struct TicketKey {
	unsigned char name[NAME_SIZE];
	unsigned char cipher[KEY_SIZE];
	unsigned char digest[KEY_SIZE];
	int64_t made_at; /* monotonic; 0: there is none */
} TicketKey;

struct TlsTickets {
	atomic_uint references;
	const Clock *clock;
	pthread_mutex_t mutex; /* guards what follows */
	int64_t rotation;
	TicketKey keys[KEYS]; /* newest first */
};

TlsTickets *
tls_tickets_new(const Clock *clock, int64_t rotation)
{
	TlsTickets *tickets = g_new0(TlsTickets, 1);

	atomic_init(&tickets->references, 1);
	tickets->clock = clock;
	tickets->rotation = rotation;
	pthread_mutex_init(&tickets->mutex, NULL);
	return tickets;
}

TlsTickets *
tls_tickets_ref(TlsTickets *tickets)
{
	atomic_fetch_add_explicit(&tickets->references, 1, memory_order_relaxed);
	return tickets;
}

void
tls_tickets_unref(TlsTickets *tickets)
{
	if (!tickets ||
	    atomic_fetch_sub_explicit(&tickets->references, 1, memory_order_acq_rel) != 1)
		return;
	OPENSSL_cleanse(tickets->keys, sizeof tickets->keys);
	pthread_mutex_destroy(&tickets->mutex);
	g_free(tickets);
}

void
tls_tickets_set_rotation(TlsTickets *tickets, int64_t rotation)
{
	pthread_mutex_lock(&tickets->mutex);
	tickets->rotation = rotation;
	pthread_mutex_unlock(&tickets->mutex);
}

static bool
is_younger(const TicketKey *key, int64_t now, int64_t age)
{
	return key->made_at > 0 && now - key->made_at < age;
}

static void
wipe_old(TlsTickets *tickets, int64_t now)
{
	for (unsigned i = 0; i < KEYS; i++)
		if (!is_younger(&tickets->keys[i], now, 2 * tickets->rotation))
			OPENSSL_cleanse(&tickets->keys[i], sizeof tickets->keys[i]);
}

/* The key for new tickets; NULL if no random bytes are to be had. */
static const TicketKey *
key_to_seal(TlsTickets *tickets, int64_t now)
{
	TicketKey key = {.made_at = MAX(now, 1)};

	if (is_younger(&tickets->keys[0], now, tickets->rotation))
		return &tickets->keys[0];
	if (RAND_bytes(key.name, sizeof key.name) != 1 ||
	    RAND_priv_bytes(key.cipher, sizeof key.cipher) != 1 ||
	    RAND_priv_bytes(key.digest, sizeof key.digest) != 1)
		return NULL;
	memmove(&tickets->keys[1], &tickets->keys[0], (KEYS - 1) * sizeof tickets->keys[0]);
	tickets->keys[0] = key;
	OPENSSL_cleanse(&key, sizeof key);
	return &tickets->keys[0];
}

static const TicketKey *
key_to_open(const TlsTickets *tickets, const unsigned char *name)
{
	for (unsigned i = 0; i < KEYS; i++)
		if (tickets->keys[i].made_at > 0 &&
		    CRYPTO_memcmp(tickets->keys[i].name, name, NAME_SIZE) == 0)
			return &tickets->keys[i];
	return NULL;
}

static bool
set_digest(const TicketKey *key, EVP_MAC_CTX *digest)
{
	static char sha256[] = "SHA256";
	OSSL_PARAM parameters[] = {
	    OSSL_PARAM_construct_octet_string(
		OSSL_MAC_PARAM_KEY, (void *)key->digest, sizeof key->digest),
	    OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256, 0),
	    OSSL_PARAM_construct_end(),
	};

	return EVP_MAC_CTX_set_params(digest, parameters) == 1;
}

/* What SSL_CTX_set_tlsext_ticket_key_evp_cb() wants: -1 broken, 0 no such key (begin anew), 1 done,
 * 2 done, and a new ticket is due. */
static int
seal(TlsTickets *tickets, int64_t now, unsigned char *name, unsigned char *vector,
    EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *digest)
{
	const TicketKey *key = key_to_seal(tickets, now);

	if (!key || RAND_bytes(vector, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) != 1)
		return -1;
	memcpy(name, key->name, NAME_SIZE);
	return EVP_EncryptInit_ex(cipher, EVP_aes_256_cbc(), NULL, key->cipher, vector) == 1 &&
		       set_digest(key, digest)
		   ? 1
		   : -1;
}

/* `is_single`: clients of TLS 1.3 use a ticket once (RFC 8446 C.4) and want another. */
static int
open_ticket(const TlsTickets *tickets, bool is_single, const unsigned char *name,
    const unsigned char *vector, EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *digest)
{
	const TicketKey *key = key_to_open(tickets, name);

	if (!key)
		return 0;
	if (!set_digest(key, digest) ||
	    EVP_DecryptInit_ex(cipher, EVP_aes_256_cbc(), NULL, key->cipher, vector) != 1)
		return -1;
	return is_single || key != &tickets->keys[0] ? 2 : 1;
}

static void
free_tickets(void *parent, void *tickets, CRYPTO_EX_DATA *data, int index, long argl, void *argp)
{
	tls_tickets_unref(tickets);
}

static int tickets_index;

static void
make_tickets_index(void)
{
	tickets_index = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, free_tickets);
}

/* The context a session began with answers for it, whatever certificate was chosen by name. */
static int
use_key(SSL *session, unsigned char *name, unsigned char *vector, EVP_CIPHER_CTX *cipher,
    EVP_MAC_CTX *digest, int sealing)
{
	TlsTickets *tickets = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(session), tickets_index);
	int64_t now;
	int result;

	if (!tickets)
		return 0;
	now = clock_monotonic(tickets->clock);
	pthread_mutex_lock(&tickets->mutex);
	wipe_old(tickets, now);
	result = sealing ? seal(tickets, now, name, vector, cipher, digest)
			 : open_ticket(tickets, SSL_version(session) >= TLS1_3_VERSION, name,
			       vector, cipher, digest);
	pthread_mutex_unlock(&tickets->mutex);
	return result;
}

void
tls_tickets_serve(TlsTickets *tickets, SSL_CTX *context, int64_t lifetime)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_tickets_index);
	if (!SSL_CTX_set_ex_data(context, tickets_index, tls_tickets_ref(tickets)))
		g_error("out of memory for TLS tickets");
	SSL_CTX_set_tlsext_ticket_key_evp_cb(context, use_key);
	SSL_CTX_set_timeout(context, (long)MAX(1, lifetime / CLOCK_SECOND));
}
