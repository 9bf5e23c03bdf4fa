/* SPDX-License-Identifier: MIT */
#include "settings/settings_files.h"

#include "base/country.h"
#include "settings/bearer_key.h"
#include "settings/secret.h"
#include "settings/settings_load.h"
#include "settings/totp.h"

#include "proto/utf8.h"

#include <errno.h>
#include <grp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

char *
settings_resolve_path(const char *directory, const char *path)
{
	return g_path_is_absolute(path) ? g_strdup(path) : g_build_filename(directory, path, NULL);
}

static char *
read_named(
    const char *directory, const char *name, size_t maximum, size_t *ret_length, GError **error)
{
	g_autofree char *path = settings_resolve_path(directory, name);
	return settings_read_text(path, maximum, ret_length, error);
}

/* Whatever else is a control character would break the line on the wire. */
static char **
split_lines(char *text)
{
	if (g_str_has_suffix(text, "\n"))
		text[strlen(text) - 1] = '\0';
	char **lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++)
		g_strdelimit(g_strchomp(*line), "\r\t\v\f", ' ');
	return lines;
}

char **
settings_text_file(const char *file, const char *directory, GError **error)
{
	if (*file == '\0')
		return g_new0(char *, 1);
	size_t length;
	g_autofree char *text = read_named(directory, file, SETTINGS_MOTD_MAX, &length, error);
	if (!text)
		return NULL;
	if (strlen(text) != length || !utf8_is_valid(text, length)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		    "%s is not UTF-8 text without NUL", file);
		return NULL;
	}
	return split_lines(text);
}

char **
settings_motd(const SettingsCommunity *community, const char *directory, GError **error)
{
	if (*community->motd_file != '\0')
		return settings_text_file(community->motd_file, directory, error);
	g_autofree char *text = g_strdup(community->motd);
	return split_lines(text);
}

char *
settings_secret(
    const char *password, const char *password_file, const char *directory, GError **error)
{
	if (*password != '\0')
		return g_strdup(password);
	size_t length;
	char *text =
	    read_named(directory, password_file, SETTINGS_PASSWORD_FILE_MAX, &length, error);
	if (!text)
		return NULL;
	text[strcspn(text, "\r\n")] = '\0';
	if (secret_is_valid(text))
		return text;
	secret_text_free(text);
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
	    "the first line of %s is not a hash made by chatd --hash-password", password_file);
	return NULL;
}

char *
settings_totp(const char *totp_file, const char *directory, GError **error)
{
	size_t length;
	char *text = read_named(directory, totp_file, SETTINGS_PASSWORD_FILE_MAX, &length, error);
	if (!text)
		return NULL;
	text[strcspn(text, "\r\n")] = '\0';
	if (totp_secret_is_valid(text))
		return text;
	secret_text_free(text);
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
	    "the first line of %s is not a secret made by chatd --make-totp", totp_file);
	return NULL;
}

CountryDatabase *
settings_countries(const Settings *settings, const char *directory, GError **error)
{
	const char *name = settings->service->geoip_database;
	g_autofree char *path = *name ? settings_resolve_path(directory, name) : NULL;
	return path ? country_open(path, error) : NULL;
}

static void
add_error(GPtrArray *errors, const SettingsOrigin *origin, const char *section, const char *key,
    const char *value, const char *problem)
{
	g_autofree char *title = g_strdup_printf("%s %s", section, origin->name);
	settings_errors_add(errors, origin->file, origin->line, title, key, value, "%s", problem);
}

/* A key that asks for a passphrase is refused: nobody sits at a service to type one. */
static int
no_passphrase(char *buffer, int size, int writing, void *data)
{
	return 0;
}

static X509 *
read_certificate(const char *directory, const char *name, GError **error)
{
	size_t length;
	g_autofree char *text = read_named(directory, name, SETTINGS_PEM_MAX, &length, error);
	if (!text)
		return NULL;
	BIO *bio = BIO_new_mem_buf(text, (int)length);
	X509 *certificate = PEM_read_bio_X509(bio, NULL, no_passphrase, NULL);
	BIO_free(bio);
	ERR_clear_error();
	if (!certificate)
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		    "%s holds no certificate in PEM form", name);
	return certificate;
}

static EVP_PKEY *
read_key(const char *directory, const char *name, GError **error)
{
	size_t length;
	char *text = read_named(directory, name, SETTINGS_PEM_MAX, &length, error);
	if (!text)
		return NULL;
	BIO *bio = BIO_new_mem_buf(text, (int)length);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
	BIO_free(bio);
	secret_text_free(text);
	ERR_clear_error();
	if (!key)
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		    "%s holds no private key in PEM form, or one with a passphrase", name);
	return key;
}

static void
check_pair(const SettingsOrigin *origin, const char *section, const char *certificate_file,
    const char *key_file, const char *directory, GPtrArray *errors)
{
	if (*certificate_file == '\0')
		return;
	g_autoptr(GError) certificate_error = NULL;
	g_autoptr(GError) key_error = NULL;
	X509 *certificate = read_certificate(directory, certificate_file, &certificate_error);
	EVP_PKEY *key = read_key(directory, key_file, &key_error);
	if (!certificate)
		add_error(errors, origin, section, "certificate", certificate_file,
		    certificate_error->message);
	if (!key)
		add_error(errors, origin, section, "key", key_file, key_error->message);
	if (certificate && key && X509_check_private_key(certificate, key) != 1) {
		ERR_clear_error();
		add_error(errors, origin, section, "key", key_file,
		    "this key does not belong to the certificate");
	}
	X509_free(certificate);
	EVP_PKEY_free(key);
}

static void
check_listener(const SettingsListener *listener, const char *directory, GPtrArray *errors)
{
	errno = 0;
	if (*listener->group != '\0' && !getgrnam(listener->group))
		add_error(errors, &listener->origin, "listener", "group", listener->group,
		    "there is no such group on this machine");
	check_pair(
	    &listener->origin, "listener", listener->certificate, listener->key, directory, errors);
}

static void
check_secret(const SettingsOrigin *origin, const char *section, const char *password,
    const char *password_file, const char *directory, GPtrArray *errors)
{
	g_autoptr(GError) error = NULL;
	if (*password == '\0' && *password_file == '\0')
		return;
	char *secret = settings_secret(password, password_file, directory, &error);
	if (!secret)
		add_error(errors, origin, section, "password_file", password_file, error->message);
	secret_text_free(secret);
}

static void
check_operator(const SettingsOperator *owner, const char *directory, GPtrArray *errors)
{
	g_autoptr(GError) error = NULL;
	check_secret(
	    &owner->origin, "operator", owner->password, owner->password_file, directory, errors);
	if (*owner->totp_file == '\0')
		return;
	char *secret = settings_totp(owner->totp_file, directory, &error);
	if (!secret)
		add_error(errors, &owner->origin, "operator", "totp_file", owner->totp_file,
		    error->message);
	secret_text_free(secret);
}

static void
check_texts(const SettingsCommunity *community, const char *directory, GPtrArray *errors)
{
	const struct {
		const char *key, *file;
	} texts[] = {{"motd_file", community->motd_file}, {"rules_file", community->rules_file},
	    {"operator_motd_file", community->operator_motd_file}};
	for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;
		g_auto(GStrv) lines = settings_text_file(texts[i].file, directory, &error);
		if (!lines)
			add_error(errors, &community->origin, "community", texts[i].key,
			    texts[i].file, error->message);
	}
}

/* A key that is none would let anybody in, or nobody, and tell no one. */
static void
check_bearer_key(const SettingsOauth *oauth, const char *directory, GPtrArray *errors)
{
	g_autoptr(GError) error = NULL;
	size_t length;
	char *text;
	const char *problem;

	if (*oauth->key_file == '\0')
		return;
	text = read_named(directory, oauth->key_file, BEARER_KEY_FILE_MAX, &length, &error);
	problem = text ? bearer_key_problem(text, length) : NULL;
	if (!text)
		settings_errors_add(errors, oauth->origin.file, oauth->origin.line, "oauth",
		    "key_file", oauth->key_file, "%s", error->message);
	else if (problem)
		settings_errors_add(errors, oauth->origin.file, oauth->origin.line, "oauth",
		    "key_file", oauth->key_file, "%s %s", oauth->key_file, problem);
	secret_text_free(text);
}

static void
check_countries(const Settings *settings, const char *directory, GPtrArray *errors)
{
	const SettingsService *service = settings->service;
	g_autoptr(GError) error = NULL;
	CountryDatabase *database = settings_countries(settings, directory, &error);
	if (error)
		settings_errors_add(errors, service->origin.file, service->origin.line, "service",
		    "geoip_database", service->geoip_database, "%s", error->message);
	country_close(database);
}

bool
settings_check_files(const Settings *settings, const char *directory, GPtrArray *ret_errors)
{
	unsigned before = ret_errors->len;
	for (unsigned i = 0; i < settings->communities->len; i++)
		check_texts(g_ptr_array_index(settings->communities, i), directory, ret_errors);
	for (unsigned i = 0; i < settings->listeners->len; i++)
		check_listener(g_ptr_array_index(settings->listeners, i), directory, ret_errors);
	for (unsigned i = 0; i < settings->certificates->len; i++) {
		const SettingsCertificate *pair = g_ptr_array_index(settings->certificates, i);
		check_pair(&pair->origin, "certificate", pair->certificate, pair->key, directory,
		    ret_errors);
	}
	for (unsigned i = 0; i < settings->operators->len; i++)
		check_operator(g_ptr_array_index(settings->operators, i), directory, ret_errors);
	for (unsigned i = 0; i < settings->communities->len; i++) {
		const SettingsCommunity *community = g_ptr_array_index(settings->communities, i);
		check_secret(&community->origin, "community", community->password,
		    community->password_file, directory, ret_errors);
	}
	for (unsigned i = 0; i < settings->gateways->len; i++) {
		const SettingsGateway *gateway = g_ptr_array_index(settings->gateways, i);
		check_secret(&gateway->origin, "gateway", gateway->password, gateway->password_file,
		    directory, ret_errors);
	}
	check_bearer_key(settings->oauth, directory, ret_errors);
	check_countries(settings, directory, ret_errors);
	return ret_errors->len == before;
}
