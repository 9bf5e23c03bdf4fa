/* SPDX-License-Identifier: MIT */
/* What settings point at: certificates, password files, the message of the day. */
#include "settings/settings_files.h"

#include "settings/secret.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

#define HASH                                                                                       \
	"SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=" \
	":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="

#define TOO_SHORT                                                                                  \
	"has a first line too short for a secret of HS256; allowed are 32 bytes or more (or a "    \
	"public key in PEM)"

static char *folder;

static char *
path_of(const char *name)
{
	return g_build_filename(folder, name, NULL);
}

static void
put(const char *name, const char *text, gssize length)
{
	g_autofree char *path = path_of(name);
	g_autoptr(GError) error = NULL;
	g_file_set_contents(path, text, length, &error);
	g_assert_no_error(error);
}

/* A self-signed certificate for a new P-256 key. */
static void
put_pair(const char *certificate_name, const char *key_name)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *certificate = X509_new();
	g_assert_nonnull(key);
	X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
	X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
	X509_set_pubkey(certificate, key);
	g_assert_cmpint(X509_sign(certificate, key, EVP_sha256()), >, 0);
	BIO *bio = BIO_new(BIO_s_mem());
	char *text;
	g_assert_cmpint(PEM_write_bio_X509(bio, certificate), ==, 1);
	long length = BIO_get_mem_data(bio, &text);
	put(certificate_name, text, length);
	BIO_reset(bio);
	g_assert_cmpint(PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL), ==, 1);
	length = BIO_get_mem_data(bio, &text);
	put(key_name, text, length);
	BIO_free(bio);
	X509_free(certificate);
	EVP_PKEY_free(key);
}

static void
put_public_key(const char *name)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	BIO *bio = BIO_new(BIO_s_mem());
	char *text;
	long length;

	g_assert_cmpint(PEM_write_bio_PUBKEY(bio, key), ==, 1);
	length = BIO_get_mem_data(bio, &text);
	put(name, text, length);
	BIO_free(bio);
	EVP_PKEY_free(key);
}

static Settings *
parse(const char *text)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(GPtrArray) keyfiles = g_ptr_array_new();
	g_autoptr(KeyFile) keyfile = keyfile_parse(text, strlen(text), "t", errors);
	g_ptr_array_add(keyfiles, keyfile);
	Settings *settings = settings_parse(keyfiles, errors);
	g_assert_cmpuint(errors->len, ==, 0);
	return settings;
}

static const struct {
	const char *text;
	const char *error; /* NULL: none */
} cases[] = {
    {"", NULL},
    {"[listener a]\ntls = yes\ncertificate = good.pem\nkey = good.key\n", NULL},
    {"[operator a]\npassword_file = hash\n[community c]\nmotd_file = motd\n", NULL},
    {"[listener a]\ntls = yes\ncertificate = good.pem\nkey = other.key\n",
	"t:1: [listener a] key = other.key: this key does not belong to the certificate"},
    {"[listener a]\ntls = yes\ncertificate = rubbish\nkey = good.key\n",
	"t:1: [listener a] certificate = rubbish: rubbish holds no certificate in PEM "
	"form"},
    {"[listener a]\ntls = yes\ncertificate = good.pem\nkey = rubbish\n",
	"t:1: [listener a] key = rubbish: rubbish holds no private key in PEM form, or "
	"one with a passphrase"},
    {"[certificate a]\nhosts = a.example\ncertificate = good.pem\nkey = good.key\n", NULL},
    {"[certificate a]\nhosts = a.example\ncertificate = good.pem\nkey = other.key\n",
	"t:1: [certificate a] key = other.key: this key does not belong to the "
	"certificate"},
    {"[listener a]\ntls = yes\ncertificate = none.pem\nkey = good.key\n",
	"t:1: [listener a] certificate = none.pem: FOLDER/none.pem cannot be read: No "
	"such file or directory"},
    {"[listener a]\npath = s\ngroup = no-such-group-here\n",
	"t:1: [listener a] group = no-such-group-here: there is no such group on this "
	"machine"},
    {"[operator a]\npassword_file = rubbish\n",
	"t:1: [operator a] password_file = rubbish: the first line of rubbish is not a "
	"hash made by chatd --hash-password"},
    {"[oauth]\nkey_file = public.pem\n", NULL},
    {"[oauth]\nkey_file = secret\n", NULL},
    {"[oauth]\nkey_file = none\n",
	"t:1: [oauth] key_file = none: FOLDER/none cannot be read: No such file or "
	"directory"},
    {"[oauth]\nkey_file = short\n", "t:1: [oauth] key_file = short: short " TOO_SHORT},
    {"[oauth]\nkey_file = empty-line\n",
	"t:1: [oauth] key_file = empty-line: empty-line " TOO_SHORT},
    {"[oauth]\nkey_file = jwk\n",
	"t:1: [oauth] key_file = jwk: jwk holds JSON; a JWK is not read: allowed are a "
	"public key in PEM, or the secret of HS256 alone in the first line"},
    {"[oauth]\nkey_file = nul\n",
	"t:1: [oauth] key_file = nul: nul holds NUL bytes; allowed is text"},
    {"[oauth]\nkey_file = good.key\n",
	"t:1: [oauth] key_file = good.key: good.key holds a PEM, but no public RSA or EC "
	"key (\"BEGIN PUBLIC KEY\")"},
    {"[community c]\nmotd_file = none\n",
	"t:1: [community c] motd_file = none: FOLDER/none cannot be read: No such file or "
	"directory"},
};

static void
test_check(void)
{
	put_pair("good.pem", "good.key");
	put_pair("other.pem", "other.key");
	put("rubbish", "rubbish\n", -1);
	put("hash", HASH "\nsecond line\n", -1);
	put("motd", "hello\n", -1);
	put_public_key("public.pem");
	put("secret", "01234567890123456789012345678901\n", -1);
	put("short", "0123456789012345678901234567890\n01234567890123456789012345678901\n", -1);
	put("empty-line", "\n01234567890123456789012345678901\n", -1);
	put("jwk", " {\"kty\": \"oct\", \"k\": \"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\"}\n",
	    -1);
	put("nul", "0123456789012345678901234567890123456789\0", 41);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].text);
		g_autoptr(Settings) settings = parse(cases[i].text);
		g_autoptr(GPtrArray) errors = settings_errors_new();
		g_assert_cmpint(
		    settings_check_files(settings, folder, errors), ==, cases[i].error == NULL);
		g_assert_cmpuint(errors->len, ==, cases[i].error ? 1 : 0);
		if (!cases[i].error)
			continue;
		g_autofree char *text = settings_error_text(g_ptr_array_index(errors, 0));
		GString *shown = g_string_new(text);
		g_string_replace(shown, folder, "FOLDER", 0);
		g_assert_cmpstr(shown->str, ==, cases[i].error);
		g_string_free(shown, TRUE);
	}
}

static void
test_motd(void)
{
	g_autoptr(GError) error = NULL;
	put("motd", "one\r\n\ntwo\tthree\n", -1);
	g_autoptr(Settings) from_file = parse("[community c]\nmotd_file = motd\n");
	g_auto(GStrv) lines =
	    settings_motd(g_ptr_array_index(from_file->communities, 0), folder, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(g_strv_length(lines), ==, 3);
	g_assert_cmpstr(lines[0], ==, "one");
	g_assert_cmpstr(lines[1], ==, "");
	g_assert_cmpstr(lines[2], ==, "two three");

	g_autoptr(Settings) from_text = parse("[community c]\nmotd = a\\nb\n");
	g_auto(GStrv) text =
	    settings_motd(g_ptr_array_index(from_text->communities, 0), folder, &error);
	g_assert_cmpuint(g_strv_length(text), ==, 2);
	g_autoptr(Settings) none = parse("");
	g_auto(GStrv) nothing =
	    settings_motd(g_ptr_array_index(none->communities, 0), folder, &error);
	g_assert_cmpuint(g_strv_length(nothing), ==, 0);

	put("motd", "\xFF", -1);
	g_assert_null(settings_motd(g_ptr_array_index(from_file->communities, 0), folder, &error));
	g_assert_cmpstr(error->message, ==, "motd is not UTF-8 text without NUL");
}

static void
test_secret(void)
{
	g_autoptr(GError) error = NULL;
	put("hash", HASH "\r\n", -1);
	g_autoptr(Settings) settings = parse("[operator a]\npassword_file = hash\n"
					     "[operator b]\npassword = " HASH "\n");
	for (unsigned i = 0; i < 2; i++) {
		const SettingsOperator *owner = g_ptr_array_index(settings->operators, i);
		char *secret =
		    settings_secret(owner->password, owner->password_file, folder, &error);
		g_assert_no_error(error);
		g_assert_cmpstr(secret, ==, HASH);
		secret_text_free(secret);
	}
	g_autofree char *absolute = settings_resolve_path(folder, "/x/y");
	g_assert_cmpstr(absolute, ==, "/x/y");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settings-files/check", test_check);
	g_test_add_func("/settings-files/motd", test_motd);
	g_test_add_func("/settings-files/secret", test_secret);
	folder = g_dir_make_tmp("settings-XXXXXX", NULL);
	int result = g_test_run();
	static const char *const names[] = {
	    "good.pem", "good.key", "other.pem", "other.key", "rubbish", "hash", "motd"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = path_of(names[i]);
		g_remove(path);
	}
	g_rmdir(folder);
	g_free(folder);
	return result;
}
