/* SPDX-License-Identifier: MIT */
/* Password hashes: RFC 5803 strings. The vector is RFC 7677's (user "user", password "pencil"). */
#include "settings/secret.h"

#include <string.h>

/* Salt and iterations of RFC 7677 section 3; the keys follow from its exchange. */
#define VECTOR                                                                                     \
	"SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=" \
	":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="

static void
test_vector(void)
{
	gsize length;
	g_autofree unsigned char *salt = g_base64_decode("W22ZaJ0SNY7soEsUEjb6gQ==", &length);
	g_assert_cmpuint(length, ==, SECRET_SALT_SIZE);
	g_autofree char *made = secret_make("pencil", 4096, salt);
	g_assert_cmpstr(made, ==, VECTOR);
	g_assert_true(secret_is_valid(made));
	g_assert_true(secret_verify(VECTOR, "pencil"));
	g_assert_false(secret_verify(VECTOR, "Pencil"));
	g_assert_false(secret_verify(VECTOR, "pencil "));
	g_assert_false(secret_verify(VECTOR, ""));
}

static void
test_malformed(void)
{
	static const char *const bad[] = {"", "pencil", "SCRAM-SHA-256$",
	    "SCRAM-SHA-1$4096:AAAA$A:A",
	    "SCRAM-SHA-256$4095:W22ZaJ0SNY7soEsUEjb6gQ==$"
	    "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
	    ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
	    "SCRAM-SHA-256$99999999:W22ZaJ0SNY7soEsUEjb6gQ==$"
	    "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbs"
	    "T4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
	    "SCRAM-SHA-256$4096:$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
	    "wfPLwcE6nTWhTAmQ7tl2Ke"
	    "oiWGPlZqQxSrmfPwDl2dU=",
	    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d:wfPL", VECTOR "x", VECTOR " ",
	    " " VECTOR};
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_assert_false(secret_is_valid(bad[i]));
		g_assert_false(secret_verify(bad[i], "pencil"));
	}
	/* Every beginning of a good one is a bad one. */
	for (size_t length = 0; length < strlen(VECTOR); length++) {
		g_autofree char *text = g_strndup(VECTOR, length);
		g_assert_false(secret_is_valid(text));
	}
}

static void
test_passwords(void)
{
	static const unsigned char salt[SECRET_SALT_SIZE] = "0123456789abcde";
	g_autofree char *longest = g_strnfill(SECRET_PASSWORD_MAX, 'x');
	g_autofree char *too_long = g_strnfill(SECRET_PASSWORD_MAX + 1, 'x');
	g_autofree char *made = secret_make(longest, SECRET_ITERATIONS_MIN, salt);
	g_assert_true(secret_verify(made, longest));
	g_assert_null(secret_make(too_long, SECRET_ITERATIONS_MIN, salt));
	g_assert_null(secret_make("", SECRET_ITERATIONS_MIN, salt));
	g_assert_null(secret_make("\xFF", SECRET_ITERATIONS_MIN, salt));
	g_assert_null(secret_make("a", SECRET_ITERATIONS_MIN - 1, salt));
	/* Two ways to write one character (RFC 4013). */
	g_autofree char *composed = secret_make("\xC3\xA9", SECRET_ITERATIONS_MIN, salt);
	g_assert_true(secret_verify(composed, "e\xCC\x81"));
}

/* The parts are the string's, and what is no SCRAM string has none. */
static void
test_parts(void)
{
	SecretParts parts;
	g_autofree char *again = NULL;

	g_assert_true(secret_parts(VECTOR, &parts));
	again = g_strdup_printf("SCRAM-SHA-256$%s:%s$%s:%s", parts.iterations, parts.salt,
	    parts.stored_key, parts.server_key);
	g_assert_cmpstr(again, ==, VECTOR);
	secret_parts_clear(&parts);
	g_assert_false(secret_parts("$2y$10$abcdefghijklmnopqrstuv", &parts));
	g_assert_false(secret_parts("", &parts));
}

/* Vectors of crypt_blowfish: hashes of other services are understood, but not as our own. */
static void
test_foreign(void)
{
	static const char hash[] = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
	SecretParts parts;

	g_assert_true(secret_is_foreign(hash));
	g_assert_false(secret_is_valid(hash));
	g_assert_false(secret_parts(hash, &parts));
	g_assert_true(secret_verify(hash, "U*U"));
	g_assert_false(secret_verify(hash, "U*V"));
	g_assert_false(secret_verify("$2a$05$short", "U*U"));
	g_assert_false(secret_is_foreign(VECTOR));
}

static void
test_codes(void)
{
	g_autofree char *digest = secret_code_digest("abc");

	/* FIPS 180-2 appendix B.1 */
	g_assert_cmpstr(
	    digest, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	g_assert_true(secret_code_is(digest, "abc"));
	g_assert_false(secret_code_is(digest, "abd"));
	g_assert_false(secret_code_is("", "abc"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/secret/vector", test_vector);
	g_test_add_func("/secret/malformed", test_malformed);
	g_test_add_func("/secret/passwords", test_passwords);
	g_test_add_func("/secret/parts", test_parts);
	g_test_add_func("/secret/codes", test_codes);
	g_test_add_func("/secret/foreign", test_foreign);
	return g_test_run();
}
