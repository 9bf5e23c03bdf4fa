/* SPDX-License-Identifier: MIT */
#include "settings/secret.h"

#include <crypt.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>

#define SCHEME "SCRAM-SHA-256$"
#define KEY_SIZE SHA256_DIGEST_LENGTH
#define SALT_MAX 64

/* What the string holds (RFC 5803 section 3). */
typedef struct Secret {
	unsigned iterations;
	unsigned char salt[SALT_MAX];
	size_t salt_length;
	unsigned char stored_key[KEY_SIZE];
	unsigned char server_key[KEY_SIZE];
} Secret;

void
secret_text_free(char *text)
{
	if (!text)
		return;
	OPENSSL_cleanse(text, strlen(text));
	g_free(text);
}

/* Base64 of text[0..length) into buffer[size]; false if it is malformed, empty or too long. */
static bool
decode(const char *text, size_t length, unsigned char *buffer, size_t size, size_t *ret_length)
{
	if (length == 0 || length % 4 != 0 || length > 4 * SALT_MAX)
		return false;
	g_autofree char *copy = g_strndup(text, length);
	gsize decoded_length;
	g_autofree unsigned char *decoded = g_base64_decode(copy, &decoded_length);
	/* The decoder skips what it does not know; encoding again shows whether it did. */
	g_autofree char *again = g_base64_encode(decoded, decoded_length);
	if (strcmp(again, copy) != 0 || decoded_length == 0 || decoded_length > size)
		return false;
	memcpy(buffer, decoded, decoded_length);
	*ret_length = decoded_length;
	return true;
}

static bool
decode_key(const char *text, size_t length, unsigned char key[static KEY_SIZE])
{
	size_t decoded;
	return decode(text, length, key, KEY_SIZE, &decoded) && decoded == KEY_SIZE;
}

static bool
parse_iterations(const char *text, size_t length, unsigned *ret_iterations)
{
	if (length == 0 || length > 8 || strspn(text, "0123456789") < length)
		return false;
	unsigned iterations = 0;
	for (size_t i = 0; i < length; i++)
		iterations = iterations * 10 + (unsigned)(text[i] - '0');
	*ret_iterations = iterations;
	return iterations >= SECRET_ITERATIONS_MIN && iterations <= SECRET_ITERATIONS_MAX;
}

static bool
parse_secret(const char *stored, Secret *ret_secret)
{
	if (strncmp(stored, SCHEME, strlen(SCHEME)) != 0)
		return false;
	const char *iterations = stored + strlen(SCHEME);
	const char *colon = strchr(iterations, ':');
	const char *dollar = colon ? strchr(colon, '$') : NULL;
	const char *second = dollar ? strchr(dollar, ':') : NULL;
	return second &&
	       parse_iterations(
		   iterations, (size_t)(colon - iterations), &ret_secret->iterations) &&
	       decode(colon + 1, (size_t)(dollar - colon - 1), ret_secret->salt, SALT_MAX,
		   &ret_secret->salt_length) &&
	       decode_key(dollar + 1, (size_t)(second - dollar - 1), ret_secret->stored_key) &&
	       decode_key(second + 1, strlen(second + 1), ret_secret->server_key);
}

bool
secret_is_valid(const char *stored)
{
	Secret secret;
	return parse_secret(stored, &secret);
}

/* SASLprep's normalisation (RFC 4013); NULL if the password cannot be one. Wipe after use. */
static char *
prepare_password(const char *password)
{
	size_t length = strlen(password);
	if (length == 0 || length > SECRET_PASSWORD_MAX || !g_utf8_validate(password, -1, NULL))
		return NULL;
	return g_utf8_normalize(password, -1, G_NORMALIZE_NFKC);
}

static void
hmac(const unsigned char *key, const char *text, unsigned char result[static KEY_SIZE])
{
	unsigned length = KEY_SIZE;
	bool good = HMAC(EVP_sha256(), key, KEY_SIZE, (const unsigned char *)text, strlen(text),
			result, &length) != NULL;
	g_assert(good && length == KEY_SIZE);
}

/* StoredKey and ServerKey of a password (RFC 5802 section 3); false if it cannot be one. */
static bool
derive_keys(const char *password, Secret *secret)
{
	char *prepared = prepare_password(password);
	if (!prepared)
		return false;
	unsigned char salted[KEY_SIZE];
	unsigned char client_key[KEY_SIZE];
	int good = PKCS5_PBKDF2_HMAC(prepared, (int)strlen(prepared), secret->salt,
	    (int)secret->salt_length, (int)secret->iterations, EVP_sha256(), KEY_SIZE, salted);
	g_assert(good == 1);
	hmac(salted, "Client Key", client_key);
	SHA256(client_key, KEY_SIZE, secret->stored_key);
	hmac(salted, "Server Key", secret->server_key);
	OPENSSL_cleanse(salted, sizeof salted);
	OPENSSL_cleanse(client_key, sizeof client_key);
	secret_text_free(prepared);
	return true;
}

char *
secret_make(
    const char *password, unsigned iterations, const unsigned char salt[static SECRET_SALT_SIZE])
{
	if (iterations < SECRET_ITERATIONS_MIN || iterations > SECRET_ITERATIONS_MAX)
		return NULL;
	Secret secret = {.iterations = iterations, .salt_length = SECRET_SALT_SIZE};
	memcpy(secret.salt, salt, SECRET_SALT_SIZE);
	if (!derive_keys(password, &secret))
		return NULL;
	g_autofree char *salt_text = g_base64_encode(secret.salt, secret.salt_length);
	g_autofree char *stored_key = g_base64_encode(secret.stored_key, KEY_SIZE);
	g_autofree char *server_key = g_base64_encode(secret.server_key, KEY_SIZE);
	return g_strdup_printf(SCHEME "%u:%s$%s:%s", iterations, salt_text, stored_key, server_key);
}

bool
secret_is_foreign(const char *stored)
{
	/* crypt(5): md5crypt, bcrypt, sha256crypt, sha512crypt, scrypt, yescrypt. */
	static const char *const prefixes[] = {
	    "$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$7$", "$y$"};

	for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_str_has_prefix(stored, prefixes[i]))
			return true;
	return false;
}

static bool
verify_foreign(const char *stored, const char *password)
{
	struct crypt_data *data = g_new0(struct crypt_data, 1);
	const char *again = crypt_rn(password, stored, data, sizeof *data);
	bool equal = again && strlen(again) == strlen(stored) &&
		     CRYPTO_memcmp(again, stored, strlen(stored)) == 0;

	OPENSSL_cleanse(data, sizeof *data);
	g_free(data);
	return equal;
}

bool
secret_verify(const char *stored, const char *password)
{
	if (secret_is_foreign(stored))
		return strlen(password) <= SECRET_PASSWORD_MAX && verify_foreign(stored, password);
	Secret secret;
	if (!parse_secret(stored, &secret))
		return false;
	Secret given = secret;
	if (!derive_keys(password, &given))
		return false;
	bool equal = CRYPTO_memcmp(given.stored_key, secret.stored_key, KEY_SIZE) == 0;
	OPENSSL_cleanse(&given, sizeof given);
	return equal;
}

bool
secret_parts(const char *stored, SecretParts *ret_parts)
{
	Secret secret;
	const char *iterations = stored + strlen(SCHEME);
	const char *colon;
	const char *dollar;
	const char *second;

	if (!parse_secret(stored, &secret))
		return false;
	colon = strchr(iterations, ':');
	dollar = strchr(colon, '$');
	second = strchr(dollar, ':');
	g_snprintf(ret_parts->iterations, sizeof ret_parts->iterations, "%u", secret.iterations);
	ret_parts->salt = g_strndup(colon + 1, (gsize)(dollar - colon - 1));
	ret_parts->stored_key = g_strndup(dollar + 1, (gsize)(second - dollar - 1));
	ret_parts->server_key = g_strdup(second + 1);
	OPENSSL_cleanse(&secret, sizeof secret);
	return true;
}

void
secret_parts_clear(SecretParts *parts)
{
	g_free(parts->salt);
	secret_text_free(parts->stored_key);
	secret_text_free(parts->server_key);
	*parts = (SecretParts){0};
}

char *
secret_code_digest(const char *code)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	GString *text = g_string_new(NULL);

	SHA256((const unsigned char *)code, strlen(code), digest);
	for (unsigned i = 0; i < sizeof digest; i++)
		g_string_append_printf(text, "%02x", digest[i]);
	return g_string_free(text, FALSE);
}

bool
secret_code_is(const char *digest, const char *code)
{
	g_autofree char *own = secret_code_digest(code);

	return strlen(digest) == strlen(own) && CRYPTO_memcmp(digest, own, strlen(own)) == 0;
}
