/* SPDX-License-Identifier: MIT */
#include "net/tls_certificate.h"

#include "base/file_write.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOST_MAX 253
#define DAYS 3653
#define SERIAL_BITS 127 /* RFC 5280 §4.1.2.2: positive, at most 20 octets */
#define COMMON_NAME_MAX 64

G_DEFINE_AUTOPTR_CLEANUP_FUNC(X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(X509_EXTENSION, X509_EXTENSION_free)

static bool
write_file(const char *file, mode_t mode, BIO *text, GError **error)
{
	const char *data;
	long length = BIO_get_mem_data(text, (char **)&data);

	return file_replace(file, data, (size_t)length, FILE_MODE_GIVEN, mode, error);
}

static bool
add_extension(X509 *certificate, int nid, const char *value)
{
	X509V3_CTX context;
	g_autoptr(X509_EXTENSION) extension = NULL;

	X509V3_set_ctx_nodb(&context);
	X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	return extension && X509_add_ext(certificate, extension, -1);
}

static bool
add_names(X509 *certificate, const char *host)
{
	unsigned char address[sizeof(struct in6_addr)];
	bool numeric =
	    inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1;
	g_autofree char *alternative = g_strconcat(numeric ? "IP:" : "DNS:", host, NULL);
	g_autofree char *common = g_strndup(host, COMMON_NAME_MAX);
	X509_NAME *name = X509_get_subject_name(certificate);

	return X509_NAME_add_entry_by_txt(
		   name, "CN", MBSTRING_UTF8, (unsigned char *)common, -1, -1, 0) &&
	       X509_set_issuer_name(certificate, name) &&
	       add_extension(certificate, NID_subject_alt_name, alternative) &&
	       add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
	       add_extension(certificate, NID_ext_key_usage, "serverAuth");
}

static X509 *
make_certificate(EVP_PKEY *key, const char *host)
{
	g_autoptr(X509) certificate = X509_new();
	g_autoptr(BIGNUM) serial = BN_new();

	if (!certificate || !serial || !BN_rand(serial, SERIAL_BITS, BN_RAND_TOP_ONE, 0) ||
	    !BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate)))
		return NULL;
	X509_set_version(certificate, X509_VERSION_3);
	/* A day back, for peers whose clock is behind ours. */
	X509_time_adj_ex(X509_getm_notBefore(certificate), -1, 0, NULL);
	X509_time_adj_ex(X509_getm_notAfter(certificate), DAYS, 0, NULL);
	if (!X509_set_pubkey(certificate, key) || !add_names(certificate, host) ||
	    !X509_sign(certificate, key, EVP_sha256()))
		return NULL;
	return g_steal_pointer(&certificate);
}

/* A host goes into a configuration string of OpenSSL: letters that mean something there stay out.
 */
static bool
host_is_plain(const char *host)
{
	size_t length = strlen(host);

	return length > 0 && length <= HOST_MAX &&
	       strspn(host,
		   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:*") == length;
}

bool
tls_certificate_create(
    const char *certificate_file, const char *key_file, const char *host, GError **error)
{
	g_autoptr(EVP_PKEY) key = NULL;
	g_autoptr(X509) certificate = NULL;
	g_autoptr(BIO) key_text = BIO_new(BIO_s_secmem());
	g_autoptr(BIO) certificate_text = BIO_new(BIO_s_mem());

	if (!host_is_plain(host)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		    "\"%s\" is no host name for a certificate: 1 to %d letters, digits and -._:",
		    host, HOST_MAX);
		return false;
	}
	key = EVP_EC_gen("P-256");
	certificate = key ? make_certificate(key, host) : NULL;
	if (!certificate || !PEM_write_bio_X509(certificate_text, certificate) ||
	    !PEM_write_bio_PrivateKey(key_text, key, NULL, NULL, 0, NULL, NULL)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
		    "cannot make a certificate for %s: %s", host,
		    ERR_reason_error_string(ERR_peek_error()));
		ERR_clear_error();
		return false;
	}
	return write_file(key_file, 0600, key_text, error) &&
	       write_file(certificate_file, 0644, certificate_text, error);
}
