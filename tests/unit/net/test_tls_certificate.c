/* SPDX-License-Identifier: MIT */
#include "net/tls_certificate.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

typedef struct Files {
	char *directory, *certificate, *key;
} Files;

static void
files_init(Files *files)
{
	files->directory = g_dir_make_tmp("chatd-test-XXXXXX", NULL);
	files->certificate = g_build_filename(files->directory, "c.pem", NULL);
	files->key = g_build_filename(files->directory, "k.pem", NULL);
}

/* Also that nothing else was left behind. */
static void
files_clear(Files *files)
{
	g_unlink(files->certificate);
	g_unlink(files->key);
	g_assert_cmpint(g_rmdir(files->directory), ==, 0);
	g_free(files->directory);
	g_free(files->certificate);
	g_free(files->key);
}

static X509 *
read_certificate(const char *file)
{
	FILE *stream = fopen(file, "re");
	X509 *certificate;

	g_assert_nonnull(stream);
	certificate = PEM_read_X509(stream, NULL, NULL, NULL);
	fclose(stream);
	g_assert_nonnull(certificate);
	return certificate;
}

static unsigned
mode_of(const char *file)
{
	struct stat status;

	g_assert_cmpint(stat(file, &status), ==, 0);
	return status.st_mode & 07777;
}

static void
test_host(void)
{
	Files files;
	X509 *certificate;
	EVP_PKEY *key;
	time_t nine_years = time(NULL) + 9 * 365 * 86400;
	time_t eleven_years = time(NULL) + 11 * 365 * 86400;
	g_autoptr(GError) error = NULL;

	files_init(&files);
	g_assert_true(tls_certificate_create(files.certificate, files.key, "chat.example", &error));
	g_assert_no_error(error);
	g_assert_cmpuint(mode_of(files.certificate), ==, 0644);
	g_assert_cmpuint(mode_of(files.key), ==, 0600);
	certificate = read_certificate(files.certificate);
	key = X509_get0_pubkey(certificate);
	g_assert_true(EVP_PKEY_is_a(key, "EC"));
	g_assert_cmpint(EVP_PKEY_get_bits(key), ==, 256);
	g_assert_cmpint(X509_verify(certificate, key), ==, 1);
	g_assert_cmpint(X509_check_host(certificate, "chat.example", 0, 0, NULL), ==, 1);
	g_assert_cmpint(X509_check_host(certificate, "other.example", 0, 0, NULL), ==, 0);
	g_assert_cmpint(X509_cmp_time(X509_get0_notAfter(certificate), &nine_years), >, 0);
	g_assert_cmpint(X509_cmp_time(X509_get0_notAfter(certificate), &eleven_years), <, 0);
	g_assert_cmpint(X509_cmp_current_time(X509_get0_notBefore(certificate)), <, 0);
	X509_free(certificate);
	files_clear(&files);
}

static void
test_address(void)
{
	static const char *const addresses[] = {"192.0.2.7", "2001:db8::7"};

	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++) {
		Files files;
		X509 *certificate;

		files_init(&files);
		g_assert_true(
		    tls_certificate_create(files.certificate, files.key, addresses[i], NULL));
		certificate = read_certificate(files.certificate);
		g_assert_cmpint(X509_check_ip_asc(certificate, addresses[i], 0), ==, 1);
		X509_free(certificate);
		files_clear(&files);
	}
}

static void
test_bad_host(void)
{
	static const char *const hosts[] = {"", "a,DNS:b", "two words", "a/b"};
	Files files;

	files_init(&files);
	for (size_t i = 0; i < G_N_ELEMENTS(hosts); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_false(
		    tls_certificate_create(files.certificate, files.key, hosts[i], &error));
		g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
		g_assert_false(g_file_test(files.key, G_FILE_TEST_EXISTS));
	}
	files_clear(&files);
}

static void
test_unwritable(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(tls_certificate_create(
	    "/nonexistent/c.pem", "/nonexistent/k.pem", "chat.example", &error));
	g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
	g_assert_nonnull(strstr(error->message, "/nonexistent/k.pem"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tls-certificate/host", test_host);
	g_test_add_func("/tls-certificate/address", test_address);
	g_test_add_func("/tls-certificate/bad-host", test_bad_host);
	g_test_add_func("/tls-certificate/unwritable", test_unwritable);
	return g_test_run();
}
