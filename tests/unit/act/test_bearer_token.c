/* SPDX-License-Identifier: MIT */
/* Tokens signed here with keys made here: which are taken, and why the others are not. */
#include "act/bearer_token.h"

#include <glib/gstdio.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

#define NOW INT64_C(1500000000)
#define SECRET "a secret of 32 bytes or more that both ends know"
#define GOOD "{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"exp\":1500000600,\"name\":\"anna\"}"

typedef struct Desk {
	char *folder;
	char *file;
	EVP_PKEY *key;
} Desk;

static char *
encode(const void *bytes, size_t length)
{
	char *text = g_base64_encode(bytes, length);

	g_strdelimit(g_strdelimit(text, "+", '-'), "/", '_');
	text[strcspn(text, "=")] = '\0';
	return text;
}

static char *
write_pem(EVP_PKEY *key)
{
	BIO *memory = BIO_new(BIO_s_mem());
	char *text;
	long length;
	char *copy;

	g_assert_cmpint(PEM_write_bio_PUBKEY(memory, key), ==, 1);
	length = BIO_get_mem_data(memory, &text);
	copy = g_strndup(text, (gsize)length);
	BIO_free(memory);
	return copy;
}

static void
set_file(Desk *desk, const char *text)
{
	g_assert_true(g_file_set_contents(desk->file, text, -1, NULL));
}

static void
set_up(Desk *desk, gconstpointer data)
{
	desk->folder = g_dir_make_tmp("chat-bearer-XXXXXX", NULL);
	desk->file = g_build_filename(desk->folder, "key", NULL);
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	EVP_PKEY_free(desk->key);
	g_unlink(desk->file);
	g_rmdir(desk->folder);
	g_free(desk->file);
	g_free(desk->folder);
}

static char *
sign_public(EVP_PKEY *key, const char *text, bool is_ec)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char signature[1024];
	unsigned char pair[64];
	size_t length = sizeof signature;
	const unsigned char *at = signature;
	ECDSA_SIG *parts;

	g_assert_cmpint(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key), ==, 1);
	g_assert_cmpint(
	    EVP_DigestSign(context, signature, &length, (const unsigned char *)text, strlen(text)),
	    ==, 1);
	EVP_MD_CTX_free(context);
	if (!is_ec)
		return encode(signature, length);
	parts = d2i_ECDSA_SIG(NULL, &at, (long)length);
	BN_bn2binpad(ECDSA_SIG_get0_r(parts), pair, 32);
	BN_bn2binpad(ECDSA_SIG_get0_s(parts), pair + 32, 32);
	ECDSA_SIG_free(parts);
	return encode(pair, sizeof pair);
}

static char *
sign_secret(const char *secret, const char *text)
{
	unsigned char digest[32];
	unsigned length = sizeof digest;

	HMAC(EVP_sha256(), secret, (int)strlen(secret), (const unsigned char *)text, strlen(text),
	    digest, &length);
	return encode(digest, length);
}

/* `key` NULL: HS256 with `secret`. */
static char *
make_token(EVP_PKEY *key, const char *secret, const char *header, const char *claims)
{
	g_autofree char *first = encode(header, strlen(header));
	g_autofree char *second = encode(claims, strlen(claims));
	g_autofree char *text = g_strconcat(first, ".", second, NULL);
	g_autofree char *signature = NULL;

	if (key)
		signature = sign_public(key, text, EVP_PKEY_get_base_id(key) == EVP_PKEY_EC);
	else
		signature = sign_secret(secret, text);
	return g_strconcat(text, ".", signature, NULL);
}

/* The account, or NULL; the token is freed. */
static char *
check(Desk *desk, char *token)
{
	g_autofree char *problem = NULL;
	const BearerCheck what = {
	    .token = token,
	    .key_file = desk->file,
	    .introspection = (char *)"",
	    .client = (char *)"",
	    .client_secret_file = (char *)"",
	    .issuer = (char *)"https://id.test",
	    .audience = (char *)"chat",
	    .claim = (char *)"name",
	    .now = NOW * G_USEC_PER_SEC,
	};
	char *name = bearer_token_check(&what, &problem);

	g_assert_true((name != NULL) != (problem != NULL));
	g_free(token);
	return name;
}

static void
assert_checked(Desk *desk, char *token, const char *expected)
{
	g_autofree char *name = check(desk, token);

	g_assert_cmpstr(name, ==, expected);
}

static void
test_public_keys(Desk *desk, gconstpointer data)
{
	static const struct {
		const char *header;
		bool is_ec;
	} cases[] = {{"{\"alg\":\"RS256\"}", false}, {"{\"alg\":\"ES256\"}", true}};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		EVP_PKEY *own = cases[i].is_ec ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048);
		EVP_PKEY *other = cases[i].is_ec ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048);
		g_autofree char *pem = write_pem(own);
		char *token;

		set_file(desk, pem);
		assert_checked(desk, make_token(own, NULL, cases[i].header, GOOD), "anna");
		assert_checked(desk, make_token(other, NULL, cases[i].header, GOOD), NULL);
		/* Another text under the same signature. */
		token = make_token(own, NULL, cases[i].header, GOOD);
		token[strcspn(token, ".") + 5] ^= 1;
		assert_checked(desk, token, NULL);
		/* Another algorithm than the key's, and the public key as a secret. */
		assert_checked(desk, make_token(own, NULL, cases[!i].header, GOOD), NULL);
		assert_checked(desk, make_token(NULL, pem, "{\"alg\":\"HS256\"}", GOOD), NULL);
		EVP_PKEY_free(own);
		EVP_PKEY_free(other);
	}
}

static void
test_claims(Desk *desk, gconstpointer data)
{
	static const struct {
		const char *claims;
		const char *name;
	} cases[] = {
	    {GOOD, "anna"},
	    {"{\"iss\":\"https://id.test\",\"aud\":[\"x\",\"chat\"],\"exp\":1500000001,"
	     "\"name\":\"bea\"}",
		"bea"},
	    {"{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"exp\":1499999900,\"name\":\"a\"}",
		NULL},
	    {"{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"name\":\"a\"}", NULL},
	    {"{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"exp\":1500000600,\"nbf\":1500000300,"
	     "\"name\":\"a\"}",
		NULL},
	    {"{\"iss\":\"https://other\",\"aud\":\"chat\",\"exp\":1500000600,\"name\":\"a\"}",
		NULL},
	    {"{\"iss\":\"https://id.test\",\"aud\":\"mail\",\"exp\":1500000600,\"name\":\"a\"}",
		NULL},
	    {"{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"exp\":1500000600}", NULL},
	    {"{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"exp\":1500000600,\"name\":7}", NULL},
	    {"{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"exp\":9223372036854775807,"
	     "\"name\":\"late\"}",
		"late"},
	    {"[]", NULL},
	    {"nonsense", NULL},
	    /* The ends of what a number can be. */
	    {"{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"exp\":9223372036854775807,"
	     "\"nbf\":-9223372036854775807,\"name\":\"anna\"}",
		"anna"},
	    {"{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"exp\":-9223372036854775807,"
	     "\"name\":\"anna\"}",
		NULL},
	    {"{\"iss\":\"https://id.test\",\"aud\":\"chat\",\"exp\":1500000600,"
	     "\"nbf\":9223372036854775807,\"name\":\"anna\"}",
		NULL},
	};

	set_file(desk, SECRET "\n");
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_checked(desk,
		    make_token(NULL, SECRET, "{\"alg\":\"HS256\"}", cases[i].claims),
		    cases[i].name);
}

static void
test_headers(Desk *desk, gconstpointer data)
{
	static const char *const headers[] = {"{\"alg\":\"none\"}", "{}", "[]", "nonsense",
	    "{\"alg\":\"HS256\",\"crit\":[\"x\"]}", "{\"alg\":\"HS256\",\"alg\":\"none\"}"};
	static const char *const tokens[] = {"", ".", "..", "a.b", "a.b.c", "a.b.c.d", "e30.e30."};

	set_file(desk, SECRET);
	for (unsigned i = 0; i < G_N_ELEMENTS(headers); i++)
		assert_checked(desk, make_token(NULL, SECRET, headers[i], GOOD), NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(tokens); i++)
		assert_checked(desk, g_strdup(tokens[i]), NULL);
	assert_checked(desk, g_strnfill(BEARER_TOKEN_MAX + 1, 'a'), NULL);
}

/* Too short for a secret, or no secret at all: nothing is signed with it. */
static void
test_weak_secrets(Desk *desk, gconstpointer data)
{
	static const struct {
		const char *text, *secret;
	} cases[] = {{"\n" SECRET "\n", ""}, {"", ""}, {"{\n\"kty\":\"oct\"\n}\n", "{"},
	    {"{\"kty\":\"oct\",\"k\":\"0123456789012345678901234567\"}",
		"{\"kty\":\"oct\",\"k\":\"0123456789012345678901234567\"}"},
	    {"0123456789012345678901234567890", "0123456789012345678901234567890"}};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		set_file(desk, cases[i].text);
		assert_checked(
		    desk, make_token(NULL, cases[i].secret, "{\"alg\":\"HS256\"}", GOOD), NULL);
	}
	set_file(desk, "01234567890123456789012345678901\r\n");
	assert_checked(desk,
	    make_token(NULL, "01234567890123456789012345678901", "{\"alg\":\"HS256\"}", GOOD),
	    "anna");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/bearer_token/" name, Desk, NULL, set_up, function, tear_down)
	TEST("public-keys", test_public_keys);
	TEST("claims", test_claims);
	TEST("headers", test_headers);
	TEST("weak-secrets", test_weak_secrets);
	return g_test_run();
}
