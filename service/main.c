/* SPDX-License-Identifier: MIT */
#include "control/describe.h"
#include "import_command.h"
#include "net/descriptors.h"
#include "options.h"
#include "privileges.h"
#include "restore.h"
#include "server.h"
#include "settings/secret.h"
#include "settings/settings_error.h"
#include "settings/settings_files.h"
#include "settings/settings_load.h"
#include "settings/totp.h"

#include "control/log_ring.h"

#include <errno.h>
#include <jansson.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	EXIT_RUNTIME = 1,
	EXIT_USAGE = 2,
	EXIT_CONFIG = 78, /* EX_CONFIG of sysexits.h */
};

#define PASSWORD_ITERATIONS 32768u
#define PASSWORD_LINE_MAX 1024

static int
print_version(const Options *options)
{
	printf("chatd %s\n", CHAT_VERSION);
	return 0;
}

static int
print_description(const Options *options)
{
	json_t *description = control_describe("chatd");

	json_dumpf(description, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(description);
	return 0;
}

static int
print_sample(const Options *options)
{
	g_autofree char *text = settings_sample();

	fputs(text, stdout);
	return 0;
}

static int
hash_password(const Options *options)
{
	char password[PASSWORD_LINE_MAX];
	unsigned char salt[SECRET_SALT_SIZE];
	Random random = random_system();
	char *hash;

	if (isatty(STDIN_FILENO))
		fputs("Password (it is shown; a pipe hides it): ", stderr);
	if (!fgets(password, sizeof password, stdin)) {
		fputs("chatd: no password on standard input\n", stderr);
		return EXIT_USAGE;
	}
	password[strcspn(password, "\r\n")] = '\0';
	random.fill(&random, salt, sizeof salt);
	hash = secret_make(password, PASSWORD_ITERATIONS, salt);
	explicit_bzero(password, sizeof password);
	if (!hash) {
		fprintf(
		    stderr, "chatd: a password is 1 to %u bytes of UTF-8\n", SECRET_PASSWORD_MAX);
		return EXIT_USAGE;
	}
	puts(hash);
	secret_text_free(hash);
	return 0;
}

/* The first line is what a totp_file holds, so the output may go there as it is. */
static int
make_totp(const Options *options)
{
	unsigned char key[TOTP_KEY_SIZE];
	Random random = random_system();
	char *secret;

	random.fill(&random, key, sizeof key);
	secret = totp_secret(key);
	explicit_bzero(key, sizeof key);
	printf("%s\notpauth://totp/chatd:operator?secret=%s&issuer=chatd\n", secret, secret);
	secret_text_free(secret);
	return 0;
}

/* The usual file need not exist: then the defaults hold. One that was named must. */
static const char *
config_path(const Options *options)
{
	return options->config_given || access(options->config, F_OK) == 0 ? options->config : NULL;
}

static int
check_config(const Options *options)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	const char *path = config_path(options);
	g_autoptr(Settings) settings = path ? settings_load(path, errors) : settings_defaults();
	g_autofree char *directory = g_path_get_dirname(options->config);

	if (settings)
		settings_check_files(settings, directory, errors);
	for (guint i = 0; i < errors->len; i++) {
		g_autofree char *text = settings_error_text(g_ptr_array_index(errors, i));

		fprintf(stderr, "%s\n", text);
	}
	if (errors->len > 0)
		return EXIT_CONFIG;
	printf("%s: no mistakes\n", path ? path : "defaults (there is no configuration file)");
	return 0;
}

/* The configuration is a file of the service's own: it is made with every setting explained where
 * there is none yet, so that settings can be changed from the console. */
static void
offer_config_file(const Options *options, Log *log)
{
	g_autofree char *directory = g_path_get_dirname(options->config);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	if (access(options->config, F_OK) == 0 || options->config_given)
		return;
	text = settings_sample();
	if (g_mkdir_with_parents(directory, 0750) != 0 ||
	    !settings_write_file(options->config, text, strlen(text), &error))
		log_event(log, LOG_LEVEL_WARN, "config", "CONFIG_NOT_MADE", NULL,
		    "No configuration file could be made, so settings cannot be changed: %s",
		    error ? error->message : g_strerror(errno));
	else
		log_event(log, LOG_LEVEL_INFO, "config", "CONFIG_MADE", NULL,
		    "%s was made; every setting in it is explained and at its default",
		    options->config);
}

/* The system's: a socket's own permissions guard it, and its group must get at it. */
static void
open_to_group(const char *directory)
{
	struct stat status;

	if (stat(directory, &status) == 0 && (status.st_mode & 0055) != 0055 &&
	    chmod(directory, (status.st_mode & 07777) | 0055) != 0)
		g_debug("%s keeps its permissions", directory);
}

static bool
prepare(const Options *options, GError **error)
{
	g_autofree char *config_dir = g_path_get_dirname(options->config);
	const char *directories[] = {config_dir, options->state_dir, options->runtime_dir, NULL};
	bool root = geteuid() == 0;
	uint64_t limit;

	if (!descriptors_raise_limit(&limit, error))
		return false;
	if (!options->allow_root && !privileges_drop(directories, error))
		return false;
	if (g_mkdir_with_parents(options->runtime_dir, 0750) != 0) {
		g_set_error(error, SERVER_ERROR, SERVER_ERROR_START, "runtime directory %s: %s",
		    options->runtime_dir, g_strerror(errno));
		return false;
	}
	if (root)
		open_to_group(options->runtime_dir);
	return true;
}

static int
fail(Log *log, const GError *error)
{
	bool config = g_error_matches(error, SERVER_ERROR, SERVER_ERROR_CONFIG);
	g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);

	for (unsigned i = 0; lines[i]; i++)
		log_event(log, LOG_LEVEL_FATAL, config ? "config" : "main",
		    config ? "CONFIG_ERROR" : "START_FAILED", NULL, "%s", lines[i]);
	return config ? EXIT_CONFIG : EXIT_RUNTIME;
}

static int
serve(const Options *options, Log *log, LogRing *ring, const Clock *clock)
{
	Random random = random_system();
	g_autoptr(GError) error = NULL;
	ServerOptions setup = {
	    .clock = clock,
	    .random = &random,
	    .log = log,
	    .log_ring = ring,
	    .state_dir = options->state_dir,
	    .runtime_dir = options->runtime_dir,
	    .io_threads = -1,
	};
	Server *server;

	if (!prepare(options, &error))
		return fail(log, error);
	offer_config_file(options, log);
	setup.config_path = config_path(options);
	server = server_new(&setup, &error);
	if (!server)
		return fail(log, error);
	server_run(server);
	server_free(server);
	return 0;
}

static int
run(const Options *options)
{
	Clock clock = clock_system();
	g_autoptr(Log) log = log_new(&clock);
	LogJournal *journal = log_journal_open();
	LogRing *ring = log_ring_new();
	sigset_t reload;
	int status;

	if (journal)
		log_add_sink(log, LOG_LEVEL_INFO, log_sink_journal, journal);
	else
		log_add_sink(log, LOG_LEVEL_INFO, log_sink_stderr, NULL);
	log_add_sink(log, LOG_LEVEL_INFO, log_ring_sink, ring);
	signal(SIGPIPE, SIG_IGN);
	/* A reload asked for while it starts is done when it has; server_arm_signals() lets it in.
	 */
	sigemptyset(&reload);
	sigaddset(&reload, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &reload, NULL);
	status = serve(options, log, ring, &clock);
	if (journal)
		log_journal_close(journal);
	log_free(g_steal_pointer(&log));
	log_ring_free(ring);
	return status;
}

int
main(int argc, char **argv)
{
	static int (*const modes[])(const Options *) = {
	    [OPTIONS_RUN] = run,
	    [OPTIONS_CHECK_CONFIG] = check_config,
	    [OPTIONS_DESCRIBE] = print_description,
	    [OPTIONS_SAMPLE_CONFIG] = print_sample,
	    [OPTIONS_HASH_PASSWORD] = hash_password,
	    [OPTIONS_MAKE_TOTP] = make_totp,
	    [OPTIONS_RESTORE] = restore_run,
	    [OPTIONS_IMPORT] = import_run,
	    [OPTIONS_VERSION] = print_version,
	};
	g_autoptr(GError) error = NULL;
	Options options;
	int status;

	setlocale(LC_ALL, "");
	umask(0027);
	if (!options_parse(&options, argc, argv, &error)) {
		fprintf(stderr, "chatd: %s\n", error->message);
		return EXIT_USAGE;
	}
	status = modes[options.mode](&options);
	options_clear(&options);
	return status;
}
