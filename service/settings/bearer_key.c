/* SPDX-License-Identifier: MIT */
#include "settings/bearer_key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

static bool
is_pem(const char *text, size_t length)
{
	return g_strstr_len(text, (gssize)length, "-----BEGIN") != NULL;
}

static bool
is_json(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && g_ascii_isspace(text[at]))
		at++;
	return at < length && (text[at] == '{' || text[at] == '[');
}

static bool
is_public_key(const char *text, size_t length)
{
	BIO *memory = BIO_new_mem_buf(text, (int)length);
	EVP_PKEY *key = PEM_read_bio_PUBKEY(memory, NULL, NULL, NULL);
	int type = key ? EVP_PKEY_get_base_id(key) : 0;

	EVP_PKEY_free(key);
	BIO_free(memory);
	return type == EVP_PKEY_RSA || type == EVP_PKEY_EC;
}

static size_t
first_line(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && text[at] != '\r' && text[at] != '\n')
		at++;
	return at;
}

const char *
bearer_key_problem(const char *text, size_t length)
{
	if (length > BEARER_KEY_FILE_MAX)
		return "is too large for a key; allowed are 65536 bytes";
	if (is_pem(text, length))
		return is_public_key(text, length)
			   ? NULL
			   : "holds a PEM, but no public RSA or EC key (\"BEGIN PUBLIC KEY\")";
	if (is_json(text, length))
		return "holds JSON; a JWK is not read: allowed are a public key in PEM, or the "
		       "secret of HS256 alone in the first line";
	if (memchr(text, '\0', length))
		return "holds NUL bytes; allowed is text";
	if (first_line(text, length) < BEARER_SECRET_MIN)
		return "has a first line too short for a secret of HS256; allowed are 32 bytes or "
		       "more (or a public key in PEM)";
	return NULL;
}

size_t
bearer_key_secret(const char *text, size_t length)
{
	return is_pem(text, length) || bearer_key_problem(text, length) ? 0
									: first_line(text, length);
}
