/* SPDX-License-Identifier: MIT */
#include "act/bearer_token.h"

#include "act/bearer_introspection.h"
#include "settings/bearer_key.h"
#include "settings/secret.h"

#include <jansson.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <string.h>

#define LEEWAY 60 /* seconds that clocks may differ */
#define ES256_HALF 32u

static char *
fail(char **ret_problem, const char *problem)
{
	*ret_problem = g_strdup(problem);
	return NULL;
}

static bool
is_base64url(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isalnum(text[i]) && text[i] != '-' && text[i] != '_')
			return false;
	return length % 4 != 1;
}

/* RFC 4648 5, without padding; NULL if it is not that. */
static unsigned char *
decode(const char *text, size_t length, size_t *ret_length)
{
	GString *padded;
	unsigned char *bytes;
	gsize decoded = 0;

	if (!is_base64url(text, length))
		return NULL;
	padded = g_string_new_len(text, (gssize)length);
	g_strdelimit(g_strdelimit(padded->str, "-", '+'), "_", '/');
	while (padded->len % 4 != 0)
		g_string_append_c(padded, '=');
	bytes = g_base64_decode(padded->str, &decoded);
	*ret_length = decoded;
	g_string_free(padded, TRUE);
	return bytes;
}

static json_t *
decode_json(const char *text, size_t length)
{
	size_t size;
	g_autofree unsigned char *bytes = decode(text, length, &size);

	return bytes ? json_loadb((const char *)bytes, size, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

/* JWS has both numbers of an ECDSA signature side by side, OpenSSL wants them in DER. */
static unsigned char *
der_of(const unsigned char *signature, size_t length, size_t *ret_length)
{
	ECDSA_SIG *pair;
	unsigned char *der = NULL;
	int size;

	if (length != (size_t)2 * ES256_HALF)
		return NULL;
	pair = ECDSA_SIG_new();
	ECDSA_SIG_set0(pair, BN_bin2bn(signature, ES256_HALF, NULL),
	    BN_bin2bn(signature + ES256_HALF, ES256_HALF, NULL));
	size = i2d_ECDSA_SIG(pair, &der);
	ECDSA_SIG_free(pair);
	*ret_length = size > 0 ? (size_t)size : 0;
	return der;
}

static bool
verify_public(EVP_PKEY *key, const char *text, size_t length, const unsigned char *signature,
    size_t signature_length)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good = EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
		    EVP_DigestVerify(context, signature, signature_length,
			(const unsigned char *)text, length) == 1;

	EVP_MD_CTX_free(context);
	return good;
}

static EVP_PKEY *
read_key(const char *pem, int type)
{
	BIO *memory = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = PEM_read_bio_PUBKEY(memory, NULL, NULL, NULL);

	BIO_free(memory);
	if (key && EVP_PKEY_get_base_id(key) != type)
		g_clear_pointer(&key, EVP_PKEY_free);
	return key;
}

static bool
verify_rs256(const char *pem, const char *text, size_t length, const unsigned char *signature,
    size_t signature_length)
{
	EVP_PKEY *key = read_key(pem, EVP_PKEY_RSA);
	bool good = key && verify_public(key, text, length, signature, signature_length);

	EVP_PKEY_free(key);
	return good;
}

static bool
verify_es256(const char *pem, const char *text, size_t length, const unsigned char *signature,
    size_t signature_length)
{
	EVP_PKEY *key = read_key(pem, EVP_PKEY_EC);
	size_t der_length = 0;
	unsigned char *der = der_of(signature, signature_length, &der_length);
	bool good = key && der && verify_public(key, text, length, der, der_length);

	OPENSSL_free(der);
	EVP_PKEY_free(key);
	return good;
}

/* The file was judged when it was configured; it may be another one since. */
static bool
verify_hs256(const char *secret, const char *text, size_t length, const unsigned char *signature,
    size_t signature_length)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	size_t secret_length = bearer_key_secret(secret, strlen(secret));

	if (secret_length == 0)
		return false;
	HMAC(EVP_sha256(), secret, (int)secret_length, (const unsigned char *)text, length, digest,
	    &size);
	return size == signature_length && CRYPTO_memcmp(digest, signature, size) == 0;
}

static const struct {
	const char *name;
	bool (*verify)(const char *key, const char *text, size_t length,
	    const unsigned char *signature, size_t signature_length);
} algorithms[] = {
    {"RS256", verify_rs256},
    {"ES256", verify_es256},
    {"HS256", verify_hs256},
};

static bool
verify(const char *algorithm, const char *key, const char *token, const char *signature_text)
{
	size_t length = 0;
	g_autofree unsigned char *signature =
	    decode(signature_text, strlen(signature_text), &length);

	for (unsigned i = 0; signature && i < G_N_ELEMENTS(algorithms); i++)
		if (strcmp(algorithms[i].name, algorithm) == 0)
			return algorithms[i].verify(
			    key, token, (size_t)(signature_text - 1 - token), signature, length);
	return false;
}

/* "aud" is a text or an array of them. */
static bool
is_for_us(const json_t *audience, const char *wanted)
{
	size_t index;
	const json_t *one;

	if (!*wanted)
		return true;
	if (json_is_string(audience))
		return strcmp(json_string_value(audience), wanted) == 0;
	json_array_foreach(
	    audience, index, one) if (json_is_string(one) &&
				      strcmp(json_string_value(one), wanted) == 0) return true;
	return false;
}

char *
bearer_claims_account(const BearerCheck *check, const json_t *claims, char **ret_problem)
{
	const int64_t now = check->now / G_USEC_PER_SEC;
	const json_t *expires = json_object_get(claims, "exp");
	const json_t *begins = json_object_get(claims, "nbf");
	const char *issuer = json_string_value(json_object_get(claims, "iss"));
	const char *name = json_string_value(json_object_get(claims, check->claim));

	/* The numbers are the sender's: nothing is added to them. */
	if (!json_is_number(expires) || json_number_value(expires) <= (double)(now - LEEWAY))
		return fail(ret_problem, "The token is too old, or says not how long it is good");
	if (json_is_number(begins) && json_number_value(begins) > (double)(now + LEEWAY))
		return fail(ret_problem, "The token is not good yet");
	if (*check->issuer && g_strcmp0(issuer, check->issuer) != 0)
		return fail(ret_problem, "The token is another issuer's");
	if (!is_for_us(json_object_get(claims, "aud"), check->audience))
		return fail(ret_problem, "The token is for somebody else");
	if (!name || !*name)
		return fail(ret_problem, "The token names nobody");
	return g_strdup(name);
}

/* header.claims.signature */
static char *
check_signed(
    const BearerCheck *check, const char *claims_text, const char *signature, char **ret_problem)
{
	g_autofree char *key = NULL;
	json_t *header = decode_json(check->token, (size_t)(claims_text - 1 - check->token));
	json_t *claims = decode_json(claims_text, (size_t)(signature - 1 - claims_text));
	const char *algorithm = json_string_value(json_object_get(header, "alg"));
	char *name;

	if (!algorithm || !claims || json_object_get(header, "crit"))
		name = fail(ret_problem, "The token makes no sense");
	else if (!g_file_get_contents(check->key_file, &key, NULL, NULL))
		name = fail(ret_problem, "The key cannot be read");
	else if (!verify(algorithm, key, check->token, signature))
		name = fail(ret_problem, "The token is not signed with the key");
	else
		name = bearer_claims_account(check, claims, ret_problem);
	json_decref(header);
	json_decref(claims);
	return name;
}

char *
bearer_token_check(const BearerCheck *check, char **ret_problem)
{
	const char *first = strchr(check->token, '.');
	const char *second = first ? strchr(first + 1, '.') : NULL;

	if (strlen(check->token) > BEARER_TOKEN_MAX)
		return fail(ret_problem, "The token is too long");
	if (*check->key_file && second && !strchr(second + 1, '.'))
		return check_signed(check, first + 1, second + 1, ret_problem);
	if (*check->introspection)
		return bearer_introspect(check, ret_problem);
	return fail(ret_problem, "No such token can be checked");
}

void
bearer_check_clear(BearerCheck *check)
{
	secret_text_free(check->token);
	g_free(check->key_file);
	g_free(check->introspection);
	g_free(check->client);
	g_free(check->client_secret_file);
	g_free(check->issuer);
	g_free(check->audience);
	g_free(check->claim);
}
