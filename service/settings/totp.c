/* SPDX-License-Identifier: MIT */
#include "settings/totp.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>

#define STEP (30 * G_USEC_PER_SEC)
#define BASE32 "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
#define MODULUS 1000000u
#define KEY_LEAST 10u /* what common authenticators make at least */
#define KEY_MAX 64u

char *
totp_secret(const unsigned char key[static TOTP_KEY_SIZE])
{
	GString *text = g_string_new(NULL);
	unsigned bits = 0;
	unsigned value = 0;

	for (unsigned i = 0; i < TOTP_KEY_SIZE; i++) {
		value = value << 8 | key[i];
		for (bits += 8; bits >= 5; bits -= 5)
			g_string_append_c(text, BASE32[value >> (bits - 5) & 31]);
	}
	g_assert(bits == 0);
	return g_string_free(text, FALSE);
}

static bool
decode(const char *secret, unsigned char key[static KEY_MAX], size_t *ret_length)
{
	size_t length = 0;
	unsigned bits = 0;
	unsigned value = 0;

	for (; *secret; secret++) {
		const char *digit = strchr(BASE32, g_ascii_toupper(*secret));

		if (!digit || length == KEY_MAX)
			return false;
		value = value << 5 | (unsigned)(digit - BASE32);
		bits += 5;
		if (bits < 8)
			continue;
		bits -= 8;
		key[length++] = (unsigned char)(value >> bits);
	}
	*ret_length = length;
	return length > 0;
}

bool
totp_secret_is_valid(const char *secret)
{
	unsigned char key[KEY_MAX];
	size_t length;
	bool valid = decode(secret, key, &length) && length >= KEY_LEAST;

	OPENSSL_cleanse(key, sizeof key);
	return valid;
}

/* RFC 4226 5.3 */
static void
code_of_step(
    const unsigned char *key, size_t length, int64_t step, char code[static TOTP_DIGITS + 1])
{
	unsigned char digest[SHA_DIGEST_LENGTH];
	unsigned char counter[8];
	unsigned size = sizeof digest;
	unsigned offset;
	uint32_t number;

	for (unsigned i = 0; i < sizeof counter; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	HMAC(EVP_sha1(), key, (int)length, counter, sizeof counter, digest, &size);
	offset = digest[size - 1] & 15;
	number = (uint32_t)(digest[offset] & 127) << 24 | (uint32_t)digest[offset + 1] << 16 |
		 (uint32_t)digest[offset + 2] << 8 | digest[offset + 3];
	g_snprintf(code, TOTP_DIGITS + 1, "%06u", number % MODULUS);
}

bool
totp_code(const char *secret, int64_t now, char code[static TOTP_DIGITS + 1])
{
	unsigned char key[KEY_MAX];
	size_t length;

	if (!decode(secret, key, &length))
		return false;
	code_of_step(key, length, now / STEP, code);
	OPENSSL_cleanse(key, sizeof key);
	return true;
}

bool
totp_check(const char *secret, const char *code, int64_t now, int64_t *last_step)
{
	unsigned char key[KEY_MAX];
	int64_t found = 0;
	size_t length;

	if (strlen(code) != TOTP_DIGITS || !decode(secret, key, &length))
		return false;
	/* All three, whichever is right. */
	for (int64_t step = now / STEP - 1; step <= now / STEP + 1; step++) {
		char right[TOTP_DIGITS + 1];

		code_of_step(key, length, step, right);
		if (CRYPTO_memcmp(right, code, TOTP_DIGITS) == 0 && step > *last_step)
			found = step;
	}
	OPENSSL_cleanse(key, sizeof key);
	if (found > 0)
		*last_step = found;
	return found > 0;
}
